//! The handout that a letter leads to, in the place of a link for each piece.

use std::sync::Arc;

use super::write::someone;
use super::{FollowupArgs, event};
use crate::commands::Globals;
use crate::commands::giving::Giving;
use crate::commands::handout::new::{LATER, Made, language, title_for};
use crate::commands::outcome::Failure;
use crate::commands::workspace::{Options, Workspace};
use crate::config::BaseUrl;
use crate::diagnostics::Diagnostic;
use crate::followup::handout::Draft;
use crate::followup::index::Piece;
use crate::followup::letter::fill::PieceFields;
use crate::library::handout::{State, address_of, token_in};
use crate::people::Person;
use crate::site::Theme;

/// A handout as a letter speaks of it.
#[derive(Clone, Debug)]
pub struct Page {
    title: String,
    token: String,
    /// The pieces in it: their ids and titles.
    pieces: Vec<(String, String)>,
    /// It is made for this letter, and is nowhere yet.
    new: Option<Made>,
    #[cfg_attr(
        not(feature = "smtp"),
        expect(
            dead_code,
            reason = "only what is sent from here must be there already"
        )
    )]
    is_built: bool,
}

impl Page {
    /// What a template may name of it: one piece, whose summary tells what is in it.
    pub fn fields(&self, base: &BaseUrl) -> PieceFields {
        let titles: Vec<&str> = self
            .pieces
            .iter()
            .map(|(_, title)| title.as_str())
            .collect();
        PieceFields {
            title: self.title.clone(),
            summary: (!titles.is_empty()).then(|| titles.join("; ")),
            url: base.full(&address_of(&self.token)),
            kind: "handout".to_owned(),
        }
    }

    /// The ids of the pieces in it.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|(id, _)| id.as_str())
    }

    /// Whether a build has made it: else a letter that goes now would lead nowhere.
    #[cfg(feature = "smtp")]
    pub fn is_built(&self) -> bool {
        self.is_built
    }
}

#[cfg(feature = "smtp")]
fn too_early() -> Failure {
    Failure::usage(
        "a letter that goes now would lead to a page that is not there yet",
        "make it first: goodturn handout new; build and upload the site; then say --handout TOKEN",
    )
}

/// The handouts of a run.
pub struct Pages {
    theme: Arc<Theme>,
    dry_run: bool,
    /// The one that all letters lead to: it was named, or is for an event.
    shared: Option<Page>,
    /// The files that were written.
    written: Vec<String>,
}

impl Pages {
    /// What `--handout` asks for; nothing where it does not stand there.
    ///
    /// # Errors
    /// The one that is named is not there or closed, or a letter would go before its page is there.
    pub fn open(
        globals: &Globals,
        giving: &Giving,
        args: &FollowupArgs,
        picked: &[String],
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Option<Pages>, Failure> {
        let Some(token) = &args.handout else {
            return Ok(None);
        };
        let mut pages = Pages {
            theme: giving.workspace.theme(problems),
            dry_run: args.dry_run,
            shared: None,
            written: Vec::new(),
        };
        if !token.is_empty() {
            pages.shared = Some(named(globals, giving, token, problems)?);
        } else if let Some(event) = &args.event
            && !picked.is_empty()
        {
            let pieces = giving.pieces(picked)?;
            let lang = language(&giving.workspace, None);
            pages.shared = pages.make(event::title(event), &lang, giving, &pieces)?;
        }
        #[cfg(feature = "smtp")]
        if args.to == Some(super::Form::Smtp) && !args.dry_run {
            match &pages.shared {
                Some(page) if page.is_built => {}
                _ => return Err(too_early()),
            }
        }
        Ok(Some(pages))
    }

    /// The pieces that are known before anybody chooses: those of the one that is for all.
    pub fn is_chosen(&self) -> bool {
        self.shared.is_some()
    }

    /// The page for a letter to somebody, with these pieces where it is theirs alone; nothing
    /// where there is no piece.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn page(
        &self,
        giving: &Giving,
        person: &Person,
        pieces: &[Piece<'_>],
    ) -> Result<Option<Page>, Failure> {
        if let Some(shared) = &self.shared {
            return Ok(Some(shared.clone()));
        }
        let lang = language(&giving.workspace, Some(person));
        let given = someone(person).given;
        let title = title_for(given.as_deref(), &self.theme.words, &lang);
        self.make(title, &lang, giving, pieces)
    }

    fn make(
        &self,
        title: String,
        lang: &str,
        giving: &Giving,
        pieces: &[Piece<'_>],
    ) -> Result<Option<Page>, Failure> {
        if pieces.is_empty() {
            return Ok(None);
        }
        let draft = Draft {
            title: title.clone(),
            lang: (lang != giving.workspace.config.language).then(|| lang.to_owned()),
            pieces: pieces.iter().map(|piece| piece.id().to_owned()).collect(),
            ..Draft::default()
        };
        let new = match self.dry_run {
            true => None,
            false => Some(Made::new(draft)?),
        };
        let titled = |piece: &Piece<'_>| (piece.id().to_owned(), piece.title().to_owned());
        Ok(Some(Page {
            title,
            // Nothing is written in a dry run, and no address given away that leads nowhere.
            token: new
                .as_ref()
                .map_or("…".to_owned(), |made| made.token.clone()),
            pieces: pieces.iter().map(titled).collect(),
            new,
            is_built: false,
        }))
    }

    /// Writes a page that is new, before the letter that leads to it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, workspace: &Workspace, page: &Page) -> Result<(), Failure> {
        let Some(made) = &page.new else {
            return Ok(());
        };
        let file = made.file();
        if !self.written.contains(&file) {
            made.write(workspace)?;
            self.written.push(file);
        }
        Ok(())
    }

    /// What to say at the end.
    pub fn summary(&self) -> String {
        let files = self.written.iter();
        let lines = files.map(|file| format!("Wrote {file}: {LATER}"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The handout that was named.
fn named(
    globals: &Globals,
    giving: &Giving,
    typed: &str,
    problems: &mut Vec<Diagnostic>,
) -> Result<Page, Failure> {
    let loaded = giving.workspace.load(globals, &Options::default())?;
    let library = &loaded.library;
    let token = token_in(typed);
    let handout = library.handout(token).ok_or_else(|| {
        Failure::usage(
            format!("there is no handout `{token}`"),
            "`goodturn handout list` shows all of them; --handout alone makes a new one",
        )
    })?;
    if !matches!(handout.state(), State::Open(_)) {
        return Err(Failure::usage(
            format!("the handout `{token}` is closed"),
            "`goodturn handout list` shows which are open; --handout alone makes a new one",
        ));
    }
    let address = &handout.document.address;
    let is_built = loaded.old_lock.at(address).is_some();
    if !is_built {
        let problem = format!("the page of the handout is not built yet: {LATER}");
        problems.push(Diagnostic::warning(problem));
    }
    let pieces = handout.pieces().iter().map(|id| library.document(*id));
    Ok(Page {
        title: handout.document.title.clone(),
        token: handout.token().to_owned(),
        pieces: pieces
            .map(|piece| (piece.id.to_string(), piece.title.clone()))
            .collect(),
        new: None,
        is_built,
    })
}
