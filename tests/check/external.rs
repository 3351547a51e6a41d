//! Links that lead out of the library.

use std::fs;
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use super::server::{Reply, Request, Server};
use super::{Library, Ran};

/// A library whose one article links to these addresses, each on a line of its own from line 5.
fn linking(addresses: &[String]) -> Library {
    let lines: Vec<String> = addresses.iter().map(|a| format!("- [x]({a})\n")).collect();
    let text = format!("---\ntitle: A\nsummary: S\n---\n{}", lines.concat());
    Library::new(&[("content/a.md", &text)])
}

fn checked(library: &Library) -> Ran {
    library.run(&["check", "--external", "--timeout", "3"])
}

fn answer(request: &Request) -> Reply {
    let head = request.method == "HEAD";
    match (request.path.as_str(), request.before) {
        ("/moved", _) => Reply::to(301, "/good"),
        ("/twice", _) => Reply::to(308, "/moved?again"),
        ("/moved?again", _) => Reply::to(302, "good"),
        ("/for-now", _) => Reply::to(307, "/good"),
        ("/to-nothing", _) => Reply::to(301, "/gone"),
        ("/loop", _) => Reply::to(302, "/pool"),
        ("/pool", _) => Reply::to(302, "/loop"),
        ("/to-file", _) => Reply::to(302, "file:///etc/passwd"),
        ("/to-inside", _) => Reply::to(302, "http://169.254.169.254/latest/"),
        ("/nowhere", _) => Reply::Status(302, String::new()),
        ("/gone", _) => Reply::Status(404, String::new()),
        ("/gone-for-good", _) => Reply::Status(410, String::new()),
        ("/forbidden", _) => Reply::Status(403, String::new()),
        ("/broken-once", 0) => Reply::Status(500, String::new()),
        ("/broken", _) => Reply::Status(503, String::new()),
        ("/no-head" | "/no-head-404", _) if head => match request.path.len() {
            8 => Reply::Status(405, String::new()),
            _ => Reply::Status(404, String::new()),
        },
        ("/slow", _) => Reply::Silence(Duration::from_secs(7)),
        ("/slow-once", 0) => Reply::Silence(Duration::from_secs(7)),
        ("/closed", _) => Reply::Close,
        ("/busy-once", 0) => Reply::Status(429, "Retry-After: 2\r\n".into()),
        ("/busy", _) => Reply::Status(429, "Retry-After: 3600\r\n".into()),
        path if path.0.starts_with("/hop") => {
            let number: usize = path.0[4..].parse().unwrap();
            match number {
                0 => Reply::ok(),
                _ => Reply::to(302, &format!("/hop{}", number - 1)),
            }
        }
        _ => Reply::ok(),
    }
}

fn urls(server: &Server, paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| server.url(path)).collect()
}

