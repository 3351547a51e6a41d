//! `goodturn me`: the user's own card, to sign letters with and to hand out.

use std::path::{Path, PathBuf};

use clap::Args;

use super::followup::me::{FILE, keep, read};
use super::outcome::{self, Failure, Outcome};
use super::people::fields::{check_email, set, set_name};
use super::private::FOLDER;
use super::{Globals, ask, table, workspace, write};
use crate::config::{BaseUrl, Folders};
use crate::diagnostics::Diagnostic;
use crate::people::{Card, NewLine, Person};
use crate::sheet::qr::Code;
use crate::workspace::Workspace;

/// What `me` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn me --name \"Ann Lee\" --email ann@shelf.example --phone \"+1 555 0100\"
  goodturn me --terminal
  goodturn me --qr card.pdf
  goodturn me --vcf ann-lee.vcf

Only name, company, title, email, phone and web site are ever handed out. An empty
value takes a field away: --phone \"\". The card itself stays in private/.")]
pub struct MeArgs {
    /// Your name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Your company
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// What you do there
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Your email address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Your phone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// Your web site; else that of the library
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Write the card to hand out there, as vCard
    #[arg(long, value_name = "FILE")]
    vcf: Option<PathBuf>,
    /// Write a QR code of the card there: a .svg, .png or .pdf
    #[arg(long, value_name = "FILE")]
    qr: Option<PathBuf>,
    /// Show the QR code here, to be read off the screen
    #[arg(long)]
    terminal: bool,
}

/// How wide a square of the code is in a PNG, in pixels.
const SCALE: usize = 16;

/// What is handed out, and nothing else of the card.
struct Public {
    name: String,
    given: String,
    family: String,
    company: Option<String>,
    title: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    url: Option<String>,
}

/// Shows, changes and hands out the card.
pub fn run(globals: &Globals, args: &MeArgs) -> Result<Outcome, Failure> {
    let form = args.qr.as_deref().map(Form::of).transpose()?;
    let folders = workspace::folders(globals)?;
    let path = folders.part(FOLDER).join(FILE);
    let known = read(&path).map_err(|problem| failed(&folders, *problem))?;
    let mut lines = Vec::new();
    let card = match (known, args.changes()) {
        (Some(card), false) => card,
        (None, false) if !ask::can_ask() => return Err(nobody()),
        (None, false) => {
            let card = asked()?;
            keep(&folders.part(FOLDER), card.card())?;
            card
        }
        (known, true) => {
            let card = args.change(known)?;
            keep(&folders.part(FOLDER), card.card())?;
            lines.push(format!("Kept in {FOLDER}/{FILE}"));
            card
        }
    };
    let public = Public::of(&card, site(&folders));
    let mut problems = Vec::new();
    if let Some(out) = &args.vcf {
        std::fs::write(out, public.card().text()).map_err(|error| write::failed(out, &error))?;
        lines.push(format!("Made {}", write::shown(out)));
    }
    if form.is_some() || args.terminal {
        let (code, told) = public.code()?;
        problems.extend(told);
        if let (Some(out), Some(form)) = (&args.qr, form) {
            let bytes = form.make(&code, &public)?;
            std::fs::write(out, bytes).map_err(|error| write::failed(out, &error))?;
            lines.push(format!("Made {}", write::shown(out)));
        }
        if args.terminal {
            outcome::print(&code.terminal());
        }
    }
    if args.vcf.is_none() && form.is_none() && !args.terminal {
        lines.splice(0..0, [public.shown()]);
    }
    Ok(Outcome {
        root: folders.root,
        problems,
        summary: lines.join("\n"),
    })
}

fn failed(folders: &Folders, problem: Diagnostic) -> Failure {
    Failure::Problems(folders.root.clone(), vec![problem])
}

fn nobody() -> Failure {
    Failure::usage(
        "you have no card yet",
        "say who you are: goodturn me --name \"Ann Lee\" --email ann@shelf.example",
    )
}

