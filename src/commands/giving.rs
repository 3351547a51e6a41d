//! What commands begin with that choose what to give: the people, the library, and its index.

use super::outcome::Failure;
use super::private::{self, Private};
use super::{Globals, workspace};
use crate::diagnostics::Diagnostic;
use crate::followup::index::{Index, Piece};
use crate::followup::rank::Ranking;
use crate::followup::shelf::Shelf;
use crate::followup::wanted::Wanted;
use crate::people::{Person, Record, Trade};
use crate::workspace::Workspace;

/// A library with its people.
pub struct Giving {
    /// The people.
    pub private: Private,
    /// What they were given.
    pub record: Record,
    /// The library.
    pub workspace: Workspace,
    /// What it has to give.
    pub shelf: Shelf,
    now: i64,
}

impl Giving {
    /// Opens both.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn open(globals: &Globals) -> Result<Giving, Failure> {
        let people = || {
            let mut private = private::open(globals)?;
            let record = private.record()?;
            // Somebody's trade is about to be guessed.
            private.vocabulary.prepare();
            Ok((private, record))
        };
        let library = || {
            let workspace = workspace::open(globals)?;
            match Shelf::open(&workspace, globals.quiet) {
                Ok(shelf) => Ok((workspace, shelf)),
                Err(told) => Err(Failure::Problems(workspace.folders.root, told)),
            }
        };
        let (people, library) = rayon::join(people, library);
        let (private, record) = people?;
        let (workspace, shelf) = library?;
        Ok(Giving {
            private,
            record,
            workspace,
            shelf,
            now: workspace::now()?,
        })
    }

    /// What there is to give. Reads the index anew: ask once.
    ///
    /// # Errors
    /// It is damaged, with what is wrong with the library.
    fn index(&self) -> Result<Index<'_>, Failure> {
        let root = &self.workspace.folders.root;
        self.shelf.index().ok_or_else(|| {
            let damaged = Diagnostic::error("the index of the library cannot be read")
                .help("delete the folder .goodturn: the index is made anew");
            let problems = std::iter::once(damaged).chain(self.shelf.problems.clone());
            Failure::Problems(root.clone(), problems.collect())
        })
    }

    /// What chooses the pieces.
    ///
    /// # Errors
    /// The index is damaged, with what is wrong with the library.
    pub fn ranking(&self) -> Result<Ranking<'_>, Failure> {
        Ok(Ranking::new(
            self.index()?,
            &self.private.vocabulary,
            &self.workspace.config.language,
            self.now,
        ))
    }

    /// The pieces of these ids, in this order.
    ///
    /// # Errors
    /// One is not there, or the index is damaged.
    pub fn pieces(&self, ids: &[String]) -> Result<Vec<Piece<'_>>, Failure> {
        let index = self.index()?;
        let find = |id: &String| {
            let mut pieces = index.pieces().map(|(_, piece)| piece);
            pieces.find(|piece| piece.id() == id).ok_or_else(|| {
                Failure::usage(
                    format!("the piece `{id}` is not in the library any more"),
                    "`goodturn list` shows what can be given",
                )
            })
        };
        ids.iter().map(find).collect()
    }

    /// What a person could use, with their trade.
    pub fn wanted(&self, person: &Person, about: Option<&str>) -> (Trade, Wanted) {
        let trade = Trade::of(person, &self.private.vocabulary);
        let given = self.record.given(&person.uid);
        let wanted = Wanted::of(person, trade.industry(), &given).about(about);
        (trade, wanted)
    }

    /// The people, with what is wrong with the library beside what is wrong with them.
    pub fn into_private(mut self, problems: Vec<Diagnostic>) -> Private {
        self.private.problems.extend(problems);
        self.private.problems.extend(self.shelf.problems);
        self.private
    }
}
