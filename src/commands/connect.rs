//! `goodturn connect`: who among the people could help whom, and why.

use clap::Args;
use serde_json::{Value, json};

use super::outcome::{self, Failure, Outcome};
use super::private::{self, Private};
use super::{Globals, list, table, workspace};
use crate::followup::connect::{Circle, Pair, Reason, Side};
use crate::people::{Person, Trade};

/// What `connect` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn connect ana
  goodturn connect

It looks at what each of them looks for, offers and knows well, at trades that
serve each other, and at what both like. Whom you introduced already, and who
asked to be left alone, is left out. --json gives a list of pairs, each with
`one`, `other`, `score` and `reasons`.")]
pub struct ConnectArgs {
    /// Who: a handle, a name or an email address; without it, the best pairs of all
    #[arg(value_name = "PERSON")]
    person: Option<String>,
    /// How many pairs at most
    #[arg(short, value_name = "N", default_value_t = 5)]
    number: usize,
    /// As JSON, for other programs
    #[arg(long)]
    json: bool,
}

/// Shows who should know whom.
pub fn run(globals: &Globals, args: &ConnectArgs) -> Result<Outcome, Failure> {
    let mut private = private::open(globals)?;
    let record = private.record()?;
    let language = workspace::open(globals)?.config.language.clone();
    let vocabulary = private.vocabulary.clone();
    let circle = Circle::new(private.people.iter(), &record, &vocabulary, &language);
    let person = args.person.as_deref();
    let person = person.map(|typed| private.person(typed)).transpose()?;
    if let Some(person) = person.filter(|person| person.do_not_contact) {
        return Err(super::followup::left_alone(person));
    }
    let pairs = match person {
        Some(person) => circle.of(person, args.number),
        None => circle.best(args.number),
    };
    let told = Told {
        private: &private,
        circle: &circle,
        person,
        pairs: &pairs,
    };
    outcome::print(&match args.json {
        true => list::pretty(&told.json()),
        false => told.text(),
    });
    drop(pairs);
    Ok(private.outcome(""))
}

/// What is told of pairs.
struct Told<'a> {
    private: &'a Private,
    circle: &'a Circle<'a>,
    person: Option<&'a Person>,
    pairs: &'a [Pair<'a>],
}

impl Told<'_> {
    fn text(&self) -> String {
        let heading = match self.person {
            Some(person) => format!("For {}:", self.who(person)),
            None => "Who should know whom:".to_owned(),
        };
        let mut parts = vec![heading];
        let pairs = (1..).zip(self.pairs);
        parts.extend(pairs.map(|(number, pair)| self.pair(number, pair)));
        if self.pairs.is_empty() {
            parts.push(table::wrap(&self.nothing(), "", table::terminal_width()));
        }
        parts.join("\n\n")
    }

    /// A pair with its reasons, and the command that asks both of them.
    fn pair(&self, number: usize, pair: &Pair<'_>) -> String {
        let width = table::terminal_width();
        let heading = match self.person {
            Some(_) => format!("{number}. {}", self.who(pair.other)),
            None => format!(
                "{number}. {} and {}",
                self.who(pair.one),
                self.who(pair.other)
            ),
        };
        let indent = " ".repeat(number.to_string().len() + 2);
        let mut lines = vec![table::bold(&heading)];
        let reasons = pair.reasons.iter().take(REASONS);
        lines.extend(reasons.map(|reason| {
            let words = table::clean(&self.words(reason, pair));
            table::wrap(&words, &indent, width)
        }));
        lines.push(format!("{indent}{}", next(pair)));
        lines.join("\n")
    }

    /// Somebody in a few words: "Ana Ruiz (roofing)"; a trade that is guessed has a question mark.
    fn who(&self, person: &Person) -> String {
        let name = table::clean(&person.name);
        let vocabulary = &self.private.vocabulary;
        match Trade::of(person, vocabulary) {
            Trade::Known(id) => format!("{name} ({})", vocabulary.get(id).slug),
            Trade::Guessed(id, _) => format!("{name} ({}?)", vocabulary.get(id).slug),
            Trade::Unknown(said) => format!("{name} ({})", table::clean(&said)),
            Trade::None => name,
        }
    }

    fn words(&self, reason: &Reason<'_>, pair: &Pair<'_>) -> String {
        let (one, other) = names(pair);
        reason.words(&self.private.vocabulary, |side| match side {
            Side::One => one,
            Side::Other => other,
        })
    }

    /// Why there is nobody, and what would help.
    fn nothing(&self) -> String {
        let Some(person) = self.person else {
            return match self.private.people.len() {
                0 => "There is nobody yet: `goodturn people add` or `goodturn people import FILE`.",
                1 => "There is only one person yet.",
                _ => {
                    "Nobody yet, as far as is known. It helps to say of each what they look for, \
                     what they can do for others, and their trade: goodturn people edit PERSON \
                     --needs TEXT --offers TEXT --industry TRADE"
                }
            }
            .to_owned();
        };
        let stem = &person.stem;
        match self.circle.is_unknown(person) {
            true => format!(
                "Neither a trade is known of them, nor what they look for, offer or like. Say what \
                 you know: goodturn people edit {stem} --industry TRADE --needs TEXT --offers TEXT"
            ),
            false => format!(
                "Nobody among the people, as far as is known. It helps to say what they look for \
                 and what they can do for others: goodturn people edit {stem} --needs TEXT \
                 --offers TEXT"
            ),
        }
    }

    fn json(&self) -> Value {
        let helped = |side: Side, pair: &Pair<'_>| match side {
            Side::One => pair.one.stem.clone(),
            Side::Other => pair.other.stem.clone(),
        };
        let pairs = self.pairs.iter().map(|pair| {
            let reasons = pair.reasons.iter().map(|reason| {
                json!({
                    "reason": reason.name(),
                    "helps": reason.helped().map(|side| helped(side, pair)),
                    "text": self.words(reason, pair),
                })
            });
            json!({
                "one": pair.one.stem,
                "other": pair.other.stem,
                "score": (pair.score * 100.0).round() / 100.0,
                "reasons": reasons.collect::<Vec<_>>(),
            })
        });
        Value::Array(pairs.collect())
    }
}

/// The most reasons that are told of a pair.
const REASONS: usize = 4;

/// What to call both: by their given names, unless these are the same.
fn names<'p>(pair: &Pair<'p>) -> (&'p str, &'p str) {
    let given = |person: &'p Person| person.given.as_deref().unwrap_or(&person.name);
    match (given(pair.one), given(pair.other)) {
        (one, other) if one == other => (&pair.one.name, &pair.other.name),
        names => names,
    }
}

fn next(pair: &Pair<'_>) -> String {
    format!("goodturn introduce {} {}", pair.one.stem, pair.other.stem)
}
