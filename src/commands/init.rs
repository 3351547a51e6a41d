//! `goodturn init`: make a new library.

mod starter;
mod target;

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::Args;

use super::outcome::{Failure, Outcome};
use super::{Globals, ask, trades, workspace, write};
use crate::config::BaseUrl;
use crate::library::vocabulary::Vocabulary;
use starter::Starter;
use target::Target;

/// What `init` can be told.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  goodturn init my-library
  goodturn init shelf --title \"Ann's shelf\" -i dentist -i hvac

At a terminal it asks for what you do not give. Your email address stays in
private/, which is never published.")]
pub struct InitArgs {
    /// The folder for it: a new or an empty one
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    dir: PathBuf,
    /// What the library is called
    #[arg(long)]
    title: Option<String>,
    /// Your name, as readers see it
    #[arg(long)]
    name: Option<String>,
    /// Your email address, for letters; never published
    #[arg(long)]
    email: Option<String>,
    /// Where the site will be, such as https://example.org/
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// A trade that you write for, in your own words (may be repeated)
    #[arg(short, long = "industry", value_name = "INDUSTRY")]
    industries: Vec<String>,
    /// Ask nothing
    #[arg(short, long)]
    yes: bool,
}

/// Makes the library.
pub fn run(globals: &Globals, args: &InitArgs) -> Result<Outcome, Failure> {
    let dir = match &globals.directory {
        Some(above) => above.join(&args.dir),
        None => args.dir.clone(),
    };
    let target = Target::check(dir)?;
    let vocabulary = Vocabulary::builtin();
    let answers = Answers::given(args, &vocabulary)?;
    let can_ask = !args.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let answers = match can_ask {
        true => answers.ask(&target, &vocabulary)?,
        false => answers,
    };
    let starter = Starter {
        title: answers.title.unwrap_or_else(|| target.title()),
        name: answers.name,
        email: answers.email,
        base_url: answers.base_url,
        industries: trades::resolve(&vocabulary, &answers.industries)?,
        vocabulary,
        today: workspace::today()?,
    };
    let files = starter.files();
    target.refuse_taken(files.iter().map(|(path, _)| *path))?;
    for (path, text) in &files {
        write::create(&target.dir.join(path), text)?;
    }
    target.ignore(starter::IGNORED)?;
    Ok(Outcome {
        summary: target.next_steps(&starter.title),
        root: target.dir,
        problems: Vec::new(),
    })
}

/// What is known of the new library, by options or by answers.
struct Answers {
    title: Option<String>,
    name: Option<String>,
    email: Option<String>,
    base_url: Option<String>,
    industries: Vec<String>,
}

impl Answers {
    /// What the options say.
    fn given(args: &InitArgs, vocabulary: &Vocabulary) -> Result<Self, Failure> {
        let base_url = filled(args.base_url.as_deref());
        let email = filled(args.email.as_deref());
        let wrong = |message| Failure::usage(message, "leave it away if you do not know it yet");
        check_url(base_url.as_deref().unwrap_or_default()).map_err(wrong)?;
        check_email(email.as_deref().unwrap_or_default()).map_err(wrong)?;
        trades::resolve(vocabulary, &args.industries)?;
        Ok(Answers {
            title: filled(args.title.as_deref()),
            name: filled(args.name.as_deref()),
            email,
            base_url,
            industries: args.industries.clone(),
        })
    }

    /// Asks for the rest.
    fn ask(self, target: &Target, vocabulary: &Vocabulary) -> Result<Self, Failure> {
        let any = |_: &str| Ok(());
        let title = match self.title {
            None => filled(Some(&ask::text(
                "What is the library called?",
                Some(&target.title()),
                any,
            )?)),
            given => given,
        };
        let name = optional(self.name, "Your name, as readers see it:", any)?;
        let email = "Your email address (never published; may stay empty):";
        let email = optional(self.email, email, check_email)?;
        let url = "Where will the site be, https://… (may stay empty)?";
        let base_url = optional(self.base_url, url, check_url)?;
        let mut industries = self.industries;
        if industries.is_empty() {
            let known = vocabulary.clone();
            industries.push(ask::text(
                "Which trades do you write for (with commas between; may stay empty)?",
                None,
                move |typed: &str| trades::check(&known, typed),
            )?);
        }
        Ok(Answers {
            title,
            name,
            email,
            base_url,
            industries,
        })
    }
}

fn optional(
    given: Option<String>,
    question: &str,
    check: impl Fn(&str) -> Result<(), String> + Clone + 'static,
) -> Result<Option<String>, Failure> {
    match given {
        Some(given) => Ok(Some(given)),
        None => Ok(filled(Some(&ask::text(question, None, check)?))),
    }
}

/// Text on one line, if there is any.
fn filled(text: Option<&str>) -> Option<String> {
    let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn check_url(url: &str) -> Result<(), String> {
    match url {
        "" => Ok(()),
        url => BaseUrl::parse(url).map(drop),
    }
}

fn check_email(email: &str) -> Result<(), String> {
    let is_address = match email.rsplit_once('@') {
        Some((before, after)) => !before.is_empty() && after.contains('.'),
        None => false,
    };
    match email.is_empty() || (is_address && !email.contains(char::is_whitespace)) {
        true => Ok(()),
        false => Err(format!("`{email}` is no email address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_checked_and_may_stay_empty() {
        assert!(check_url("").is_ok() && check_email("").is_ok());
        assert!(check_url("https://a.org/").is_ok() && check_email("ann@a.org").is_ok());
        assert!(check_url("a.org").is_err() && check_email("ann").is_err());
        assert!(check_email("a b@c.org").is_err() && check_email("@c.org").is_err());
        let vocabulary = Vocabulary::builtin();
        assert!(trades::check(&vocabulary, "").is_ok());
        assert!(trades::check(&vocabulary, "realtor, dentist").is_ok());
        assert_eq!(
            trades::check(&vocabulary, "realtor, roofng"),
            Err("`roofng` is no industry known here: did you mean `roofing`?".to_owned())
        );
    }
}
