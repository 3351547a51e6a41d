//! Every place of a library that names an outside address.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::Folders;
use crate::diagnostics::Place;
use crate::library::{Document, Library, Standing};
use crate::source::front_matter::Word;
use crate::source::markdown::{self, is_outside};

/// A place that uses an outside address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    /// The address, as written.
    pub address: String,
    /// Where.
    pub place: Place,
}

/// Finds them all: in the documents that readers can open, in front matter and in the settings.
pub(super) fn gather(library: &Library, folders: &Folders) -> Vec<Use> {
    let mut uses = Vec::new();
    for document in &library.documents {
        of_document(document, &mut uses);
    }
    of_profiles(library, folders, &mut uses);
    of_settings(library, folders, &mut uses);
    uses.retain(|found| is_outside(&found.address));
    uses
}

fn of_document(document: &Document, uses: &mut Vec<Use>) {
    let source = &document.source;
    let front = &source.front;
    let mut add = |address: &str, span| {
        uses.push(Use {
            address: address.to_owned(),
            place: Place::span(source.file.clone(), span),
        });
    };
    let mut word = |word: &Option<Word>| {
        if let Some(word) = word {
            add(&word.text, word.span.clone());
        }
    };
    match &document.standing {
        Standing::Live => {}
        // Only where it leads is still of use to readers.
        Standing::Replaced(_) => return word(&front.replaced_by),
        // What it said is no longer shown.
        Standing::Retired(_) | Standing::Expired => return,
    }
    word(&front.link);
    word(&front.image);
    for link in &source.body.links {
        add(&link.target, link.span.clone());
    }
    // An argument of a block that is a full address is one that the page leads to.
    for arg in source.body.calls.iter().flat_map(|call| &call.args) {
        let address = arg.value.as_str().unwrap_or_default();
        if address.starts_with("https://") || address.starts_with("http://") {
            add(address, arg.span.clone());
        }
    }
}

/// Authors who have a page of their own name their links there.
fn of_profiles(library: &Library, folders: &Folders, uses: &mut Vec<Use>) {
    for author in library.authors.iter() {
        let Some(document) = author.document.map(|id| library.document(id)) else {
            continue;
        };
        let file = &document.source.file;
        let text = std::fs::read_to_string(folders.part(file)).unwrap_or_default();
        let finder = Finder::new(file.clone(), &text);
        let addresses: BTreeSet<&str> = author.links.iter().map(|link| link.url.as_str()).collect();
        uses.extend(addresses.iter().flat_map(|address| finder.find(address)));
    }
}

/// Menus, footers and authors of goodturn.yaml.
fn of_settings(library: &Library, folders: &Folders, uses: &mut Vec<Use>) {
    let config = &library.config;
    let mut addresses: BTreeSet<String> = BTreeSet::new();
    let languages = || config.languages.values();
    let menus = languages().filter_map(|language| language.menu.as_ref());
    addresses.extend(
        menus
            .chain(&config.menu)
            .flatten()
            .map(|item| item.url.clone()),
    );
    for profile in config.authors.values() {
        addresses.extend(profile.links.iter().map(|link| link.url.clone()));
        addresses.extend(profile.photo.iter().map(|path| path.value.clone()));
    }
    let pictures = config.image.iter().chain(&config.logo);
    addresses.extend(pictures.map(|path| path.value.clone()));
    let footers = languages().filter_map(|language| language.footer.as_ref());
    let bios = config
        .authors
        .values()
        .filter_map(|author| author.bio.as_ref());
    for text in footers.chain(&config.footer).chain(bios) {
        addresses.extend(links_of(library, text));
    }
    let text = std::fs::read_to_string(&folders.config).unwrap_or_default();
    let finder = Finder::new(folders.config_name().into(), &text);
    let outside = addresses.iter().filter(|address| is_outside(address));
    uses.extend(outside.flat_map(|address| finder.find(address)));
}

/// The links of a few sentences of Markdown.
fn links_of(library: &Library, text: &str) -> Vec<String> {
    let settings = markdown::Settings {
        quotes: None,
        raw_html: library.config.html,
        lenient: true,
        lift_title: false,
        hides_lines: false,
        above: 0,
    };
    let (body, _) = markdown::render("", text, 0, None, settings, &mut Vec::new());
    body.links.into_iter().map(|link| link.target).collect()
}

/// Finds values in a file whose reader did not keep their places.
struct Finder<'a> {
    file: Arc<str>,
    text: &'a str,
}

impl<'a> Finder<'a> {
    fn new(file: Arc<str>, text: &'a str) -> Self {
        Finder { file, text }
    }

    /// The address wherever the file has it, else the file as a whole.
    fn find(&self, address: &str) -> Vec<Use> {
        let found = self.text.match_indices(address).map(|(at, _)| at);
        let whole = found.filter(|at| self.ends_at(at + address.len()));
        let file = || self.file.clone();
        let mut places: Vec<Place> = whole
            .map(|at| Place::span(file(), at..at + address.len()).with_text(self.text))
            .collect();
        if places.is_empty() {
            places.push(Place::file(file()));
        }
        let address = || address.to_owned();
        places
            .into_iter()
            .map(|place| Use {
                address: address(),
                place,
            })
            .collect()
    }

    /// Whether an address may end here, and is not the beginning of a longer one.
    fn ends_at(&self, end: usize) -> bool {
        let mut after = self.text.get(end..).unwrap_or_default().chars();
        after
            .next()
            .is_none_or(|c| c.is_whitespace() || "\"'`,)]}<>".contains(c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_not_found_in_a_longer_one() {
        let text = "a: https://a.org/b\nb: { url: \"https://a.org/\" }\n";
        let finder = Finder::new("x.yaml".into(), text);
        let starts = |address: &str| -> Vec<Option<usize>> {
            let found = finder.find(address).into_iter();
            found
                .map(|at| at.place.span.map(|span| span.start))
                .collect()
        };
        assert_eq!(starts("https://a.org/"), [text.rfind("https")]);
        assert_eq!(starts("https://c.org/"), [None]);
    }
}
