//! Any Markdown becomes a body, with raw HTML allowed and sanitised.
#![no_main]

use std::path::Path;

use goodturn::config::{Config, RawHtml};
use goodturn::source::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for html in [RawHtml::Allow, RawHtml::Sanitize] {
        let config = Config {
            html,
            ..Config::default()
        };
        let reader = Reader::new(&config, Path::new("."));
        let _ = reader.parse("x.md", &"content/x.md".into(), text, &mut Vec::new());
    }
});
