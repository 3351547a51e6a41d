//! Reads the command line, calls one command, and turns its outcome into an exit code.
fn main() -> std::process::ExitCode {
    goodturn::commands::main()
}
