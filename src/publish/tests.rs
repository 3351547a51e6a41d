//! What cannot be brought about from outside: the swap in two steps, and each state that a killed
//! run can leave.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::swap::{Method, Old};
use super::tree::Foreign;
use super::*;

const OLD: &[(&str, &str)] = &[("index.html", "old"), ("a/index.html", "a"), ("gone", "x")];
const NEW: &[(&str, &str)] = &[("index.html", "new"), ("a/index.html", "a"), ("b/c", "b")];

fn hold(library: &Path, options: Options) -> Result<Guarded, Error> {
    guard(
        &Folders {
            library,
            content: &library.join("content"),
            private: &library.join("private"),
            inputs: &[],
            out: &library.join("public"),
        },
        options,
    )
}

fn build(library: &Path, files: &[(&str, &str)], method: Method) -> Report {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let paths: Vec<&str> = files.keys().copied().collect();
    let mut target = hold(library, Options { keep_foreign: true }).unwrap();
    target.method = method;
    let produce = |path: &str| Ok::<_, Infallible>(Content::Bytes(files[path].into()));
    publish(target, &paths, produce, || {
        // For whoever waits to kill it.
        println!("swap");
        Ok(())
    })
    .unwrap()
}

fn library() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap().join("library");
    fs::create_dir(&root).unwrap();
    (dir, root)
}

