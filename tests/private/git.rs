//! `goodturn check` in repositories of Git: private/ is ignored, and nowhere in the history.

use std::process::Command;

use super::{Library, Ran};

const CARD: &str = "BEGIN:VCARD\nVERSION:4.0\nFN:Ana Ruiz\nEND:VCARD\n";

/// A library in a repository, with a card and a rule that ignores it.
fn repository() -> Library {
    let library = Library::new(&[
        (".gitignore", "/public/\n/private/\n/.goodturn/\n"),
        ("private/people/ana.vcf", CARD),
    ]);
    git(&library, &["init", "-q", "-b", "main"]);
    commit(&library, "Begin");
    library
}

/// Runs Git as nobody in particular, at a fixed time: the same commits every time.
fn git(library: &Library, args: &[&str]) {
    let output = Command::new("git")
        .current_dir(library.root())
        .args(["-c", "user.name=A", "-c", "user.email=a@a.example"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.abbrev=7"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_DATE", "2026-03-01T00:00:00Z")
        .env("GIT_COMMITTER_DATE", "2026-03-01T00:00:00Z")
        .output()
        .expect("git is there");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {said}");
}

fn commit(library: &Library, message: &str) {
    git(library, &["add", "-A"]);
    git(library, &["commit", "-q", "-m", message]);
}

/// Puts a card into the repository, whatever it ignores.
fn slip(library: &Library, path: &str) {
    library.write(path, CARD.replace("Ana Ruiz", "Bo Li"));
    git(library, &["add", "-f", path]);
    git(library, &["commit", "-q", "-m", "Slip"]);
}

/// What `check` says is wrong, with the numbers of commits left out.
fn wrong(library: &Library) -> String {
    let Ran { code, out, err } = library.run(&["check"]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    let mut shown = String::new();
    for word in err.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_commit = bare.len() == 7 && bare.bytes().all(|b| b.is_ascii_hexdigit());
        shown += &match is_commit {
            true => word.replacen(bare, "COMMIT", 1),
            false => word.to_owned(),
        };
    }
    shown
}

fn is_well(library: &Library) {
    let ran = library.run(&["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
}

#[test]
fn a_repository_that_ignores_it_is_well() {
    let library = repository();
    is_well(&library);
    // A library may lie in a folder of a repository that is about other things.
    let inside = Library::new(&[]);
    git(&inside, &["init", "-q"]);
    inside.write("shelf/goodturn.yaml", "title: Shelf\n");
    inside.write(
        "shelf/content/a.md",
        "---\ntitle: A\nsummary: S\ngeneral: true\n---\nA.\n",
    );
    inside.write("shelf/private/people/ana.vcf", CARD);
    inside.write("shelf/.gitignore", "private/\n");
    let ran = inside.run(&["-C", "shelf", "check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    inside.write("shelf/.gitignore", "");
    let ran = inside.run(&["-C", "shelf", "check"]);
    assert!(
        ran.err.contains("Git does not ignore private/\n"),
        "{ran:?}"
    );
}

#[test]
fn a_missing_rule_is_an_error() {
    let library = repository();
    library.write(".gitignore", "/public/\n");
    insta::assert_snapshot!(wrong(&library), @"
    error: Git does not ignore private/
    --> .gitignore
     = help: add this line to .gitignore: /private/

    1 error
    ");
    // One that only seems to ignore it all.
    library.write(".gitignore", "/private/people/\n/public/\n");
    insta::assert_snapshot!(wrong(&library), @"
    error: Git does not ignore all of private/: private/ledger.jsonl would be kept
    --> .gitignore
     = help: add this line to .gitignore: /private/

    1 error
    ");
    library.write(".gitignore", "/public/\n/private/*\n!/private/mail.yaml\n");
    insta::assert_snapshot!(wrong(&library), @"
    error: Git does not ignore all of private/: private/mail.yaml would be kept
    --> .gitignore
     = help: add this line to .gitignore: /private/

    1 error
    ");
}

#[test]
fn what_is_kept_is_an_error() {
    let library = repository();
    git(&library, &["add", "-f", "private/people/ana.vcf"]);
    insta::assert_snapshot!(wrong(&library), @"
    error: Git keeps private/people/ana.vcf, which is private
    help: take it out of Git; the files stay: git rm -r --cached private

    1 error
    ");
}

#[test]
fn what_was_kept_once_is_an_error() {
    let library = repository();
    slip(&library, "private/people/bo.vcf");
    git(&library, &["rm", "-q", "--cached", "private/people/bo.vcf"]);
    commit(&library, "Take it away");
    insta::assert_snapshot!(wrong(&library), @"
    error: private/ is in the history of Git (last touched by COMMIT)
    help: whoever gets the repository gets the people; take them out of all of it: git filter-repo --path private --invert-paths
    help: what was pushed already is elsewhere, too: see that it is deleted there

    1 error
    ");
    // Where private/ is gone as well.
    std::fs::remove_dir_all(library.path("private")).unwrap();
    assert!(wrong(&library).contains("private/ is in the history of Git"));
}

#[test]
fn other_branches_and_stashes_are_looked_at() {
    let in_history = "private/ is in the history of Git";
    let library = repository();
    git(&library, &["checkout", "-q", "-b", "other"]);
    slip(&library, "private/people/bo.vcf");
    git(&library, &["checkout", "-q", "main"]);
    assert!(wrong(&library).contains(in_history));

    // A branch that took it away again before it was merged: a log that is made simple hides it.
    let library = repository();
    git(&library, &["checkout", "-q", "-b", "other"]);
    slip(&library, "private/people/bo.vcf");
    git(&library, &["rm", "-q", "--cached", "private/people/bo.vcf"]);
    commit(&library, "Take it away");
    git(&library, &["checkout", "-q", "main"]);
    library.write(
        "content/welcome.md",
        "---\ntitle: Welcome\nsummary: S\ngeneral: true\n---\nHi.\n",
    );
    commit(&library, "Go on");
    git(&library, &["merge", "-q", "-m", "Merge", "other"]);
    git(&library, &["branch", "-q", "-D", "other"]);
    assert!(wrong(&library).contains(in_history));

    // A stash with the files that Git does not know.
    let library = repository();
    library.write(".gitignore", "/public/\n");
    git(&library, &["stash", "push", "-q", "--include-untracked"]);
    library.write(
        "private/people/ana.vcf",
        "BEGIN:VCARD\nFN:Another\nEND:VCARD\n",
    );
    assert!(wrong(&library).contains(in_history));

    // A tag that no branch has.
    let library = repository();
    git(&library, &["checkout", "-q", "--detach"]);
    slip(&library, "private/people/bo.vcf");
    git(&library, &["tag", "old"]);
    git(&library, &["checkout", "-q", "main"]);
    assert!(wrong(&library).contains(in_history));
}

#[test]
fn another_name_hides_nothing() {
    // The folder had another name before.
    let library = repository();
    slip(&library, "contacts/people/bo.vcf");
    git(&library, &["rm", "-q", "-r", "contacts"]);
    commit(&library, "Call it private");
    insta::assert_snapshot!(wrong(&library), @"
    error: contacts/people/bo.vcf is in the history of Git (last touched by COMMIT)
    help: whoever gets the repository gets the people; take them out of all of it: git filter-repo --path contacts/people/bo.vcf --invert-paths
    help: what was pushed already is elsewhere, too: see that it is deleted there

    1 error
    ");
    // The very file, called otherwise.
    let library = repository();
    library.write("notes/old.txt", CARD);
    commit(&library, "Keep a copy");
    insta::assert_snapshot!(wrong(&library), @"
    error: Git keeps a copy of private/people/ana.vcf under another name
    help: find where: git log --all --full-history --name-only --find-object=$(git hash-object private/people/ana.vcf)
    help: whoever gets the repository gets the people; take them out of all of it: git filter-repo --path NAME --invert-paths

    1 error
    ");
}

#[test]
fn git_is_not_led_astray() {
    let library = repository();
    library.write(".gitignore", "");
    let elsewhere = repository();
    let mut command = library.command(&["check"]);
    command.env("GIT_DIR", elsewhere.path(".git"));
    let ran = Ran::from(command.output().unwrap());
    assert!(
        ran.err.contains("Git does not ignore private/\n"),
        "{ran:?}"
    );
    // No program that a repository names is started.
    let mark = library.path("started");
    let script = format!("#!/bin/sh\ntouch '{}'\n", mark.display());
    library.write("evil", script);
    std::process::Command::new("chmod")
        .arg("+x")
        .arg(library.path("evil"))
        .status()
        .unwrap();
    git(
        &library,
        &[
            "config",
            "core.fsmonitor",
            &library.path("evil").display().to_string(),
        ],
    );
    library.run(&["check"]);
    assert!(!mark.exists());
}
