//! What Goodturn did not write, it does not lose.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::time::SystemTime;

use goodturn::publish::{Error, Options};

use crate::{A, B, KEEP, Library, MANIFEST, age, expected, files, modified, site, write};

#[test]
fn a_folder_that_goodturn_never_wrote_is_refused_unless_empty() {
    let library = Library::new();
    fs::create_dir(library.out()).unwrap();
    library.guard(Options::default()).unwrap();
    for name in ["thesis.odt", "b", "c", "d/e", "f", "g", "h"] {
        write(&library.out().join(name), "mine");
    }
    let before = files(&library.out());
    let error = library.guard(Options::default()).unwrap_err();
    match &error {
        Error::Foreign {
            names, more, ours, ..
        } => {
            assert_eq!(names.len(), 5);
            assert!(*more && !*ours);
        }
        other => panic!("{other:?}"),
    }
    let (message, help) = (error.to_string(), error.help().unwrap());
    assert!(message.contains("did not write: b, c, "), "{message}");
    assert!(help.contains("--keep-foreign"), "{help}");
    assert_eq!(files(&library.out()), before);
}

#[test]
fn a_foreign_file_among_ours_is_named() {
    let library = Library::new();
    library.build(A);
    write(&library.path("public/articles/notes.txt"), "mine");
    let error = library.try_build(B, Options::default()).unwrap_err();
    match &error {
        Error::Foreign {
            names, more, ours, ..
        } => {
            assert_eq!(names, &["articles/notes.txt"]);
            assert!(!*more && *ours);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(site(&library.out())["index.html"], "home");
}

#[test]
fn empty_folders_stop_nothing() {
    let library = Library::new();
    library.build(A);
    fs::create_dir_all(library.path("public/a/b/c")).unwrap();
    library.build(B);
    assert!(!library.path("public/a").exists());
}

#[test]
fn foreign_files_are_carried_over_untouched() {
    let library = Library::new();
    library.build(A);
    let out = library.out();
    write(&out.join("CNAME"), "example.org");
    write(&out.join(".git/objects/ab/cd"), "object");
    write(&out.join("articles/a/note.txt"), "mine");
    fs::create_dir_all(out.join("empty/folder")).unwrap();
    symlink("/etc", out.join("link")).unwrap();
    symlink("nowhere", out.join("articles/dangling")).unwrap();
    symlink("..", out.join("circle")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"\xff\xfe");
    fs::create_dir(out.join(odd)).unwrap();
    write(&out.join(odd).join("x"), "odd");
    fs::set_permissions(out.join(".git"), fs::Permissions::from_mode(0o700)).unwrap();
    for path in [
        "CNAME",
        ".git/objects/ab/cd",
        ".git/objects/ab",
        ".git",
        "empty",
    ] {
        age(&out.join(path));
    }
    let foreign = |name: &&String| {
        *name != MANIFEST && !A.iter().chain(B).any(|(path, _)| path == &name.as_str())
    };
    let look = || -> BTreeMap<String, (Vec<u8>, u64, SystemTime)> {
        let all = files(&out);
        all.keys()
            .filter(foreign)
            .filter(|name| !name.contains('\u{fffd}'))
            .map(|name| {
                let path = out.join(name);
                let inode = fs::symlink_metadata(&path).unwrap().ino();
                (name.clone(), (all[name].clone(), inode, modified(&path)))
            })
            .collect()
    };
    let before = look();
    let folders = || [".git/objects/ab", ".git", "empty"].map(|path| modified(&out.join(path)));
    let folder_times = folders();

    for (site_files, written) in [(B, 2), (A, 2), (A, 0)] {
        let report = library.try_build(site_files, KEEP).unwrap();
        assert_eq!((report.kept, report.written), (7, written));
        assert!(report.rescued.is_empty() && report.uncleared.is_none());
        assert_eq!(look(), before);
        assert_eq!(folders(), folder_times);
        assert!(out.join("empty/folder").is_dir());
        assert_eq!(fs::read(out.join(odd).join("x")).unwrap(), b"odd");
        let git = fs::metadata(out.join(".git")).unwrap();
        assert_eq!(git.permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::metadata(out.join("CNAME")).unwrap().nlink(), 1);
        assert!(library.litter().is_empty());
    }
    // They are still nobody's but the user's.
    let list = fs::read_to_string(out.join(MANIFEST)).unwrap();
    assert!(!list.contains("CNAME"));
    assert!(library.try_build(B, Options::default()).is_err());
}

#[test]
fn a_folder_that_goodturn_never_wrote_can_be_taken_over() {
    let library = Library::new();
    write(&library.path("public/CNAME"), "example.org");
    let report = library.try_build(A, KEEP).unwrap();
    assert_eq!((report.kept, report.written), (1, 4));
    let mut all = expected(A);
    all.insert("CNAME".into(), "example.org".into());
    assert_eq!(site(&library.out()), all);
}

#[test]
fn a_foreign_file_in_the_place_of_ones_own_is_an_error() {
    for (theirs, ours) in [
        ("a", "a"),
        ("a", "a/b"),
        ("a/b/c", "a/b"),
        ("a/.goodturn-manifest", "a"),
        (".goodturn-manifest/x", "index.html"),
    ] {
        let library = Library::new();
        write(&library.out().join(theirs), "mine");
        let before = files(&library.out());
        let error = library.try_build(&[(ours, "site")], KEEP).unwrap_err();
        match &error {
            Error::InTheWay { names, .. } => {
                assert!(names.contains(&theirs.to_owned()), "{names:?}");
            }
            other => panic!("{theirs} and {ours}: {other:?}"),
        }
        assert_eq!(files(&library.out()), before);
        assert!(library.litter().is_empty());
    }
}

#[test]
fn a_link_in_the_place_of_a_written_file_is_foreign() {
    let library = Library::new();
    library.build(A);
    let elsewhere = library.path("elsewhere.css");
    fs::rename(library.path("public/style.css"), &elsewhere).unwrap();
    symlink(&elsewhere, library.path("public/style.css")).unwrap();
    let error = library.try_build(A, Options::default()).unwrap_err();
    assert!(error.to_string().contains("style.css"), "{error}");
    let error = library.try_build(A, KEEP).unwrap_err();
    assert!(matches!(error, Error::InTheWay { .. }), "{error}");
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "body {}");
}

#[test]
fn a_file_that_appears_during_the_build_is_not_lost() {
    for options in [Options::default(), KEEP] {
        let library = Library::new();
        library.build(A);
        let report = library
            .build_with(B, options, || {
                write(&library.path("public/late/note.txt"), "mine");
                write(&library.path("public/articles/a/late"), "mine too");
                symlink("/etc", library.path("public/late/link")).unwrap();
            })
            .unwrap();
        assert!(report.rescued.is_empty() && report.uncleared.is_none());
        let mut all = expected(B);
        all.insert("late/note.txt".into(), "mine".into());
        all.insert("articles/a/late".into(), "mine too".into());
        all.insert("late/link".into(), "-> /etc".into());
        assert_eq!(site(&library.out()), all);
        assert!(library.litter().is_empty());
    }
}

#[test]
fn a_late_file_in_the_place_of_a_new_page_is_moved_aside_and_reported() {
    let library = Library::new();
    library.build(A);
    let report = library
        .build_with(B, Options::default(), || {
            write(&library.path("public/articles/b/index.html"), "mine");
        })
        .unwrap();
    assert_eq!(site(&library.out()), expected(B));
    let rescued = library.path(".public.rescued/articles/b/index.html");
    assert_eq!(report.rescued, [rescued.as_path()]);
    assert_eq!(fs::read_to_string(&rescued).unwrap(), "mine");

    // The next one does not overwrite the first.
    library.build(A);
    let report = library
        .build_with(B, Options::default(), || {
            write(&library.path("public/articles/b/index.html"), "mine again");
        })
        .unwrap();
    assert_eq!(
        fs::read_to_string(&report.rescued[0]).unwrap(),
        "mine again"
    );
    assert_eq!(fs::read_to_string(&rescued).unwrap(), "mine");
}

#[test]
fn a_kept_file_that_is_edited_during_the_build_is_not_lost() {
    let library = Library::new();
    library.build(A);
    let name = library.path("public/CNAME");
    write(&name, "old.example.org");
    let report = library
        .build_with(B, KEEP, || {
            // As editors save: a new file takes the name of the old one.
            write(&library.path("draft"), "new.example.org");
            fs::rename(library.path("draft"), &name).unwrap();
        })
        .unwrap();
    assert_eq!(
        fs::read_to_string(&report.rescued[0]).unwrap(),
        "new.example.org"
    );
}

#[test]
fn links_in_the_old_site_are_never_followed() {
    let library = Library::new();
    library.build(A);
    let outside = library.path("outside");
    write(&outside.join("a/index.html"), "precious");
    let report = library
        .build_with(B, Options::default(), || {
            fs::remove_dir_all(library.path("public/articles")).unwrap();
            symlink(&outside, library.path("public/articles")).unwrap();
        })
        .unwrap();
    assert_eq!(site(&outside), expected(&[("a/index.html", "precious")]));
    assert_eq!(site(&library.out()), expected(B));
    assert!(report.rescued[0].is_symlink());
}

#[test]
fn an_output_that_is_replaced_during_the_build_is_not_lost() {
    let library = Library::new();
    library.build(A);
    let report = library
        .build_with(B, Options::default(), || {
            fs::remove_dir_all(library.out()).unwrap();
            write(&library.out(), "a file now");
        })
        .unwrap();
    assert_eq!(site(&library.out()), expected(B));
    assert_eq!(
        fs::read_to_string(&report.rescued[0]).unwrap(),
        "a file now"
    );
}

#[test]
fn a_damaged_list_is_not_believed() {
    let library = Library::new();
    library.build(A);
    let list = library.path("public/.goodturn-manifest");
    for text in [
        "",
        "goodturn-manifest 1 4\nindex.html\n",
        "goodturn-manifest 9 0\n",
    ] {
        fs::write(&list, text).unwrap();
        let before = files(&library.out());
        let error = library.try_build(B, KEEP).unwrap_err();
        assert!(matches!(error, Error::Manifest { .. }), "{error}");
        assert!(error.help().is_some());
        assert_eq!(files(&library.out()), before);
    }
}
