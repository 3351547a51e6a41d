//! What can go wrong while publishing, in words that say what to do.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use crate::diagnostics::Diagnostic;

use super::paths::PathProblem;

/// Why a site was not published. Whenever one of these comes back, the output folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output folder and a folder that Goodturn reads lie in one another.
    #[error("cannot write the site to {}: it {relation} {}", .out.display(), .input.display())]
    Overlap {
        /// The output folder.
        out: PathBuf,
        /// How the two lie to each other.
        relation: Relation,
        /// The folder that is read.
        input: PathBuf,
    },
    /// The private folder lies inside one that is published.
    #[error("the private folder {} lies inside {}", .private.display(), .inside.display())]
    PrivateInside {
        /// The private folder.
        private: PathBuf,
        /// The folder that is published.
        inside: PathBuf,
    },
    /// The output folder is the root of a file system.
    #[error("cannot write the site to {}: it has no parent folder", .out.display())]
    NoParent {
        /// The output folder.
        out: PathBuf,
    },
    /// A file is in the place of the output folder.
    #[error("cannot write the site to {}: it is not a folder", .out.display())]
    NotAFolder {
        /// The output folder.
        out: PathBuf,
    },
    /// The output folder cannot be swapped, because something is mounted on it.
    #[error("cannot write the site to {}: it is a mount point", .out.display())]
    MountPoint {
        /// The output folder.
        out: PathBuf,
    },
    /// The output folder, or the one that holds it, cannot be written.
    #[error("cannot write in {}: {source}", .folder.display())]
    NotWritable {
        /// The folder that cannot be written: the output folder or its parent.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another Goodturn is at work on the same output folder.
    #[error("another goodturn is writing {}", .out.display())]
    Busy {
        /// The output folder.
        out: PathBuf,
    },
    /// The output folder holds files that Goodturn did not write.
    #[error("{} holds files that Goodturn did not write: {}{}",
        .out.display(), .names.join(", "), if *.more { ", …" } else { "" })]
    Foreign {
        /// The output folder.
        out: PathBuf,
        /// Up to five of the files, relative to the output folder.
        names: Vec<String>,
        /// Whether there are more.
        more: bool,
        /// Whether Goodturn wrote any file of the folder.
        ours: bool,
    },
    /// Files that Goodturn did not write are where the site wants to have its own.
    #[error("files that Goodturn did not write are in the way in {}: {}",
        .out.display(), .names.join(", "))]
    InTheWay {
        /// The output folder.
        out: PathBuf,
        /// The files, relative to the output folder.
        names: Vec<String>,
    },
    /// The list of what Goodturn wrote cannot be relied upon.
    #[error("{}: {problem}", .path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// Something that Goodturn did not make has the name that it stages under.
    #[error("{} is in the way: Goodturn stages the site under this name", .path.display())]
    StageTaken {
        /// What is in the way.
        path: PathBuf,
    },
    /// The site has paths that cannot be files.
    #[error("{}", PathProblem::summary(.0))]
    Paths(Vec<PathProblem>),
    /// A file of the site cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The path within the site.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file cannot be copied into the site.
    #[error("cannot copy {} to {path}: {source}", .from.display())]
    Copy {
        /// The file to be copied.
        from: PathBuf,
        /// The path within the site.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The finished stage cannot take the place of the output folder.
    #[error("cannot swap the new site into {}: {source}", .out.display())]
    Swap {
        /// The output folder.
        out: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that the file system refused.
    #[error("cannot {action} {}: {source}", .path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// How the output folder lies to a folder that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They are one.
    Is,
    /// The output would lie inside.
    Inside,
    /// The output would hold it.
    Contains,
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Relation::Is => "is",
            Relation::Inside => "lies inside",
            Relation::Contains => "contains",
        })
    }
}

impl Error {
    /// Wraps what the system said about `path`; for `map_err`.
    pub(super) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Error {
        move |source| Error::Io {
            action,
            path: path.into(),
            source,
        }
    }

    /// What to do about it, where there is something.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Error::Overlap { .. } | Error::NoParent { .. } => {
                "choose a folder that holds nothing else, such as public, with --out".into()
            }
            Error::PrivateInside { private, .. } => format!(
                "everything in there could end up on the web: move {} elsewhere",
                private.display()
            ),
            Error::NotAFolder { out } => format!(
                "move {} away, or choose another folder with --out",
                out.display()
            ),
            Error::MountPoint { out } => format!(
                "the new site takes the place of the old folder in one step, and a mounted folder \
                 cannot be replaced: write into a folder inside it (--out {})",
                out.join("site").display()
            ),
            Error::NotWritable { folder, source } => match source.kind() {
                ErrorKind::ReadOnlyFilesystem => format!(
                    "{} is on a file system that is mounted read-only: choose another folder with \
                     --out",
                    folder.display()
                ),
                _ => format!(
                    "the new site is staged beside the old one and swapped in whole, so both the \
                     output folder and the one that holds it must be writable: give yourself \
                     write permission on {}, or choose another folder with --out",
                    folder.display()
                ),
            },
            Error::Busy { .. } => "let it finish, then build again".into(),
            Error::Foreign { ours: true, .. } => {
                "move these files away (files to be published as they are belong in static/), or \
                 build with --keep-foreign, which carries them over untouched"
                    .into()
            }
            Error::Foreign { ours: false, .. } => {
                "Goodturn never wrote to this folder: choose another one with --out, empty it \
                 yourself, or build with --keep-foreign, which carries the files over untouched"
                    .into()
            }
            Error::InTheWay { .. } => "move them away, or give the pages another address".into(),
            Error::Manifest { path, .. } => match path.parent() {
                Some(out) => format!(
                    "without it Goodturn cannot tell its own files from yours: save what is yours \
                     in {}, delete the folder, and build again",
                    out.display()
                ),
                None => return None,
            },
            Error::StageTaken { .. } => "look what is in there, then move it away".into(),
            Error::Paths(_) => return None,
            Error::Write { source, .. }
            | Error::Copy { source, .. }
            | Error::Swap { source, .. }
            | Error::Io { source, .. } => return help_with_system_error(source).map(Into::into),
        })
    }

    /// The same as problems to be shown with those of the content: one, or one for each path.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Error::Paths(problems) => problems
                .iter()
                .map(|problem| {
                    Diagnostic::error(problem.to_string()).maybe_help(problem.kind.help())
                })
                .collect(),
            other => vec![Diagnostic::error(other.to_string()).maybe_help(other.help())],
        }
    }
}

/// What to do about what the system said.
fn help_with_system_error(error: &io::Error) -> Option<&'static str> {
    Some(match error.kind() {
        ErrorKind::StorageFull => "the disk is full: free some space and build again",
        ErrorKind::QuotaExceeded => "your disk quota is used up: free some space and build again",
        ErrorKind::FileTooLarge => "the file system of the output cannot hold a file that large",
        ErrorKind::PermissionDenied => "check who owns it and who may read and write there",
        ErrorKind::ReadOnlyFilesystem => "the file system is mounted read-only",
        ErrorKind::InvalidFilename => {
            "the file system refuses the name, most likely because it is too long: give it a \
             shorter slug or file name"
        }
        ErrorKind::InvalidInput => "the file system refuses the name: choose another one",
        ErrorKind::NotFound => "it was there a moment ago: build again",
        ErrorKind::AlreadyExists => {
            "the file system takes this name for that of another file: choose one that differs by \
             more than case or accents"
        }
        ErrorKind::CrossesDevices => {
            "the file system cannot rename this folder (it may belong to a container image): \
             choose another folder with --out, or delete the old one yourself"
        }
        _ => return None,
    })
}
