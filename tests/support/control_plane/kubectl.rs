//! Calls of `kubectl`, whole input to whole output.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// The program, and a folder for what it caches.
#[derive(Debug)]
pub(super) struct Kubectl<'a> {
    pub(super) program: &'a Path,
    pub(super) folder: &'a Path,
}

/// What a call of `kubectl` came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error: warnings and refusals.
    pub stderr: String,
}

impl Kubectl<'_> {
    pub(super) fn call(&self, kubeconfig: &Path, arguments: &[&str], stdin: &str) -> Answer {
        let mut child = Command::new(self.program)
            .arg("--kubeconfig")
            .arg(kubeconfig)
            .arg("--cache-dir")
            .arg(self.folder.join("kubectl-cache"))
            .args(arguments)
            .env("HOME", self.folder)
            .env_remove("KUBECONFIG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.program.display()));
        if let Some(mut pipe) = child.stdin.take() {
            // It may refuse before it has read everything.
            let _ = pipe.write_all(stdin.as_bytes());
        }
        let output = child.wait_with_output().unwrap_or_else(|error| panic!("`kubectl`: {error}"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer {
            code: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }
}

impl Answer {
    /// Itself, where the call did what it was asked; the test fails otherwise.
    #[track_caller]
    #[expect(clippy::return_self_not_must_use, reason = "often only success matters")]
    pub fn succeed(self) -> Self {
        assert!(self.code == 0, "`kubectl` failed: {}{}", self.stdout, self.stderr);
        self
    }

    /// Its output as JSON, for calls with `-o json` that have to succeed.
    #[track_caller]
    pub fn json(self) -> Value {
        let answer = self.succeed();
        serde_json::from_str(&answer.stdout)
            .unwrap_or_else(|error| panic!("not JSON: {error}: {}", answer.stdout))
    }
}
