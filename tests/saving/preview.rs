//! A small library with its preview running, and a visitor.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Nothing here takes so long; a test that waits longer has failed.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A library with its preview.
pub struct Preview {
    folder: TempDir,
    process: Child,
    port: u16,
    said: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Preview {
    /// Serves a library of these files.
    pub fn of(files: &[(&str, &str)], options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        Self::start(folder, options)
    }

    /// Serves the library in a folder.
    pub fn start(folder: TempDir, options: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let mut process = Command::new(env!("CARGO_BIN_EXE_goodturn"))
            .arg("-C")
            .arg(folder.path())
            .args(["serve", "--port", &port.to_string()])
            .args(options)
            .env("SOURCE_DATE_EPOCH", "1800000000")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let said = Arc::new(Mutex::new(String::new()));
        listen(process.stdout.take().expect("piped"), &said);
        listen(process.stderr.take().expect("piped"), &said);
        let preview = Preview {
            folder,
            process,
            port,
            said,
        };
        preview.until("it has started", |preview| {
            preview.said().contains("Ctrl-C ends it")
        });
        preview
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What stands in the terminal.
    pub fn said(&self) -> String {
        self.said.lock().expect("whole").clone()
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        line.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let host = format!("127.0.0.1:{}", self.port);
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        line.write_all(request.as_bytes()).expect("it reads");
        line
    }

    /// The answer for a path.
    pub fn get(&self, path: &str) -> Answer {
        let mut bytes = Vec::new();
        self.ask(path).read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer {
            status: status.expect("a status"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Waits until something holds.
    pub fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !holds(self) {
            assert!(
                started.elapsed() < PATIENCE,
                "waited for: {what}\n{}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until a page holds a text. All the time it must be there, and whole.
    pub fn until_shown(&self, path: &str, text: &str) {
        self.until(&format!("{text} at {path}"), |preview| {
            let answer = preview.get(path);
            assert_eq!(answer.status, 200, "{path} while waiting for {text}");
            assert!(
                answer.body.trim_end().ends_with("</html>"),
                "{path} is not whole"
            );
            answer.body.contains(text)
        });
    }

    /// The news from now on, the present view first.
    pub fn news(&self) -> Receiver<Value> {
        let (send, news) = channel();
        let lines = BufReader::new(self.ask("/_goodturn/events")).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let Some(data) = line.strip_prefix("data:") else {
                    continue;
                };
                let value = serde_json::from_str(data.trim()).expect("JSON");
                if send.send(value).is_err() {
                    return;
                }
            }
        });
        news
    }

    /// Memory in use, in bytes.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        number.expect("a number") * 1024
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn listen(from: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut said = said.lock().expect("whole");
            said.push_str(&line);
            said.push('\n');
        }
    });
}
