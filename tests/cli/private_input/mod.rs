//! Cards, tables and ledgers as bad as they come, and other programs that work on them meanwhile:
//! what is said, and that nothing is lost.

mod cards;
mod ledger;
mod letters;
mod properties;
mod tables;

use super::*;

/// The acts of the ledger; fails if a line is not whole.
fn acts(desk: &Desk) -> Vec<Value> {
    let text = fs::read_to_string(desk.path("private/ledger.jsonl")).unwrap_or_default();
    assert!(text.is_empty() || text.ends_with('\n'), "torn: {text}");
    let line = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| panic!("broken: {line}"));
    text.lines().map(line).collect()
}

/// The cards in the folder, by name; fails if one is not whole. Hidden files are no cards.
fn cards(desk: &Desk) -> Vec<String> {
    let Ok(folder) = fs::read_dir(desk.path("private/people")) else {
        return Vec::new();
    };
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut cards: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    cards.sort();
    for name in &cards {
        let text = desk.read(&format!("private/people/{name}"));
        assert!(text.starts_with("BEGIN:VCARD\r\n"), "{name}: {text}");
        assert!(text.ends_with("END:VCARD\r\n"), "{name}: {text}");
    }
    cards
}

/// What is left of files that were being written.
fn litter(desk: &Desk) -> Vec<String> {
    let files = desk.files().into_iter();
    files
        .filter(|file| file.starts_with("private/") && file.ends_with(".new"))
        .collect()
}
