//! Which paths a site may have: those that every system can hold and no server misreads.

use std::fmt;
use std::path::{Component, Path};

use rustc_hash::FxHashMap;

use super::Error;
use super::manifest;

/// A path that cannot be a file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathProblem {
    /// The path, as it was given.
    pub path: String,
    /// What is wrong with it.
    pub kind: PathProblemKind,
}

/// What is wrong with a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathProblemKind {
    /// It is empty, or starts or ends with a slash, or has two in a row.
    EmptySegment,
    /// It starts at the root of a file system.
    Absolute,
    /// It has `.` or `..` in it.
    Dots,
    /// It has a character that cannot be part of a file's name everywhere.
    Character(char),
    /// It is the name of the list of what Goodturn wrote.
    Reserved,
    /// Two files have it.
    Duplicate,
    /// Another path uses it as a folder.
    AlsoAFolder(String),
    /// Another path differs from it by upper and lower case only.
    CaseOnly(String),
}

impl PathProblemKind {
    /// What to do about it, where it is not plain.
    pub(super) fn help(&self) -> Option<&'static str> {
        match self {
            PathProblemKind::CaseOnly(_) => Some(
                "on macOS and Windows, and on many servers, they would be one file: rename one",
            ),
            PathProblemKind::AlsoAFolder(_) => Some("give one of them another address"),
            _ => None,
        }
    }
}

impl fmt::Display for PathProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.kind {
            PathProblemKind::EmptySegment => {
                write!(f, "the path {path:?} has an empty part")
            }
            PathProblemKind::Absolute => write!(f, "the path {path:?} is absolute"),
            PathProblemKind::Dots => {
                write!(f, "the path {path:?} has `.` or `..` as a part")
            }
            PathProblemKind::Character(c) => {
                write!(f, "the path {path:?} has the character {c:?} in it")
            }
            PathProblemKind::Reserved => {
                write!(
                    f,
                    "the path {path:?} is kept for Goodturn's own list of files"
                )
            }
            PathProblemKind::Duplicate => write!(f, "two files have the path {path:?}"),
            PathProblemKind::AlsoAFolder(other) => {
                write!(
                    f,
                    "{path:?} would be both a file and the folder of {other:?}"
                )
            }
            PathProblemKind::CaseOnly(other) => {
                write!(f, "the paths {other:?} and {path:?} differ by case only")
            }
        }
    }
}

impl PathProblem {
    /// All problems in one text.
    pub(super) fn summary(problems: &[PathProblem]) -> String {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }
}

/// The paths in order, or everything that is wrong with them.
pub(super) fn check<P: AsRef<str>>(paths: &[P]) -> Result<Vec<&str>, Error> {
    let mut sorted: Vec<&str> = paths.iter().map(AsRef::as_ref).collect();
    // The plan hands them over in order; then this only looks.
    sorted.sort_unstable();

    let mut problems = Vec::new();
    let mut report = |path: &str, kind| {
        problems.push(PathProblem {
            path: path.to_owned(),
            kind,
        });
    };
    let mut folded: FxHashMap<String, &str> = FxHashMap::default();
    folded.reserve(sorted.len());
    let mut previous = None;
    for &path in &sorted {
        if previous == Some(path) {
            report(path, PathProblemKind::Duplicate);
            continue;
        }
        previous = Some(path);
        match check_alone(path) {
            Some(kind) => report(path, kind),
            None => {
                if let Some(other) = folded.insert(path.to_lowercase(), path) {
                    report(path, PathProblemKind::CaseOnly(other.to_owned()));
                }
            }
        }
    }
    // A file may not be a folder too, in any spelling. Neighbours mostly share their folder.
    let mut looked_at = "";
    for &path in &sorted {
        let Some((folder, _)) = path.rsplit_once('/') else {
            continue;
        };
        if folder == looked_at {
            continue;
        }
        looked_at = folder;
        let lower = folder.to_lowercase();
        for prefix in ancestors(&lower) {
            // Told once, however many files lie below.
            if let Some(file) = folded.remove(prefix) {
                report(file, PathProblemKind::AlsoAFolder(path.to_owned()));
            }
        }
    }
    if problems.is_empty() {
        Ok(sorted)
    } else {
        Err(Error::Paths(problems))
    }
}

