//! Writing one letter: what to give, which template, a line of one's own, and a look at it.

use super::me::Sender;
#[cfg(feature = "smtp")]
use super::outbox;
use super::page::{Page, Pages};
use super::{FollowupArgs, Form, event};
use crate::commands::giving::Giving;
use crate::commands::links::Link;
use crate::commands::outcome::Failure;
use crate::commands::private::FOLDER;
use crate::commands::{ask, table};
use crate::config::BaseUrl;
use crate::diagnostics::Diagnostic;
use crate::followup::index::Piece;
use crate::followup::letter::fill::{Fields, PieceFields, Someone};
use crate::followup::letter::template::Template;
use crate::followup::letter::{Address, Letter, tone};
use crate::followup::rank::Choice;
use crate::people::{Person, due};

/// How many pieces are offered to choose from.
const OFFERED: usize = 5;

/// How many are put into a handout where nobody can be asked.
const IN_A_HANDOUT: usize = 3;

/// A letter that is written, and what the ledger is to say of it.
pub struct Written {
    /// The letter.
    pub letter: Letter,
    /// The short ids of the pieces in it.
    pub pieces: Vec<String>,
    /// Where they met.
    pub event: Option<String>,
    /// The handout that it leads to.
    pub page: Option<Page>,
}

/// What writes a letter to one person.
pub struct Writer<'a> {
    giving: &'a Giving,
    args: &'a FollowupArgs,
    base: &'a BaseUrl,
    picked: &'a [String],
    person: &'a Person,
    sender: &'a Sender,
    pages: Option<&'a Pages>,
}

impl<'a> Writer<'a> {
    /// What writes to `person`, with the ids in `picked` as the pieces if there are any.
    pub fn new(
        giving: &'a Giving,
        args: &'a FollowupArgs,
        base: &'a BaseUrl,
        picked: &'a [String],
        person: &'a Person,
        sender: &'a Sender,
        pages: Option<&'a Pages>,
    ) -> Self {
        Writer {
            giving,
            args,
            base,
            picked,
            person,
            sender,
            pages,
        }
    }

