//! What the guard refuses before any work.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use goodturn::publish::{Error, Folders, Relation, guard};

use crate::{KEEP, Library, refused, write};

#[test]
fn the_output_is_never_what_is_read() {
    let library = Library::new();
    refused(&library, &library.root, Relation::Is);
    refused(&library, library.root.parent().unwrap(), Relation::Contains);
    refused(&library, Path::new("/"), Relation::Contains);
    for name in [
        "content",
        "templates",
        "themes",
        "static",
        "private",
        "src",
        ".git",
        ".goodturn",
    ] {
        // There or not.
        refused(&library, &library.path(name), Relation::Is);
        refused(&library, &library.path(name).join("a/b"), Relation::Inside);
        fs::create_dir_all(library.path(name)).unwrap();
        refused(&library, &library.path(name), Relation::Is);
        refused(&library, &library.path(name).join("a/b"), Relation::Inside);
    }
    refused(&library, &library.path("goodturn.yaml"), Relation::Is);
    // However it is spelt.
    refused(&library, &library.path("nowhere/../content"), Relation::Is);
    refused(&library, &library.path("content/.."), Relation::Is);
    symlink(library.path("content"), library.path("link")).unwrap();
    refused(&library, &library.path("link"), Relation::Is);
    refused(&library, &library.path("link/deeper"), Relation::Inside);
    symlink("..", library.path("up")).unwrap();
    refused(
        &library,
        &library.path("up/library/content/x"),
        Relation::Inside,
    );
    refused(&library, &library.path("up"), Relation::Contains);
    assert!(!library.path("content/deeper").exists());
}

#[test]
fn a_library_in_a_repository_does_not_write_into_its_git_folder() {
    let library = Library::new();
    let git = library.root.with_file_name(".git");
    refused(&library, &git, Relation::Is);
    refused(&library, &git.join("objects"), Relation::Inside);
}

#[test]
fn other_inputs_are_kept_clear_of_as_well() {
    let library = Library::new();
    let theme = library.root.with_file_name("theme");
    let refused = |out: &Path| {
        guard(
            &Folders {
                library: &library.root,
                content: &library.path("content"),
                private: &library.path("private"),
                inputs: std::slice::from_ref(&theme),
                out,
            },
            KEEP,
        )
        .unwrap_err()
    };
    for out in [theme.clone(), theme.join("public")] {
        assert!(matches!(refused(&out), Error::Overlap { .. }));
    }
}

#[test]
fn private_folders_never_lie_in_what_is_published() {
    let library = Library::new();
    let check = |content: &Path, private: &Path, out: &Path| {
        let folders = Folders {
            library: &library.root,
            content,
            private,
            inputs: &[],
            out,
        };
        let error = guard(&folders, KEEP).unwrap_err();
        assert!(matches!(error, Error::PrivateInside { .. }), "{error}");
    };
    let (content, out) = (library.path("content"), library.out());
    check(&content, &content.join("private"), &out);
    check(&content, &out.join("private"), &out);
    check(&library.root, &library.path("private"), &out);
    // Through a link.
    fs::create_dir_all(content.join("people")).unwrap();
    symlink(content.join("people"), library.path("private")).unwrap();
    check(&content, &library.path("private"), &out);
}

#[test]
fn the_output_is_a_folder() {
    let library = Library::new();
    write(&library.out(), "a file");
    for out in [library.out(), library.out().join("below")] {
        let error = library.guard_out(&out, KEEP).unwrap_err();
        assert!(matches!(error, Error::NotAFolder { .. }), "{error}");
    }
    fs::remove_file(library.out()).unwrap();
    symlink("nowhere", library.out()).unwrap();
    assert!(library.guard(KEEP).is_err());
    fs::remove_file(library.out()).unwrap();
    symlink("public", library.out()).unwrap();
    assert!(library.guard(KEEP).is_err());
}
