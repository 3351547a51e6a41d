use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::config::Folders;
use crate::followup::shelf::load;
use crate::workspace::Workspace;

/// A library with these files in content/, by path.
fn library(files: &[(&str, String)]) -> Arc<Library> {
    let dir = tempfile::tempdir().unwrap();
    write(
        dir.path(),
        "goodturn.yaml",
        "title: A\nlanguages: { fr: {}, ja: {} }\n",
    );
    fs::create_dir(dir.path().join("content")).unwrap();
    for (path, text) in files {
        write(&dir.path().join("content"), path, text);
    }
    let workspace = Workspace::open(Folders::new(dir.path(), None)).unwrap();
    load(&workspace.unwrap(), true).unwrap().0
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn page(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nsummary: sum\ngeneral: true\n---\n{text}\n")
}

/// The paths of the pieces that hold a word.
fn holding(index: &Index<'_>, word: &str) -> Vec<String> {
    let hits = index.hits(&index.term(word, false)).hits.into_iter();
    hits.map(|hit| index.piece(hit.piece).unwrap().path().to_owned())
        .collect()
}

#[test]
fn a_score_is_what_the_formula_gives() {
    let library = library(&[
        ("a.md", page("hiring", "one two")),
        ("b.md", page("roofs", "hiring hiring")),
        ("c.md", page("other", "one two three four five")),
    ]);
    let bytes = Bytes::build(&library, 0, None).unwrap();
    let index = bytes.index().unwrap();
    let hits = index.hits(&index.term("hiring", false));
    // Two of three pieces hold the word: ln(1 + (3 - 2 + 0.5) / (2 + 0.5)).
    let rarity = 1.6_f64.ln();
    assert!((hits.rarity - rarity).abs() < 1e-12);
    // Once in a title of one word, which is the usual length: 5 · 1 / 1.
    let title = 5.0 / (1.2 + 5.0);
    // Twice in a text of two words, where three are usual: 1 · 2 / (0.25 + 0.75 · 2/3).
    let body = (2.0 / 0.75) / (1.2 + 2.0 / 0.75);
    let scores: Vec<f64> = hits.hits.iter().map(|hit| hit.score).collect();
    assert_eq!(scores.len(), 2);
    assert!((scores[0] - rarity * title).abs() < 1e-12, "{scores:?}");
    assert!((scores[1] - rarity * body).abs() < 1e-12, "{scores:?}");
    assert!(hits.hits[0].is_prominent && !hits.hits[1].is_prominent);
    assert_eq!(hits.prominence, 0.5);
}

#[test]
fn words_are_found_by_stem_accent_and_beginning_in_their_language() {
    let library = library(&[
        ("en.md", page("Hired crews", "A café in the chat room")),
        (
            "fr/a.md",
            page("Une présentation", "Les avocats, l'avocate et un chat"),
        ),
        ("ja/a.md", page("採用の手引き", "東京都で人を採用する")),
    ]);
    let bytes = Bytes::build(&library, 0, None).unwrap();
    let index = bytes.index().unwrap();
    assert_eq!(holding(&index, "hiring"), ["en.md"]);
    assert_eq!(holding(&index, "cafe"), ["en.md"]);
    assert_eq!(holding(&index, "cafés"), ["en.md"]);
    assert_eq!(holding(&index, "avocat"), ["fr/a.md"]);
    assert_eq!(holding(&index, "presentations"), ["fr/a.md"]);
    assert_eq!(holding(&index, "chat"), ["en.md", "fr/a.md"]);
    assert_eq!(words_of("採用"), ["採用"]);
    assert_eq!(holding(&index, "採用"), ["ja/a.md"]);
    assert!(index.term("prese", false).is_unknown());
    assert!(!index.term("prese", true).is_unknown());
    assert!(index.term("pr", true).is_unknown());
    assert!(!index.term("東", true).is_unknown());
    assert_eq!(index.meant("cfaé"), ["café"]);
}

#[test]
fn a_book_is_found_by_its_chapters_and_a_hidden_word_by_nobody() {
    let library = library(&[
        ("guide/book.yaml", "title: Guide\n".to_owned()),
        (
            "guide/one.md",
            page(
                "Ladders",
                "Scaffolding <!-- secret --> <script>hush()</script>",
            ),
        ),
        ("a.md", page("Alone", "x")),
    ]);
    let bytes = Bytes::build(&library, 0, None).unwrap();
    let index = bytes.index().unwrap();
    assert_eq!(holding(&index, "ladder"), ["guide"]);
    assert_eq!(holding(&index, "scaffolding"), ["guide"]);
    assert!(holding(&index, "secret").is_empty() && holding(&index, "hush").is_empty());
    assert_eq!(index.len(), 2);
}

#[test]
fn a_damaged_index_is_none() {
    let library = library(&[("a.md", page("hiring", "one two"))]);
    let bytes = Bytes::build(&library, 7, None).unwrap();
    let good = bytes.as_slice();
    let read = |bytes: &[u8]| {
        let mut aligned = AlignedVec::new();
        aligned.extend_from_slice(bytes);
        let bytes = Bytes::of(aligned);
        bytes.index().and_then(|_| bytes.stamp())
    };
    assert_eq!(read(good), Some(7));
    for end in 0..good.len() {
        assert_eq!(read(&good[..end]), None, "cut off after {end} bytes");
    }
    for at in 0..good.len() {
        let mut bad = good.to_vec();
        bad[at] ^= 0x10;
        assert_eq!(read(&bad), None, "byte {at} is another");
    }
    // What only looks whole is not trusted either.
    let mut bad = good.to_vec();
    bad[HEAD..].fill(0xff);
    let sum = xxh3_64(&bad[STAMP..]).to_le_bytes();
    bad[MAGIC.len()..STAMP].copy_from_slice(&sum);
    assert_eq!(read(&bad), None);
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let files: Vec<(String, String)> = (0..60)
        .map(|at| {
            (
                format!("p{at}.md"),
                page(&format!("Title {at}"), &format!("word{} common", at % 7)),
            )
        })
        .collect();
    let files: Vec<(&str, String)> = files.iter().map(|(p, t)| (p.as_str(), t.clone())).collect();
    let library = library(&files);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| Bytes::build(&library, 0, None).unwrap().as_slice().to_vec())
    };
    assert_eq!(with(1), with(8));
}

