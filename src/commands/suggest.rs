//! `goodturn suggest`: what to give to somebody, and why.

use clap::Args;
use serde_json::{Value, json};

use super::giving::Giving;
use super::links::{self, Link};
use super::outcome::{self, Failure, Outcome, count};
use super::private::Private;
use super::{Globals, list, table};
use crate::followup::rank::{Choice, Lack, Ranking, Reason, Suggestion};
use crate::language;
use crate::library::vocabulary::IndustryId;
use crate::people::{Person, Trade};

/// What `suggest` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn suggest ana
  goodturn suggest ana --about \"hiring apprentices\"

A piece is chosen by the person's trade, by what you noted and promised, by their
interests, by what kind it is and how fresh. What they were given already is left
out. --json gives `person`, `industry`, `lack` and `pieces`, each with `reasons`.")]
pub struct SuggestArgs {
    /// Who: a handle, a name or an email address
    #[arg(value_name = "PERSON")]
    person: String,
    /// What they asked for, or what it is to be about
    #[arg(short, long, value_name = "WORDS")]
    about: Option<String>,
    /// How many pieces at most
    #[arg(short, value_name = "N", default_value_t = 5)]
    number: usize,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// Suggests pieces, the best first.
pub fn run(globals: &Globals, args: &SuggestArgs) -> Result<Outcome, Failure> {
    let giving = Giving::open(globals)?;
    let person = giving.private.person(&args.person)?;
    let ranking = giving.ranking()?;
    let (trade, wanted) = giving.wanted(person, args.about.as_deref());
    let choice = ranking.choose(&wanted, args.number);
    let mut problems = Vec::new();
    let base = links::base(&giving.workspace, &mut problems);
    let suggestions = choice.suggestions.iter();
    let shown: Vec<Link<'_>> = suggestions
        .map(|one| Link::new(&base, &one.piece))
        .collect();
    let told = Told {
        private: &giving.private,
        ranking: &ranking,
        person,
        trade: &trade,
        choice: &choice,
        links: &shown,
    };
    outcome::print(&match args.json {
        true => list::pretty(&told.json()),
        false => told.text(),
    });
    Ok(giving.into_private(problems).outcome(""))
}

/// What is told of a choice.
struct Told<'a> {
    private: &'a Private,
    ranking: &'a Ranking<'a>,
    person: &'a Person,
    trade: &'a Trade,
    choice: &'a Choice<'a>,
    links: &'a [Link<'a>],
}