fn files(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != manifest::NAME)
        .map(|entry| {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap();
            (name.to_owned(), fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn is_tidy(library: &Path) -> bool {
    let mut names = fs::read_dir(library).unwrap();
    names.all(|entry| {
        !entry
            .unwrap()
            .file_name()
            .to_str()
            .unwrap()
            .starts_with(".public")
    })
}

/// A library with the old site published and the new one staged, nothing swapped yet, and the
/// stage left as a killed run leaves it.
fn interrupted() -> (tempfile::TempDir, PathBuf, Places) {
    let (dir, root) = library();
    build(&root, OLD, Method::Exchange);
    let places = hold(&root, Options::default()).unwrap().places.clone();
    let stage = Stage::create(&places).unwrap();
    for (path, text) in NEW {
        stage.write(path, text.as_bytes()).unwrap();
    }
    let mut paths: Vec<&str> = NEW.iter().map(|(path, _)| *path).collect();
    paths.sort_unstable();
    stage.write_manifest(&Manifest::text(&paths)).unwrap();
    stage.swapped();
    (dir, root, places)
}

/// What the next run finds and leaves.
fn after_recovery(root: &Path) -> BTreeMap<String, String> {
    let target = hold(root, Options { keep_foreign: true }).unwrap();
    assert!(target.rescued.is_empty());
    drop(target);
    assert!(is_tidy(root));
    files(&root.join("public"))
}

#[test]
fn two_steps_do_what_one_does() {
    let (_dir, root) = library();
    build(&root, OLD, Method::TwoSteps);
    write(&root.join("public/CNAME"), "example.org");
    let report = build(&root, NEW, Method::TwoSteps);
    assert_eq!((report.written, report.unchanged), (2, 1));
    assert_eq!((report.removed, report.kept), (1, 1));
    let mut all = expected(NEW);
    all.insert("CNAME".into(), "example.org".into());
    assert_eq!(files(&root.join("public")), all);
    assert!(is_tidy(&root));
}

#[test]
fn killed_while_staging() {
    let (_dir, root, places) = interrupted();
    assert!(places.site.exists());
    assert_eq!(after_recovery(&root), expected(OLD));
}

#[test]
fn killed_after_the_exchange() {
    let (_dir, root, places) = interrupted();
    assert_eq!(swap::swap(&places, Method::Exchange).unwrap(), Old::InSite);
    assert_eq!(after_recovery(&root), expected(NEW));
}

#[test]
fn killed_after_the_exchange_a_late_file_is_not_lost() {
    let (_dir, root, places) = interrupted();
    write(&root.join("public/late"), "mine");
    swap::swap(&places, Method::Exchange).unwrap();
    // Part of the old site is gone already.
    fs::remove_file(places.site.join("index.html")).unwrap();
    let mut all = expected(NEW);
    all.insert("late".into(), "mine".into());
    assert_eq!(after_recovery(&root), all);
}

#[test]
fn killed_between_the_two_steps() {
    let (_dir, root, places) = interrupted();
    fs::rename(&places.out, &places.previous).unwrap();
    assert_eq!(after_recovery(&root), expected(OLD));
}

#[test]
fn killed_after_the_two_steps() {
    let (_dir, root, places) = interrupted();
    assert_eq!(
        swap::swap(&places, Method::TwoSteps).unwrap(),
        Old::InPrevious
    );
    assert_eq!(after_recovery(&root), expected(NEW));
}

#[test]
fn killed_after_the_first_swap_of_all() {
    let (_dir, root, places) = interrupted();
    fs::remove_dir_all(&places.out).unwrap();
    assert_eq!(swap::swap(&places, Method::Exchange).unwrap(), Old::None);
    assert_eq!(after_recovery(&root), expected(NEW));
}

#[test]
fn killed_while_tidying_up() {
    let (_dir, root, places) = interrupted();
    swap::swap(&places, Method::Exchange).unwrap();
    fs::remove_dir_all(&places.site).unwrap();
    assert_eq!(after_recovery(&root), expected(NEW));
}

#[test]
fn a_stage_that_was_copied_elsewhere_is_not_taken_for_a_stage() {
    // The copy has other inodes, so it may be an old site with files of somebody else in it.
    let (_dir, root, places) = interrupted();
    let copy = places.container.join("copy");
    write(&copy.join("mine"), "mine");
    fs::remove_dir_all(&places.site).unwrap();
    fs::rename(copy, &places.site).unwrap();
    let target = hold(&root, Options::default()).unwrap();
    assert_eq!(target.rescued, [root.join(".public.rescued/mine")]);
    assert_eq!(files(target.out()), expected(OLD));
}

#[test]
fn a_swap_that_fails_changes_nothing() {
    let (_dir, root, places) = interrupted();
    fs::rename(&places.site, root.join("elsewhere")).unwrap();
    for method in [Method::Exchange, Method::TwoSteps] {
        let error = swap::swap(&places, method).unwrap_err();
        assert!(matches!(error, Error::Swap { .. }), "{error}");
        assert_eq!(files(&places.out), expected(OLD));
    }
}

#[test]
fn a_kept_file_that_had_to_be_copied_is_put_back_itself() {
    let (_dir, root, places) = interrupted();
    let original = places.out.join("sub/CNAME");
    write(&original, "example.org");
    let identity = disk::Identity::of(&original);
    // As where the file system knows no second names.
    write(&places.site.join("sub/CNAME"), "example.org");
    swap::swap(&places, Method::Exchange).unwrap();
    assert_ne!(disk::Identity::of(&original), identity);
    assert_eq!(clear(&places, Old::InSite).unwrap(), Vec::<PathBuf>::new());
    assert_eq!(disk::Identity::of(&original), identity);
    assert!(is_tidy(&root));
}

#[test]
fn a_stage_that_was_exchanged_for_another_folder_is_noticed() {
    let (_dir, root) = library();
    let places = hold(&root, Options::default()).unwrap().places.clone();
    let stage = Stage::create(&places).unwrap();
    assert!(stage.is_intact());
    fs::rename(&places.site, root.join("elsewhere")).unwrap();
    assert!(!stage.is_intact());
    fs::create_dir(&places.site).unwrap();
    assert!(!stage.is_intact());
}

#[test]
fn a_kept_file_that_is_gone_is_no_error() {
    let (_dir, root) = library();
    build(&root, OLD, Method::Exchange);
    let places = hold(&root, Options::default()).unwrap().places.clone();
    let stage = Stage::create(&places).unwrap();
    let foreign = [("away", true), ("away/file", false), ("other", false)];
    stage
        .carry(&foreign.map(|(path, folder)| Foreign {
            path: path.into(),
            folder,
        }))
        .unwrap();
    drop(stage);
    assert!(is_tidy(&root));
}

/// Runs as a child of [`a_kill_between_two_steps_is_put_right`].
#[test]
fn swaps_until_killed() {
    let Ok(root) = std::env::var("GOODTURN_TEST_SWAPS") else {
        return;
    };
    for files in [NEW, OLD].iter().cycle() {
        build(Path::new(&root), files, Method::TwoSteps);
    }
}

#[test]
fn a_kill_between_two_steps_is_put_right() {
    let (_dir, root) = library();
    build(&root, OLD, Method::TwoSteps);
    write(&root.join("public/CNAME"), "example.org");
    let whole = [OLD, NEW].map(|files| {
        let mut all = expected(files);
        all.insert("CNAME".into(), "example.org".into());
        all
    });
    let mut random = fastrand::Rng::with_seed(20_261_123);
    let mut left = 0;
    for _ in 0..60 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "publish::tests::swaps_until_killed",
                "--nocapture",
            ])
            .env("GOODTURN_TEST_SWAPS", &root)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..random.usize(1..4) {
            let heard = said.any(|line| line.unwrap().ends_with("swap"));
            assert!(heard, "the child failed");
        }
        std::thread::sleep(Duration::from_micros(random.u64(0..300)));
        child.kill().unwrap();
        child.wait().unwrap();
        left += usize::from(root.join(".public.staging").exists());
        assert!(whole.contains(&after_recovery(&root)));
    }
    assert!(left > 0, "no build was ever interrupted");
}
