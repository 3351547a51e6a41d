//! Whatever stands in a file, reading it ends with a document or with a message.

use std::path::Path;
use std::sync::Arc;

use goodturn::config::Config;
use goodturn::library::lock::Lock;
use goodturn::library::vocabulary::Vocabulary;
use goodturn::source::walk::Entry;
use goodturn::source::{Reader, Readings};
use proptest::prelude::*;

use crate::Library;

/// Text made of what means something in YAML, TOML and Markdown.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \t\r\n]{1,3}",
        "[-+*_`~#>|:!\\[\\](){}<>%&\\\\/\"'=.,^@$0-9]{1,4}",
        "[a-z]{1,4}",
        prop::sample::select(vec![
            "---\n",
            "+++\n",
            "\u{feff}",
            "\0",
            "title: ",
            "date: ",
            "2024-02-30",
            "industries: ",
            "aliases: [",
            "chapters:\n  - ",
            "{{ button(",
            "{% callout(kind=\"tip\") %}",
            "{% end %}",
            "{{< x >}}",
            ") }}",
            "<!--",
            "-->",
            "<div ",
            "<a href=",
            "](",
            "[^a]",
            "[^a]: ",
            "| a | b |\n|---|\n",
            "https://",
            "www.",
            "&amp;",
            "&#0;",
            "é",
            "🎉",
            "\u{e000}",
            "\u{e001}",
            "\u{e002}",
            "\u{2028}",
            "&a ",
            "*a",
            "!!binary ",
            "? ",
            "<<: ",
            "# Summary\n",
            "- [a](b.md)\n",
            "  - [c](d.md)\n",
            "base_url: ",
            "languages: {fr: {}}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn parse(text: &str) {
    for strict in [true, false] {
        for settings in ["", "html: sanitize\n"] {
            let settings = format!("strict: {strict}\n{settings}");
            let config = Config::parse("goodturn.yaml", &settings).expect("valid");
            let file: Arc<str> = "content/x.md".into();
            let _ =
                Reader::new(&config, Path::new(".")).parse("x.md", &file, text, &mut Vec::new());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_text_is_a_document_or_a_message(text in text()) {
        parse(&text);
        parse(&format!("---\n{text}\n---\n{text}"));
        parse(&format!("+++\n{text}\n+++\n"));
    }

    #[test]
    fn any_text_is_settings_or_messages(text in text()) {
        let _ = Config::parse("goodturn.yaml", &text);
        let _ = Vocabulary::load(Some(("industries.yaml", &text)));
        let _ = Lock::parse(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn any_bytes_are_a_document_or_a_message(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let library = Library::new().write("content/x.md", &bytes);
        let config = Config::default();
        let entry = Entry {
            path: "x.md".into(),
            disk: library.path("content/x.md"),
            size: bytes.len() as u64,
            stamp: 0,
        };
        let _ = Reader::new(&config, Path::new(".")).read(&entry);
    }

    #[test]
    fn any_text_is_a_book_or_messages(settings in text(), summary in text(), chapter in text()) {
        let library = Library::new()
            .write("content/b/book.yaml", settings)
            .write("content/c/SUMMARY.md", summary)
            .write("content/b/one.md", &chapter)
            .write("content/c/b.md", chapter);
        let config = Config::default();
        let _ = Reader::new(&config, &library.root).read_all(&library.path("content"), &Readings::default(), true);
    }
}