impl Told<'_> {
    fn text(&self) -> String {
        let width = table::terminal_width();
        let mut parts = vec![self.heading()];
        parts.extend(self.lack().map(|lack| table::wrap(&lack, "", width)));
        parts.extend(self.hint().map(|hint| table::wrap(&hint, "", width)));
        let pieces = self.choice.suggestions.iter().zip(self.links);
        parts.extend((1..).zip(pieces).map(|(number, (suggestion, link))| {
            let title = format!("{number}. {}", table::clean(link.title));
            let indent = " ".repeat(number.to_string().len() + 2);
            let why = self.reasons(suggestion).join("; ");
            let why = table::wrap(&table::clean(&why), &indent, width);
            format!("{}\n{why}\n{indent}{}", table::bold(&title), link.url)
        }));
        if self.links.is_empty() {
            let nothing = match self.ranking.index.is_empty() {
                true => "The library is empty: `goodturn new` begins a piece.",
                false => "There is nothing in the library to give to them now.",
            };
            parts.push(self.unread().unwrap_or_else(|| nothing.to_owned()));
        }
        parts.join("\n\n")
    }

    /// Who it is for: "For Ana Ruiz (roofing):".
    fn heading(&self) -> String {
        let name = table::clean(&self.person.name);
        match self.trade.words(&self.private.vocabulary).as_str() {
            "" => format!("For {name}, whose trade is not known:"),
            trade => format!("For {name} ({}):", table::clean(trade)),
        }
    }

    /// What the library lacks for them.
    fn lack(&self) -> Option<String> {
        let name = |id| self.private.vocabulary.name(id, "en");
        Some(match self.choice.lack? {
            Lack::Nothing(industry) => {
                let served = self.served(industry);
                let served = count(served, "person you know", "people you know");
                let would = format!(
                    "Nothing for this trade yet: {}. {served} would be served by it.",
                    name(industry)
                );
                match self.links.is_empty() {
                    true => would,
                    false => format!("{would} These may help all the same:"),
                }
            }
            Lack::AllGiven(industry) => {
                format!(
                    "They were given everything for their trade: {}.",
                    name(industry)
                )
            }
        })
    }

    /// That nothing is in a language that they read.
    fn unread(&self) -> Option<String> {
        let theirs = self.person.language.as_deref()?;
        let langs: Vec<&str> = self.ranking.index.langs().collect();
        let is_theirs =
            |lang: &&str| language::base(lang).eq_ignore_ascii_case(language::base(theirs));
        let is_unread = !langs.is_empty() && !langs.iter().any(is_theirs);
        is_unread.then(|| {
            let stem = &self.person.stem;
            format!(
                "They read `{theirs}`, and the library has nothing in it: its pieces are in `{}`. If \
                 they read that, too: goodturn people edit {stem} --lang {}",
                langs.join("`, `"),
                langs.first().copied().unwrap_or_default(),
            )
        })
    }

    /// How to be told more, where nothing is known of the trade.
    fn hint(&self) -> Option<String> {
        let stem = &self.person.stem;
        (self.trade.industry().is_none() && !self.ranking.index.is_empty()).then(|| {
            format!(
                "To be shown what is for their trade: goodturn people edit {stem} --industry TRADE"
            )
        })
    }

    /// How many people are of a trade.
    fn served(&self, industry: IndustryId) -> usize {
        let vocabulary = &self.private.vocabulary;
        let people = self.private.people.iter();
        let same = people.filter(|one| Trade::of(one, vocabulary).industry() == Some(industry));
        same.count()
    }

    fn reasons(&self, suggestion: &Suggestion<'_>) -> Vec<String> {
        let today = self.ranking.today();
        let words = |reason: &Reason| reason.words(&self.private.vocabulary, today);
        suggestion.reasons.iter().take(REASONS).map(words).collect()
    }

    fn json(&self) -> Value {
        let vocabulary = &self.private.vocabulary;
        let slug = |id: IndustryId| vocabulary.get(id).slug.as_str();
        let lack = self.choice.lack.map(|lack| match lack {
            Lack::Nothing(id) => json!({
                "what": "nothing",
                "industry": slug(id),
                "people": self.served(id),
            }),
            Lack::AllGiven(id) => json!({ "what": "all_given", "industry": slug(id) }),
        });
        let today = self.ranking.today();
        let pieces = self.choice.suggestions.iter().zip(self.links);
        let pieces = pieces.map(|(suggestion, link)| {
            let mut piece = link.json();
            let reasons = suggestion.reasons.iter().map(|reason| {
                let words = match reason {
                    Reason::Words { words, .. } => words.as_slice(),
                    _ => &[],
                };
                json!({
                    "reason": reason.name(),
                    "industry": reason.industry().map(slug),
                    "words": words,
                    "text": reason.words(vocabulary, today),
                })
            });
            if let Value::Object(fields) = &mut piece {
                fields.insert("reasons".into(), reasons.collect());
            }
            piece
        });
        json!({
            "person": self.person.stem,
            "industry": self.trade.industry().map(slug),
            "industry_guessed": matches!(self.trade, Trade::Guessed(..)),
            "lack": lack,
            "pieces": pieces.collect::<Vec<_>>(),
        })
    }
}

/// The most reasons that are told of a piece.
const REASONS: usize = 3;
