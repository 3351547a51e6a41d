//! What stops a build, and that nothing has changed then.

use std::convert::Infallible;

use goodturn::publish::{Content, Error, Options, PublishError, publish};

use crate::{A, B, Library, expected, files, site};

#[test]
fn every_file_that_cannot_be_made_is_told_and_nothing_changes() {
    let library = Library::new();
    library.build(A);
    let before = files(&library.out());
    let outcome = publish(
        library.guard(Options::default()).unwrap(),
        &["a", "b", "c", "d"],
        |path| match path {
            "b" | "d" => Err(format!("no {path}")),
            _ => Ok(Content::Bytes(path.into())),
        },
        || panic!("there is nothing to swap"),
    );
    match outcome {
        Err(PublishError::Produce(errors)) => assert_eq!(
            errors,
            [
                ("b".to_owned(), "no b".to_owned()),
                ("d".to_owned(), "no d".to_owned())
            ]
        ),
        other => panic!("{other:?}"),
    }
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());
}

#[test]
fn an_error_before_the_swap_leaves_the_old_site() {
    let library = Library::new();
    library.build(A);
    let before = files(&library.out());
    let outcome = publish(
        library.guard(Options::default()).unwrap(),
        &["a"],
        |_| Ok(Content::Bytes(Vec::new())),
        || Err("no lock"),
    );
    assert!(matches!(outcome, Err(PublishError::BeforeSwap("no lock"))));
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());
}

#[test]
fn a_panic_leaves_the_old_site_and_nothing_else() {
    let library = Library::new();
    library.build(A);
    let before = files(&library.out());
    let target = library.guard(Options::default()).unwrap();
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let produce = |path: &str| match path {
            "b" => panic!("(meant to happen)"),
            _ => Ok::<_, Infallible>(Content::Bytes(Vec::new())),
        };
        publish(target, &["a", "b", "c"], produce, || Ok(()))
    }));
    assert!(outcome.is_err());
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());
}

#[test]
fn a_missing_original_is_named() {
    let library = Library::new();
    for original in ["content/missing.pdf", "content"] {
        let outcome = publish::<Infallible, _>(
            library.guard(Options::default()).unwrap(),
            &["files/it.pdf"],
            |_| Ok(Content::File(library.path(original))),
            || Ok(()),
        );
        let message = outcome.unwrap_err().to_string();
        assert!(
            message.contains("files/it.pdf") && message.contains(original),
            "{message}"
        );
        assert!(!library.out().exists());
        assert!(library.litter().is_empty());
    }
}

#[test]
fn a_name_too_long_is_named() {
    let library = Library::new();
    library.build(A);
    let before = files(&library.out());
    let long = format!("articles/{}/index.html", "x".repeat(300));
    let error = library
        .try_build(&[("a", "a"), (&long, "b")], Options::default())
        .unwrap_err();
    assert!(matches!(&error, Error::Write { path, .. } if *path == long));
    assert!(error.help().unwrap().contains("shorter"), "{error}");
    assert_eq!(files(&library.out()), before);
    assert!(library.litter().is_empty());
}

#[test]
fn paths_that_lead_out_are_refused_all_at_once() {
    let library = Library::new();
    let error = library
        .try_build(
            &[
                ("../escaped", ""),
                ("/tmp/escaped", ""),
                ("a", ""),
                ("A", ""),
            ],
            Options::default(),
        )
        .unwrap_err();
    assert_eq!(error.diagnostics().len(), 3);
    assert!(!library.path("escaped").exists() && !library.out().exists());
}

#[test]
fn a_second_run_fails_at_once() {
    let library = Library::new();
    let first = library.guard(Options::default()).unwrap();
    let error = library.guard(Options::default()).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }));
    assert!(error.to_string().contains("another goodturn"), "{error}");
    // Another output is another matter.
    library
        .guard_out(&library.path("elsewhere"), Options::default())
        .unwrap();
    drop(first);
    library.guard(Options::default()).unwrap();
}

#[test]
fn many_runs_at_once_never_mix() {
    let library = Library::new();
    library.build(A);
    let whole = [expected(A), expected(B)];
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let library = &library;
            scope.spawn(move || {
                for round in 0..25 {
                    let files = if (thread + round) % 2 == 0 { A } else { B };
                    match library.try_build(files, Options::default()) {
                        Ok(_) | Err(Error::Busy { .. }) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    assert!(whole.contains(&site(&library.out())));
    assert!(library.litter().is_empty());
}
