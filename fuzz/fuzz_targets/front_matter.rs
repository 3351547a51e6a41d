//! Any head of a file gives front matter or a message.
#![no_main]

use std::path::Path;

use goodturn::config::Config;
use goodturn::source::Reader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|head: &str| {
    let config = Config::default();
    let reader = Reader::new(&config, Path::new("."));
    for fence in ["---", "+++"] {
        let text = format!("{fence}\n{head}\n{fence}\n");
        let _ = reader.parse("x.md", &"content/x.md".into(), &text, &mut Vec::new());
    }
});
