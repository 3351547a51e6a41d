//! The order of chapters that no list gives: that of their files.

use super::{DEEPEST, Outline, OutlineChapter, OutlineItem, is_own_page, join};
use crate::config::Config;
use crate::diagnostics::Place;
use crate::source::walk::{file_name, parent};

/// Orders chapters by their files: by `weight`, then by name, numbers in names counting as
/// numbers; a folder's own page (README.md, index.md) stands above the files in its folder.
pub fn from_files(config: &Config, folder: &str, files: &[(&str, Option<i64>)]) -> Outline {
    let items = folder_chapters(config, folder, files, 0);
    Outline {
        title: None,
        items: items.into_iter().map(OutlineItem::Chapter).collect(),
    }
}

fn folder_chapters(
    config: &Config,
    folder: &str,
    files: &[(&str, Option<i64>)],
    depth: usize,
) -> Vec<OutlineChapter> {
    let mut found: Vec<(i64, Vec<NamePart>, OutlineChapter)> = Vec::new();
    let mut folders: Vec<String> = Vec::new();
    for (path, weight) in files {
        if parent(path) == folder {
            if !is_own_page(path) {
                let key = natural_key(file_name(path));
                found.push((
                    weight.unwrap_or(0),
                    key,
                    file_chapter(config, path, Vec::new()),
                ));
            }
        } else if let Some(sub) = subfolder(folder, path)
            && !folders.contains(&sub)
            && depth < DEEPEST
        {
            folders.push(sub);
        }
    }
    for sub in folders {
        let own = files
            .iter()
            .find(|(path, _)| parent(path) == sub && is_own_page(path));
        let children = folder_chapters(config, &sub, files, depth + 1);
        let key = natural_key(file_name(&sub));
        match own {
            Some((path, weight)) => {
                found.push((
                    weight.unwrap_or(0),
                    key,
                    file_chapter(config, path, children),
                ));
            }
            None => found.extend(children.into_iter().map(|child| (0, key.clone(), child))),
        }
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    found.into_iter().map(|(_, _, chapter)| chapter).collect()
}

fn file_chapter(config: &Config, path: &str, children: Vec<OutlineChapter>) -> OutlineChapter {
    OutlineChapter {
        title: None,
        path: Some(path.to_owned()),
        place: Place::file(config.shown(path)),
        numbered: true,
        children,
    }
}

fn subfolder(folder: &str, path: &str) -> Option<String> {
    let rest = match folder {
        "" => path,
        folder => path.strip_prefix(folder)?.strip_prefix('/')?,
    };
    let (first, _) = rest.split_once('/')?;
    Some(join(folder, first))
}

/// A part of a name that is compared as a number or as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NamePart {
    Number(u64),
    Text(String),
}

/// A name taken apart so that `2-b` comes before `10-a`.
fn natural_key(name: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (part, after) = match digits {
            0 => {
                let len = rest
                    .find(|c: char| c.is_ascii_digit())
                    .unwrap_or(rest.len());
                let (text, after) = rest.split_at(len);
                (NamePart::Text(text.to_lowercase()), after)
            }
            _ => {
                let (number, after) = rest.split_at(digits);
                (NamePart::Number(number.parse().unwrap_or(u64::MAX)), after)
            }
        };
        parts.push(part);
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

    #[test]
    fn files_are_ordered_by_weight_and_number() {
        let files = [
            ("b/10-x.md", None),
            ("b/2-y.md", None),
            ("b/first.md", Some(-1)),
            ("b/3/README.md", None),
            ("b/3/a.md", None),
            ("b/README.md", None),
        ];
        assert_eq!(
            lines(&from_files(&Config::default(), "b", &files)),
            [
                "1 - b/first.md",
                "2 - b/2-y.md",
                "3 - b/3/README.md",
                "  3.1 - b/3/a.md",
                "4 - b/10-x.md"
            ]
        );
    }
}
