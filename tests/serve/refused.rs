//! What is never answered: other people's names for this machine, and paths that climb.

use super::*;

#[test]
fn only_the_names_of_this_machine_are_answered() {
    let library = Library::new(&[]);
    let preview = library.serve(&[]);
    let status = |host: &str| Ask::new("/slow/").host(host).to(preview.port).status;
    for host in ["127.0.0.1", "localhost:4114", "shelf.localhost", "[::1]:80"] {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "", "a@localhost"] {
        assert!([400, 403].contains(&status(host)), "{host}");
    }
    let told = Ask::new("/slow/").host("evil.example").to(preview.port);
    assert_eq!(told.status, 403);
    assert!(told.text().contains("--host"), "{}", told.text());
    // The news are no exception.
    let events = Ask::new("/_goodturn/events").host("evil.example");
    assert_eq!(events.to(preview.port).status, 403);
}

#[test]
fn nothing_but_reading_is_answered() {
    let library = Library::new(&[]);
    let preview = library.serve(&[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        let answer = Ask::new("/slow/").method(method).to(preview.port);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    const SECRET: &str = "ann.secret@example.org";
    let library = Library::new(&[
        ("private/ann.vcf", SECRET),
        ("notes.txt", SECRET),
        ("content/folder/a.txt", "fine"),
    ]);
    let preview = library.serve(&[]);
    let root = library.path("");
    let root = root.to_str().unwrap();
    assert_eq!(preview.get("/folder/a.txt").text(), "fine");
    let mut targets: Vec<String> = [
        "/../private/ann.vcf",
        "/../../private/ann.vcf",
        "/folder/../../private/ann.vcf",
        "/%2e%2e/private/ann.vcf",
        "/%2E%2E/private/ann.vcf",
        "/.%2e/private/ann.vcf",
        "/folder/%2e%2e/%2e%2e/private/ann.vcf",
        "/..%2fprivate/ann.vcf",
        "/..%2Fprivate%2Fann.vcf",
        "/%2e%2e%2fprivate%2fann.vcf",
        "/..%5cprivate%5cann.vcf",
        "/..\\private\\ann.vcf",
        "/folder\\..\\..\\private\\ann.vcf",
        "/%252e%252e/private/ann.vcf",
        "/%252e%252e%252fprivate%252fann.vcf",
        "/..;/private/ann.vcf",
        "/%c0%ae%c0%ae/private/ann.vcf",
        "/private/ann.vcf",
        "/content/../private/ann.vcf",
        "/folder/a.txt%00",
        "/folder/a.txt%00.html",
        "/../private/ann.vcf%00.txt",
        "/notes.txt",
        "/../notes.txt",
        "/goodturn.yaml",
        "/../goodturn.yaml",
        "//private/ann.vcf",
        "///etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/../../../../../../../../etc/passwd",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/C:%5cWindows%5cwin.ini",
        "/folder/a.txt/",
        "/folder/a.txt::$DATA",
        "/_goodturn/../private/ann.vcf",
        "/_goodturn/%2e%2e/private/ann.vcf",
        "/_goodturn/server.rs",
        "http://localhost/../private/ann.vcf",
    ]
    .map(str::to_owned)
    .to_vec();
    targets.push(format!("{root}/private/ann.vcf"));
    targets.push(format!("/{root}/private/ann.vcf"));
    for target in targets {
        let answer = Ask::new(&target).to(preview.port);
        assert!([400, 404].contains(&answer.status), "{target}: {answer:?}");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(
            !body.contains(SECRET) && !body.contains("root:"),
            "{target}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_became_a_link_does_not_lead_out() {
    use std::os::unix::fs::symlink;
    const SECRET: &str = "ann.secret@example.org";
    for (name, fixed) in [("content/a.pdf", "/a.pdf"), ("static/b.html", "/b.html")] {
        let library = Library::new(&[("private/ann.vcf", SECRET), (name, "fine")]);
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("secret.txt"), SECRET).unwrap();
        let preview = library.serve(&[]);
        assert!(preview.get(fixed).text().starts_with("fine"));
        let goals = [
            library.path("private/ann.vcf"),
            elsewhere.path().join("secret.txt"),
            "/etc/passwd".into(),
            library.path("private"),
        ];
        for goal in goals {
            std::fs::remove_file(library.path(name)).unwrap();
            symlink(&goal, library.path(name)).unwrap();
            // Before and after the preview has seen the change.
            let started = Instant::now();
            while started.elapsed() < Duration::from_millis(400) {
                let answer = preview.get(fixed);
                let body = String::from_utf8_lossy(&answer.body).into_owned();
                assert_eq!(answer.status, 404, "{goal:?}: {body}");
                assert!(
                    !body.contains(SECRET) && !body.contains("root:"),
                    "{goal:?}"
                );
            }
        }
        // A folder on the way may be swapped as well.
        std::fs::remove_file(library.path(name)).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_became_a_link_does_not_lead_out() {
    use std::os::unix::fs::symlink;
    let library = Library::new(&[
        ("private/a.pdf", "secret"),
        ("content/folder/a.pdf", "fine"),
    ]);
    let preview = library.serve(&[]);
    assert_eq!(preview.get("/folder/a.pdf").text(), "fine");
    std::fs::remove_dir_all(library.path("content/folder")).unwrap();
    symlink(library.path("private"), library.path("content/folder")).unwrap();
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(400) {
        let answer = preview.get("/folder/a.pdf");
        assert_eq!(answer.status, 404);
        assert!(!answer.text().contains("secret"));
    }
}
