//! Git: which files changed since a reference, and what they were before.
//!
//! Owns how `git` is asked. It is the program and not a library, as only the program knows every
//! format and setting of a repository that people have, and a library would weigh as much as all of
//! rollgate. Must not decide what a change means. A file counts as unchanged only where Git tracks
//! it and finds no difference, so that what Git does not know is never taken for unchanged.
//!
//! Nothing that the environment says of a repository is heeded, and a reference is never taken for an
//! option. No setting can have another program run, but for the filters of the user's own settings,
//! without which Git could not compare contents that they keep.

mod ask;
mod error;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rollgate_engine::{Artifact, Limits};

use crate::{file, input};
use ask::Git;
pub use error::GitError;

/// What changed in the working tree since a reference parted from what is checked out.
#[derive(Debug)]
pub struct ChangedFiles {
    git: Git,
    /// The files that differ, from the root of the working tree, and the blob that each was before.
    differing: BTreeMap<PathBuf, Option<String>>,
    /// The files that Git tracks and looks at.
    tracked: BTreeSet<PathBuf>,
}

/// What inputs were before a change.
#[derive(Debug)]
pub struct Before {
    /// Those that were there, under their names, and those that were removed since.
    pub artifacts: Vec<Artifact>,
    /// How many were removed.
    pub removed: usize,
}

impl ChangedFiles {
    /// The changes since a reference, as a pull request shows them (`git diff REF...HEAD`), and
    /// those that are not yet committed.
    ///
    /// # Errors
    ///
    /// When there is no such reference, no repository or no `git`.
    pub fn since(reference: &str) -> Result<Self, GitError> {
        let git = Git::here()?;
        let base = git.base(reference)?;
        let difference = git.ask(&[
            "diff",
            "--raw",
            "-z",
            "--no-renames",
            "--no-abbrev",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--ignore-submodules=all",
            &base,
            "--",
        ])?;
        let tracked = git.ask(&["ls-files", "-v", "-z", "--full-name", "--"])?;
        Ok(Self { differing: differing(&difference), tracked: looked_at(&tracked), git })
    }

    /// Whether a file changed: one that is not tracked did.
    pub fn changed(&self, path: &Path) -> bool {
        // A link on the way that leads elsewhere than before is a change as well.
        self.way(path).is_none_or(|places| {
            let tracked = places.last().is_some_and(|file| self.tracked.contains(file));
            !tracked || places.iter().any(|place| self.differing.contains_key(place))
        })
    }

    /// What the inputs were that these paths name; `now` are the inputs as they are. A file that was
    /// no regular file of the repository was none.
    ///
    /// # Errors
    ///
    /// When Git does not give what it has.
    pub fn before(
        &self,
        limits: &Limits,
        paths: &[PathBuf],
        now: &[Artifact],
    ) -> Result<Before, GitError> {
        let mut artifacts = Vec::new();
        let mut wanted: Vec<(String, &str)> = Vec::new();
        for artifact in now {
            let path = Path::new(artifact.name());
            if !self.changed(path) {
                artifacts.push(artifact.clone());
            } else if let Some(blob) = self.blob(path) {
                wanted.push((artifact.name().to_owned(), blob));
            }
        }
        let folders: Vec<PathBuf> = paths.iter().filter_map(|path| self.way(path)?.pop()).collect();
        let gone = self.differing.iter().filter(|(path, _)| !self.git.root().join(path).exists());
        let mut removed = 0;
        for (path, blob) in gone {
            let inside = |folder: &PathBuf| path.strip_prefix(folder).is_ok_and(input::is_read);
            if let Some(blob) = blob
                && folders.iter().any(inside)
            {
                removed += 1;
                wanted.push((file::display_name(&self.git.root().join(path)), blob));
            }
        }
        artifacts.extend(self.git.blobs(limits.input_bytes, wanted)?);
        Ok(Before { artifacts, removed })
    }

    /// What a file was that changed, where the way to it did not.
    fn blob(&self, path: &Path) -> Option<&str> {
        let mut places = self.way(path)?;
        let file = places.pop()?;
        let relinked = places.iter().any(|place| self.differing.contains_key(place));
        self.differing.get(&file).filter(|_| !relinked)?.as_deref()
    }

    /// The places that a path leads over, from the root of the working tree; the last is the file.
    /// None where that is outside of it.
    fn way(&self, path: &Path) -> Option<Vec<PathBuf>> {
        let places = walk::places(path)?;
        let inside = |place: &PathBuf| place.strip_prefix(self.git.root()).ok().map(Path::to_owned);
        let inside: Vec<Option<PathBuf>> = places.iter().map(inside).collect();
        inside.last()?.as_ref()?;
        Some(inside.into_iter().flatten().collect())
    }
}

/// Reads `:<mode> <mode> <blob> <blob> <status>`, each followed by its path.
fn differing(output: &[u8]) -> BTreeMap<PathBuf, Option<String>> {
    let mut differing = BTreeMap::new();
    let mut parts = output.split(|byte| *byte == 0);
    while let (Some(header), Some(path)) = (parts.next(), parts.next()) {
        let header = String::from_utf8_lossy(header);
        let mut fields = header.trim_start_matches(':').split(' ');
        let (mode, blob) = (fields.next().unwrap_or_default(), fields.nth(1));
        let regular = mode.starts_with("100");
        let blob = blob.filter(|_| regular).map(ToOwned::to_owned);
        // A path in conflict is listed twice, once without what it was.
        let known = differing.entry(path_of(path)).or_insert(None);
        *known = known.take().or(blob);
    }
    differing
}

/// Reads `H <path>`. Any other letter is a file that Git was told not to look at, or is in conflict.
fn looked_at(output: &[u8]) -> BTreeSet<PathBuf> {
    output
        .split(|byte| *byte == 0)
        .filter_map(|entry| entry.strip_prefix(b"H "))
        .map(path_of)
        .collect()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