/// The address of the library, where it is known.
fn site(folders: &Folders) -> Option<String> {
    // What is wrong with the settings says nothing of the card.
    let workspace = Workspace::open(folders.clone()).ok()??;
    let written = workspace.config.base_url.as_ref()?;
    let base = BaseUrl::parse(&written.value).ok()?;
    Some(base.full("/"))
}

fn asked() -> Result<Person, Failure> {
    let named = |name: &str| match name.is_empty() {
        true => Err("the name that others know you by".to_owned()),
        false => Ok(()),
    };
    let optional = |email: &str| match email.is_empty() {
        true => Ok(()),
        false => check_email(email),
    };
    let name = ask::text("Your name:", None, named)?;
    let questions = [
        (
            "ORG",
            ask::text("Company (may stay empty):", None, |_| Ok(()))?,
        ),
        (
            "TITLE",
            ask::text("What you do there (may stay empty):", None, |_| Ok(()))?,
        ),
        (
            "EMAIL",
            ask::text("Email address (may stay empty):", None, optional)?,
        ),
        (
            "TEL",
            ask::text("Phone (may stay empty):", None, |_| Ok(()))?,
        ),
    ];
    let mut card = Card::new();
    set_name(&mut card, &name);
    for (property, answer) in questions {
        set(&mut card, property, &answer);
    }
    Ok(Person::read(FILE, card))
}

impl MeArgs {
    fn changes(&self) -> bool {
        let fields = [
            &self.name,
            &self.company,
            &self.title,
            &self.email,
            &self.phone,
            &self.url,
        ];
        fields.iter().any(|field| field.is_some())
    }

    /// The card with what was typed; lines that it knows nothing of stay.
    fn change(&self, known: Option<Person>) -> Result<Person, Failure> {
        if let Some(email) = self.email.as_deref().filter(|email| !email.is_empty()) {
            let help = "write it like ann@shelf.example";
            check_email(email).map_err(|message| Failure::usage(message, help))?;
        }
        let url = self.url.as_deref().filter(|url| !url.is_empty());
        if url.is_some_and(|url| url::Url::parse(url).is_err()) {
            let message = format!("`{}` is no address of a web site", url.unwrap_or_default());
            return Err(Failure::usage(message, "begin it with https://"));
        }
        let mut card = known.map_or_else(Card::new, |person| person.card().clone());
        match self.name.as_deref().map(str::trim) {
            Some("") => {
                return Err(Failure::usage(
                    "a card without a name is none",
                    "give --name \"Ann Lee\"",
                ));
            }
            Some(name) => set_name(&mut card, name),
            None if !card.has("FN") => {
                return Err(Failure::usage(
                    "the card has no name yet",
                    "give --name \"Ann Lee\"",
                ));
            }
            None => {}
        }
        let fields = [
            ("ORG", &self.company),
            ("TITLE", &self.title),
            ("EMAIL", &self.email),
            ("TEL", &self.phone),
        ];
        for (property, value) in fields {
            if let Some(value) = value {
                set(&mut card, property, value);
            }
        }
        if let Some(url) = &self.url {
            card.remove("URL", |_| true);
            if !url.is_empty() {
                card.push(&NewLine::address("URL", url));
            }
        }
        Ok(Person::read(FILE, card))
    }
}

impl Public {
    fn of(card: &Person, site: Option<String>) -> Public {
        let name = card.name.clone();
        let parted = card.given.clone().zip(card.family.clone());
        let (given, family) = parted.unwrap_or_else(|| match name.rsplit_once(' ') {
            Some((given, family)) => (given.to_owned(), family.to_owned()),
            None => (name.clone(), String::new()),
        });
        let own = card.profiles.iter().find(|url| url.contains("://"));
        Public {
            name,
            given,
            family,
            company: card.company.clone(),
            title: card.title.clone(),
            email: card.email().map(str::to_owned),
            phone: card.phones.first().cloned(),
            url: own.cloned().or(site),
        }
    }

