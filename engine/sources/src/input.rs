//! The inputs of a run: what a user names on the command line.
//!
//! Owns which files of a directory count and in which order they come. Must not know what is in
//! them. `node/` gives `node/10.yaml`, `node/20.yml`, … sorted by name; `-` is standard input.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use rollgate_engine::extract::is_containerfile;
use rollgate_engine::{Artifact, Limits};
use walkdir::WalkDir;

use crate::file::{self, Unread};

/// The extensions of files in a directory that are read; a file named by itself may have any.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// What all inputs of a run may come to, in bytes. Everything is held in memory; the largest
/// clusters' MachineConfigs are a few hundred MiB.
const TOTAL_BYTES: usize = 1 << 30;

/// Whether a file that stands so in a directory would be read.
pub(crate) fn is_read(path: &Path) -> bool {
    let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('.');
    is_input(path) && !path.components().any(hidden)
}

/// Whether a file of a directory is one to read, by its name.
fn is_input(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    file::has_extension(path, &EXTENSIONS) || is_containerfile(&name)
}

/// What the paths of a run gave.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What was read, in the order given, directories in the order of their names.
    pub artifacts: Vec<Artifact>,
    /// What was found and could not be read.
    pub unread: Vec<Unread>,
}

/// A path that a user gave and that is of no use.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is there.
    #[error("`{0}` does not exist")]
    Missing(String),
    /// It is there, and is no must-gather.
    #[error("`{0}` is no must-gather: no folder `cluster-scoped-resources` is in it")]
    NoMustGather(String),
    /// It is there and cannot be read.
    #[error(transparent)]
    Unread(#[from] Unread),
}

impl SourceError {
    /// What to do.
    pub fn help(&self) -> &str {
        match self {
            Self::Missing(_) => "check the path: it is taken from the working directory",
            Self::NoMustGather(_) => {
                "name the folder that `oc adm must-gather` wrote, or give it as a PATH"
            }
            Self::Unread(unread) => &unread.help,
        }
    }
}

/// Reads files, directories and, for `-`, standard input.
///
/// # Errors
///
/// When a path does not exist; anything else that cannot be read is in [`Inputs::unread`].
pub fn read(limits: &Limits, paths: &[PathBuf]) -> Result<Inputs, SourceError> {
    read_with(limits, paths, io::stdin())
}

fn read_with(limits: &Limits, paths: &[PathBuf], stdin: impl Read) -> Result<Inputs, SourceError> {
    let mut reader = Reader { limits, inputs: Inputs::default(), seen: BTreeSet::new(), bytes: 0 };
    let mut stdin = Some(stdin);
    for path in paths {
        if path.as_os_str() == "-" {
            if let Some(stdin) = stdin.take() {
                reader.take(file::read_from(limits.input_bytes, "<stdin>", stdin));
            }
        } else {
            reader.path(path)?;
        }
    }
    Ok(reader.inputs)
}

struct Reader<'a> {
    limits: &'a Limits,
    inputs: Inputs,
    /// The files read so far: one that is named twice is one input.
    seen: BTreeSet<PathBuf>,
    bytes: usize,
}

impl Reader<'_> {
    fn path(&mut self, path: &Path) -> Result<(), SourceError> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.directory(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(SourceError::Missing(file::display_name(path)));
            }
            _ => self.file(path),
        }
        Ok(())
    }

    fn directory(&mut self, path: &Path) {
        let walk = WalkDir::new(path).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| !file::is_hidden(entry)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if !is_input(entry.path()) => {}
                Ok(entry) => self.file(entry.path()),
                Err(error) => self.inputs.unread.push(Unread::from_walk(&error)),
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(real) {
            self.take(if self.bytes < TOTAL_BYTES {
                file::read(self.limits.input_bytes, path)
            } else {
                Err(Unread::too_many(&file::display_name(path), TOTAL_BYTES))
            });
        }
    }

    fn take(&mut self, read: Result<Artifact, Unread>) {
        match read {
            Ok(artifact) => {
                self.bytes = self.bytes.saturating_add(artifact.bytes().len());
                self.inputs.artifacts.push(artifact);
            }
            Err(unread) => self.inputs.unread.push(unread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that were read, and what is said of the others, with the folder cut off.
    fn outcome(limits: &Limits, folder: &Path, paths: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let inputs = read_with(limits, paths, &b"kind: X\n"[..]).unwrap();
        let folder = format!("{}/", file::display_name(folder));
        let short = |text: &str| text.replace(&folder, "");
        let names = inputs.artifacts.iter().map(|artifact| short(artifact.name())).collect();
        (names, inputs.unread.iter().map(|unread| short(&unread.to_string())).collect())
    }

    #[test]
    fn a_directory_is_read_in_order_and_what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("sub/.git")).unwrap();
        for name in ["b.YAML", "a.json", "notes.txt", "sub/c.yml", "sub/.git/d.yaml"] {
            fs::write(root.join(name), name).unwrap();
        }
        fs::write(root.join("large.yaml"), vec![b' '; 101]).unwrap();
        let mut expected = vec!["`large.yaml` is larger than the limit of 100 bytes"];
        #[cfg(unix)]
        {
            use std::os::unix::{fs::symlink, net::UnixListener};
            symlink(root, root.join("sub/back")).unwrap();
            symlink("nowhere", root.join("sub/dangling.yaml")).unwrap();
            UnixListener::bind(root.join("sub/socket.yaml")).unwrap();
            symlink("/dev/zero", root.join("sub/zero.yaml")).unwrap();
            expected.extend([
                "`sub/back` is a link back to `ROOT`, which holds it",
                "`sub/dangling.yaml` is gone, or is a link to a file that is not there",
                "`sub/socket.yaml` is a pipe, socket or device, not a regular file",
                "`sub/zero.yaml` is a pipe, socket or device, not a regular file",
            ]);
        }
        let limits = Limits { input_bytes: 100, ..Limits::default() };
        let paths = [root.join("sub/c.yml"), root.to_owned(), "-".into(), "-".into()];
        let (names, unread) = outcome(&limits, root, &paths);
        assert_eq!(names, ["sub/c.yml", "a.json", "b.YAML", "<stdin>"]);
        let shown = file::display_name(root);
        let unread: Vec<String> = unread.iter().map(|text| text.replace(&shown, "ROOT")).collect();
        assert_eq!(unread, expected);
    }

    #[test]
    fn a_path_that_is_not_there_is_a_usage_error() {
        let error = read(&Limits::default(), &["no/such.yaml".into()]).unwrap_err();
        assert_eq!(error.to_string(), "`no/such.yaml` does not exist");
    }
}
