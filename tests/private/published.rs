//! A word in every private file, looked for in everything that is ever given out: each byte of the
//! site as it is built and as it is served, unpacked where it is packed, and each book.

use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Library;

/// In every private file, in every line of it.
const CANARY: &str = "qzcanary";

/// A library with a piece of every kind and a book, and people who fit each of them.
fn library() -> Library {
    let library = Library::new(&[
        (
            "content/hiring.md",
            "---\ntitle: Hiring\nsummary: How to hire.\nindustries: [hvac]\ntopics: [hiring]\n\
             formats: [epub, pdf]\n---\n# Hiring\n\nAsk [here](pay.md).\n",
        ),
        (
            "content/pay.md",
            "---\ntitle: Pay\nsummary: What to pay.\nindustries: [hvac]\n---\nPay well.\n",
        ),
        (
            "content/link.md",
            "---\ntitle: A link\nlink: https://elsewhere.example/\nsummary: S\ngeneral: true\n---\n",
        ),
        (
            "content/file.md",
            "---\ntitle: A file\nfile: sheet.csv\nsummary: S\ngeneral: true\n---\n",
        ),
        ("content/sheet.csv", "a,b\n1,2\n"),
        (
            "content/book/book.yaml",
            "title: A book\nsummary: All of it.\nindustries: [hvac]\n",
        ),
        ("content/book/one.md", "# One\n\nThe first.\n"),
        ("content/book/two.md", "# Two\n\nThe second.\n"),
        ("static/extra.txt", "extra\n"),
    ]);
    seed(&library);
    library
}