    /// The lines of a card, without its version.
    fn lines(&self) -> Vec<NewLine> {
        let optional = |name: &str, value: &Option<String>| {
            let value = value.as_deref()?;
            Some(NewLine::text(name, value))
        };
        let mut lines = vec![
            NewLine::text("FN", &self.name),
            NewLine::parts("N", &[&self.family, &self.given, "", "", ""], ';'),
        ];
        lines.extend(optional("ORG", &self.company));
        lines.extend(optional("TITLE", &self.title));
        lines.extend(optional("EMAIL", &self.email));
        lines.extend(optional("TEL", &self.phone));
        lines.extend(self.url.as_deref().map(|url| NewLine::address("URL", url)));
        lines
    }

    /// The card to hand out: vCard 4.0 (RFC 6350).
    fn card(&self) -> Card {
        Card::of(&self.lines())
    }

    /// The code to hold up: vCard 3.0 (RFC 2426), the version that the cameras of phones read, in
    /// lines that are not folded.
    fn code(&self) -> Result<(Code, Option<Diagnostic>), Failure> {
        let mut text = "BEGIN:VCARD\r\nVERSION:3.0\r\n".to_owned();
        for line in self.lines() {
            text.push_str(line.whole());
            text.push_str("\r\n");
        }
        text.push_str("END:VCARD\r\n");
        let help = "leave something out: a shorter title or company, or --url \"\"";
        let code = Code::of(&text)
            .map_err(|long| Failure::Problems(PathBuf::from("."), vec![long.told().help(help)]))?;
        let told = (!code.is_easy()).then(|| {
            let size = code.size();
            let problem = format!(
                "the code has {size} × {size} squares: phones read it badly from a screen or a small print"
            );
            Diagnostic::warning(problem).help(help)
        });
        Ok((code, told))
    }

    /// What others are given, line by line.
    fn shown(&self) -> String {
        let fields = [
            ("company", &self.company),
            ("title", &self.title),
            ("email", &self.email),
            ("phone", &self.phone),
            ("web site", &self.url),
        ];
        let mut lines = vec![table::bold(&table::clean(&self.name))];
        for (name, value) in fields {
            if let Some(value) = value {
                lines.push(format!("  {name:<10}{}", table::clean(value)));
            }
        }
        lines.join("\n")
    }
}

/// What the code is written as, by the ending of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Svg,
    Png,
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Form {
    fn of(path: &Path) -> Result<Form, Failure> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        match ending.to_lowercase().as_str() {
            "svg" => Ok(Form::Svg),
            "png" => Ok(Form::Png),
            #[cfg(feature = "pdf")]
            "pdf" => Ok(Form::Pdf),
            _ => Err(Failure::usage(
                format!("{} is no name of a picture", path.display()),
                match cfg!(feature = "pdf") {
                    true => "end it with .svg, .png or .pdf",
                    false => "end it with .svg or .png",
                },
            )),
        }
    }

    fn make(self, code: &Code, public: &Public) -> Result<Vec<u8>, Failure> {
        let failed = |told| Failure::Problems(PathBuf::from("."), told);
        // Without `pdf` there is nothing to say of whom it is.
        let _ = public;
        match self {
            Form::Svg => Ok(code.svg().into_bytes()),
            Form::Png => {
                let picture = code.png(SCALE);
                picture.map_err(|why| failed(vec![Diagnostic::error(why)]))
            }
            #[cfg(feature = "pdf")]
            Form::Pdf => {
                let said = [&public.title, &public.company];
                let said: Vec<&str> = said.iter().filter_map(|part| part.as_deref()).collect();
                let pdf = crate::sheet::name_card(code, &public.name, &said.join(", "));
                pdf.map(|pdf| pdf.bytes).map_err(failed)
            }
        }
    }
}
