//! Runs of the binary: a folder to run it in, and what came back as one text.

use std::fmt;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// What leaves of the library the rule that [`FAULTY`](crate::inputs::FAULTY) breaks.
pub(crate) const ONE_RULE: &str = "--rule pool.mitigations-disabled";

/// A folder of its own, in which rollgate runs.
pub(crate) struct Folder(TempDir);

/// What a run said. Its text is a snapshot: what differs between machines and versions is left out.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    folder: String,
}

impl Folder {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that it stands in.
    pub(crate) fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
    }

    /// `rollgate check` without a configuration, on a day of which waivers and dates may depend.
    pub(crate) fn check(&self, arguments: &str) -> Run {
        self.rollgate(&format!("check --no-config --date 2026-11-21 {arguments}"))
    }

    /// The same by the one rule that [`FAULTY`](crate::inputs::FAULTY) breaks: where something could not
    /// be read, a snapshot would list and count every rule of the library that could not judge.
    pub(crate) fn check_by_one_rule(&self, arguments: &str) -> Run {
        self.check(&format!("{ONE_RULE} {arguments}"))
    }

    /// `rollgate` with these arguments, which stand apart by spaces.
    pub(crate) fn rollgate(&self, arguments: &str) -> Run {
        self.rollgate_reading(arguments, "")
    }

    /// The same, with a standard input.
    pub(crate) fn rollgate_reading(&self, arguments: &str, stdin: &str) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        // A run that ends without reading it closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        Run::of(self, child.wait_with_output().unwrap())
    }

    /// The command itself, for what a test wants to do otherwise.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollgate"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.path())
            .env_clear()
            // The images of the examples are in no registry.
            .env("ROLLGATE_IMAGES", "given")
            .env("ROLLGATE_CACHE", self.path().join(".cache"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

impl Run {
    pub(crate) fn of(folder: &Folder, output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or_else(|| panic!("killed: {}", output.status)),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            folder: folder.path().display().to_string(),
        }
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "exit code {}", self.code)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                let text = text.replace(&self.folder, "[FOLDER]");
                write!(formatter, "\n--- {name}\n{}", without_counts(&without_digests(&text)))?;
            }
        }
        Ok(())
    }
}

/// The text with `sha256:…` for every digest, whole or as Markdown shortens it: those of policies change
/// with every rule.
fn without_digests(text: &str) -> String {
    const HEX_DIGITS: [usize; 2] = [64, 12];
    let mut parts = text.split("sha256:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (digest, rest) = part.split_at(if HEX_DIGITS.contains(&digits) { digits } else { 0 });
        text + "sha256:" + if digest.is_empty() { "" } else { "…" } + rest
    })
}

/// The text with `…` for the number of rules that judge, which grows with every rule.
fn without_counts(text: &str) -> String {
    let counted = |line: &str| match line.split_once("\"rules\": ") {
        Some((margin, rest)) if rest.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{margin}\"rules\": …,\n")
        }
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(counted).collect()
}