#[test]
fn good_answers_are_no_problem() {
    let server = Server::start(answer);
    let paths = [
        "/good",
        "/good#part",
        "/for-now",
        "/no-head",
        "/no-head-404",
        "/broken-once",
        "/hop5",
        "/busy-once",
        "/slow-once",
    ];
    let library = linking(&urls(&server, &paths));
    let ran = checked(&library);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    insta::assert_snapshot!(ran.out, @"
    No problems in 2 articles
      outside links: 8 asked
      goodturn.lock would change: `goodturn build` writes it
    ");

    let requests = server.requests();
    for request in &requests {
        let head = request.head.to_lowercase();
        assert!(
            head.contains("user-agent: goodturn/0.1 link check\r\n"),
            "{head}"
        );
        assert!(
            !head.contains("cookie") && !head.contains("referer"),
            "{head}"
        );
    }
    let of = |path: &str| -> Vec<&Request> { requests.iter().filter(|r| r.path == path).collect() };
    // Once for both fragments, and once for the redirect that leads there.
    assert_eq!(of("/good").len(), 2);
    let busy = of("/busy-once");
    assert!(busy[1].at - busy[0].at >= Duration::from_secs(2));
}

#[test]
fn bad_answers_are_told_at_their_place() {
    let server = Server::start(answer);
    let refused = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let paths = [
        "/gone",
        "/gone-for-good",
        "/forbidden",
        "/broken",
        "/busy",
        "/slow",
        "/closed",
        "/loop",
        "/hop6",
        "/moved#part",
        "/twice",
        "/to-nothing",
        "/to-file",
        "/to-inside",
        "/nowhere",
    ];
    let mut addresses = urls(&server, &paths);
    addresses.push(format!("http://127.0.0.1:{refused}/"));
    addresses.push("https://".into());
    let ran = checked(&linking(&addresses));
    assert_eq!(ran.code, 1);
    let told = server
        .named(&ran.err)
        .replace(&refused.to_string(), "REFUSED");
    insta::assert_snapshot!(told, @"
    error: http://host/gone answers 404 (Not Found)
     --> content/a.md:5:3
      |
    5 | - [x](http://host/gone)
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: find its new address, or take the link out

    error: http://host/gone-for-good answers 410 (Gone)
     --> content/a.md:6:3
      |
    6 | - [x](http://host/gone-for-good)
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: find its new address, or take the link out

    warning: http://host/forbidden answers 403 (Forbidden)
     --> content/a.md:7:3
      |
    7 | - [x](http://host/forbidden)
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/broken answers 503 (Service Unavailable)
     --> content/a.md:8:3
      |
    8 | - [x](http://host/broken)
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/busy answers 429 (Too Many Requests)
     --> content/a.md:9:3
      |
    9 | - [x](http://host/busy)
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/slow does not answer in time
      --> content/a.md:10:3
       |
    10 | - [x](http://host/slow)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/closed closes the connection without an answer
      --> content/a.md:11:3
       |
    11 | - [x](http://host/closed)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/loop leads to http://host/pool, which redirects in a circle
      --> content/a.md:12:3
       |
    12 | - [x](http://host/loop)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/hop6 leads to http://host/hop1, which redirects more than 5 times
      --> content/a.md:13:3
       |
    13 | - [x](http://host/hop6)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/moved#part has moved for good
      --> content/a.md:14:3
       |
    14 | - [x](http://host/moved#part)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to http://host/good#part

    warning: http://host/twice has moved for good
      --> content/a.md:15:3
       |
    15 | - [x](http://host/twice)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to http://host/moved?again

    error: http://host/to-nothing leads to http://host/gone, which answers 404 (Not Found)
      --> content/a.md:16:3
       |
    16 | - [x](http://host/to-nothing)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: find its new address, or take the link out

    warning: http://host/to-file leads to file:///etc/passwd, which readers cannot reach
      --> content/a.md:17:3
       |
    17 | - [x](http://host/to-file)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/to-inside leads to http://169.254.169.254/latest/, which readers cannot reach
      --> content/a.md:18:3
       |
    18 | - [x](http://host/to-inside)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://host/nowhere answers 302 without saying where the page is now
      --> content/a.md:19:3
       |
    19 | - [x](http://host/nowhere)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    warning: http://127.0.0.1:REFUSED/ refuses the connection
      --> content/a.md:20:3
       |
    20 | - [x](http://127.0.0.1:REFUSED/)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: open it in a browser: the host may only dislike programs, or be down

    error: https:// is no address: empty host
      --> content/a.md:21:3
       |
    21 | - [x](https://)
       |   ^^^^^^^^^^^^^

    4 errors, 13 warnings
    ");
    let asked = server.take();
    // Once by HEAD, and once more by GET.
    assert_eq!(asked["/broken"], ["HEAD", "GET"]);
    assert_eq!(asked["/slow"], ["HEAD", "GET"]);
    // It asked to be left alone for longer than we wait.
    assert_eq!(asked["/busy"], ["HEAD"]);
}

#[test]
fn every_place_that_uses_an_address_is_told() {
    let server = Server::start(answer);
    let gone = server.url("/gone");
    let author = format!(
        "---\nkind: author\ntitle: Bo\nlinks:\n  - {{ name: Web, url: \"{gone}\" }}\n---\nB\n"
    );
    let library = Library::new(&[
        (
            "goodturn.yaml",
            &format!(
                "title: T\nmenu:\n  - {{ title: M, url: \"{gone}\" }}\nfooter: See [us]({gone}).\n\
             authors:\n  ann:\n    name: Ann\n    bio: Reads {gone} daily.\n    links:\n      - {{ name: W, url: {gone}?ann }}\n"
            ),
        ),
        (
            "content/link.md",
            &format!("---\ntitle: L\nlink: {gone}\nwhy: W\n---\n"),
        ),
        (
            "content/block.md",
            &format!(
                "---\ntitle: B\nsummary: S\n---\n{{{{ button(href=\"{gone}\", text=\"T\") }}}}\n\n\
             ![P]({gone})\n\n<a href=\"{gone}\">x</a> {gone}\n"
            ),
        ),
        (
            "content/old.md",
            &format!("---\ntitle: O\nreplaced_by: {gone}\n---\nT\n"),
        ),
        (
            "content/retired.md",
            &format!("---\ntitle: R\nretired: true\n---\n{gone}?retired\n"),
        ),
        (
            "content/draft.md",
            &format!("---\ntitle: D\ndraft: true\n---\n{gone}?draft\n"),
        ),
        ("content/people/bo.md", &author),
    ]);
    let ran = checked(&library);
    let places: Vec<&str> = ran
        .err
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .collect();
    insta::assert_snapshot!(places.join("\n"), @"
    content/block.md:5:11
    content/block.md:7:1
    content/block.md:9:1
    content/block.md:9:45
    content/link.md:3:7
    content/old.md:3:14
    content/people/bo.md:5:24
    goodturn.yaml:3:23
    goodturn.yaml:4:18
    goodturn.yaml:8:16
    ");
    assert_eq!(
        server.take().keys().collect::<Vec<_>>(),
        ["/gone", "/gone?ann"]
    );
}

#[test]
fn what_cannot_be_asked_is_left_out_and_counted() {
    let addresses = [
        "mailto:ann@a.org",
        "tel:+15551234",
        "https://example.org/",
        "https://a.test/x",
        "https://shop.example/",
        "https://home.site.dev/welcome/",
        "https://home.site.dev/none/",
    ];
    let library = linking(&addresses.map(String::from));
    library.write(
        "goodturn.yaml",
        "title: T\nbase_url: https://home.site.dev/\n",
    );
    // The welcome page of the library itself.
    let ran = library.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = checked(&library);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.err, @"
    warning: https://home.site.dev/none/ is no page of this library
      --> content/a.md:11:3
       |
    11 | - [x](https://home.site.dev/none/)
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ");
    insta::assert_snapshot!(ran.out, @"
    1 warning in 2 articles
      outside links: 2 of this site, 5 left out (mail, phone, reserved hosts)
    ");
}

#[test]
fn good_answers_are_remembered_and_bad_ones_are_not() {
    let server = Server::start(answer);
    let library = linking(&urls(&server, &["/good", "/moved", "/gone", "/busy"]));
    let first = checked(&library);
    let asked = server.take();
    assert_eq!(
        asked.keys().collect::<Vec<_>>(),
        ["/busy", "/gone", "/good", "/moved"]
    );
    let kept = fs::read_to_string(library.path(".goodturn/links.json")).unwrap();
    assert!(
        kept.contains("\"version\": 1") && !kept.contains("/gone"),
        "{kept}"
    );

    // What has moved is told again all the same.
    let second = checked(&library);
    assert_eq!((second.code, &second.err), (first.code, &first.err));
    assert_eq!(server.take().keys().collect::<Vec<_>>(), ["/busy", "/gone"]);

    library.run(&["check", "--external", "--no-cache"]);
    assert_eq!(server.take().len(), 4);

    for text in ["{ not json", "", "{\"version\":99,\"links\":{}}", "[]"] {
        library.write(".goodturn/links.json", text);
        assert_eq!(checked(&library).err, first.err);
        assert_eq!(server.take().len(), 4, "{text}");
        let written = fs::read_to_string(library.path(".goodturn/links.json")).unwrap();
        assert!(written.contains("\"version\": 1"), "{written}");
    }
    let beside = fs::read_dir(library.path(".goodturn")).unwrap();
    assert_eq!(beside.count(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_warning() {
    let server = Server::start(answer);
    let library = linking(&urls(&server, &["/good"]));
    library.write(".goodturn", "a file where the folder should be");
    let ran = checked(&library);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.starts_with("warning: cannot be written"),
        "{}",
        ran.err
    );
}

#[test]
fn encryption_that_fails_is_told_once_and_not_tried_again() {
    // A certificate that says nothing of this host would need an authority; a server that does
    // not encrypt at all shows that nothing is taken without it.
    let server = Server::start(answer);
    let ran = checked(&linking(&[server.url("/").replace("http:", "https:")]));
    assert_eq!(ran.code, 0);
    let told = "https://host/ does not encrypt as it should";
    assert!(server.named(&ran.err).contains(told), "{}", ran.err);
    assert!(server.requests().is_empty());
}

/// Loopback has many addresses on Linux only.
#[cfg(target_os = "linux")]
#[test]
fn many_hosts_are_asked_at_once_but_each_only_twice() {
    let server = Server::start(|_| {
        thread::sleep(Duration::from_millis(150));
        Reply::ok()
    });
    let addresses: Vec<String> = (1..=24)
        .flat_map(|host| (0..4).map(move |page| (host, page)))
        .map(|(host, page)| format!("http://127.0.0.{host}:{}/{page}", server.port))
        .collect();
    let ran = checked(&linking(&addresses));
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let (most, most_of_one) = server.most_at_once();
    assert!((2..=16).contains(&most), "{most} at once");
    assert!(most_of_one <= 2, "{most_of_one} of one host at once");
    assert_eq!(server.requests().len(), 96);
}
