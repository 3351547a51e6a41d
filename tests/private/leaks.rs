//! What would give somebody away fails the build, with its place, and the last good site stays:
//! in text, in pictures, in what is packed; and copies of private files.

use std::io::{Cursor, Write};

use super::{Library, Ran};

const EMAIL: &str = "ana@ruiz.example";

/// A library with somebody in it, whose site was built once.
fn library() -> Library {
    let library = Library::new(&[]);
    library.card(
        "ana",
        "UID:urn:uuid:0f2a1c9e-77d5-4a31-9c1b-5b1a5c0ffee0\nFN:Ana Ruiz\nEMAIL:ana@ruiz.example\n\
         TEL:+1 (555) 867-5309\nNOTE:likes bees",
    );
    let built = library.run(&["build"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    library
}

/// Puts a file there; the build fails for it, and the site stays as it was. Gives what is said.
fn fails(path: &str, bytes: impl AsRef<[u8]>) -> String {
    let library = library();
    let before = library.files("public");
    library.write(path, bytes);
    for command in ["check", "build"] {
        let Ran { code, out, err } = library.run(&[command]);
        assert_eq!((code, out.as_str()), (1, ""), "{command} {path}: {err}");
        assert!(err.contains("private/people/ana.vcf"), "{path}: {err}");
    }
    assert!(library.files("public") == before, "{path}");
    library.run(&["build"]).err
}

fn article(text: &str) -> String {
    format!("---\ntitle: A\nsummary: S\ngeneral: true\n---\nFirst.\n\n{text}\n")
}

#[test]
fn what_is_in_an_article_is_shown_at_its_place() {
    insta::assert_snapshot!(fails("content/a.md", article("Ask Ana: Ana@Ruiz.example.")), @"
    error: the email address of private/people/ana.vcf would be published
     --> content/a.md:8:10
      |
    8 | Ask Ana: Ana@Ruiz.example.
      |          ^^^^^^^^^^^^^^^^ it is private
      |
      = help: it is in a/index.html, feed.json, feed.xml: take it out
      = help: if everybody may see it, say so in goodturn.yaml, for example:
              extra: { public: [ana@example.org] }

    1 error
    ");
    insta::assert_snapshot!(fails("content/a.md", article("Call Ana at 555.867.5309 today.")), @"
    error: the phone number of private/people/ana.vcf would be published
     --> content/a.md:8:13
      |
    8 | Call Ana at 555.867.5309 today.
      |             ^^^^^^^^^^^^ it is private
      |
      = help: it is in a/index.html, feed.json, feed.xml: take it out
      = help: if everybody may see it, say so in goodturn.yaml, for example:
              extra: { public: [ana@example.org] }

    1 error
    ");
    insta::assert_snapshot!(fails("content/a.md", article("[Ana](mailto:ana%40ruiz.example)")), @"
    error: the email address of private/people/ana.vcf would be published
     --> content/a.md:8:1
      |
    8 | [Ana](mailto:ana%40ruiz.example)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ it is private
      |
      = help: it is in a/index.html, feed.json, feed.xml: take it out
      = help: if everybody may see it, say so in goodturn.yaml, for example:
              extra: { public: [ana@example.org] }

    1 error
    ");
}

#[test]
fn what_is_elsewhere_in_the_site_is_found_too() {
    for (path, text) in [
        (
            "content/book/book.yaml",
            "title: B\nsummary: Ask ana@ruiz.example.\ngeneral: true\n",
        ),
        (
            "content/a.md",
            "---\ntitle: A\nsummary: Write to ana@ruiz.example\ngeneral: true\n---\nA.\n",
        ),
        ("content/ana@ruiz.example.txt", "Nothing in it.\n"),
        (
            "content/x.csv",
            "name,id\nAna,0F2A1C9E-77D5-4A31-9C1B-5B1A5C0FFEE0\n",
        ),
        (
            "static/x.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>ana&#64;ruiz.example</desc></svg>",
        ),
        ("static/x.js", "const who = \"ana\\u0040ruiz.example\";\n"),
    ] {
        if path.starts_with("content/book/") {
            let library = library();
            library.write(path, text);
            library.write("content/book/one.md", "# One\n\nText.\n");
            assert_eq!(library.run(&["build"]).code, 1);
            continue;
        }
        fails(path, text);
    }
}

#[test]
fn what_everybody_may_see_is_said_in_the_settings() {
    let library = library();
    library.write(
        "content/a.md",
        article("Ana: ana@ruiz.example, 555-867-5309."),
    );
    library.write(
        "goodturn.yaml",
        "title: Shelf\nbase_url: https://shelf.example/\nextra: { public: [ana@ruiz.example, +1 555 867 5309] }\n",
    );
    let built = library.run(&["build"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    // Only these, and only as they are.
    library.write(
        "content/a.md",
        article("Somebody else: jo.ana@ruiz.example, 555-867-5308."),
    );
    assert_eq!(library.run(&["build"]).code, 0);
}

#[test]
fn copies_of_private_files_are_refused() {
    for (folder, name) in [
        ("static", "anything.txt"),
        ("content", "people/bo.vcf"),
        ("content", "notes.md"),
        ("static", "data.jsonl"),
    ] {
        let library = library();
        let (own, text) = match name {
            "notes.md" => ("private/notes/bo.md", article("He looks for a new job.")),
            "data.jsonl" => ("private/ledger.jsonl", format!("{}\n", "{}".repeat(40))),
            _ => (
                "private/people/bo.vcf",
                "BEGIN:VCARD\nVERSION:4.0\nFN:Bo Li\nEND:VCARD\n".into(),
            ),
        };
        library.write(own, &text);
        library.write(&format!("{folder}/{name}"), &text);
        let ran = library.run(&["build"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let said = format!(
            "error: this is a copy of {own}, which is never published\n--> {folder}/{name}"
        );
        assert!(ran.err.contains(&said), "{ran:?}");
        assert!(library.run(&["check"]).err.contains(&said));
    }
    // A second name of the file itself.
    let library = library();
    std::fs::create_dir_all(library.path("static")).unwrap();
    std::fs::hard_link(
        library.path("private/people/ana.vcf"),
        library.path("static/ana.vcf"),
    )
    .unwrap();
    assert_eq!(library.run(&["build"]).code, 1);
}

#[test]
fn ones_own_card_is_published_by_choice() {
    let library = library();
    let made = [
        "me",
        "--name",
        "Ann Lee",
        "--email",
        "ann@shelf.example",
        "--url",
        "https://shelf.example/",
    ];
    assert_eq!(library.run(&made).code, 0);
    std::fs::create_dir_all(library.path("static")).unwrap();
    let written = library.run(&["me", "--vcf", "static/ann.vcf"]);
    assert_eq!(written.code, 0, "{written:?}");
    let built = library.run(&["build"]);
    assert_eq!((built.code, built.err.as_str()), (0, ""), "{built:?}");
    // With what it says besides, it is private.
    let card = std::fs::read_to_string(library.path("private/me.vcf")).unwrap();
    let card = card.replace("END:", "NOTE:the alarm code is 1234\r\nEND:");
    library.write("private/me.vcf", &card);
    library.write("static/ann.vcf", &card);
    assert_eq!(library.run(&["build"]).code, 1);
}

#[test]
fn pictures_say_more_than_they_show() {
    fails(
        "content/photo.jpg",
        jpeg(format!("Exif\0\0II*\0........Artist: {EMAIL}\0").as_bytes()),
    );
    let wide: Vec<u8> = EMAIL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fails(
        "content/photo.jpg",
        jpeg(&[&b"Exif\0\0II*\0.......\0\0"[..], &wide, b"\0\0"].concat()),
    );
    fails(
        "static/x.png",
        png(|encoder| encoder.add_text_chunk("Author".into(), EMAIL.into())),
    );
    let long = format!("{} {EMAIL} {}", "words ".repeat(100), "more ".repeat(100));
    let packed = png(|encoder| encoder.add_ztxt_chunk("Comment".into(), long.clone()));
    assert!(
        !packed
            .windows(EMAIL.len())
            .any(|part| part == EMAIL.as_bytes())
    );
    fails("static/x.png", packed);
}

/// A picture of one point with something before it.
fn jpeg(app1: &[u8]) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe1".to_vec();
    bytes.extend(u16::try_from(app1.len() + 2).unwrap().to_be_bytes());
    bytes.extend(app1);
    bytes.extend(b"\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xd9");
    bytes
}

fn png(
    add: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>) -> Result<(), png::EncodingError>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    add(&mut encoder).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A container with these files in it, packed.
fn container(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn containers_are_opened() {
    let text = format!("{} {EMAIL} {}", "words ".repeat(100), "more ".repeat(100));
    let parted =
        "<w:p><w:r><w:t>Ask ana@ruiz</w:t></w:r><w:r><w:t>.example</w:t></w:r></w:p><w:p>B</w:p>";
    let inner = container(&[("notes.txt", text.as_bytes())]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    for (name, bytes) in [
        (
            "book.epub",
            container(&[("OEBPS/one.xhtml", text.as_bytes())]),
        ),
        (
            "letter.docx",
            container(&[("word/document.xml", parted.as_bytes())]),
        ),
        ("all.zip", container(&[("inner.zip", &inner)])),
        ("names.zip", container(&[("ana@ruiz.example.txt", b"x")])),
        ("words.txt.gz", gzip.finish().unwrap()),
    ] {
        fails(&format!("content/{name}"), &bytes);
        fails(&format!("static/{name}"), &bytes);
    }
}

#[test]
fn the_text_of_a_pdf_is_read() {
    // No link, which would stand there plainly.
    let text = format!("Ask Ana: `{EMAIL}` or call.");
    // As Typst sets it, in codes of its own fonts: made where nobody is known.
    let elsewhere = Library::new(&[("content/a.md", &article(&text))]);
    let made = elsewhere.run(&["book", "content/a.md", "--pdf", "a.pdf"]);
    assert_eq!(made.code, 0, "{made:?}");
    let set = std::fs::read(elsewhere.path("a.pdf")).unwrap();
    assert!(
        !set.windows(EMAIL.len())
            .any(|part| part == EMAIL.as_bytes())
    );
    insta::assert_snapshot!(fails("content/a.pdf", &set), @"
    error: the email address of private/people/ana.vcf would be published
    --> content/a.pdf
     = help: it is in a.pdf: take it out
     = help: if everybody may see it, say so in goodturn.yaml, for example:
             extra: { public: [ana@example.org] }

    1 error
    ");
    // A note, metadata and an attached file, packed.
    let mut document = lopdf::Document::load_mem(&set).unwrap();
    let page = *document.get_pages().values().next().unwrap();
    document.delete_pages(&(2..200).collect::<Vec<u32>>());
    document.change_page_content(page, Vec::new()).unwrap();
    let attached = lopdf::Stream::new(
        lopdf::dictionary! {},
        container(&[("x.txt", text.as_bytes())]),
    );
    document.add_object(attached);
    document.compress();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    fails("static/attached.pdf", &bytes);
}

#[test]
fn a_book_of_its_own_is_looked_through() {
    let library = library();
    library.write("content/a.md", article(&format!("Ask {EMAIL}.")));
    let ran = library.run(&["book", "content/a.md", "--epub", "a.epub"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    insta::assert_snapshot!(ran.err, @"
    error: the email address of private/people/ana.vcf would be published
     --> content/a.md:8:5
      |
    8 | Ask ana@ruiz.example.
      |     ^^^^^^^^^^^^^^^^ it is private
      |
      = help: it is in a.epub: take it out
      = help: if everybody may see it, say so in goodturn.yaml, for example:
              extra: { public: [ana@example.org] }

    1 error
    ");
    assert!(!library.path("a.epub").exists());
    for out in ["--pdf", "--epub"] {
        let ran = library.run(&["book", "content/a.md", out, "a.out"]);
        assert_eq!(ran.code, 1, "{ran:?}");
    }
    library.write("content/a.md", article("Ask somebody."));
    assert_eq!(
        library
            .run(&["book", "content/a.md", "--epub", "a.epub"])
            .code,
        0
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let zeros = vec![0; 48 << 20];
    let bomb = container(&[("zeros", &zeros)]);
    let bomb = container(&[
        ("1", &bomb),
        ("2", &bomb),
        ("3", &bomb),
        ("4", &bomb),
        ("5", &bomb),
        ("6", &bomb),
    ]);
    assert!(bomb.len() < 1 << 20);
    let deep = (0..8).fold(b"x".to_vec(), |inner, _| {
        container(&[("inner.zip", &inner)])
    });
    let nested = format!("%PDF-1.4\n1 0 obj\n{}\nendobj\n", "[".repeat(200_000));
    let library = library();
    library.write("static/a-bomb.zip", bomb);
    library.write("static/b-deep.zip", deep);
    library.write("static/c-nested.pdf", nested);
    library.write("static/d-cut.pdf", "%PDF-1.7\nnothing follows\n");
    library.write("static/e.7z", b"7z\xbc\xaf\x27\x1c and more");
    let cut = container(&[("a.txt", b"words and words and words")]);
    library.write("static/f-cut.zip", &cut[..cut.len() / 2]);
    let built = library.run(&["build", "--quiet"]);
    assert_eq!(built.code, 0, "{built:?}");
    let checked = library.run(&["check"]);
    assert_eq!(checked.code, 0, "{checked:?}");
    insta::assert_snapshot!(checked.err, @"
    warning: a-bomb.zip was not looked through for what is private as a whole
    help: it unpacks to more than is looked through
    help: see for yourself that nothing of the people you met is in it

    warning: b-deep.zip was not looked through for what is private as a whole
    help: containers lie in one another
    help: see for yourself that nothing of the people you met is in it

    warning: c-nested.pdf was not looked through for what is private as a whole
    help: it is a PDF that cannot be read
    help: see for yourself that nothing of the people you met is in it

    warning: d-cut.pdf was not looked through for what is private as a whole
    help: it is a PDF that cannot be read
    help: see for yourself that nothing of the people you met is in it

    warning: e.7z was not looked through for what is private as a whole
    help: a 7-Zip container is not opened
    help: see for yourself that nothing of the people you met is in it

    warning: f-cut.zip was not looked through for what is private as a whole
    help: it is a damaged container
    help: see for yourself that nothing of the people you met is in it
    ");
}
