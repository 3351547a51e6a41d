//! What an answer says of itself, and what is done with conditions and ranges.

use std::io::Read;

use super::*;

#[test]
fn every_kind_of_file_has_its_type() {
    let library = Library::new(&[
        ("content/a.woff2", "x"),
        ("content/a.ics", "x"),
        ("content/a.vcf", "x"),
        ("content/a.epub", "x"),
        ("content/a.pdf", "x"),
        ("content/a.svg", "<svg/>"),
        ("static/app.webmanifest", "{}"),
        ("static/a.js", "x"),
    ]);
    let preview = library.serve(&[]);
    for (path, media) in [
        ("/", "text/html; charset=utf-8"),
        ("/slow/index.html", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/resources.json", "application/json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/_redirects", "text/plain; charset=utf-8"),
        ("/.htaccess", "text/plain; charset=utf-8"),
        ("/a.woff2", "font/woff2"),
        ("/a.ics", "text/calendar; charset=utf-8"),
        ("/a.vcf", "text/vcard; charset=utf-8"),
        ("/a.epub", "application/epub+zip"),
        ("/a.pdf", "application/pdf"),
        ("/a.svg", "image/svg+xml; charset=utf-8"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/a.js", "text/javascript; charset=utf-8"),
        ("/_goodturn/preview.js", "text/javascript; charset=utf-8"),
        ("/_goodturn/worker.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(media), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let library = Library::new(&[("content/a.pdf", "0123456789")]);
    let preview = library.serve(&[]);
    for path in ["/slow/", "/style.css", "/a.pdf", "/_goodturn/preview.js"] {
        let first = preview.get(path);
        let tag = first.header("etag").expect("an ETag").to_owned();
        let again = Ask::new(path).header("If-None-Match", &tag);
        let again = again.to(preview.port);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        let other = Ask::new(path).header("If-None-Match", "\"other\"");
        let other = other.to(preview.port);
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
    // The mark in a page is its ETag.
    let page = preview.get("/slow/");
    let mark = page.header("etag").unwrap().trim_matches('"');
    assert!(page.text().contains(&format!("data-mark=\"{mark}\"")));
}

#[test]
fn head_gives_the_headers_only() {
    let library = Library::new(&[("content/a.pdf", "0123456789")]);
    let preview = library.serve(&[]);
    for path in ["/slow/", "/style.css", "/a.pdf", "/nothing/"] {
        let (get, head) = (
            preview.get(path),
            Ask::new(path).method("HEAD").to(preview.port),
        );
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.body, b"", "{path}");
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        let length = get.body.len().to_string();
        assert_eq!(head.header("content-length"), Some(length.as_str()));
    }
}

#[test]
fn a_part_of_a_file_is_sent_when_it_is_asked_for() {
    let library = Library::new(&[("content/a.pdf", "0123456789")]);
    let preview = library.serve(&[]);
    let tag = preview.get("/a.pdf").header("etag").unwrap().to_owned();
    let ask = |range: &str| Ask::new("/a.pdf").header("Range", range).to(preview.port);
    for (range, text, place) in [
        ("bytes=0-3", "0123", "bytes 0-3/10"),
        ("bytes=8-", "89", "bytes 8-9/10"),
        ("bytes=-3", "789", "bytes 7-9/10"),
        ("bytes=5-99", "56789", "bytes 5-9/10"),
    ] {
        let answer = ask(range);
        assert_eq!((answer.status, answer.text().as_str()), (206, text));
        assert_eq!(answer.header("content-range"), Some(place));
    }
    let behind = ask("bytes=10-");
    assert_eq!((behind.status, behind.body.len()), (416, 0));
    assert_eq!(behind.header("content-range"), Some("bytes */10"));
    assert_eq!(ask("bytes=0-1,3-4").status, 200);
    let with = |condition: &str| {
        let ask = Ask::new("/a.pdf").header("Range", "bytes=0-3");
        ask.header("If-Range", condition).to(preview.port).status
    };
    assert_eq!((with(&tag), with("\"other\"")), (206, 200));
    // A page has one more line than its file, so there are no parts of it.
    let page = Ask::new("/slow/").header("Range", "bytes=0-3");
    assert_eq!(page.to(preview.port).status, 200);
}

#[test]
fn a_large_file_is_sent_whole() {
    let library = Library::new(&[]);
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    library.write("content/large.pdf", &bytes);
    let preview = library.serve(&[]);
    assert!(preview.get("/large.pdf").body == bytes);
    let part = Ask::new("/large.pdf").header("Range", "bytes=70000-2999998");
    assert!(part.to(preview.port).body == bytes[70_000..2_999_999]);
}

#[test]
fn what_is_not_there_is_answered_with_the_sites_own_page() {
    let library = Library::new(&[]);
    let preview = library.serve(&[]);
    for path in ["/nothing/", "/nothing", "/nothing.png", "/slow/nothing"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.text().contains("This page is not here"), "{path}");
        assert!(answer.text().contains("/_goodturn/preview.js"), "{path}");
    }
}

#[test]
fn an_address_without_its_slash_leads_on() {
    let settings = "title: Shelf\nbase_url: https://shelf.example/my/library\n";
    let library = Library::new(&[("goodturn.yaml", settings)]);
    let preview = library.serve(&[]);
    assert!(preview.said.contains("/my/library/"), "{}", preview.said);
    for (path, to) in [
        ("/my/library/slow", "/my/library/slow/"),
        ("/my/library/slow?a=b", "/my/library/slow/?a=b"),
        ("/my/library", "/my/library/"),
        ("/", "/my/library/"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 308, "{path}");
        assert_eq!(answer.header("location"), Some(to), "{path}");
    }
    for path in ["/slow/", "/my/library2", "/my", "//my/library/slow"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_library_with_errors_is_shown_with_them() {
    let library = Library::new(&[]);
    library.write(
        "content/b.md",
        "---\ntitle: B\nindustries: [hvaac]\n---\nX.\n",
    );
    let preview = library.serve(&[]);
    assert_eq!(preview.get("/slow/").status, 200);
    let news = first_event(preview.port);
    assert_eq!(news["errors"]["count"], 1);
    let error = &news["errors"]["told"][0];
    assert_eq!(error["message"], "unknown industry `hvaac`");
    assert_eq!(error["file"], "content/b.md");
    assert_eq!((&error["line"], &error["column"]), (&3.into(), &14.into()));
    assert!(error["text"].as_str().unwrap().contains("did you mean"));
}

#[test]
fn where_nothing_can_be_loaded_the_errors_are_the_page() {
    let library = Library::new(&[("goodturn.yaml", "tittle: <b>\n")]);
    let preview = library.serve(&[]);
    for path in ["/", "/slow/", "/any/thing"] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 503, "{path}");
        let text = answer.text();
        assert!(text.contains("unknown key `tittle`"), "{text}");
        assert!(text.contains("tittle: &lt;b&gt;"), "{text}");
        assert!(text.contains("/_goodturn/preview.js"), "{text}");
    }
}

#[test]
fn a_page_that_cannot_be_rendered_says_why() {
    let library = Library::new(&[(
        "templates/article.html",
        "{{ fail(message=\"this one is odd\") }}",
    )]);
    let preview = library.serve(&[]);
    let answer = preview.get("/slow/");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("this one is odd"));
    assert!(answer.text().contains("/_goodturn/preview.js"));
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn what_is_not_published_yet_is_marked() {
    let front = |more: &str| format!("---\ntitle: Piece\ngeneral: true\n{more}---\nX.\n");
    let library = Library::new(&[
        ("content/d.md", &front("draft: true\n")),
        ("content/s.md", &front("publish: 2099-01-01\n")),
        ("content/e.md", &front("expires: 2020-01-01\n")),
    ]);
    let preview = library.serve(&["--drafts", "--future"]);
    let list = preview.get("/articles/").text();
    for (path, mark) in [
        ("/d/", "status-draft"),
        ("/s/", "status-scheduled"),
        ("/e/", "status-expired"),
    ] {
        assert!(preview.get(path).text().contains(mark), "{path}");
        assert!(list.contains(mark), "{mark}");
    }
    let plain = library.serve(&[]);
    assert_eq!(plain.get("/d/").status, 404);
    assert!(!plain.get("/articles/").text().contains("status-"));
}

/// The first message of the line that browsers listen at.
fn first_event(port: u16) -> serde_json::Value {
    let ask = Ask::new("/_goodturn/events").header("Accept", "text/event-stream");
    let mut stream = ask.open(port);
    let mut heard = Vec::new();
    let mut some = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&heard).into_owned();
        if let Some((head, rest)) = text.split_once("data: ")
            && let Some((data, _)) = rest.split_once('\n')
        {
            assert!(head.contains("text/event-stream"), "{head}");
            return serde_json::from_str(data).unwrap();
        }
        let read = stream.read(&mut some).unwrap();
        assert!(read > 0, "it ended: {text}");
        heard.extend_from_slice(&some[..read]);
    }
}

#[test]
fn a_handout_is_served_and_no_wrong_address_leads_to_it() {
    let token = "kkkk2pbbn3wq7rtxzs5mvcd9fgh";
    let file = format!("content/handouts/{token}.md");
    let text = "---\nkind: handout\ntitle: For Zelda\nresources: [sswgf]\n---\n";
    let slow = "---\ntitle: Slow\nid: sswgf\ngeneral: true\n---\nHello.\n";
    let library = Library::new(&[(&file, text), ("content/slow.md", slow)]);
    let preview = library.serve(&[]);
    let answer = preview.get(&format!("/h/{token}/"));
    assert_eq!(answer.status, 200);
    let page = String::from_utf8(answer.body).unwrap();
    assert!(
        page.contains("noindex, nofollow") && page.contains("no-referrer"),
        "{page}"
    );
    assert!(
        page.contains("<h1>For Zelda</h1>") && page.contains("Slow"),
        "{page}"
    );
    for wrong in [
        "/h/",
        &format!("/h/{}x/", &token[..26]),
        "/h/kkkk/",
        "/r/sswgg/",
        "/",
    ] {
        let answer = preview.get(wrong);
        let page = String::from_utf8(answer.body).unwrap();
        assert!(
            !page.contains(token) && !page.contains("Zelda"),
            "{wrong}: {page}"
        );
    }
}
