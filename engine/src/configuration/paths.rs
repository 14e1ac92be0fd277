//! Paths: the files that a part of a configuration is for, by globs.
//!
//! Owns how the name of an input becomes a path in the tree that the globs start from. Must not
//! touch a file: names are taken as they are, links and all.
//! `legacy/**` in `rollgate.yaml` covers `../legacy/a.yaml`, read from a folder beside `legacy`.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet};

use crate::report::Place;

/// Where globs start, and where the names of inputs do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    root: PathBuf,
    here: PathBuf,
}

/// The files that some globs cover.
#[derive(Debug, Clone)]
pub struct Paths {
    globs: GlobSet,
    written: Vec<String>,
    tree: Tree,
}

/// Why a glob is none.
#[derive(Debug, thiserror::Error)]
pub(super) enum GlobError {
    #[error("the glob is empty")]
    Empty,
    #[error(
        "the glob `{0}` does not start in the folder: begin it with the name of a file or folder"
    )]
    Outside(String),
    #[error("`{glob}` is not a glob: {reason}")]
    Malformed { glob: String, reason: String },
}

impl Tree {
    /// Globs that start in `root`, for inputs that are named as seen from `here`. Both are absolute,
    /// or both empty, where they are the same.
    pub const fn new(root: PathBuf, here: PathBuf) -> Self {
        Self { root, here }
    }

    /// The path of an input in the tree; none where it is outside.
    fn path_of(&self, name: &str) -> Option<PathBuf> {
        let path = normal(&self.here.join(name))?;
        Some(path.strip_prefix(normal(&self.root)?).ok()?.to_owned())
    }
}

impl Paths {
    /// The files that any of these globs covers. `*` stays within a folder, `**` does not, and what
    /// ends in `/` is a folder with all in it.
    pub(super) fn new(written: Vec<String>, tree: Tree) -> Result<Self, GlobError> {
        let mut globs = GlobSet::builder();
        for glob in &written {
            let bare = glob.strip_prefix("./").unwrap_or(glob);
            if bare.is_empty() {
                return Err(GlobError::Empty);
            }
            if bare.starts_with('/') || bare.split('/').any(|step| step == "..") {
                return Err(GlobError::Outside(glob.clone()));
            }
            let whole = if bare.ends_with('/') { format!("{bare}**") } else { bare.to_owned() };
            let malformed = |error: &globset::Error| GlobError::Malformed {
                glob: glob.clone(),
                reason: error.kind().to_string(),
            };
            let built = GlobBuilder::new(&whole).literal_separator(true).build();
            globs.add(built.map_err(|error| malformed(&error))?);
        }
        let globs = globs.build().map_err(|error| GlobError::Malformed {
            glob: written.join(", "),
            reason: error.kind().to_string(),
        })?;
        Ok(Self { globs, written, tree })
    }

    /// Whether a place is in one of the files.
    pub fn cover(&self, place: &Place) -> bool {
        self.cover_input(&place.name)
    }

    /// Whether the input of this name is one of the files.
    pub fn cover_input(&self, name: &str) -> bool {
        self.tree.path_of(name).is_some_and(|path| self.globs.is_match(path))
    }

    /// The globs as written.
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

impl PartialEq for Paths {
    fn eq(&self, other: &Self) -> bool {
        (&self.written, &self.tree) == (&other.written, &other.tree)
    }
}

impl Eq for Paths {}

/// The path without `.` and `..`; none where it leaves the tree that it starts in.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => {
                normal.push(component);
            }
        }
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_paths_of_the_tree() {
        let tree = Tree::new("/home/us/repository".into(), "/home/us/repository/ci".into());
        let paths = |glob: &str| Paths::new(vec![glob.to_owned()], tree.clone()).unwrap();
        let legacy = paths("./legacy/");
        for (name, covered) in [
            ("../legacy/a.yaml", true),
            ("../legacy/deep/a.yaml", true),
            ("/home/us/repository/legacy/a.yaml", true),
            ("legacy/a.yaml", false),
            ("../../legacy/a.yaml", false),
            ("../../../../../../legacy/a.yaml", false),
        ] {
            assert_eq!(legacy.cover_input(name), covered, "{name}");
        }
        assert!(paths("ci/*.yaml").cover_input("a.yaml"));
        assert!(!paths("ci/*.yaml").cover_input("deep/a.yaml"));
    }
}
