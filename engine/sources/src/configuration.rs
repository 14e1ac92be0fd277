//! Configuration and policies: what must be read for a run to begin at all.
//!
//! Owns finding the files of a policy directory. Must not know what is in them. Unlike an input,
//! one that cannot be read ends the run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rollgate_engine::{Artifact, Limits};
use walkdir::{DirEntry, WalkDir};

use crate::bundle;
use crate::file::{self, Unread};
use crate::input::SourceError;

/// The extensions of a policy directory's files.
const EXTENSIONS: [&str; 4] = ["rego", "yaml", "yml", "json"];

/// The files in which an OPA bundle says what it is.
const BUNDLE_FILES: [&str; 2] = [".manifest", ".signatures.json"];

/// A file of a directory.
#[derive(Debug)]
pub struct FolderFile {
    /// Its path inside the directory, with `/`.
    pub path: String,
    /// Its bytes, under the name that diagnostics give it.
    pub artifact: Artifact,
}

/// The file of this name in the working directory or the nearest folder above it, as a path that
/// starts from the working directory. What has the name and cannot be read, as a link that leads nowhere,
/// is found too: reading it says so, and nothing is judged by another one.
pub fn find_above(name: &str) -> io::Result<Option<PathBuf>> {
    let here = std::env::current_dir()?;
    let exists = |folder: &Path| folder.join(name).symlink_metadata().is_ok();
    let found = here.ancestors().enumerate().find(|(_, folder)| exists(folder));
    Ok(found.map(|(up, _)| std::iter::repeat_n("..", up).collect::<PathBuf>().join(name)))
}

/// Reads one file.
///
/// # Errors
///
/// When it does not exist or cannot be read.
pub fn read_file(limits: &Limits, path: &Path) -> Result<Artifact, SourceError> {
    exists(path)?;
    Ok(file::read(limits.input_bytes, path)?)
}

/// Reads the `.rego`, `.yaml`, `.yml` and `.json` files of a directory and those below it, sorted; of
/// an OPA bundle, which has a `.manifest` or is an archive (`.tar.gz`), every file.
///
/// # Errors
///
/// When the directory does not exist, or anything in it cannot be read.
pub fn read_policies(limits: &Limits, directory: &Path) -> Result<Vec<FolderFile>, SourceError> {
    exists(directory)?;
    if bundle::is_archive(directory) {
        return Ok(bundle::read(limits, directory)?);
    }
    let is_bundle = BUNDLE_FILES.iter().any(|name| directory.join(name).is_file());
    let mut files = Vec::new();
    let walk = WalkDir::new(directory).follow_links(true).sort_by_file_name();
    let shown = |entry: &DirEntry| !file::is_hidden(entry) || (is_bundle && says_of_bundle(entry));
    for entry in walk.into_iter().filter_entry(shown) {
        let entry = entry.map_err(|error| Unread::from_walk(&error))?;
        let wanted = is_bundle || file::has_extension(entry.path(), &EXTENSIONS);
        if entry.file_type().is_dir() || !wanted {
            continue;
        }
        // A directory that is in truth a file is its own only member.
        let root = if entry.depth() == 0 { directory.parent() } else { Some(directory) };
        let inside = root.and_then(|root| entry.path().strip_prefix(root).ok());
        let inside = inside.unwrap_or(entry.path());
        let parts = inside.components().map(|part| part.as_os_str().to_string_lossy());
        files.push(FolderFile {
            path: parts.collect::<Vec<_>>().join("/"),
            artifact: file::read(limits.input_bytes, entry.path())?,
        });
    }
    Ok(files)
}

/// Whether an entry is one of the files in which a bundle says what it is.
fn says_of_bundle(entry: &DirEntry) -> bool {
    entry.depth() == 1 && BUNDLE_FILES.iter().any(|name| entry.file_name() == *name)
}

fn exists(path: &Path) -> Result<(), SourceError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(SourceError::Missing(file::display_name(path)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_directory_gives_its_files_by_their_paths_inside_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("rule")).unwrap();
        for name in ["rule/rule.rego", "rule/README.md", "data.yaml"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let files = read_policies(&Limits::default(), folder.path()).unwrap();
        let read: Vec<_> = files.iter().map(|file| (&*file.path, file.artifact.bytes())).collect();
        let expected = ["data.yaml", "rule/rule.rego"].map(|name| (name, name.as_bytes()));
        assert_eq!(read, expected);
    }
}
