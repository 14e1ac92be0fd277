//! One file, under a limit, without ever waiting for it.
//!
//! Owns what can go wrong with a file and how that reads. Must not know why the file is wanted.
//! `a.yaml` gives its bytes; `/dev/zero` gives an [`Unread`].

use std::ffi::OsStr;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use rollgate_engine::Artifact;
use rollgate_engine::report::Unjudged;

/// Something that was found and could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("`{name}` {message}")]
pub struct Unread {
    /// Its name as diagnostics give it.
    pub name: String,
    /// What is wrong, to be read after the name: lower case, literals in backticks.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Reads a file of at most `limit` bytes.
pub(crate) fn read(limit: usize, path: &Path) -> Result<Artifact, Unread> {
    let name = display_name(path);
    let refused = |error: &io::Error| Unread::from_io(&name, error);
    // Asked before it is opened: to open a pipe is to wait for its writer.
    let metadata = fs::metadata(path).map_err(|error| refused(&error))?;
    if !metadata.is_file() {
        return Err(Unread::not_regular(&name, metadata.file_type()));
    }
    if metadata.len() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(Unread::too_large(&name, limit));
    }
    let file = File::open(path).map_err(|error| refused(&error))?;
    read_from(limit, &name, file)
}

/// Reads a stream of at most `limit` bytes.
pub(crate) fn read_from(limit: usize, name: &str, stream: impl Read) -> Result<Artifact, Unread> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a stream that ends there from one that goes on.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    stream.take(most).read_to_end(&mut bytes).map_err(|error| Unread::from_io(name, &error))?;
    if bytes.len() > limit {
        return Err(Unread::too_large(name, limit));
    }
    tracing::debug!(name, bytes = bytes.len(), "read");
    Ok(Artifact::new(name, bytes))
}

/// What diagnostics call a path: relative to the working directory where it is below it, with `/`.
pub(crate) fn display_name(path: &Path) -> String {
    let working = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&working).unwrap_or(path);
    let parts = path.components().filter(|part| *part != Component::CurDir);
    let name = parts.collect::<PathBuf>().to_string_lossy().into_owned();
    let name = if cfg!(windows) { name.replace('\\', "/") } else { name };
    if name.is_empty() { ".".to_owned() } else { name }
}

/// Whether a file's name ends in one of these extensions, in whatever case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
}

/// Whether an entry of a directory is hidden: `.git`, an editor's file, a volume's `..data`.
pub(crate) fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

impl From<Unread> for Unjudged {
    fn from(unread: Unread) -> Self {
        let Unread { name, message, help } = unread;
        Self { name, place: None, message, help }
    }
}

impl Unread {
    pub(crate) fn new(name: &str, message: impl Into<String>, help: &str) -> Self {
        Self { name: name.to_owned(), message: message.into(), help: help.to_owned() }
    }

    /// A file that the operating system refuses.
    pub(crate) fn from_io(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Self::new(name, "may not be read: permission denied", "grant read permission")
            }
            io::ErrorKind::NotFound => Self::new(
                name,
                "is gone, or is a link to a file that is not there",
                "check the file, and run again when nothing changes it",
            ),
            _ => Self::new(name, format!("cannot be read: {error}"), "check the file"),
        }
    }

    /// An entry that a walk through directories could not enter.
    pub(crate) fn from_walk(error: &walkdir::Error) -> Self {
        let name = error.path().map(display_name).unwrap_or_default();
        match (error.loop_ancestor(), error.io_error()) {
            (Some(ancestor), _) => Self::new(
                &name,
                format!("is a link back to `{}`, which holds it", display_name(ancestor)),
                "remove the link",
            ),
            (None, Some(error)) => Self::from_io(&name, error),
            (None, None) => Self::new(&name, format!("cannot be read: {error}"), "check the file"),
        }
    }

    /// A file that is larger than the limit.
    pub(crate) fn too_large(name: &str, limit: usize) -> Self {
        Self::new(
            name,
            format!("is larger than the limit of {limit} bytes"),
            "split it, or raise the limit `input_bytes`",
        )
    }

    /// A file that comes after too much else.
    pub(crate) fn too_many(name: &str, total: usize) -> Self {
        Self::new(
            name,
            format!("is not read: the inputs before it come to {total} bytes"),
            "judge fewer files at a time",
        )
    }

    fn not_regular(name: &str, kind: FileType) -> Self {
        if kind.is_dir() {
            return Self::new(name, "is a directory", "name a file");
        }
        Self::new(
            name,
            "is a pipe, socket or device, not a regular file",
            "write it to a file, or pipe it in and give `-`",
        )
    }
}
