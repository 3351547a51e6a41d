//! What is said when addresses and documents do not go together.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Place};
use crate::library::handout;

use super::address::{BadAddress, last_part};
use super::id::BadId;
use super::{Claim, Entry, Hidden, LOCK_FILE, Lock, ShortId};

/// The place of a mark in a document's front matter, or else the document's own.
fn at(claim: &Claim<'_>, mark: &Option<Range<usize>>) -> Place {
    match mark {
        Some(span) => Place {
            span: Some(span.clone()),
            ..claim.place.clone()
        },
        None => claim.place.clone(),
    }
}

/// A line of the lock.
fn in_lock(lock: &Lock, entry: &Entry) -> Place {
    Place::span(LOCK_FILE, entry.span.clone()).with_text(Arc::clone(&lock.text))
}

fn file<'c>(claim: &'c Claim<'_>) -> &'c str {
    &claim.place.file
}

pub(super) fn bad_id(claim: &Claim<'_>, bad: &BadId) -> Diagnostic {
    Diagnostic::error(bad.to_string())
        .at(at(claim, &claim.marks.id))
        .help(bad.help())
}

/// Two files say the same id. `locked` tells that the lock gives it to `first`.
pub(super) fn id_said_twice(
    first: &Claim<'_>,
    second: &Claim<'_>,
    id: ShortId,
    locked: bool,
) -> Diagnostic {
    let help = if locked {
        format!(
            "delete it in {}: {LOCK_FILE} gives it to {}",
            file(second),
            file(first)
        )
    } else {
        "delete it in one of the two files".to_owned()
    };
    Diagnostic::error(format!(
        "{} and {} both have `id: {id}`",
        file(first),
        file(second)
    ))
    .at(at(second, &second.marks.id))
    .label("an id belongs to one document")
    .help(help)
}

/// A file says an id that the lock gives to another one, which is still there.
pub(super) fn id_of_another(claim: &Claim<'_>, owner: &Claim<'_>, id: ShortId) -> Diagnostic {
    Diagnostic::error(format!(
        "{} has `id: {id}`, but that is the id of {}",
        file(claim),
        file(owner)
    ))
    .at(at(claim, &claim.marks.id))
    .label(format!("{LOCK_FILE} gives this id to {}", owner.source))
    .help(format!(
        "delete it in {}: the document then gets an id of its own",
        file(claim)
    ))
}

/// The lock gives one id to two files that are both there: each came by a merge.
pub(super) fn two_files_of_one_id(
    first: &Claim<'_>,
    second: &Claim<'_>,
    id: ShortId,
) -> Diagnostic {
    Diagnostic::error(format!(
        "{LOCK_FILE} gives the id {id} to both {} and {}",
        file(first),
        file(second)
    ))
    .at(second.place.clone())
    .help(format!(
        "if they are one document that was moved twice, delete one of the files; if they are two, \
         delete the line of {} in {LOCK_FILE}",
        second.source
    ))
}

/// A published document says another id than it was published with.
pub(super) fn id_changed(claim: &Claim<'_>, published: ShortId, now: ShortId) -> Diagnostic {
    let stub = stub(
        published,
        None,
        &format!("replaced_by: {}", yaml(claim.source)),
    );
    Diagnostic::error(format!(
        "{} was published with the id {published}, and now has `id: {now}`",
        file(claim)
    ))
    .at(at(claim, &claim.marks.id))
    .label(format!("links to {} were given out", published.address()))
    .help(format!("write `id: {published}`, or delete the line"))
    .help(format!(
        "or keep the old id alive in a new file of any name:\n{stub}"
    ))
}

pub(super) fn bad_address(claim: &Claim<'_>, why: &BadAddress) -> Diagnostic {
    Diagnostic::error(format!(
        "the address {:?} of {} cannot be used: {why}",
        claim.address,
        file(claim)
    ))
    .at(claim.place.clone())
    .help("set another one with a line `slug: …` in the front matter")
}

/// Two documents ask for one address; `second` is the one to change.
pub(super) fn one_address(first: &Claim<'_>, second: &Claim<'_>) -> Diagnostic {
    let message = if first.address == second.address {
        format!(
            "{} and {} have the same address, {}",
            file(first),
            file(second),
            first.address
        )
    } else {
        format!(
            "the addresses of {} and {} differ by capitals only: {} and {}",
            file(first),
            file(second),
            first.address,
            second.address
        )
    };
    Diagnostic::error(message)
        .at(second.place.clone())
        .help(another_slug(second))
}

/// A document asks for an address that used to lead to another one.
pub(super) fn former_address(claim: &Claim<'_>, owner: &Claim<'_>) -> Diagnostic {
    Diagnostic::error(format!(
        "{} asks for {}, which was given out for {}",
        file(claim),
        claim.address,
        file(owner)
    ))
    .at(claim.place.clone())
    .label("links that were given out must go on leading to what they led to")
    .help(another_slug(claim))
}

