//! Where a run stands in its repository, for formats that name files from the root of it.

use std::path::{Component, Path, PathBuf};

/// The repository that is judged.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    /// The working directory as a path from the root; empty where it is the root.
    pub folder: PathBuf,
}

impl Repository {
    /// The path of an input from the root, without steps up where that is possible.
    pub(super) fn path_of(&self, name: &str) -> String {
        let mut steps: Vec<String> = Vec::new();
        for component in self.folder.join(Path::new(name)).components() {
            match component {
                Component::ParentDir if steps.last().is_some_and(|last| last != "..") => {
                    steps.pop();
                }
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => steps.push(String::new()),
                other => steps.push(other.as_os_str().to_string_lossy().into_owned()),
            }
        }
        steps.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_the_repository() {
        let cases = [
            ("", "a.yaml", "a.yaml"),
            ("", "./a.yaml", "a.yaml"),
            ("clusters/one", "a.yaml", "clusters/one/a.yaml"),
            ("clusters/one", "../two/./a.yaml", "clusters/two/a.yaml"),
            ("", "../a.yaml", "../a.yaml"),
            ("clusters", "/tmp/a.yaml", "/tmp/a.yaml"),
        ];
        for (folder, name, expected) in cases {
            let repository = Repository { folder: folder.into() };
            assert_eq!(repository.path_of(name), expected);
        }
    }
}