/// Private files of every kind: what the commands write, and then the canary in all of it.
fn seed(library: &Library) {
    let properties: String = [
        "N:",
        "NICKNAME:",
        "ORG:",
        "TITLE:",
        "ROLE:",
        "NOTE:",
        "CATEGORIES:",
        "ADR:;;",
        "EMAIL:ana@",
        "TEL:",
        "URL:https://",
        "IMPP:xmpp:",
        "LANG:",
        "TZ:",
        "GEO:",
        "KEY:",
        "PHOTO:data:text/plain\\,",
        "LOGO:",
        "SOUND:",
        "RELATED:",
        "MEMBER:",
        "BDAY:",
        "ANNIVERSARY:",
        "GENDER:",
        "KIND:",
        "SOURCE:",
        "XML:",
        "PRODID:",
        "REV:",
        "FBURL:",
        "CALADRURI:",
        "CALURI:",
        "CLIENTPIDMAP:1;",
        "HOBBY:",
        "INTEREST:hiring ",
        "EXPERTISE:",
        "SOCIALPROFILE:",
        "X-GOODTURN-MET:2026-02-01;",
        "X-GOODTURN-OFFERS:",
        "X-GOODTURN-NEEDS:",
        "X-GOODTURN-PROMISE:2026-02-01;",
        "X-GOODTURN-KEPT:2026-02-01;",
        "X-SOMETHING:",
        "item1.X-ABLABEL:",
    ]
    .map(|property| format!("{property}{CANARY}\n"))
    .concat();
    let card =
        format!("FN:Ana Ruiz {CANARY}\nUID:{CANARY}-uid\nX-GOODTURN-INDUSTRY:hvac\n{properties}");
    library.card("ana", card.trim_end());
    library.write("private/me.vcf", format!(
        "BEGIN:VCARD\nVERSION:4.0\nFN:Me {CANARY}\nEMAIL:me@{CANARY}.example\nTEL:{CANARY}\nEND:VCARD\n"
    ));
    library.write(
        "private/mail.yaml",
        format!("host: {CANARY}.example\nuser: {CANARY}\n"),
    );
    library.write("private/notes/ana.md", format!("# {CANARY}\n\n{CANARY}\n"));
    library.write(
        "private/letters/thanks.md",
        format!("---\nsubject: {CANARY}\n---\nHello, {CANARY}.\n"),
    );
    // The lock first: what is given has an id.
    let built = library.run(&["build"]);
    assert_eq!(built.code, 0, "{built:?}");
    let listed = library.run(&["list", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    let id = listed[0]["id"].as_str().unwrap();
    for args in [
        &["sent", "ana", "--pick", id, "--note", CANARY][..],
        &["followup", "ana", "--pick", id, "--line", CANARY],
        &["people", "note", "ana", CANARY],
    ] {
        let ran = library.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
    }
    library.write(
        "private/letters/sent/x.eml",
        format!("Subject: {CANARY}\n\n{CANARY}\n"),
    );
    for (path, bytes) in library.files("private") {
        if path.ends_with(".lock") {
            continue;
        }
        let holds = String::from_utf8_lossy(&bytes)
            .to_lowercase()
            .contains(CANARY);
        assert!(holds, "private/{path} has no canary");
    }
}

/// Sees to it that there is no canary in a file that was given out.
fn look_through(name: &str, bytes: &[u8]) {
    let holds = |bytes: &[u8]| {
        let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        String::from_utf8_lossy(&plain)
            .to_lowercase()
            .contains(CANARY)
    };
    assert!(
        !holds(name.as_bytes()) && !holds(bytes),
        "{name} has the canary"
    );
    if bytes.starts_with(b"PK\x03\x04") {
        let mut container = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for at in 0..container.len() {
            let mut file = container.by_index(at).unwrap();
            let mut inside = Vec::new();
            file.read_to_end(&mut inside).unwrap();
            let inside_name = format!("{name}: {}", file.name().unwrap());
            look_through(&inside_name, &inside);
        }
    }
    if bytes.starts_with(b"%PDF") {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("it.pdf");
        std::fs::write(&file, bytes).unwrap();
        assert!(
            !holds(&tool("pdftotext", &[&file, Path::new("-")])),
            "{name} has the canary"
        );
        assert!(!holds(&tool("pdfinfo", &[&file])), "{name} has the canary");
        let all = tool("qpdf", &[Path::new("--qdf"), &file, Path::new("-")]);
        assert!(!holds(&all), "{name} has the canary in its objects");
    }
    if bytes.starts_with(b"\x89PNG") {
        // Nothing but a picture: no text, no time, no place.
        let plain = [
            "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sRGB", "gAMA", "cHRM", "pHYs",
        ];
        for kind in png_chunks(bytes) {
            assert!(plain.contains(&kind.as_str()), "{name}: {kind}");
        }
    }
    if bytes.starts_with(b"\xff\xd8") {
        assert!(
            !bytes.windows(4).any(|part| part == b"Exif"),
            "{name}: Exif"
        );
    }
}

fn png_chunks(bytes: &[u8]) -> Vec<String> {
    let mut kinds = Vec::new();
    let mut rest = &bytes[8..];
    while rest.len() >= 8 {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        kinds.push(String::from_utf8_lossy(&rest[4..8]).into_owned());
        rest = &rest[12 + length..];
    }
    kinds
}

/// What a tool says about a file.
fn tool(name: &str, args: &[&Path]) -> Vec<u8> {
    let output = Command::new(name).args(args).output();
    let output = output.unwrap_or_else(|_| panic!("{name} is there; `bash tests/run` installs it"));
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn nothing_private_is_in_the_site_or_in_a_book() {
    let library = library();
    let built = library.run(&["build"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    let files = library.files("public");
    let there = |ending: &str| files.iter().any(|(path, _)| path.ends_with(ending));
    // What is looked for must be there to be looked through.
    for ending in [
        ".epub",
        ".pdf",
        ".jpg",
        "sitemap.xml",
        "resources.json",
        "feed.xml",
        "llms.txt",
    ] {
        assert!(
            there(ending),
            "no {ending} in {:?}",
            files.iter().map(|(path, _)| path).collect::<Vec<_>>()
        );
    }
    for (path, bytes) in &files {
        look_through(path, bytes);
    }
    look_through(
        "goodturn.lock",
        &std::fs::read(library.path("goodturn.lock")).unwrap(),
    );
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["find", "hiring"],
        &["check"],
        &["industries", "coverage"],
    ] {
        let ran = library.run(args);
        look_through(
            &format!("{args:?}"),
            format!("{}{}", ran.out, ran.err).as_bytes(),
        );
    }
    let made = [
        "--epub", "out.epub", "--pdf", "out.pdf", "--cover", "out.png",
    ];
    let made = library.run(&[&["book", "content/book"], &made[..]].concat());
    assert_eq!(made.code, 0, "{made:?}");
    for name in ["out.epub", "out.pdf", "out.png"] {
        look_through(name, &std::fs::read(library.path(name)).unwrap());
    }
    served(&library, &files);
}

/// Asks the preview for everything that the site has, and for what is private.
fn served(library: &Library, files: &[(String, Vec<u8>)]) {
    let port = free_port().to_string();
    let mut child = library
        .command(&["serve", "--port", &port])
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Ctrl-C") {
        assert!(out.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build(),
    );
    let ask = |path: &str| {
        let url = format!("http://127.0.0.1:{port}/{path}");
        let mut answer = agent.get(&url).call().unwrap();
        let bytes = answer
            .body_mut()
            .with_config()
            .limit(64 << 20)
            .read_to_vec()
            .unwrap();
        (answer.status().as_u16(), bytes)
    };
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut found = 0;
        for (path, _) in files {
            let (status, bytes) = ask(path);
            found += usize::from(status == 200);
            look_through(&format!("served /{path}"), &bytes);
        }
        assert!(
            found * 2 > files.len(),
            "{found} of {} were served",
            files.len()
        );
        for (path, _) in library.files("private") {
            let (status, bytes) = ask(&format!("private/{path}"));
            assert_eq!(status, 404, "private/{path}");
            look_through(&format!("served private/{path}"), &bytes);
        }
    }));
    child.kill().unwrap();
    child.wait().unwrap();
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
