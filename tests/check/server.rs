//! A little HTTP server on this machine, which counts who asks for what.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What the server does with a request.
pub enum Reply {
    /// A status with headers, each ended by `\r\n`, and no body.
    Status(u16, String),
    /// Closes the connection without a word.
    Close,
    /// Says nothing for so long.
    Silence(Duration),
}

impl Reply {
    pub fn ok() -> Self {
        Reply::Status(200, String::new())
    }

    pub fn to(status: u16, location: &str) -> Self {
        Reply::Status(status, format!("Location: {location}\r\n"))
    }
}

/// A request that came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    /// The whole head.
    pub head: String,
    pub at: Instant,
    /// How often this path was asked for before.
    pub before: usize,
}

#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    /// How many are being answered now, by host, and the most that ever were.
    now: HashMap<String, usize>,
    most: usize,
    most_of_one: usize,
}

/// The server; it lives as long as the test.
pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Answers as `answer` says.
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        // On every address of this machine: 127.0.0.1, 127.0.0.2 and so on are many hosts.
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (shared, answer) = (seen.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (shared.clone(), answer.clone());
                thread::spawn(move || serve(stream, &seen, answer.as_ref()));
            }
        });
        Server { port, seen }
    }

    /// An address of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What a command said, with a name in place of the port.
    pub fn named(&self, text: &str) -> String {
        text.replace(&format!("127.0.0.1:{}", self.port), "host")
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// Each path with the methods it was asked with, since the last call.
    pub fn take(&self) -> BTreeMap<String, Vec<String>> {
        let mut by_path: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for request in self.seen.lock().unwrap().requests.drain(..) {
            by_path
                .entry(request.path)
                .or_default()
                .push(request.method);
        }
        by_path
    }

    /// The most requests answered at once: of all hosts, and of one.
    pub fn most_at_once(&self) -> (usize, usize) {
        let seen = self.seen.lock().unwrap();
        (seen.most, seen.most_of_one)
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Seen>, answer: &dyn Fn(&Request) -> Reply) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
        // The beginning of TLS, which we do not speak; what we say is what servers say then.
        if head == [0x16] {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let _ = stream.shutdown(Shutdown::Write);
            // Closing with bytes unread would take back what we said.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
            return;
        }
    }
    let head = String::from_utf8(head).unwrap();
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let host = stream.local_addr().unwrap().ip().to_string();
    let request = {
        let mut seen = seen.lock().unwrap();
        let request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            before: seen.requests.iter().filter(|r| r.path == path).count(),
            head: head.clone(),
            at: Instant::now(),
        };
        seen.requests.push(request.clone());
        *seen.now.entry(host.clone()).or_default() += 1;
        seen.most = seen.most.max(seen.now.values().sum());
        seen.most_of_one = seen.most_of_one.max(seen.now[&host]);
        request
    };
    let reply = answer(&request);
    if let Reply::Silence(time) = reply {
        thread::sleep(time);
    }
    *seen.lock().unwrap().now.get_mut(&host).unwrap() -= 1;
    if let Reply::Status(status, headers) = reply {
        let text = format!("HTTP/1.1 {status} Because\r\n{headers}Content-Length: 0\r\n\r\n");
        let _ = stream.write_all(text.as_bytes());
    }
    let _ = stream.shutdown(Shutdown::Both);
}
