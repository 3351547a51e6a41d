//! What was written of people is not lost: not by many runs at once, not by a kill, not by a full
//! disk.

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::mount::Mount;
use super::*;

/// A library with one person.
fn with_bo(desk: Desk) -> Desk {
    desk.run(&["people", "add", "Bo Li", "--email", "bo@li.example"])
        .fine();
    desk
}

fn start(desk: &Desk, args: &[&str]) -> Child {
    let mut command = desk.command();
    command.args(args).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// The notes of the ledger's lines, each of which must be whole.
fn notes(desk: &Desk) -> Vec<String> {
    let ledger = fs::read_to_string(desk.path("private/ledger.jsonl")).unwrap_or_default();
    let (whole, torn) = ledger.rsplit_once('\n').unwrap_or(("", &ledger));
    assert_eq!(torn, "", "the last line has no end");
    whole
        .lines()
        .map(|line| {
            let entry: Value = serde_json::from_str(line).expect(line);
            entry["note"].as_str().unwrap_or_default().to_owned()
        })
        .collect()
}

/// The cards that other programs see: each must be whole.
fn cards(desk: &Desk) -> BTreeSet<String> {
    let is_card =
        |file: &String| file.starts_with("private/people/") && !file.contains("/people/.");
    let cards: BTreeSet<String> = desk.files().into_iter().filter(is_card).collect();
    for card in &cards {
        let text = desk.read(card);
        assert!(
            text.starts_with("BEGIN:VCARD\r\n") && text.ends_with("END:VCARD\r\n"),
            "{card}: {text}"
        );
    }
    cards
}

/// Kills a run after a while; says whether it came to its end before that.
fn kill(mut child: Child, after: Duration) -> bool {
    std::thread::sleep(after);
    // It may be over already.
    let _ = child.kill();
    let status = child.wait().unwrap();
    assert!(status.success() || status.signal() == Some(9), "{status}");
    status.success()
}

/// Lengths of time around that of one whole run, so that kills fall everywhere within it.
fn moments(whole: Duration, number: u32) -> impl Iterator<Item = Duration> {
    (0..number).map(move |at| whole * at / number * 5 / 4)
}

fn time(desk: &Desk, args: &[&str]) -> Duration {
    let begun = std::time::Instant::now();
    assert!(start(desk, args).wait().unwrap().success());
    begun.elapsed()
}

#[test]
fn many_runs_at_once_lose_no_line() {
    let desk = with_bo(Desk::library(&[]));
    let wanted: BTreeSet<String> = (0..20).map(|n| format!("note {n}")).collect();
    let runs: Vec<Child> = wanted
        .iter()
        .map(|note| start(&desk, &["sent", "bo", "--note", note]))
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let notes = notes(&desk);
    assert_eq!(notes.len(), 20);
    assert_eq!(BTreeSet::from_iter(notes), wanted);
}

#[test]
fn many_imports_at_once_add_nobody_twice_under_one_name() {
    let desk = Desk::library(&[]);
    let card = |n| {
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana Ruiz\r\nEMAIL:ana{n}@x.example\r\nEND:VCARD\r\n"
        )
    };
    let files: Vec<String> = (0..8).map(|n| format!("{n}.vcf")).collect();
    for (n, file) in files.iter().enumerate() {
        desk.write(file, &card(n));
    }
    let runs: Vec<Child> = files
        .iter()
        .map(|file| start(&desk, &["people", "import", file]))
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    assert_eq!(cards(&desk).len(), 8);
}

