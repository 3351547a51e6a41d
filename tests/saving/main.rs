//! The preview while files change: every way of saving, single files and a thousand at once.

mod preview;

use std::fs;
use std::process::Command;
use std::time::Duration;

use preview::Preview;

const SETTINGS: (&str, &str) = ("goodturn.yaml", "title: Shelf\nauthor: Ann\n");

fn piece(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ngeneral: true\ntopics: [hiring]\n---\n{text}\n\nThe end.\n")
}

fn shelf(options: &[&str]) -> Preview {
    let (one, two) = (piece("One", "first"), piece("Two", "second"));
    Preview::of(
        &[SETTINGS, ("content/one.md", &one), ("content/two.md", &two)],
        options,
    )
}

#[test]
fn every_way_of_saving_is_seen() {
    let shelf = shelf(&[]);
    let file = shelf.path("content/one.md");
    let other = shelf.path("content/one.md.tmp42");
    let backup = shelf.path("content/one.md~");
    let text = |word: &str| piece("One", word);

    fs::write(&file, text("written in place")).unwrap();
    shelf.until_shown("/one/", "written in place");

    fs::write(&other, text("renamed over it")).unwrap();
    fs::rename(&other, &file).unwrap();
    shelf.until_shown("/one/", "renamed over it");

    // Vim with a backup: the page must be there all the time.
    fs::rename(&file, &backup).unwrap();
    fs::write(&file, text("the old one put aside")).unwrap();
    fs::remove_file(&backup).unwrap();
    shelf.until_shown("/one/", "the old one put aside");

    fs::remove_file(&file).unwrap();
    fs::write(&file, text("taken away and made anew")).unwrap();
    shelf.until_shown("/one/", "taken away and made anew");

    let mut open = fs::OpenOptions::new().append(true).open(&file).unwrap();
    std::io::Write::write_all(
        &mut open,
        b"\nadded by a program that keeps the file open\n",
    )
    .unwrap();
    shelf.until_shown("/one/", "keeps the file open");
}

#[test]
fn a_touched_file_changes_nothing() {
    let shelf = shelf(&[]);
    let tag = |preview: &Preview| {
        let head = preview.get("/one/").head.to_lowercase();
        head.lines()
            .find(|line| line.starts_with("etag:"))
            .map(str::to_owned)
    };
    let before = tag(&shelf);
    assert!(before.is_some());
    let now = std::time::SystemTime::now();
    fs::File::options()
        .write(true)
        .open(shelf.path("content/one.md"))
        .unwrap()
        .set_modified(now)
        .unwrap();
    shelf.until("it was looked at", |shelf| {
        shelf.said().contains("content/one.md →")
    });
    assert_eq!(tag(&shelf), before);
}

#[test]
fn lists_show_a_new_title() {
    let shelf = shelf(&[]);
    for list in ["/", "/articles/", "/topics/hiring/"] {
        assert!(shelf.get(list).body.contains("One"), "{list}");
    }
    shelf.write("content/one.md", &piece("Quite another", "first"));
    for page in ["/one/", "/", "/articles/", "/topics/hiring/"] {
        shelf.until_shown(page, "Quite another");
    }
}

#[test]
fn folders_come_move_and_go() {
    let shelf = shelf(&[]);
    shelf.write("content/new/deep/three.md", &piece("Three", "third"));
    shelf.until("a file in a new folder", |shelf| {
        shelf.get("/new/deep/three/").status == 200
    });
    fs::rename(shelf.path("content/new"), shelf.path("content/moved")).unwrap();
    shelf.until("the moved folder", |shelf| {
        shelf.get("/moved/deep/three/").status == 200
    });
    shelf.until("the old place", |shelf| {
        shelf.get("/new/deep/three/").status == 404
    });
    shelf.write(
        "content/moved/deep/three.md",
        &piece("Three", "saved where it is now"),
    );
    shelf.until_shown("/moved/deep/three/", "saved where it is now");
    fs::remove_dir_all(shelf.path("content/moved")).unwrap();
    shelf.until("nothing", |shelf| {
        shelf.get("/moved/deep/three/").status == 404
    });
    // The whole of content/ put away and back, as a synchronising program may do.
    fs::rename(shelf.path("content"), shelf.path("away")).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    fs::rename(shelf.path("away"), shelf.path("content")).unwrap();
    shelf.until_shown("/two/", "second");
    shelf.until("it is watched again", |shelf| {
        shelf.write("content/two.md", &piece("Two", "after all that"));
        std::thread::sleep(Duration::from_millis(200));
        shelf.get("/two/").body.contains("after all that")
    });
}