/// A few pages out of a few words, so that edits often change what matters.
fn pages() -> impl Strategy<Value = Vec<(usize, String)>> {
    let word = prop::sample::select(vec![
        "hire",
        "hiring",
        "café",
        "cafe",
        "roof",
        "東京都",
        "the",
    ]);
    let text = prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "));
    let page = (text.clone(), text, any::<bool>()).prop_map(|(title, text, is_draft)| {
        format!("---\ntitle: \"x {title}\"\ngeneral: true\ndraft: {is_draft}\n---\n## x {text}\n\n{text}\n")
    });
    prop::collection::btree_map(0..7_usize, page, 0..7)
        .prop_map(|pages| pages.into_iter().collect())
}

fn library_of(pages: &[(usize, String)]) -> Arc<Library> {
    const PATHS: [&str; 7] = [
        "a.md",
        "b.md",
        "fr/c.md",
        "guide/one.md",
        "guide/two.md",
        "ja/z.md",
        "n.md",
    ];
    let mut files: Vec<(&str, String)> = pages
        .iter()
        .map(|(at, t)| (PATHS[*at], t.clone()))
        .collect();
    if files.iter().any(|(path, _)| path.starts_with("guide/")) {
        files.push(("guide/book.yaml", "title: Guide\n".to_owned()));
    }
    library(&files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_refreshed_is_what_is_made_anew(before in pages(), after in pages()) {
        let before = Bytes::build(&library_of(&before), 1, None).unwrap();
        let after = library_of(&after);
        let fresh = Bytes::build(&after, 2, None).unwrap();
        let refreshed = Bytes::build(&after, 2, before.index().as_ref()).unwrap();
        prop_assert_eq!(fresh.as_slice(), refreshed.as_slice());
    }
}
