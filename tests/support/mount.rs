//! File systems that are full, or cannot be written to. Mounting them needs root.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something mounted for a test.
pub struct Mount(pub PathBuf);

impl Mount {
    /// Mounts something, as `mount OPTIONS… AT` does.
    pub fn new(options: &[&str], at: &Path) -> Mount {
        fs::create_dir_all(at).unwrap();
        let output = Command::new("mount").args(options).arg(at).output();
        let problem = match &output {
            Ok(output) if output.status.success() => return Mount(at.to_owned()),
            Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
            Err(error) => error.to_string(),
        };
        panic!("this test mounts a small file system and must run as root; mount says: {problem}");
    }

    /// A small disk in memory: `size=600k`.
    pub fn tmpfs(options: &str, at: &Path) -> Mount {
        Self::new(&["-t", "tmpfs", "-o", options, "goodturn-test"], at)
    }

    /// From here on nothing can be written to it.
    pub fn read_only(&self) {
        let status = Command::new("mount")
            .args(["-o", "remount,ro"])
            .arg(&self.0)
            .status();
        assert!(status.unwrap().success());
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