#[test]
fn settings_looks_and_pictures_are_watched() {
    let shelf = shelf(&[]);
    let news = shelf.news();
    let first = news.recv_timeout(preview::PATIENCE).unwrap();
    assert_eq!(first["errors"]["count"], 0);
    shelf.write("goodturn.yaml", "title: Another shelf\nauthor: Ann\n");
    shelf.until_shown("/", "Another shelf");
    shelf.write(
        "templates/article.html",
        "<html><body>{{ doc.title }} in a template of one's own</body></html>",
    );
    shelf.until_shown("/one/", "One in a template of one's own");
    fs::remove_dir_all(shelf.path("templates")).unwrap();
    shelf.until_shown("/one/", "The end.");
    shelf.write("static/own.css", "a {}");
    shelf.until("a style", |shelf| {
        shelf.get("/own.css").body.contains("a {}")
    });
    shelf.write("static/own.css", "b {}");
    shelf.until("another style", |shelf| {
        shelf.get("/own.css").body.contains("b {}")
    });
    shelf.write(
        "industries.yaml",
        "add:\n  - slug: falconry\n    name: Falconers\n    sector: construction\n",
    );
    shelf.write(
        "content/hawk.md",
        "---\ntitle: Hawks\nindustries: [falconry]\n---\nx\n",
    );
    shelf.until("a new industry", |shelf| {
        shelf.get("/industries/falconry/").status == 200
    });
    let files: Vec<_> = news.try_iter().map(|view| view["files"].clone()).collect();
    assert!(
        files.contains(&serde_json::json!(["/own.css"])),
        "{files:?}"
    );
}

#[test]
fn two_hundred_saves_end_in_the_right_state() {
    let shelf = shelf(&[]);
    for turn in 0..200 {
        fs::write(
            shelf.path("content/one.md"),
            piece("One", &format!("save {turn}.")),
        )
        .unwrap();
        if turn % 3 == 0 {
            shelf.write("content/two.md", &piece(&format!("Two {turn}."), "second"));
        }
    }
    shelf.until_shown("/one/", "save 199.");
    shelf.until_shown("/articles/", "Two 198.");
}

#[test]
fn a_branch_of_a_thousand_files_is_one_reload() {
    let folder = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(args)
            .current_dir(folder.path())
            .output()
            .expect("git runs");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    let write_all = |word: &str| {
        fs::create_dir_all(folder.path().join("content")).unwrap();
        for at in 0..1000 {
            let path = folder.path().join(format!("content/piece-{at}.md"));
            fs::write(path, piece(&format!("Piece {at}"), word)).unwrap();
        }
    };
    fs::write(folder.path().join(SETTINGS.0), SETTINGS.1).unwrap();
    write_all("as it was");
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "other"]);
    write_all("as it is on the other branch");
    git(&["commit", "-qam", "two"]);
    git(&["checkout", "-q", "main"]);

    let root = folder.path().to_owned();
    let shelf = Preview::start(folder, &[]);
    let news = shelf.news();
    let first = news.recv_timeout(preview::PATIENCE).unwrap()["view"]
        .as_u64()
        .unwrap();
    let done = Command::new("git")
        .args(["checkout", "-q", "other"])
        .current_dir(&root)
        .status();
    assert!(done.unwrap().success());
    shelf.until_shown("/piece-0/", "on the other branch");
    shelf.until_shown("/piece-999/", "on the other branch");
    std::thread::sleep(Duration::from_millis(500));
    let views: Vec<u64> = news
        .try_iter()
        .filter_map(|view| view["view"].as_u64())
        .collect();
    assert_eq!(views, [first + 1], "{}", shelf.said());
    assert!(
        shelf.said().contains("1,000 files → the whole site"),
        "{}",
        shelf.said()
    );
}

#[test]
fn polling_sees_what_no_event_tells() {
    let shelf = shelf(&["--poll"]);
    // A write by another name of the file: the watched folder hears nothing of it.
    let elsewhere = tempfile::tempdir_in(shelf.path(".").parent().unwrap()).unwrap();
    let name = elsewhere.path().join("other-name");
    fs::hard_link(shelf.path("content/one.md"), &name).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    fs::write(&name, piece("One", "written far away")).unwrap();
    shelf.until_shown("/one/", "written far away");
}

#[test]
fn the_terminal_tells_of_errors_until_they_are_mended() {
    let shelf = shelf(&[]);
    shelf.write("content/one.md", &piece("One", "To [nowhere](nowhere.md)."));
    shelf.until("the error", |shelf| {
        shelf.said().contains("there is no file content/nowhere.md")
    });
    shelf.until("what is shown", |shelf| {
        shelf.said().contains("what has errors is shown as it was")
    });
    shelf.until_shown("/one/", "first");
    shelf.write("content/two.md", &piece("Two", "goes on"));
    shelf.until_shown("/two/", "goes on");
    shelf.write("content/one.md", &piece("One", "To [two](two.md)."));
    shelf.until("all is well", |shelf| {
        shelf.said().contains("all is well again")
    });
    shelf.until_shown("/one/", "href=\"/two/\"");
    let said = shelf.said();
    let told = said.matches("there is no file content/nowhere.md").count();
    assert_eq!(told, 1, "the same error is told once:\n{said}");
}

/// Hours of saves, shortened: what grows with each save would show.
#[test]
fn saves_do_not_grow_memory() {
    let shelf = shelf(&[]);
    let save = |turn: usize| {
        let title = format!("One {}", turn / 2);
        shelf.write(
            "content/one.md",
            &piece(&title, &format!("save {turn}. {}", "word ".repeat(2000))),
        );
        shelf.until_shown("/one/", &format!("save {turn}."));
        shelf.get("/articles/");
    };
    (0..150).for_each(save);
    let before = shelf.memory();
    (150..750).for_each(save);
    let after = shelf.memory();
    // 600 articles of 10 kB, or as many cards, would be more than this.
    let grown = after.saturating_sub(before);
    assert!(grown < 4_000_000, "grew by {grown} bytes, from {before}");
}
