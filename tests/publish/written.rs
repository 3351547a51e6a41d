//! What is published.

use std::convert::Infallible;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::time::SystemTime;

use goodturn::publish::{Content, Options, publish};

use crate::{A, B, Library, MANIFEST, age, expected, files, modified, site, write};

#[test]
fn the_first_build_writes_the_site_and_its_list() {
    let library = Library::new();
    let report = library.build(A);
    assert_eq!((report.written, report.unchanged), (4, 0));
    assert_eq!((report.removed, report.kept), (0, 0));
    assert_eq!(site(&library.out()), expected(A));
    assert_eq!(
        fs::read_to_string(library.path("public/.goodturn-manifest")).unwrap(),
        "goodturn-manifest 1 4\narticles/a/index.html\nindex.html\nr/abc/index.html\nstyle.css\n"
    );
    assert!(library.litter().is_empty());
}

#[test]
fn a_later_build_writes_what_changed_and_removes_what_is_gone() {
    let library = Library::new();
    library.build(A);
    let kept = ["articles/a/index.html", "style.css"].map(|path| library.out().join(path));
    let times = kept.each_ref().map(|path| age(path));
    let changed = age(&library.path("public/index.html"));

    let report = library.build(B);
    assert_eq!((report.written, report.unchanged), (2, 2));
    assert_eq!((report.removed, report.kept), (1, 0));
    assert_eq!(site(&library.out()), expected(B));
    assert!(
        !library.path("public/r").exists(),
        "an empty folder is left"
    );
    assert_eq!(kept.each_ref().map(|path| modified(path)), times);
    assert_ne!(modified(&library.path("public/index.html")), changed);
    for path in &kept {
        let links = fs::metadata(path).unwrap().nlink();
        assert_eq!(links, 1, "the old site still holds {}", path.display());
    }
    assert!(library.litter().is_empty());
}

#[test]
fn a_build_without_changes_does_not_touch_the_output() {
    let library = Library::new();
    library.build(A);
    let inode = fs::metadata(library.out()).unwrap().ino();
    let mut called = false;
    let report = library.build_with(A, Options::default(), || called = true);
    assert_eq!(report.unwrap().unchanged, 4);
    assert_eq!(fs::metadata(library.out()).unwrap().ino(), inode);
    assert!(called, "before_swap belongs to every build");
    assert!(library.litter().is_empty());
}

#[test]
fn a_deleted_or_damaged_file_is_made_again() {
    let library = Library::new();
    library.build(A);
    fs::remove_file(library.path("public/style.css")).unwrap();
    fs::write(library.path("public/index.html"), "").unwrap();
    fs::write(library.path("public/articles/a/index.html"), "b").unwrap();
    let report = library.build(A);
    assert_eq!((report.written, report.unchanged), (3, 1));
    assert_eq!(site(&library.out()), expected(A));
}

#[test]
fn a_published_file_is_replaced_and_never_modified() {
    let library = Library::new();
    library.build(A);
    // Somebody keeps old versions by a second name.
    let backup = library.path("backup.html");
    fs::hard_link(library.path("public/index.html"), &backup).unwrap();
    library.build(B);
    library.build(A);
    library.build(B);
    assert_eq!(fs::read_to_string(backup).unwrap(), "home");
}

#[test]
fn files_become_folders_and_folders_files() {
    let library = Library::new();
    library.build(&[("a", "file"), ("b/c/d", "deep")]);
    let report = library.build(&[("a/x/y", "deep"), ("b", "file")]);
    assert_eq!((report.written, report.removed), (2, 2));
    assert_eq!(
        site(&library.out()),
        expected(&[("a/x/y", "deep"), ("b", "file")])
    );
}

#[test]
fn a_copied_file_keeps_its_time_and_is_readable_by_all() {
    let library = Library::new();
    let original = library.path("content/guide.pdf");
    write(&original, "%PDF");
    let time = age(&original);
    fs::set_permissions(&original, fs::Permissions::from_mode(0o600)).unwrap();
    let build = || {
        publish::<Infallible, _>(
            library.guard(Options::default()).unwrap(),
            &["files/guide.pdf", "index.html"],
            |path| {
                Ok(match path {
                    "index.html" => Content::Bytes(b"home".to_vec()),
                    _ => Content::File(original.clone()),
                })
            },
            || Ok(()),
        )
        .unwrap()
    };
    assert_eq!(build().written, 2);
    let copy = library.path("public/files/guide.pdf");
    assert_eq!(fs::read(&copy).unwrap(), b"%PDF");
    assert_eq!(modified(&copy), time);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&copy), mode(&library.path("public/index.html")));
    // Never another name of the original: who edits that would edit the site.
    assert_eq!(fs::metadata(&copy).unwrap().nlink(), 1);

    // Touched, but the same: what is published keeps its time.
    fs::File::open(&original)
        .unwrap()
        .set_modified(SystemTime::now())
        .unwrap();
    assert_eq!(build().unchanged, 2);
    assert_eq!(modified(&copy), time);

    // Changed, though size and time agree.
    fs::write(&original, "%XYZ").unwrap();
    age(&original);
    assert_eq!(build().written, 1);
    assert_eq!(fs::read(&copy).unwrap(), b"%XYZ");
}

#[test]
fn new_files_have_ordinary_permissions() {
    let library = Library::new();
    library.build(A);
    let probe = library.path("probe");
    write(&probe.join("file"), "");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    let out = library.out();
    assert_eq!(mode(&out.join("style.css")), mode(&probe.join("file")));
    assert_eq!(mode(&out.join(MANIFEST)), mode(&probe.join("file")));
    assert_eq!(mode(&out.join("articles")), mode(&probe));
    assert_eq!(mode(&out), mode(&probe));
}

#[test]
fn the_output_folder_keeps_its_own_permissions() {
    let library = Library::new();
    library.build(A);
    fs::set_permissions(library.out(), fs::Permissions::from_mode(0o2770)).unwrap();
    library.build(B);
    let mode = fs::metadata(library.out()).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o2770);
}

#[test]
fn the_same_site_is_the_same_bytes_in_any_folder() {
    let (one, other) = (Library::new(), Library::new());
    one.build(A);
    one.build(B);
    other.build(B);
    assert_eq!(files(&one.out()), files(&other.out()));
}

#[test]
fn an_output_reached_through_a_link_is_swapped_where_it_is() {
    let library = Library::new();
    let real = library.root.with_file_name("www");
    fs::create_dir(&real).unwrap();
    symlink(&real, library.out()).unwrap();
    library.build(A);
    library.build(B);
    assert!(library.out().is_symlink());
    assert_eq!(site(&real), expected(B));
}

#[test]
fn missing_parents_are_made_and_taken_away_again_if_nothing_comes() {
    let library = Library::new();
    let out = library.path("build/web/public");
    drop(library.guard_out(&out, Options::default()).unwrap());
    assert!(!library.path("build").exists());
    let target = library.guard_out(&out, Options::default()).unwrap();
    let produce = |_: &str| Ok::<_, Infallible>(Content::Bytes(Vec::new()));
    publish(target, &["a"], produce, || Ok(())).unwrap();
    assert!(out.join("a").exists());
}
