//! The titles of other pages, by which GitBook shows links that name only their files.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::source::front_matter;
use crate::source::include::{Bounds, Included, canonical};
use crate::source::markdown;

/// The pages that the text of a file leads to.
pub(in crate::source) struct Pages<'a> {
    /// Where pages may lie, and how large they may be.
    bounds: &'a Bounds,
    /// The file, on the disk.
    from: &'a Path,
    /// Those that were looked at.
    pub seen: Vec<Included>,
}

impl<'a> Pages<'a> {
    /// Those that a file on the disk leads to; none is looked at yet.
    pub fn new(bounds: &'a Bounds, from: &'a Path) -> Self {
        let seen = Vec::new();
        Pages { bounds, from, seen }
    }

    /// The title of the page that an address as it is written in the file leads to. Nothing where
    /// there is no such page in the library, or it has no title.
    pub fn title(&mut self, to: &str) -> Option<String> {
        if markdown::is_outside(to) {
            return None;
        }
        let (path, _) = to.split_once('#').unwrap_or((to, ""));
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let disk = self.find(&path)?;
        self.seen.push(Included::at(disk.clone()));
        let text = std::fs::read_to_string(disk).ok()?;
        title(&text)
    }

    fn find(&self, path: &str) -> Option<PathBuf> {
        let folder = self.from.parent()?;
        let mut disk = folder.join(path).canonicalize().ok()?;
        if disk.is_dir() {
            disk = disk.join("README.md").canonicalize().ok()?;
        }
        let root = canonical(&self.bounds.root);
        let is_ours =
            disk.starts_with(&root) && !disk.starts_with(canonical(&root.join("private")));
        let size = disk.metadata().ok()?.len();
        (is_ours && size <= self.bounds.most).then_some(disk)
    }
}

/// What the first heading of a page says.
fn title(text: &str) -> Option<String> {
    let body = front_matter::split(text).body;
    let events = Parser::new_ext(body, markdown::options(false)).into_offset_iter();
    let heading = events
        .skip_while(|(event, _)| !matches!(event, Event::Start(Tag::Heading { .. })))
        .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = markdown::plain_text(&heading.collect::<Vec<_>>());
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_title_is_the_first_heading_without_markup() {
        let text =
            "---\ndescription: x\n---\n\nBefore.\n\n# The **whole** `kit` \\[1]\n\n## Below\n";
        assert_eq!(title(text).as_deref(), Some("The whole kit [1]"));
        assert_eq!(title("Only words.\n"), None);
    }
}
