//! Where the preview is found, and how it ends.

use std::io::Read;
use std::net::TcpListener;

use super::*;

#[test]
fn a_port_that_is_taken_is_said() {
    let library = Library::new(&[]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let out = library
        .command(&["serve", "--port", &port])
        .output()
        .unwrap();
    let told = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{told}");
    assert!(told.contains(&format!("port {port} is taken")), "{told}");
    assert!(told.contains("leave --port away"), "{told}");
}

#[test]
fn without_a_port_the_next_free_one_is_taken_and_said() {
    let library = Library::new(&[]);
    // Held by us, or by somebody else: either way it is taken.
    let _held = TcpListener::bind("127.0.0.1:4114");
    let first = Preview::start(library.command(&["serve"]));
    let second = Preview::start(library.command(&["serve"]));
    for preview in [&first, &second] {
        assert_ne!(preview.port, 4114);
        assert!(
            preview.said.contains("port 4114 is taken"),
            "{}",
            preview.said
        );
        assert_eq!(preview.get("/slow/").status, 200);
    }
    assert_ne!(first.port, second.port);
}

#[test]
fn where_there_is_no_library_nothing_is_served() {
    let empty = tempfile::tempdir().unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_goodturn"))
        .arg("-C")
        .arg(empty.path())
        .arg("serve")
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(
        String::from_utf8(out.stderr)
            .unwrap()
            .contains("goodturn init")
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_whoever_listens() {
    let library = Library::new(&[]);
    let mut preview = library.serve(&[]);
    let mut listener = Ask::new("/_goodturn/events").open(preview.port);
    let mut some = [0; 64];
    assert!(listener.read(&mut some).unwrap() > 0);
    assert_eq!(preview.interrupt(), Some(0));
}
