//! Programs in the background that never outlive the test.
//!
//! Owns their start and end. Must not know which programs they are.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long something may take to come about: several suites may share two cores.
const PATIENCE: Duration = Duration::from_mins(2);

/// Holds the program, waits for the end of its standard input, which is a pipe from the test, and
/// kills it. The pipe ends when the value is dropped, and also when the test's process is killed. The
/// first argument is a folder that goes with the program, if any.
const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$1
shift
"$@" &
program=$!
cat >/dev/null
kill -9 $program 2>/dev/null
wait $program 2>/dev/null
[ -z "$folder" ] || rm -rf "$folder"
"#;

/// A program that runs until this is dropped, or until the test's process ends, in whatever way.
#[derive(Debug)]
pub(super) struct Process {
    keeper: Child,
    pipe: Option<ChildStdin>,
}

impl Process {
    /// Starts a program, whose output goes to the end of a file.
    pub(super) fn start(program: &Path, flags: &[String], log: &Path) -> Self {
        Self::keep(program, flags, log, "".as_ref())
    }

    /// Starts a program, and removes the folder when it has ended: a value that is never dropped, as
    /// one that all tests share, removes nothing by itself.
    pub(super) fn start_in(folder: &Path, program: &Path, flags: &[String], log: &Path) -> Self {
        Self::keep(program, flags, log, folder)
    }

    fn keep(program: &Path, flags: &[String], log: &Path, folder: &Path) -> Self {
        let open = || File::options().create(true).append(true).open(log);
        let (stdout, stderr) = open()
            .and_then(|file| Ok((file.try_clone()?, file)))
            .unwrap_or_else(|error| panic!("{} cannot be written: {error}", log.display()));
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(folder)
            .arg(program)
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .unwrap_or_else(|error| panic!("`sh` does not start: {error}"));
        let pipe = keeper.stdin.take();
        Self { keeper, pipe }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.keeper.wait();
    }
}

/// A port of loopback that nobody listens on now.
pub(super) fn free_port() -> u16 {
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    address.unwrap_or_else(|error| panic!("no port is free: {error}")).port()
}

/// Whether something comes about before patience ends.
pub(super) fn poll(mut done: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while !done() {
        if Instant::now() > end {
            return false;
        }
        thread::sleep(Duration::from_millis(100));
    }
    true
}

/// The end of a log.
pub(super) fn log(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let lines: Vec<_> = text.lines().rev().take(40).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