    /// The letter and where it goes; nothing if the user left it. Asks at a terminal for what was
    /// not said on the command line.
    ///
    /// # Errors
    /// The letter cannot be written.
    pub fn review(
        &self,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Option<(Written, Form)>, Failure> {
        let asks = self.args.to.is_none() && !self.args.dry_run && ask::can_ask();
        let is_chosen = self.pages.is_some_and(Pages::is_chosen);
        let pieces = match is_chosen {
            true => Vec::new(),
            false => self.pieces(asks, problems)?,
        };
        let page = match self.pages {
            Some(pages) => pages.page(self.giving, self.person, &pieces)?,
            None => None,
        };
        let ids: Vec<&str> = match &page {
            Some(page) => page.ids().collect(),
            None => pieces.iter().map(Piece::id).collect(),
        };
        let kept = self.kept(&ids)?;
        problems.extend(self.unkept(kept.as_deref()));
        let mut line = self.args.line.clone();
        let template = self.template(kept.is_some())?;
        match (&line, template.takes_line()) {
            (None, true) if asks => line = self.ask_line()?,
            (Some(_), false) => return Err(no_place(&template)),
            _ => {}
        }
        loop {
            let written = self.write(
                &template,
                &pieces,
                page.as_ref(),
                kept.as_deref(),
                line.clone(),
            )?;
            #[cfg(feature = "smtp")]
            if self.args.to == Some(Form::Smtp) && !self.args.yes && !self.args.dry_run {
                let is_wanted = outbox::show_and_confirm(&written.letter)?;
                return Ok(is_wanted.then_some((written, Form::Smtp)));
            }
            if !asks {
                let name = &self.person.name;
                problems.extend(tone::remarks(&written.letter).iter().map(|remark| {
                    Diagnostic::warning(format!(
                        "the letter to {name} does not serve yet: {remark}"
                    ))
                }));
                return Ok(Some((written, self.args.to.unwrap_or(Form::Eml))));
            }
            show(&written.letter);
            match NEXT
                .get(ask::choose("What now?", next())?)
                .map(|(_, next)| *next)
            {
                #[cfg(feature = "smtp")]
                Some(Next::Deliver(Form::Smtp)) if let Some(early) = too_early(&written) => {
                    eprintln!("{early}");
                }
                #[cfg(feature = "smtp")]
                Some(Next::Deliver(Form::Smtp)) if !outbox::confirm(&written.letter)? => {}
                Some(Next::Deliver(form)) => return Ok(Some((written, form))),
                Some(Next::Line) => line = self.ask_line()?,
                _ => return Ok(None),
            }
        }
    }

    fn ask_line(&self) -> Result<Option<String>, Failure> {
        let line = ask::text("A line of your own (may stay empty):", None, |_| Ok(()))?;
        Ok((!line.is_empty()).then_some(line))
    }

    /// What to give.
    fn pieces(
        &self,
        asks: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Piece<'a>>, Failure> {
        let giving = self.giving;
        if !self.picked.is_empty() {
            return giving.pieces(self.picked);
        }
        let ranking = giving.ranking()?;
        let (_, wanted) = giving.wanted(self.person, self.args.about.as_deref());
        let choice = ranking.choose(&wanted, OFFERED);
        let offered: Vec<Piece<'a>> = choice.suggestions.iter().map(|one| one.piece).collect();
        if offered.is_empty() {
            let name = &self.person.name;
            problems.push(
                Diagnostic::warning(format!("the library has nothing to give to {name} now"))
                    .help(format!("goodturn suggest {} says why", self.person.stem)),
            );
        }
        if !asks || offered.is_empty() {
            let most = self.pages.map_or(1, |_| IN_A_HANDOUT);
            return Ok(offered.into_iter().take(most).collect());
        }
        let chosen = ask::choose_some("What to give?", labels(&choice, &ranking))?;
        Ok(chosen
            .into_iter()
            .filter_map(|at| offered.get(at).copied())
            .collect())
    }

    /// The promise that one of some pieces keeps.
    fn kept(&self, ids: &[&str]) -> Result<Option<String>, Failure> {
        if self.person.promises.is_empty() {
            return Ok(None);
        }
        let ranking = self.giving.ranking()?;
        let about = self.args.about.as_deref();
        let (_, wanted) = self.giving.wanted(self.person, about);
        Ok(ranking.kept(&wanted, ids))
    }

    /// That something was promised, and that this letter does not bring it.
    fn unkept(&self, kept: Option<&str>) -> Option<Diagnostic> {
        let args = self.args;
        let is_about_else = args.template.is_some() || args.event.is_some() || args.about.is_some();
        let promise = self.person.promises.first()?;
        if kept.is_some() || is_about_else {
            return None;
        }
        let (name, stem) = (&self.person.name, &self.person.stem);
        let message = format!(
            "you promised {name} \"{}\", which this is not",
            promise.text
        );
        let help = format!(
            "if it is: --template promised; if it was kept otherwise: goodturn kept {stem}"
        );
        Some(Diagnostic::warning(message).help(help))
    }

    /// The letter that is wanted, or fits.
    fn template(&self, keeps_promise: bool) -> Result<Template, Failure> {
        let private = self.giving.private.root.join(FOLDER);
        let lang = self.person.language.as_deref();
        let lang = lang.unwrap_or(&self.giving.workspace.config.language);
        let name = self.args.template.as_deref();
        let name = name.unwrap_or(self.fitting(keeps_promise));
        let found = Template::find(&private, name, lang);
        found.map_err(|problem| self.giving.private.failed(*problem))
    }

    fn write(
        &self,
        template: &Template,
        pieces: &[Piece<'a>],
        page: Option<&Page>,
        kept: Option<&str>,
        line: Option<String>,
    ) -> Result<Written, Failure> {
        let failed = |problem: Box<Diagnostic>| self.giving.private.failed(*problem);
        let first = self.person.promises.first();
        let promise = kept.or(first.map(|promise| promise.text.as_str()));
        let fields = Fields {
            promise: promise.map(str::to_owned),
            ..self.fields(pieces, page, line)
        };
        let event = fields.event.clone();
        let to = address(self.person);
        let letter = template.fill(&fields, vec![to], self.sender.address.clone());
        Ok(Written {
            letter: letter.map_err(failed)?,
            pieces: match page {
                Some(page) => page.ids().map(str::to_owned).collect(),
                None => pieces.iter().map(|piece| piece.id().to_owned()).collect(),
            },
            event,
            page: page.cloned(),
        })
    }

    fn fields(&self, pieces: &[Piece<'a>], page: Option<&Page>, line: Option<String>) -> Fields {
        let single = |piece: &Piece<'_>| {
            let link = Link::new(self.base, piece);
            PieceFields {
                title: link.title.to_owned(),
                summary: (!link.summary.is_empty()).then_some(link.summary),
                url: link.url,
                kind: piece.kind().name().to_owned(),
            }
        };
        let pieces: Vec<PieceFields> = match page {
            Some(page) => vec![page.fields(self.base)],
            None => pieces.iter().map(single).collect(),
        };
        let event = event::of(self.person, self.args.event.as_deref());
        Fields {
            person: someone(self.person),
            me: self.sender.fields.clone(),
            piece: pieces.first().cloned(),
            pieces,
            event,
            line,
            library: self.giving.workspace.config.title.clone(),
            ..Fields::default()
        }
    }

    /// The letter that fits: one that brings what was promised comes first, then a meeting without
    /// any contact since.
    fn fitting(&self, keeps_promise: bool) -> &'static str {
        let is_contact = |met| {
            let acts = self.giving.record.of(&self.person.uid);
            acts.into_iter()
                .any(|entry| entry.act.is_contact() && due::day(entry.at) >= met)
        };
        match (self.args.event.is_none(), self.person.last_met()) {
            (true, _) if keeps_promise => "promised",
            (_, Some(met)) if !is_contact(met) => "met",
            (false, _) => "met",
            _ => "checking-in",
        }
    }
}

/// A line of one's own would be lost.
fn no_place(template: &Template) -> Failure {
    Failure::usage(
        format!("{} has no place for a line of your own", template.file),
        "write {{ line }} into it, or leave --line away",
    )
}

/// Why a letter cannot be sent right now, in words.
#[cfg(feature = "smtp")]
fn too_early(written: &Written) -> Option<&'static str> {
    let page = written.page.as_ref()?;
    (!page.is_built()).then_some("! its page is not there yet: build and upload the site first")
}

