//! The webhook's binary, running: on ports that it chooses, with its log.

#![expect(clippy::missing_panics_doc, reason = "what does not start or answer stops its test")]

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::https::{self, Answer};

/// What has not happened within this does not. The machine of a test may be busy.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A running webhook. It is killed when this is dropped.
#[derive(Debug)]
pub struct Webhook {
    child: Child,
    log: Arc<Log>,
    /// Where reviews are answered.
    pub reviews: SocketAddr,
    /// Where health and metrics are.
    pub health: SocketAddr,
}

#[derive(Debug, Default)]
struct Log {
    lines: Mutex<Lines>,
    more: Condvar,
}

#[derive(Debug, Default)]
struct Lines {
    lines: Vec<String>,
    ended: bool,
}

impl Webhook {
    /// Starts `serve` with a folder of certificates, and waits until it listens.
    pub fn serve(binary: &str, tls: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(binary);
        command.arg("serve").arg("--tls-dir").arg(tls).args(arguments);
        command.args(["--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"]);
        Self::start(&mut command)
    }

    /// Starts a command that becomes a `serve` with ports of its own choice.
    pub fn start(command: &mut Command) -> Self {
        let child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{error}"));
        let log = Arc::new(Log::default());
        if let Some(stderr) = child.stderr.take() {
            let log = Arc::clone(&log);
            thread::spawn(move || log.follow(BufReader::new(stderr)));
        }
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut webhook = Self { child, log, reviews: nowhere, health: nowhere };
        webhook.reviews = webhook.port("reviews");
        webhook.health = webhook.port("health");
        webhook
    }

    /// Where a port of this name is.
    pub fn port(&self, name: &str) -> SocketAddr {
        let is_it =
            |line: &Value| text(line, "message") == "listening" && text(line, "port") == name;
        let line = self.logged(is_it);
        text(&line, "address").parse().unwrap_or_else(|_| panic!("no address in {line}"))
    }

    /// Waits for a line of the log.
    pub fn logged(&self, is_it: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = self.log.lines.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let json = |line: &String| serde_json::from_str(line).unwrap_or_default();
            if let Some(found) = lines.lines.iter().map(json).find(|line| is_it(line)) {
                return found;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!lines.ended && !left.is_zero(), "not logged: {:#?}", lines.lines);
            let waited = self.log.more.wait_timeout(lines, left);
            lines = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The log up to now.
    pub fn log(&self) -> Vec<String> {
        self.log.lines.lock().unwrap_or_else(PoisonError::into_inner).lines.clone()
    }

    /// Asks the port of health and metrics.
    pub fn get(&self, path: &str) -> Answer {
        let answer = https::connect(self.health).and_then(|mut connection| connection.get(path));
        answer.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The value of a metric, with its labels as they are printed.
    pub fn metric(&self, name: &str) -> Option<f64> {
        let text = self.get("/metrics").body;
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.and_then(|value| value.parse().ok())
    }

    /// Waits until something is so.
    pub fn wait(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "{what}: never; {:#?}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, as `TERM`.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &self.process().to_string()])
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "no signal was sent");
    }

    /// Waits until it has ended.
    pub fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return status,
                Ok(None) => assert!(Instant::now() < deadline, "never ended: {:#?}", self.log()),
                Err(error) => panic!("{error}"),
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn text<'a>(line: &'a Value, field: &str) -> &'a str {
    line.get(field).and_then(Value::as_str).unwrap_or_default()
}

impl Log {
    fn follow(&self, stderr: impl BufRead) {
        for line in stderr.lines().map_while(Result::ok) {
            self.lines.lock().unwrap_or_else(PoisonError::into_inner).lines.push(line);
            self.more.notify_all();
        }
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        self.more.notify_all();
    }
}

impl Drop for Webhook {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}
