//! Files that cannot be read, and links between files.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::Library;

#[test]
fn a_file_without_read_permission() {
    let library =
        Library::with("content/secret.md", "Text\n").write("content/folder/x.md", "Text\n");
    library.open_to_all();
    fs::set_permissions(
        library.path("content/secret.md"),
        Permissions::from_mode(0o000),
    )
    .unwrap();
    fs::set_permissions(
        library.path("content/folder"),
        Permissions::from_mode(0o000),
    )
    .unwrap();
    let told = library.build_unprivileged().refused();
    insta::assert_snapshot!(told, @"
    error: cannot be read: permission denied
    --> content/folder

    error: cannot be read: permission denied
    --> content/secret.md

    2 errors
    ");
}

#[test]
fn settings_without_read_permission() {
    for file in [
        "goodturn.yaml",
        "industries.yaml",
        "goodturn.lock",
        "templates/article.html",
    ] {
        let library = Library::new().write(file, "");
        library.open_to_all();
        fs::set_permissions(library.path(file), Permissions::from_mode(0o000)).unwrap();
        let told = library.build_unprivileged().refused();
        assert!(told.contains("cannot be read: permission denied"), "{told}");
        assert!(told.contains(&format!("--> {file}")), "{told}");
    }
}

#[test]
fn a_loop_of_links() {
    let library = Library::new()
        .link("content/loop", "../content")
        .link("content/self.md", "self.md")
        .link("content/a.md", "b.md")
        .link("content/b.md", "a.md");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads nowhere
    --> content/a.md
     = help: take it out or mend it

    error: this link leads nowhere
    --> content/b.md
     = help: take it out or mend it

    error: this link leads round in a circle
    --> content/loop
     = help: take the symbolic link out

    error: this link leads nowhere
    --> content/self.md
     = help: take it out or mend it

    4 errors
    ");
}

#[test]
fn a_link_that_leads_nowhere() {
    let library = Library::new().link("content/gone.md", "nowhere.md");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads nowhere
    --> content/gone.md
     = help: take it out or mend it

    1 error
    ");
}

#[test]
fn a_link_out_of_the_library() {
    let library = Library::new()
        .link("content/passwd.md", "/etc/passwd")
        .link("content/etc", "/etc");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads out of the library, to /etc
    --> content/etc
     = help: copy the file into content/ instead

    error: this link leads out of the library, to /etc/passwd
    --> content/passwd.md
     = help: copy the file into content/ instead

    2 errors
    ");
    let library = Library::new()
        .link("static/passwd", "/etc/passwd")
        .link("templates/etc", "/etc");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads out of the library, to /etc/passwd
    --> static/passwd
     = help: copy the file into content/ instead

    error: this link leads out of the library, to /etc
    --> templates/etc
     = help: copy the file into content/ instead

    2 errors
    ");
}

#[test]
fn a_link_into_what_is_private() {
    let library = Library::with("private/people/ann.md", "Ann's number\n")
        .link("content/ann.md", "../private/people/ann.md")
        .link("content/people", "../private/people")
        // A folder that holds private/ leads there as well.
        .link("content/all", "..")
        .link("static/people", "../private/people");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads into private/, which is never published
    --> content/all
     = help: take the link out, or move the file to content/ if it may be public

    error: this link leads into private/, which is never published
    --> content/ann.md
     = help: take the link out, or move the file to content/ if it may be public

    error: this link leads into private/, which is never published
    --> content/people
     = help: take the link out, or move the file to content/ if it may be public

    error: this link leads into private/, which is never published
    --> static/people
     = help: take the link out, or move the file to content/ if it may be public

    4 errors
    ");
    // private/ itself may be a link.
    let library = Library::with("secrets/ann.md", "Ann's number\n")
        .link("private", "secrets")
        .link("content/ann.md", "../secrets/ann.md");
    insta::assert_snapshot!(library.build().refused(), @"
    error: this link leads into private/, which is never published
    --> content/ann.md
     = help: take the link out, or move the file to content/ if it may be public

    1 error
    ");
}

#[test]
fn private_inside_content() {
    let library = Library::with("content/private/ann.md", "Ann's number\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: private/ would be published from here
    --> content/private
     = help: move it out of content/: private/ lies beside content/, never inside

    1 error
    ");
}

#[test]
fn a_folder_with_a_files_name() {
    let library = Library::new()
        .write("content/folder.md/x.md", "Text\n")
        .write("content/b/book.yaml/x.txt", "");
    library.build().built();
    let library = Library::bare()
        .write("goodturn.yaml/x", "")
        .write("content/a.md", "Text\n");
    insta::assert_snapshot!(library.run(&["-C", ".", "build"]).refused(), @"
    error: cannot be read: it is a folder
    --> goodturn.yaml

    1 error
    ");
}

#[test]
fn paths_that_climb() {
    let library = Library::new()
        .write("content/a.md", "---\ntitle: A\nfile: ../../etc/passwd\nwhy: W\nimage: ../../../etc/hostname\n---\n[x](../../goodturn.yaml) ![y](../../../../etc/passwd) [z](%2e%2e/%2e%2e/etc/passwd)\n");
    insta::assert_snapshot!(library.build().refused(), @"
    error: there is no file `../../etc/passwd` to give
     --> content/a.md:3:7
      |
    3 | file: ../../etc/passwd
      |       ^^^^^^^^^^^^^^^^
      |
      = help: put it beside this page

    error: there is no file content/etc/hostname
     --> content/a.md:5:8
      |
    5 | image: ../../../etc/hostname
      |        ^^^^^^^^^^^^^^^^^^^^^

    error: there is no file content/goodturn.yaml
     --> content/a.md:7:1
      |
    7 | [x](../../goodturn.yaml) ![y](../../../../etc/passwd) [z](%2e%2e/%2e%2e/etc/passwd)
      | ^^^^^^^^^^^^^^^^^^^^^^^^

    error: there is no file content/etc/passwd
     --> content/a.md:7:26
      |
    7 | [x](../../goodturn.yaml) ![y](../../../../etc/passwd) [z](%2e%2e/%2e%2e/etc/passwd)
      |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    error: there is no file content/etc/passwd
     --> content/a.md:7:55
      |
    7 | [x](../../goodturn.yaml) ![y](../../../../etc/passwd) [z](%2e%2e/%2e%2e/etc/passwd)
      |                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    5 errors
    ");
    let library = Library::with(
        "content/b/book.yaml",
        "title: B\nchapters: [../../goodturn.yaml, ../fine.md]\n",
    );
    insta::assert_snapshot!(library.build().refused(), @r#"
    error: the book "B" has no chapters
    --> content/b/book.yaml
     = help: put Markdown files beside it, or list them under `chapters:`

    error: there is no chapter content/goodturn.yaml
     --> content/b/book.yaml:2:12
      |
    2 | chapters: [../../goodturn.yaml, ../fine.md]
      |            ^^^^^^^^^^^^^^^^^^^
      |
      = help: chapters lie in the folder of their book: move the file there

    error: there is no chapter content/fine.md
     --> content/b/book.yaml:2:33
      |
    2 | chapters: [../../goodturn.yaml, ../fine.md]
      |                                 ^^^^^^^^^^
      |
      = help: chapters lie in the folder of their book: move the file there

    3 errors
    "#);
}
