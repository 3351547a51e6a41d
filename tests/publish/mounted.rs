//! File systems with a will of their own. Mounting them needs root.

use std::convert::Infallible;
use std::fs;

use goodturn::publish::{Content, Error, Options, PublishError, Relation, publish};

use crate::mount::Mount;
use crate::{A, B, Library, expected, files, refused, site};

#[test]
fn a_full_disk_leaves_the_old_site() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Mount::tmpfs("size=600k", &dir.path().join("disk"));
    let library = Library::at(&disk.0.canonicalize().unwrap());
    library.build(A);
    let before = files(&library.out());
    let large = "x".repeat(50_000);
    let many: Vec<(String, &str)> = (0..40)
        .map(|n| (format!("{n}/x"), large.as_str()))
        .collect();
    let many: Vec<(&str, &str)> = many
        .iter()
        .map(|(path, text)| (path.as_str(), *text))
        .collect();
    let error = library.try_build(&many, Options::default()).unwrap_err();
    assert!(
        matches!(&error, Error::Write { path, .. } if path.ends_with("/x")),
        "{error:?}"
    );
    assert!(error.help().unwrap().contains("disk is full"));
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());

    // The same for a copied file.
    let original = dir.path().join("film.mp4");
    fs::write(&original, vec![0; 2_000_000]).unwrap();
    let outcome = publish::<Infallible, _>(
        library.guard(Options::default()).unwrap(),
        &["film.mp4"],
        |_| Ok(Content::File(original.clone())),
        || Ok(()),
    );
    match outcome {
        Err(PublishError::Publish(error @ Error::Copy { .. })) => {
            assert!(error.help().unwrap().contains("disk is full"));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());

    library.build(B);
    assert_eq!(site(&library.out()), expected(B));
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_any_work() {
    let dir = tempfile::tempdir().unwrap();
    let disk = Mount::tmpfs("size=600k", &dir.path().join("disk"));
    let library = Library::at(&disk.0.canonicalize().unwrap());
    library.build(A);
    disk.read_only();
    for out in [library.out(), library.path("not/there/yet")] {
        let error = library.guard_out(&out, Options::default()).unwrap_err();
        assert!(matches!(error, Error::NotWritable { .. }), "{error:?}");
        assert!(error.help().unwrap().contains("read-only"));
    }
    assert_eq!(site(&library.out()), expected(A));
}

#[test]
fn a_mount_point_cannot_be_swapped() {
    let library = Library::new();
    let inside = {
        let _disk = Mount::tmpfs("size=600k", &library.out());
        let error = library.guard(Options::default()).unwrap_err();
        assert!(matches!(error, Error::MountPoint { .. }), "{error}");
        assert!(error.help().unwrap().contains("--out"));
        // A folder inside it can.
        library
            .guard_out(&library.out().join("site"), Options::default())
            .map(drop)
    };
    inside.unwrap();
    // A folder of the same disk, mounted a second time, as containers do.
    let elsewhere = library.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let _disk = Mount::new(&["--bind", elsewhere.to_str().unwrap()], &library.out());
    let error = library.guard(Options::default()).unwrap_err();
    assert!(matches!(error, Error::MountPoint { .. }), "{error}");
}

#[test]
fn what_is_read_is_known_under_another_name() {
    let library = Library::new();
    let twin = library.path("twin");
    let _disk = Mount::new(
        &["--bind", library.path("content").to_str().unwrap()],
        &twin,
    );
    refused(&library, &twin.join("public"), Relation::Inside);
}