/// A published address would change by capitals only.
pub(super) fn capitals_only(claim: &Claim<'_>, published: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "the address of {} was {published}, and would now be {}",
        file(claim),
        claim.address
    ))
    .at(claim.place.clone())
    .label("some systems do not tell capitals from small letters: one would hide the other")
    .help(format!(
        "keep it with a line `slug: {}` in the front matter, or choose quite another one",
        yaml(last_part(published))
    ))
}

fn another_slug(claim: &Claim<'_>) -> String {
    let slug = match last_part(claim.address) {
        "" => "page",
        part => part,
    };
    format!(
        "give {} another address: write a line like `slug: {}` in its front matter",
        file(claim),
        yaml(&format!("{slug}-2"))
    )
}

fn alias_error(claim: &Claim<'_>, alias: &str, why: &str) -> Diagnostic {
    Diagnostic::error(format!(
        "the alias `{}` of {} cannot be used: {why}",
        alias.escape_debug(),
        file(claim)
    ))
    .at(at(claim, &claim.marks.aliases))
}

pub(super) fn bad_alias(claim: &Claim<'_>, alias: &str, why: &BadAddress) -> Diagnostic {
    alias_error(claim, alias, &why.to_string()).help(why.help())
}

/// An alias is the address of another document.
pub(super) fn alias_is_address(claim: &Claim<'_>, alias: &str, owner: &Claim<'_>) -> Diagnostic {
    let why = format!("it is the address of {}", file(owner));
    alias_error(claim, alias, &why).help(format!(
        "delete the alias; or, if {} takes the place of that piece, write `replaced_by: {}` there",
        file(claim),
        yaml(claim.source)
    ))
}

/// An alias used to lead to another document.
pub(super) fn alias_is_former(claim: &Claim<'_>, alias: &str, owner: &Claim<'_>) -> Diagnostic {
    let why = format!("it was given out for {}", file(owner));
    alias_error(claim, alias, &why).help(format!(
        "delete the alias: it must go on leading to {}",
        owner.address
    ))
}

/// Two documents have the same alias.
pub(super) fn one_alias(first: &Claim<'_>, second: &Claim<'_>, alias: &str) -> Diagnostic {
    let why = format!("{} has the same one", file(first));
    alias_error(second, alias, &why).help("delete it in one of the two files")
}

/// An alias differs from the document's own address by capitals only.
pub(super) fn alias_capitals_only(claim: &Claim<'_>, alias: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "the alias `{alias}` differs from the address {} by capitals only, and is left out",
        claim.address
    ))
    .at(at(claim, &claim.marks.aliases))
    .help("delete it, or set the old spelling with `slug: …`")
}

/// A published document is not part of a build any more; in a preview, it soon will not be.
pub(super) fn hidden(claim: &Claim<'_>, hidden: Option<Hidden>, published: &str) -> Diagnostic {
    let (now, back) = match hidden {
        Some(Hidden::Draft) => ("is now a draft", "delete `draft: true`"),
        Some(Hidden::Scheduled) => (
            "is now scheduled for later",
            "set its `publish` date back to a day that is over",
        ),
        None => (
            "is now a draft or scheduled for later",
            "delete `draft: true` and a `publish` date to come",
        ),
    };
    let message = format!("{} was published at {published}, and {now}", file(claim));
    let diagnostic = match hidden {
        Some(_) => Diagnostic::error(message),
        None => Diagnostic::warning(format!("{message}: only a preview can show it")),
    };
    diagnostic
        .at(at(claim, &claim.marks.standing))
        .label("links to it were given out")
        .help(format!("to keep it, {back}"))
        .help("to take it back, write `retired: true`; readers then see a note at its address")
        .help("if another piece takes its place, write `replaced_by: PATH`")
}

/// `replaced_by` leads round in a circle, or to a document that is not part of the build.
pub(super) fn replaced_by_itself(claim: &Claim<'_>) -> Diagnostic {
    Diagnostic::error(format!("{} is replaced by itself in the end", file(claim)))
        .at(at(claim, &claim.marks.standing))
        .help("one document of the circle has to stay, or to say `retired: true`")
}

pub(super) fn replaced_by_hidden(claim: &Claim<'_>, target: Option<&Claim<'_>>) -> Diagnostic {
    let what = match target {
        Some(target) => format!("{}, which is not published", file(target)),
        None => "something that is not there".to_owned(),
    };
    Diagnostic::error(format!("{} is replaced by {what}", file(claim)))
        .at(at(claim, &claim.marks.standing))
        .help("publish that piece first, or write `retired: true` until then")
}

/// A published document that no longer exists.
pub(super) struct Gone<'m, 'a> {
    pub(super) lock: &'m Lock,
    pub(super) id: ShortId,
    /// The line of its current address.
    pub(super) entry: &'m Entry,
    /// How many more addresses lead to it.
    pub(super) others: usize,
    /// New documents that it may have become.
    pub(super) perhaps: Vec<&'m Claim<'a>>,
    /// A document that has one of its addresses as an alias.
    pub(super) alias_of: Option<&'m Claim<'a>>,
    /// A document that asks for one of its addresses as its own.
    pub(super) address_of: Option<&'m Claim<'a>>,
}

