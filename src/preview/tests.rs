//! After any change the preview shows what a new start would show.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::{Hint, Keeper, Step, View};
use crate::config::Folders;
use crate::diagnostics::any_error;
use crate::site::{Content, Output};
use crate::workspace::Options;

/// A small library with a bit of everything that pieces can see of each other.
struct Lab {
    folder: TempDir,
}

impl Lab {
    fn new() -> Self {
        let lab = Lab {
            folder: tempfile::tempdir().expect("a folder"),
        };
        lab.write("goodturn.yaml", "title: Lab\nauthor: Ann\npaginate: 2\n");
        for at in 0..5 {
            lab.write(
                &format!("content/a{at}.md"),
                &piece(at, "Title", "trade", "Some text."),
            );
        }
        lab.write(
            "content/links.md",
            "# Links\n\nTo [a](a1.md#one) and [b](a2.md).\n",
        );
        lab.write("content/book/book.yaml", "title: Book\n");
        lab.write("content/book/1-first.md", "# First\n\ntext\n");
        lab.write("content/book/2-second.md", "# Second\n\ntext\n");
        lab.write(
            "content/pic.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>",
        );
        lab.write("content/shows.md", "# Shows\n\n![A picture](pic.svg)\n");
        lab.write("content/about.md", "---\npage: true\n---\n# About\n");
        lab
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn open(&self) -> (Keeper, View) {
        let options = Options {
            now: NOW,
            ..Options::default()
        };
        Keeper::new(Folders::new(self.folder.path(), None), options, || NOW)
    }

    fn hint(&self, name: &str) -> Hint {
        Hint::Files(BTreeSet::from([self.path(name)]))
    }
}

const NOW: i64 = 1_800_000_000;

fn piece(at: usize, title: &str, word: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title} {at}\nsummary: About {word} and more.\nindustries: [hvac]\n\
         topics: [hiring]\n---\n{text}\n\n## One\n\nMore of {word}.\n"
    )
}

