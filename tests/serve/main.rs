//! `goodturn serve`, as a browser meets it: the real program on small libraries, asked over the
//! network of this machine.

mod answers;
mod http;
#[path = "../support/library.rs"]
mod library;
#[path = "../support/listing.rs"]
mod listing;
mod ports;
mod refused;
mod same;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use http::{Answer, Ask};
use library::Library;

/// What counts as now: a day after everything in the sample was published.
const NOW: &str = "1800000000";

/// How long anything may take before a test fails. It never makes one pass.
const PATIENCE: Duration = Duration::from_secs(60);

impl Library {
    /// With a few pages, and these files.
    fn new(files: &[(&str, &str)]) -> Self {
        let own = [
            ("goodturn.yaml", "title: Shelf\n"),
            (
                "content/slow.md",
                "---\ntitle: Slow\ngeneral: true\n---\nHello.\n",
            ),
        ];
        Library::of(&[&own, files].concat())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goodturn"));
        command
            .arg("-C")
            .arg(self.root())
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