impl Gone<'_, '_> {
    /// One error for the document, however many addresses it has.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let address = &self.entry.address;
        let others = match self.others {
            0 => String::new(),
            1 => ", with one more address".to_owned(),
            more => format!(", with {more} more addresses"),
        };
        let message = match &self.entry.origin {
            Some(origin) => format!(
                "content/{} is gone, but was published at {address}{others}",
                origin.source.escape_debug()
            ),
            None => format!("nothing is left of what was published at {address}{others}"),
        };
        let id = self.id;
        let mut diagnostic = Diagnostic::error(message)
            .at(in_lock(self.lock, self.entry))
            .label("links to this address were given out, and must lead somewhere");
        for claim in &self.perhaps {
            diagnostic = diagnostic.help(format!(
                "if it became {}, write `id: {}` in the front matter of that file",
                file(claim),
                yaml(id.as_str())
            ));
        }
        if let Some(claim) = self.address_of {
            diagnostic = diagnostic.help(format!(
                "{} now asks for an address of it: if that is another piece, give it another slug",
                file(claim)
            ));
        }
        if let Some(token) = handout::token_of_address(address) {
            return diagnostic
                .help("take the file back from where it is")
                .help(format!(
                    "or end it: `goodturn handout end {token}` writes a page that says so"
                ));
        }
        let path = self.stub_path();
        let replaced_by = self
            .alias_of
            .map_or("PATH".to_owned(), |claim| yaml(claim.source));
        let replaced = self.stub(&format!("replaced_by: {replaced_by}"));
        let retired = self.stub("retired: true");
        diagnostic
            .help(format!(
                "if another piece takes its place, write {path} with these lines:\n{replaced}"
            ))
            .help(format!(
                "if nothing does, write {path} with these lines, and `reason: …` if you like; \
                 readers then see a note:\n{retired}"
            ))
    }

    /// Where the file goes that keeps the address alive.
    fn stub_path(&self) -> String {
        let path = match &self.entry.origin {
            Some(origin) if origin.source.ends_with(".md") => origin.source.clone(),
            // A book was a folder; a file beside that will do.
            Some(origin) => format!("{}.md", origin.source),
            None => format!("retired/{}.md", self.id),
        };
        format!("content/{}", path.escape_debug())
    }

    fn stub(&self, line: &str) -> String {
        let slug = last_part(&self.entry.address);
        let source = self.entry.origin.as_ref().map(|origin| &origin.source);
        let stem = source.map_or("", |source| stem(source));
        let slug = (slug != stem && !slug.is_empty()).then_some(slug);
        stub(self.id, slug, line)
    }
}

/// The front matter of a file that only keeps an id and its addresses alive.
fn stub(id: ShortId, slug: Option<&str>, line: &str) -> String {
    let id = yaml(id.as_str());
    let slug = slug.map_or(String::new(), |slug| format!("slug: {}\n", yaml(slug)));
    format!("---\nid: {id}\n{slug}{line}\n---")
}

/// The file name that a slug is made of: of an index file, its folder's.
fn stem(source: &str) -> &str {
    let path = ["/index.md", "/_index.md", ".md"]
        .iter()
        .find_map(|ending| source.strip_suffix(ending))
        .unwrap_or(source);
    path.rsplit('/').next().unwrap_or(path)
}

/// Text as a YAML value, in quotes where YAML might read something else.
fn yaml(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    let safe = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        || (text
            .contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E' | 'x' | 'o'))
            && text.starts_with(|c: char| c.is_ascii_digit()));
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if text.chars().all(plain) && safe && !word {
        text.to_owned()
    } else {
        // A JSON string is a YAML string.
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_where_yaml_would_read_something_else() {
        for plain in ["why", "articles/why.md", "/a/", "2024-03-09-why", "k7mpx"] {
            assert_eq!(yaml(plain), plain);
        }
        for text in [
            "",
            "23456",
            "2e345",
            "0x12",
            "1.5",
            "yes",
            "No",
            "null",
            "-a",
            "a: b",
            "a b",
            "a#b",
            "\"",
            "é\n",
            "2024-03-09",
            "~",
        ] {
            assert!(yaml(text).starts_with('"'), "{text}");
        }
    }

    #[test]
    fn a_stub_is_front_matter_that_can_be_copied() {
        let id = |text| ShortId::parse(text).unwrap_or_else(|bad| panic!("{bad}"));
        assert_eq!(
            stub(id("k7mpx"), None, "retired: true"),
            "---\nid: k7mpx\nretired: true\n---"
        );
        assert_eq!(
            stub(id("23456"), Some("a b"), "replaced_by: PATH"),
            "---\nid: \"23456\"\nslug: \"a b\"\nreplaced_by: PATH\n---"
        );
    }

    #[test]
    fn a_slug_comes_from_the_name_of_the_file_or_of_its_folder() {
        assert_eq!(stem("articles/why.md"), "why");
        assert_eq!(stem("articles/why/index.md"), "why");
        assert_eq!(stem("books/serve-first"), "serve-first");
        assert_eq!(stem("index.md"), "index");
    }
}
