//! Where the site cannot be written.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::{Library, Run};

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A small file system over a folder.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(at: &'a Path, size: &str) -> Self {
        let mount = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                &format!("size={size}"),
                "goodturn-test",
            ])
            .arg(at)
            .output();
        match mount {
            Ok(output) if output.status.success() => Disk(at),
            Ok(output) => panic!(
                "this test mounts a small file system and must run as root; mount says: {}",
                String::from_utf8_lossy(&output.stderr)
            ),
            Err(error) => panic!("this test needs the command `mount`: {error}"),
        }
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk() {
    let library = Library::new();
    let disk = library.path("disk");
    fs::create_dir(&disk).unwrap();
    let _disk = Disk::mount(&disk, "900k");
    // One thread, so that the same file is always the one that no longer fits.
    let build = || -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command.args(["build", "--out", "disk/site"]);
        library.run_command(command.env("RAYON_NUM_THREADS", "1"))
    };
    assert_eq!(build().built(), "");
    let before = files(&disk);
    let lock = library.read("goodturn.lock");
    library.put("content/large.bin", vec![1; 2_000_000]);
    library.put("content/new.md", "# New\n");
    insta::assert_snapshot!(build().refused(), @"
    error: cannot copy ./content/large.bin to large.bin: No space left on device (os error 28)
    help: the disk is full: free some space and build again

    1 error
    ");
    assert!(files(&disk) == before, "the old site has changed");
    assert_eq!(library.read("goodturn.lock"), lock);
    fs::remove_file(library.path("content/large.bin")).unwrap();
    assert_eq!(build().built(), "");
    assert!(disk.join("site/new/index.html").is_file());
}

#[test]
fn an_output_folder_without_write_permission() {
    let library = Library::new();
    library.build().built();
    library.open_to_all();
    let before = files(&library.path("public"));
    insta::assert_snapshot!(library.build_unprivileged().refused(), @"
    error: cannot write in …/library: Permission denied (os error 13)
    help: the new site is staged beside the old one and swapped in whole, so both the output folder and the one that holds it must be writable: give yourself write permission on …/library, or choose another folder with --out

    1 error
    ");
    fs::set_permissions(&library.root, Permissions::from_mode(0o777)).unwrap();
    insta::assert_snapshot!(library.build_unprivileged().refused(), @"
    error: cannot write in …/library/public: Permission denied (os error 13)
    help: the new site is staged beside the old one and swapped in whole, so both the output folder and the one that holds it must be writable: give yourself write permission on …/library/public, or choose another folder with --out

    1 error
    ");
    assert!(files(&library.path("public")) == before);
}

#[test]
fn the_output_over_the_library() {
    let library = Library::with("private/ann.vcf", "x");
    for out in [
        ".",
        "..",
        "content",
        "content/public",
        "private",
        "templates",
        "goodturn.yaml",
        "/",
    ] {
        let before = files(library.dir.path());
        library.run(&["build", "--out", out]).refused();
        assert!(files(library.dir.path()) == before, "{out}");
    }
    insta::assert_snapshot!(library.run(&["build", "--out", "."]).refused(), @"
    error: cannot write the site to …/library: it is …/library
    help: choose a folder that holds nothing else, such as public, with --out

    1 error
    ");
    insta::assert_snapshot!(library.run(&["build", "--out", ".."]).refused(), @"
    error: cannot write the site to …: it contains …/library
    help: choose a folder that holds nothing else, such as public, with --out

    1 error
    ");
    insta::assert_snapshot!(library.run(&["build", "--out", "content/public"]).refused(), @"
    error: cannot write the site to …/library/content/public: it lies inside …/library/content
    help: choose a folder that holds nothing else, such as public, with --out

    1 error
    ");
}

#[test]
fn an_output_folder_that_holds_other_things() {
    let library = Library::with("public/thesis.txt", "years of work");
    insta::assert_snapshot!(library.build().refused(), @"
    error: …/library/public holds files that Goodturn did not write: thesis.txt
    help: Goodturn never wrote to this folder: choose another one with --out, empty it yourself, or build with --keep-foreign, which carries the files over untouched

    1 error
    ");
    assert_eq!(library.read("public/thesis.txt"), "years of work");
    let library = Library::with("public", "a file");
    insta::assert_snapshot!(library.build().refused(), @"
    error: cannot write the site to …/library/public: it is not a folder
    help: move …/library/public away, or choose another folder with --out

    1 error
    ");
}