#[test]
fn a_kill_while_the_ledger_is_written_loses_nothing_that_was_said_to_be_kept() {
    let desk = with_bo(Desk::library(&[]));
    let whole = time(&desk, &["sent", "bo", "--note", "first"]);
    let mut kept = BTreeSet::from(["first".to_owned()]);
    let mut killed = 0;
    for (number, moment) in moments(whole, 60).enumerate() {
        let note = format!("note {number}");
        match kill(start(&desk, &["sent", "bo", "--note", &note]), moment) {
            true => drop(kept.insert(note)),
            false => killed += 1,
        }
    }
    assert!(killed >= 5 && kept.len() >= 3, "{killed} {}", kept.len());
    // The next run sets aside what may be torn.
    let ran = desk.run(&["sent", "bo", "--note", "last"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    kept.insert("last".to_owned());
    let found = BTreeSet::from_iter(notes(&desk));
    assert!(kept.is_subset(&found), "{:?}", kept.difference(&found));
    desk.run(&["given", "bo"]).fine();
}

#[test]
fn a_kill_while_people_come_in_leaves_whole_cards_and_the_rest_comes_in_later() {
    let desk = Desk::library(&[]);
    let rows: String = (0..400)
        .map(|n| format!("Ana {n},ana{n}@x.example\n"))
        .collect();
    desk.write("all.csv", &format!("name,email\n{rows}"));
    let import = ["people", "import", "all.csv"];
    let other = Desk::library(&[]);
    other.write("all.csv", &desk.read("all.csv"));
    let whole = time(&other, &import);
    let mut seen = BTreeSet::new();
    let mut parts = 0;
    for moment in moments(whole, 25) {
        kill(start(&desk, &import), moment);
        let now = cards(&desk);
        assert!(now.is_superset(&seen), "somebody was lost");
        parts += usize::from(!now.is_empty() && now.len() < 400);
        seen = now;
    }
    desk.run(&import).fine();
    assert_eq!(cards(&desk).len(), 400);
    // Otherwise no kill fell into the writing.
    assert!(parts > 0);
    let out = desk.run(&["people", "list", "--json"]).json();
    assert_eq!(out.as_array().unwrap().len(), 400);
}

#[test]
fn a_kill_while_a_letter_is_written_leaves_a_whole_draft_or_none() {
    let desk = super::followup::with_people();
    let args: Vec<&str> = [
        ["followup", "ana", "--to", "eml"].as_slice(),
        &super::followup::FROM,
    ]
    .concat();
    let whole = time(&desk, &args);
    let mut drafted = 1;
    for moment in moments(whole, 25) {
        drafted += usize::from(kill(start(&desk, &args), moment));
    }
    let drafts: Vec<String> = desk
        .files()
        .into_iter()
        .filter(|file| file.ends_with(".eml"))
        .collect();
    assert!(!drafts.is_empty());
    for draft in &drafts {
        let text = desk.read(draft);
        assert!(text.trim_end().ends_with("--"), "{draft} is not whole");
    }
    let ran = desk.run(&["given", "ana", "--all", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let acts: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(acts.as_array().unwrap().len() >= drafted);
}

/// A library on a small disk.
fn on_a_small_disk() -> (Mount, Desk) {
    let dir = tempfile::tempdir().unwrap();
    let disk = Mount::tmpfs("size=400k", dir.path());
    let desk = Desk { dir };
    desk.run(&["init", "--yes", "--title", "Ann's shelf", "--name", "Ann"])
        .fine();
    (disk, with_bo(desk))
}

/// Takes what room there is on the disk, but for some bytes.
fn fill(desk: &Desk) {
    let mut size = 400_000;
    while size > 0 {
        let name = desk.path(&format!("filler-{size}"));
        match fs::write(&name, vec![b'x'; size]) {
            Ok(()) => size /= 2,
            Err(_) => {
                let _ = fs::remove_file(&name);
                size /= 2;
            }
        }
    }
}

fn empty(desk: &Desk) {
    for file in desk.files() {
        if file.starts_with("filler") {
            fs::remove_file(desk.path(&file)).unwrap();
        }
    }
}

#[test]
fn a_full_disk_loses_no_line_and_no_card() {
    let (_disk, desk) = on_a_small_disk();
    desk.run(&["sent", "bo", "--note", "before"]).fine();
    let card = desk.read("private/people/bo-li.vcf");
    fill(&desk);
    // A page of the disk takes many lines: the first that does not fit is told.
    let note = "n".repeat(1000);
    let mut recorded = 0;
    let refused = loop {
        let ran = desk.run(&["sent", "bo", "--note", &note]);
        match ran.code {
            Some(0) => recorded += 1,
            _ => break ran,
        }
        assert!(recorded < 1000);
    };
    insta::assert_snapshot!(refused.err, @"
    error: the ledger cannot be written: the disk is full
    --> private/ledger.jsonl
     = help: free some space and do it again: nothing was recorded

    1 error
    ");
    let ran = desk.run(&["people", "note", "bo", &note.repeat(5)]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(desk.read("private/people/bo-li.vcf"), card);
    let ran = desk.run(&["people", "add", "Ana Ruiz", "--interest", &note.repeat(5)]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    insta::assert_snapshot!(ran.err, @"
    error: the card cannot be written: the disk is full
    --> private/people
     = help: free some space, then do it again

    1 error
    ");
    assert_eq!(cards(&desk).len(), 1);
    empty(&desk);
    let ran = desk.run(&["sent", "bo", "--note", "after"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let notes = notes(&desk);
    assert_eq!(notes.len(), recorded + 2);
    assert_eq!(
        (notes[0].as_str(), notes[recorded + 1].as_str()),
        ("before", "after")
    );
}

#[test]
fn an_import_onto_a_full_disk_says_how_to_go_on() {
    let (_disk, desk) = on_a_small_disk();
    let rows: String = (0..300)
        .map(|n| format!("Ana {n},ana{n}@x.example\n"))
        .collect();
    desk.write("all.csv", &format!("name,email\n{rows}"));
    let ran = desk.run(&["people", "import", "all.csv"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let told = ran.err.replace(char::is_numeric, "N");
    insta::assert_snapshot!(told, @"
    error: the card cannot be written: the disk is full
    --> private/people
     = help: free some space, then do it again
     = help: those before it are in; import the file again, and the rest comes in

    N error
    ");
    let in_already = cards(&desk).len();
    assert!((2..301).contains(&in_already), "{in_already}");
}

#[test]
fn a_disk_that_cannot_be_written_to_is_told() {
    let (disk, desk) = on_a_small_disk();
    desk.run(&["sent", "bo", "--note", "before"]).fine();
    disk.read_only();
    insta::assert_snapshot!(desk.run(&["sent", "bo"]).err, @"
    error: the ledger cannot be written: read-only file system
    --> private/ledger.jsonl
     = help: see who owns it and who may write there

    1 error
    ");
    insta::assert_snapshot!(desk.run(&["people", "add", "Ana"]).err, @"
    error: the card cannot be written: read-only file system
    --> private/people
     = help: see who owns the folder and who may write there

    1 error
    ");
    assert_eq!(desk.run(&["given"]).code, Some(0));
}