/// A folder and those that hold it, innermost first: `a/b/c`, `a/b`, `a`.
pub(super) fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |inner| {
        inner.rsplit_once('/').map(|(outer, _)| outer)
    })
}

/// What is wrong with a path whatever the others are.
fn check_alone(path: &str) -> Option<PathProblemKind> {
    if path.starts_with('/') {
        return Some(PathProblemKind::Absolute);
    }
    // A backslash is a separator on Windows; a control character, the line break above all, breaks
    // lists of files, and the NUL cannot be named at all.
    if let Some(c) = path.chars().find(|c| *c == '\\' || c.is_control()) {
        return Some(PathProblemKind::Character(c));
    }
    if path.split('/').any(str::is_empty) {
        return Some(PathProblemKind::EmptySegment);
    }
    if path.split('/').any(|part| part == "." || part == "..") {
        return Some(PathProblemKind::Dots);
    }
    // `C:` on Windows.
    if !Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Some(PathProblemKind::Absolute);
    }
    path.eq_ignore_ascii_case(manifest::NAME)
        .then_some(PathProblemKind::Reserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(paths: &[&str]) -> Vec<(String, PathProblemKind)> {
        match check(paths) {
            Err(Error::Paths(problems)) => problems.into_iter().map(|p| (p.path, p.kind)).collect(),
            Err(other) => panic!("{other}"),
            Ok(_) => Vec::new(),
        }
    }

    #[test]
    fn ordinary_paths_pass_and_come_back_in_order() {
        let paths = [
            "index.html",
            "b/index.html",
            "a b/é.pdf",
            "b/c..d/x",
            ".nojekyll",
        ];
        assert_eq!(
            check(&paths).unwrap(),
            [
                ".nojekyll",
                "a b/é.pdf",
                "b/c..d/x",
                "b/index.html",
                "index.html"
            ]
        );
    }

    #[test]
    fn a_path_stays_inside_the_output() {
        use PathProblemKind::*;
        for (path, kind) in [
            ("", EmptySegment),
            ("a//b", EmptySegment),
            ("a/", EmptySegment),
            ("/etc/passwd", Absolute),
            ("..", Dots),
            ("a/../../b", Dots),
            ("./a", Dots),
            ("a\\b", Character('\\')),
            ("a\0b", Character('\0')),
            ("a\nb", Character('\n')),
            (".goodturn-manifest", Reserved),
            (".Goodturn-Manifest", Reserved),
        ] {
            assert_eq!(problems(&[path]), [(path.to_owned(), kind)]);
        }
    }

    #[test]
    fn paths_do_not_collide() {
        use PathProblemKind::*;
        assert_eq!(problems(&["a", "a"]), [("a".into(), Duplicate)]);
        assert_eq!(
            problems(&["a", "a/b/c"]),
            [("a".into(), AlsoAFolder("a/b/c".into()))]
        );
        assert_eq!(
            problems(&["A", "a/b"]),
            [("A".into(), AlsoAFolder("a/b".into()))]
        );
        assert_eq!(
            problems(&["É.html", "é.html"]),
            [("é.html".into(), CaseOnly("É.html".into()))]
        );
        // A neighbour in the order of bytes is not always the nearest path.
        assert_eq!(
            problems(&["a", "a-b", "a.b", "a/b"]),
            [("a".into(), AlsoAFolder("a/b".into()))]
        );
    }

    #[test]
    fn all_problems_are_told_at_once() {
        assert_eq!(problems(&["/a", "b/../c", "d", "D"]).len(), 3);
        let message = check(&["/a", "b/../c"]).unwrap_err().to_string();
        assert!(message.contains("\"/a\"") && message.contains("\"b/../c\""));
    }
}