/// Every file of the site, and what is told.
fn all(view: &View) -> (Vec<(String, String)>, Vec<String>) {
    let site = view.site.as_ref().expect("a site");
    let render = |path: &str| match site.render(path) {
        Ok(Content::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Ok(Content::File(path)) => std::fs::read_to_string(path).unwrap_or_default(),
        Err(told) => format!("{told:?}"),
    };
    // The files of books take long to make, from the same texts as their pages.
    let is_page = |output: &Output| !matches!(output, Output::Face(..));
    let files = site.plan().iter().filter(|(_, output)| is_page(output));
    let files = files
        .map(|(path, _)| (path.to_owned(), render(path)))
        .collect();
    let problems = view.problems.iter();
    (
        files,
        problems.map(|problem| format!("{problem:?}")).collect(),
    )
}

/// One thing that an author does.
#[derive(Clone, Debug)]
enum Deed {
    Save(usize, String, String, String),
    Broken(usize),
    Remove(usize),
    Move(usize, usize),
    Chapter(usize, String),
    Head(usize, &'static str),
    Settings(&'static str),
    Heading(usize, &'static str),
    Picture(u8),
    Style(u8),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let which = 0..5_usize;
    let word = prop::sample::select(vec!["pumps", "hiring", "winter", "Title"]);
    let word = word.prop_map(str::to_owned).boxed();
    let save = (which.clone(), word.clone(), word.clone(), word.clone());
    let heads = vec![
        "industries: [dentists]",
        "draft: true",
        "date: 2020-01-01",
        "slug: other",
        "topics: [Winter]",
        "aliases: [/old/]",
        "general: true",
        "weight: -1",
        "authors: [Bob]",
        "expires: 2021-01-01",
        "link: https://a.org/",
        "retired: true",
    ];
    let settings = vec![
        "title: Other\n",
        "title: Lab\nstrict: false\n",
        "title: [\n",
    ];
    prop::collection::vec(
        prop_oneof![
            6 => save.prop_map(|(at, a, b, c)| Deed::Save(at, a, b, c)),
            1 => which.clone().prop_map(Deed::Broken),
            1 => which.clone().prop_map(Deed::Remove),
            1 => (which.clone(), which.clone()).prop_map(|(a, b)| Deed::Move(a, b)),
            2 => (1..3_usize, word).prop_map(|(at, word)| Deed::Chapter(at, word)),
            2 => (which.clone(), prop::sample::select(heads)).prop_map(|(a, b)| Deed::Head(a, b)),
            1 => prop::sample::select(settings).prop_map(Deed::Settings),
            2 => (which, prop::sample::select(vec!["One", "Two"])).prop_map(|(a, b)| Deed::Heading(a, b)),
            1 => (1..9_u8).prop_map(Deed::Picture),
            1 => (1..9_u8).prop_map(Deed::Style),
        ],
        1..8,
    )
}

impl Deed {
    /// Does it; gives the file that an event would name.
    fn act(&self, lab: &Lab) -> String {
        let name = |at: &usize| format!("content/a{at}.md");
        let write = |name: String, text: &str| {
            lab.write(&name, text);
            name
        };
        match self {
            Deed::Save(at, a, b, c) => write(name(at), &piece(*at, a, b, c)),
            Deed::Broken(at) => write(name(at), "# Broken\n\nTo [nowhere](nowhere.md).\n"),
            Deed::Remove(at) => {
                let _ = std::fs::remove_file(lab.path(&name(at)));
                name(at)
            }
            Deed::Move(from, to) => {
                let _ = std::fs::rename(
                    lab.path(&name(from)),
                    lab.path(&format!("content/m{to}.md")),
                );
                name(from)
            }
            Deed::Chapter(1, word) => write(
                "content/book/1-first.md".into(),
                &format!("# First\n\n{word}\n"),
            ),
            Deed::Chapter(_, word) => write(
                "content/book/2-second.md".into(),
                &format!("# {word}\n\ntext\n"),
            ),
            Deed::Head(at, line) => {
                write(name(at), &format!("---\ntitle: T\n{line}\n---\n## One\n"))
            }
            Deed::Settings(text) => write("goodturn.yaml".into(), text),
            Deed::Heading(at, heading) => write(
                name(at),
                &piece(*at, "Title", "trade", &format!("## {heading}"))
                    .replace("## One", &format!("## {heading} x")),
            ),
            Deed::Picture(width) => write(
                "content/pic.svg".into(),
                &format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='3'/>"),
            ),
            Deed::Style(width) => write(
                "static/own.css".into(),
                &format!("a {{ margin: {width}px }}"),
            ),
        }
    }
}

/// Looks until nothing is new, as the watch would have it.
fn look(keeper: &mut Keeper, hint: &Hint) -> Option<Step> {
    keeper.look(hint, &["index.html".to_owned()])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn the_preview_shows_what_a_new_start_would_show(deeds in deeds()) {
        let lab = Lab::new();
        let (mut keeper, first) = lab.open();
        prop_assert!(!any_error(&first.problems), "{:?}", first.problems);
        for deed in deeds {
            let hint = lab.hint(&deed.act(&lab));
            let Some(step) = look(&mut keeper, &hint) else { continue };
            let (_, fresh) = lab.open();
            if any_error(&fresh.problems) {
                // What is shown is older; what is told is not.
                let told = |view: &View| view.problems.iter().map(|p| format!("{p:?}")).collect::<Vec<_>>();
                prop_assert_eq!(told(&step.view), told(&fresh), "after {:?}", deed);
            } else {
                prop_assert_eq!(all(&step.view), all(&fresh), "after {:?}", deed);
            }
        }
    }
}

fn text_at(view: &View, path: &str) -> String {
    match view.site.as_ref().expect("a site").render(path) {
        Ok(Content::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_broken_piece_is_held_back_and_the_others_go_on() {
    let lab = Lab::new();
    let (mut keeper, _) = lab.open();
    lab.write(
        "content/a0.md",
        "---\ntitle: New\n---\nTo [nowhere](nowhere.md).\n",
    );
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert!(any_error(&step.view.problems));
    assert!(text_at(&step.view, "a0/index.html").contains("Title 0"));
    lab.write("content/a1.md", &piece(1, "Another", "word", "text"));
    let step = look(&mut keeper, &lab.hint("content/a1.md")).expect("news");
    assert!(any_error(&step.view.problems));
    assert!(text_at(&step.view, "a1/index.html").contains("Another 1"));
    lab.write("content/a0.md", &piece(0, "Mended", "word", "text"));
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert_eq!(step.view.problems, []);
    assert!(text_at(&step.view, "a0/index.html").contains("Mended 0"));
}

#[test]
fn a_template_that_fails_leaves_the_last_good_site() {
    let lab = Lab::new();
    let (mut keeper, _) = lab.open();
    let page = |text: &str| {
        lab.write("templates/home.html", text);
        lab.hint("templates/home.html")
    };
    for broken in ["{% if %}", "{{ fail(message=\"no\") }}"] {
        let hint = page(broken);
        let step = look(&mut keeper, &hint).expect("news");
        assert!(any_error(&step.view.problems), "{broken}");
        assert!(text_at(&step.view, "index.html").contains("<html"));
    }
    let hint = page("all new");
    let step = look(&mut keeper, &hint).expect("news");
    assert_eq!(text_at(&step.view, "index.html"), "all new");
}

#[test]
fn settings_that_cannot_be_read_are_told_until_they_can() {
    let lab = Lab::new();
    let (mut keeper, _) = lab.open();
    lab.write("goodturn.yaml", "title: [\n");
    let step = look(&mut keeper, &lab.hint("goodturn.yaml")).expect("news");
    assert!(any_error(&step.view.problems));
    lab.write("content/a0.md", &piece(0, "Meanwhile", "word", "text"));
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert!(any_error(&step.view.problems));
    lab.write("goodturn.yaml", "title: Lab\n");
    let step = look(&mut keeper, &lab.hint("goodturn.yaml")).expect("news");
    assert_eq!(step.view.problems, []);
    assert!(text_at(&step.view, "a0/index.html").contains("Meanwhile 0"));
}

#[test]
fn a_library_that_begins_broken_is_shown_as_it_is() {
    let lab = Lab::new();
    lab.write("content/a0.md", "To [nowhere](nowhere.md).\n");
    let (mut keeper, first) = lab.open();
    assert!(any_error(&first.problems));
    assert!(text_at(&first, "a1/index.html").contains("Title 1"));
    lab.write("content/a1.md", &piece(1, "Another", "word", "text"));
    let step = look(&mut keeper, &lab.hint("content/a1.md")).expect("news");
    assert!(text_at(&step.view, "a1/index.html").contains("Another 1"));
    lab.write("content/a0.md", &piece(0, "Good", "word", "text"));
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert_eq!(step.view.problems, []);
}

#[test]
fn what_changed_is_named() {
    let lab = Lab::new();
    let (mut keeper, _) = lab.open();
    let told = |step: Step| format!("{} → {}", step.files.join(", "), step.touched);
    lab.write("content/a0.md", &piece(0, "Title", "trade", "Other text."));
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert_eq!(step.view.saved.as_deref(), Some("/a0/"));
    assert_eq!(told(step), "content/a0.md → /a0/");
    lab.write(
        "content/a0.md",
        &piece(0, "Other title", "trade", "Other text."),
    );
    let step = look(&mut keeper, &lab.hint("content/a0.md")).expect("news");
    assert_eq!(told(step), "content/a0.md → /a0/ and 5 lists");
    lab.write("static/own.css", "a {}");
    let step = look(&mut keeper, &Hint::Everything).expect("news");
    assert_eq!(step.view.files, ["/own.css"]);
    assert_eq!(told(step), "static/own.css → /own.css");
    lab.write("content/new/one.md", "# New\n");
    let step = look(&mut keeper, &Hint::Everything).expect("news");
    assert_eq!(step.view.saved.as_deref(), Some("/new/one/"));
    assert_eq!(told(step), "content/new/one.md → the whole site");
    assert!(look(&mut keeper, &Hint::Everything).is_none());
    assert!(!Path::new("public").join("nothing").exists());
}