/// How somebody is written to.
pub fn address(person: &Person) -> Address {
    Address {
        name: person.written_name.clone().unwrap_or_default(),
        email: person.email().map(str::to_owned),
    }
}

/// What templates may name of somebody.
pub fn someone(person: &Person) -> Someone {
    let called = person.called();
    let (name, given, full) = match called {
        Some(called) => (Some(called.name), Some(called.given), Some(called.full)),
        None => (None, None, None),
    };
    Someone {
        name,
        given,
        full,
        company: person.company.clone(),
        title: person.title.clone(),
        email: person.email().map(str::to_owned),
        phone: person.phones.first().cloned(),
    }
}

/// The suggestions as choices: their titles, each with its first reason.
fn labels(choice: &Choice<'_>, ranking: &crate::followup::rank::Ranking<'_>) -> Vec<String> {
    let suggestions = choice.suggestions.iter();
    let label = suggestions.map(|one| {
        let why = one
            .reasons
            .first()
            .map(|why| why.words(ranking.vocabulary, ranking.today()));
        table::clean(&format!(
            "{} ({})",
            one.piece.title(),
            why.unwrap_or_default()
        ))
    });
    label.collect()
}

/// A letter as it is looked at.
pub fn shown(letter: &Letter) -> String {
    let to = letter.to.iter().map(|to| match &to.email {
        Some(email) => format!("{} <{email}>", to.name).trim().to_owned(),
        None => to.name.clone(),
    });
    let to = to.collect::<Vec<_>>().join(", ");
    let head = format!(
        "To: {}\nSubject: {}",
        table::clean(&to),
        table::clean(&letter.subject)
    );
    let text = letter.text.trim_end().lines().map(table::clean);
    format!("{head}\n\n{}", text.collect::<Vec<_>>().join("\n"))
}

/// Shows a letter to whoever decides about it, with what is to be said of its tone.
pub fn show(letter: &Letter) {
    eprintln!("\n{}\n", shown(letter));
    for remark in tone::remarks(letter) {
        eprintln!("! {remark}");
    }
}

/// What can be done with a letter that was looked at.
#[derive(Clone, Copy)]
enum Next {
    Deliver(Form),
    Line,
    Leave,
}

const NEXT: &[(&str, Next)] = &[
    ("Open it in my mail program", Next::Deliver(Form::Mailto)),
    ("Save it as a draft (.eml)", Next::Deliver(Form::Eml)),
    #[cfg(feature = "clipboard")]
    ("Copy it", Next::Deliver(Form::Copy)),
    #[cfg(feature = "smtp")]
    ("Send it by my mail server", Next::Deliver(Form::Smtp)),
    ("Open it in Gmail", Next::Deliver(Form::Gmail)),
    (
        "Open it in Outlook on the web",
        Next::Deliver(Form::Outlook),
    ),
    ("Print it as text", Next::Deliver(Form::Text)),
    ("Print it as HTML", Next::Deliver(Form::Html)),
    ("Change my line", Next::Line),
    ("Leave it", Next::Leave),
];

fn next() -> Vec<String> {
    NEXT.iter().map(|(label, _)| (*label).to_owned()).collect()
}
