//! The program `git`, asked in one working tree.
//!
//! Owns how it is run: without what the environment says of repositories, without a terminal, and
//! never longer than is read.

use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rollgate_engine::Artifact;

use super::error::GitError;
use crate::file;

/// How much Git may say: the list of all files of a repository with a million of them.
const MOST_BYTES: u64 = 256 << 20;

/// How much of what Git complains about is read.
const COMPLAINT_BYTES: u64 = 16 << 10;

/// How long a line before a blob may be: a hash, a type and a size.
const HEADER_BYTES: u64 = 256;

/// The program, in a working tree.
#[derive(Debug)]
pub(super) struct Git {
    root: PathBuf,
}

impl Git {
    /// Git in the working tree that holds the working directory.
    pub(super) fn here() -> Result<Self, GitError> {
        let here = std::env::current_dir().unwrap_or_default();
        let name = here.display().to_string();
        let root = Self { root: here }.ask(&["rev-parse", "--show-toplevel"]);
        let root = root.map_err(|error| match error {
            GitError::Failed { message, .. } if message.contains("dubious ownership") => {
                GitError::NotTrusted(name)
            }
            GitError::Failed { message, .. }
                if message.contains("not a git repository") || message.contains("work tree") =>
            {
                GitError::NoRepository(name)
            }
            other => other,
        })?;
        let root = super::path_of(root.strip_suffix(b"\n").unwrap_or(&root));
        Ok(Self { root: std::fs::canonicalize(&root).unwrap_or(root) })
    }

    /// The root of the working tree, links followed.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The commit where a reference and what is checked out parted.
    pub(super) fn base(&self, reference: &str) -> Result<String, GitError> {
        let no_reference = |error| match error {
            GitError::Failed { .. } => GitError::NoReference(reference.to_owned()),
            other => other,
        };
        if reference.is_empty() {
            return Err(GitError::NoReference(String::new()));
        }
        let commit = format!("{reference}^{{commit}}");
        let commit = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let commit = line(&self.ask(&commit).map_err(no_reference)?);
        let base = self.ask(&["merge-base", &commit, "HEAD"]).map_err(|error| match error {
            GitError::Failed { .. } => GitError::NothingInCommon(reference.to_owned()),
            other => other,
        })?;
        Ok(line(&base))
    }

    /// What a command prints.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let command = arguments.first().copied().unwrap_or_default();
        let mut child = self.start(arguments, Stdio::null())?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (said, complaint) = std::thread::scope(|scope| {
            // Both at once, as a full pipe would stop Git.
            let complaint = scope.spawn(|| all_of(COMPLAINT_BYTES, stderr));
            (all_of(MOST_BYTES + 1, stdout), complaint.join().unwrap_or_default())
        });
        if said.len() as u64 > MOST_BYTES {
            finish(&mut child);
            return Err(GitError::TooLong(command.to_owned()));
        }
        let status = child.wait().map_err(GitError::NotRun)?;
        if status.success() {
            return Ok(said);
        }
        let complaint = String::from_utf8_lossy(&complaint);
        let first = complaint.lines().next().unwrap_or_default();
        let message = first.strip_prefix("fatal: ").unwrap_or(first).to_owned();
        Err(GitError::Failed { command: command.to_owned(), message })
    }

    /// The contents of blobs, under the names given. One that is larger than the limit is left out.
    pub(super) fn blobs(
        &self,
        limit: usize,
        wanted: Vec<(String, &str)>,
    ) -> Result<Vec<Artifact>, GitError> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = self.start(&["cat-file", "--batch"], Stdio::piped())?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let asked: Vec<&str> = wanted.iter().map(|(_, blob)| *blob).collect();
        let asked = asked.join("\n") + "\n";
        let read = std::thread::scope(|scope| {
            // Git answers while it is asked: both pipes would fill up.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(asked.as_bytes())));
            read_blobs(limit, wanted, BufReader::new(stdout?))
        });
        finish(&mut child);
        let failed = |message: &str| GitError::Failed {
            command: "cat-file".to_owned(),
            message: message.to_owned(),
        };
        read.ok_or_else(|| failed("a file of the commit is missing"))
    }

    fn start(&self, arguments: &[&str], stdin: Stdio) -> Result<Child, GitError> {
        let mut command = Command::new("git");
        let told = std::env::vars_os().map(|(name, _)| name);
        for name in told.filter(|name| name.to_string_lossy().starts_with("GIT_")) {
            command.env_remove(name);
        }
        command
            .args(["--no-pager", "-c", "core.fsmonitor=false"])
            .args(arguments)
            .current_dir(&self.root)
            // What Git says is recognised by its words.
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.spawn().map_err(GitError::NotRun)
    }
}

/// Reads `<hash> blob <size>`, and so many bytes and a line break, for each blob.
fn read_blobs(
    limit: usize,
    wanted: Vec<(String, &str)>,
    mut from: impl BufRead,
) -> Option<Vec<Artifact>> {
    let mut artifacts = Vec::new();
    for (name, _) in wanted {
        let mut header = String::new();
        from.by_ref().take(HEADER_BYTES).read_line(&mut header).ok()?;
        let size: u64 = header.trim_end().rsplit_once(" blob ")?.1.parse().ok()?;
        let mut content = from.by_ref().take(size);
        match file::read_from(limit, &name, &mut content) {
            Ok(artifact) => artifacts.push(artifact),
            Err(_) => io::copy(&mut content, &mut io::sink()).map(drop).ok()?,
        }
        from.read_exact(&mut [0]).ok()?;
    }
    Some(artifacts)
}

/// What a pipe gives, up to so many bytes.
fn all_of(most: u64, pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        // What breaks off is told by how Git ends.
        let _ = pipe.take(most).read_to_end(&mut bytes);
    }
    bytes
}

/// Ends a process that has said what was wanted of it.
fn finish(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).trim_end().to_owned()
}
