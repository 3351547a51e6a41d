//! `goodturn serve`, as a browser meets it: the real program on small libraries, asked over the
//! network of this machine.

mod answers;
mod http;
mod ports;
mod refused;
mod same;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

use http::{Answer, Ask};

/// What counts as now: a day after everything in the sample was published.
const NOW: &str = "1800000000";

/// How long anything may take before a test fails. It never makes one pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// A library in a folder of its own.
struct Library {
    dir: TempDir,
}

impl Library {
    /// With a few pages, and these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let library = Library {
            dir: tempfile::tempdir().unwrap(),
        };
        library.write("goodturn.yaml", "title: Shelf\n");
        library.write(
            "content/slow.md",
            "---\ntitle: Slow\ngeneral: true\n---\nHello.\n",
        );
        for (path, text) in files {
            library.write(path, text);
        }
        library
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    fn write(&self, relative: &str, text: impl AsRef<[u8]>) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .arg("-C")
            .arg(self.dir.path())
            .args(args)
            .env("SOURCE_DATE_EPOCH", NOW);
        command
    }

    /// Starts the preview on any free port.
    fn serve(&self, args: &[&str]) -> Preview {
        let port = free_port().to_string();
        let mut all = vec!["serve", "--port", &port];
        all.extend(args);
        Preview::start(self.command(&all))
    }

    /// Every file and folder with what would change if it were written.
    fn listing(&self) -> BTreeMap<PathBuf, (u64, SystemTime)> {
        walkdir::WalkDir::new(self.dir.path())
            .into_iter()
            .map(|entry| {
                let entry = entry.unwrap();
                let metadata = entry.metadata().unwrap();
                let looks = (metadata.len(), metadata.modified().unwrap());
                (entry.into_path(), looks)
            })
            .collect()
    }
}

/// A preview that runs; it ends with the test.
struct Preview {
    child: Child,
    /// What it said at the start.
    said: String,
    port: u16,
}

impl Preview {
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Ctrl-C") {
            assert!(out.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        }
        // It must not wait for us when it has more to say.
        std::thread::spawn(move || out.read_to_end(&mut Vec::new()));
        let url = said.lines().find(|line| line.contains("http://")).unwrap();
        let port = url.rsplit(':').next().unwrap().split('/').next().unwrap();
        let port = port.parse().unwrap();
        Preview { child, said, port }
    }

    /// Asks for a path with nothing but the host.
    fn get(&self, path: &str) -> Answer {
        Ask::new(path).to(self.port)
    }

    /// Interrupts it, and gives its exit code.
    #[cfg(unix)]
    fn interrupt(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not end");
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// The repository, which is the sample library.
fn sample() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
