//! What is served is what is built.

use std::fs;
use std::path::Path;

use super::listing::listing;
use super::*;

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let goal = to.join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(goal).unwrap(),
            false => drop(fs::copy(entry.path(), goal).unwrap()),
        }
    }
}

/// A copy of the sample library, published at an address.
fn sample_at(base_url: &str) -> Library {
    let library = Library::of(&[]);
    copy(&sample().join("content"), &library.path("content"));
    let settings = fs::read_to_string(sample().join("goodturn.yaml")).unwrap();
    let others = settings
        .lines()
        .filter(|line| !line.starts_with("base_url:"));
    let settings: Vec<&str> = others.collect();
    library.write(
        "goodturn.yaml",
        format!("{}\nbase_url: {base_url}\n", settings.join("\n")),
    );
    fs::copy(
        sample().join("goodturn.lock"),
        library.path("goodturn.lock"),
    )
    .unwrap();
    // A name that must be encoded, and pages of all kinds of standing.
    library.write("content/articles/Größe & Maß.txt", "1 m\n");
    library.write("static/.well-known/security.txt", "Contact: x\n");
    library.write("static/app.webmanifest", "{}\n");
    library.write(
        "content/gone.md",
        "---\ntitle: Gone\ngeneral: true\nretired: true\n---\n",
    );
    library
}

/// Takes the preview's line out of a page; it must be there once.
fn without_script(page: Vec<u8>, prefix: &str) -> Vec<u8> {
    let page = String::from_utf8(page).unwrap();
    let start = format!("<script src=\"{prefix}/_goodturn/preview.js\" data-mark=\"");
    assert_eq!(page.matches("_goodturn").count(), 1, "{page}");
    let at = page.find(&start).expect("the script");
    let end = at + page[at..].find('\n').unwrap() + 1;
    assert!(page[at..end].ends_with("\" defer></script>\n"));
    format!("{}{}", &page[..at], &page[end..]).into_bytes()
}

fn every_page_is_the_same(base_url: &str, prefix: &str) {
    let library = sample_at(base_url);
    let site = tempfile::tempdir().unwrap();
    let built = site.path().join("site");
    let out = built.to_str().unwrap();
    // The first build writes the lock that both read.
    let status = library.command(&["-q", "build", "--out", out]).status();
    assert!(status.unwrap().success());
    let preview = library.serve(&[]);
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(&built) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&built).unwrap();
        let path = path.to_str().unwrap();
        if entry.file_type().is_dir() || path == ".goodturn-manifest" {
            continue;
        }
        let address = match path.strip_suffix("index.html") {
            Some(folder) => folder.to_owned(),
            None => path.to_owned(),
        };
        let encoded: String = address
            .bytes()
            .map(|byte| match byte {
                b' ' | b'%' | b'?' | b'#' | 128.. => format!("%{byte:02X}"),
                _ => (byte as char).to_string(),
            })
            .collect();
        let answer = preview.get(&format!("{prefix}/{encoded}"));
        let media = answer.header("content-type").unwrap_or_default().to_owned();
        assert_eq!(answer.status, 200, "{path}");
        let served = match media.starts_with("text/html") {
            true => without_script(answer.body, prefix),
            false => answer.body,
        };
        let written = fs::read(entry.path()).unwrap();
        assert!(served == written, "{path} ({media}) differs");
        seen += 1;
    }
    assert!(seen > 300, "only {seen} files");
}

#[test]
fn every_page_is_served_as_it_is_built() {
    every_page_is_the_same("https://shelf.example", "");
}

#[test]
fn every_page_is_served_as_it_is_built_below_a_path() {
    every_page_is_the_same("https://shelf.example/my/library/", "/my/library");
}

#[test]
fn nothing_is_written() {
    let library = Library::new(&[]);
    let before = listing(library.root());
    let preview = library.serve(&["--drafts", "--future"]);
    for path in ["/", "/slow/", "/style.css", "/nothing/", "/feed.xml"] {
        preview.get(path);
    }
    drop(preview);
    assert_eq!(listing(library.root()), before);
}
