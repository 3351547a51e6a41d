//! What a killed run leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use goodturn::publish::{Content, Error, Options, publish};

use crate::{A, B, KEEP, Library, age, modified, site, write};

#[test]
fn a_stage_of_somebody_else_is_left_alone() {
    let library = Library::new();
    write(&library.path(".public.staging/site/mine"), "mine");
    let error = library.try_build(A, Options::default()).unwrap_err();
    assert!(matches!(error, Error::StageTaken { .. }), "{error}");
    assert_eq!(site(&library.path(".public.staging/site")).len(), 1);
}

#[test]
fn a_stage_that_was_just_begun_is_taken_away() {
    let library = Library::new();
    fs::create_dir_all(library.path(".public.staging/site")).unwrap();
    library.build(A);
    fs::create_dir_all(library.path(".public.staging/site")).unwrap();
    write(&library.path(".public.staging/goodturn-stage.new"), "");
    library.build(B);
    assert!(library.litter().is_empty());
}

/// Runs as a child of [`a_killed_build_leaves_a_whole_site`]: publishes one build after the other
/// until it is killed.
#[test]
fn publishes_until_killed() {
    let (Ok(root), Ok(first)) = (
        std::env::var("GOODTURN_TEST_ROOT"),
        std::env::var("GOODTURN_TEST_FIRST"),
    ) else {
        return;
    };
    let library = Library::at(Path::new(&root));
    for number in first.parse::<usize>().unwrap().. {
        publish_numbered(&library, number);
    }
}

/// The paths of a numbered build: most are in each, some in every other one.
fn numbered_paths(number: usize) -> Vec<String> {
    let page = |n| format!("articles/{n}/index.html");
    let fixed = |n| format!("fixed/{}/{n}", n % 10);
    let only = |n| format!("only-{}/{n}", number % 2);
    let mut paths: Vec<String> = (0..1500)
        .map(page)
        .chain((0..300).map(fixed))
        .chain((0..200).map(only))
        .collect();
    paths.sort();
    paths
}

fn numbered_text(path: &str, number: usize) -> String {
    match path.starts_with("fixed/") {
        true => path.to_owned(),
        false => format!("{path} of build {number}"),
    }
}

/// How long a build waits before it swaps.
const PAUSE: Duration = Duration::from_micros(400);

/// Publishes a numbered build, saying where it is for whoever waits to kill it.
fn publish_numbered(library: &Library, number: usize) {
    println!("begin");
    let produce =
        |path: &str| Ok::<_, Infallible>(Content::Bytes(numbered_text(path, number).into_bytes()));
    let target = library.guard(KEEP).unwrap();
    let report = publish(target, &numbered_paths(number), produce, || {
        println!("swap");
        // So that a kill upon this word may come before the swap as well as after it.
        std::thread::sleep(PAUSE);
        Ok(())
    })
    .unwrap();
    assert!(
        report.rescued.is_empty() && report.uncleared.is_none(),
        "{report:?}"
    );
}

/// The number of the build that is in the output; fails if it is not wholly one.
fn whole_build(library: &Library) -> usize {
    let found = site(&library.out());
    let page = &found["articles/0/index.html"];
    let number = page.rsplit(' ').next().unwrap().parse().unwrap();
    let mut wanted: BTreeMap<String, String> = numbered_paths(number)
        .into_iter()
        .map(|path| (path.clone(), numbered_text(&path, number)))
        .collect();
    wanted.insert("CNAME".into(), "example.org".into());
    let names = |site: &BTreeMap<String, String>| site.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&found), names(&wanted));
    assert!(found == wanted, "files of several builds are mixed");
    number
}

#[test]
fn a_killed_build_leaves_a_whole_site() {
    const KILLS: usize = 60;
    // In memory where there is such a place: to a kill that makes no difference, and ext4 becomes
    // very slow at making files where a hundred thousand were deleted a minute ago.
    let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
    let library = Library::within(dir.unwrap());
    write(&library.path("public/CNAME"), "example.org");
    publish_numbered(&library, 0);
    let time = age(&library.path("public/fixed/0/0"));
    let started = Instant::now();
    publish_numbered(&library, 1);
    let usual = started.elapsed();

    let mut random = fastrand::Rng::with_seed(20_261_123);
    let (mut at, mut stages, mut builds) = (1, 0, 0);
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::publishes_until_killed", "--nocapture"])
            .env("GOODTURN_TEST_ROOT", &library.root)
            .env("GOODTURN_TEST_FIRST", (at + 1).to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // At any moment of a build; right at the swap, which is so short that a kill at any moment
        // would hardly ever meet it; while the old site is taken away.
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let (word, wait) = match kill % 3 {
            0 => ("begin", usual.mul_f64(1.5 * random.f64())),
            1 => ("swap", PAUSE.mul_f64(2.0 * random.f64())),
            _ => ("swap", usual.mul_f64(random.f64())),
        };
        let heard = said.any(|line| line.unwrap().ends_with(word));
        assert!(heard, "the child failed");
        std::thread::sleep(wait);
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(9), "the child failed");

        let now = whole_build(&library);
        assert!(now >= at, "the site went back from build {at} to {now}");
        builds += now - at;
        at = now;
        stages += usize::from(library.path(".public.staging").exists());
        assert_eq!(modified(&library.path("public/fixed/0/0")), time);
    }
    // Each build here was finished or interrupted by a kill; both must have come about.
    assert!(builds > 0 && stages > 0, "{builds} builds, {stages} stages");
    // And the next one puts everything in order.
    publish_numbered(&library, at + 1);
    assert_eq!(whole_build(&library), at + 1);
    assert!(library.litter().is_empty());
}
