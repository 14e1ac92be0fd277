//! The way to a file, link by link.
//!
//! Owns which places a path leads over: a change of any of them is a change of what is read. Must
//! not know what changed. `mc/link.yaml` leads over `mc`, `mc/link.yaml` and `mc/target.yaml`.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// How many links are followed, as many as Linux does.
const LINKS: usize = 40;

/// Every place that a path leads over, the last of them the file itself; none where it leads nowhere.
pub(super) fn places(path: &Path) -> Option<Vec<PathBuf>> {
    // The working directory is told without links.
    let whole = std::env::current_dir().ok()?.join(path);
    let mut steps: VecDeque<Step> = steps(&whole).collect();
    let mut places = Vec::new();
    let mut at = PathBuf::new();
    let mut links = 0;
    while let Some(step) = steps.pop_front() {
        match step {
            Step::Root(root) => at = root,
            Step::Up => drop(at.pop()),
            Step::Down(name) => {
                let place = at.join(name);
                let link = place.symlink_metadata().ok()?.is_symlink();
                places.push(place.clone());
                if link {
                    links += 1;
                    let target = std::fs::read_link(&place).ok().filter(|_| links <= LINKS)?;
                    let rest = std::mem::take(&mut steps);
                    steps = self::steps(&target).chain(rest).collect();
                } else {
                    at = place;
                }
            }
        }
    }
    Some(places)
}

enum Step {
    Root(PathBuf),
    Up,
    Down(OsString),
}

fn steps(path: &Path) -> impl Iterator<Item = Step> {
    path.components().filter_map(|component| match component {
        Component::Prefix(_) | Component::RootDir => {
            Some(Step::Root(Path::new(component.as_os_str()).to_owned()))
        }
        Component::CurDir => None,
        Component::ParentDir => Some(Step::Up),
        Component::Normal(name) => Some(Step::Down(name.to_owned())),
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_link_on_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = std::fs::canonicalize(folder.path()).unwrap();
        std::fs::create_dir_all(root.join("real/deep")).unwrap();
        std::fs::write(root.join("real/file"), "").unwrap();
        symlink("real/deep", root.join("folder")).unwrap();
        symlink("second", root.join("first")).unwrap();
        symlink("folder/../file", root.join("second")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        let told = |path: &str| {
            let places = places(&root.join(path))?;
            let below = places.iter().filter_map(|place| place.strip_prefix(&root).ok());
            let below = below.filter(|place| *place != Path::new(""));
            Some(below.map(|place| place.display().to_string()).collect::<Vec<_>>().join(" "))
        };
        let expected = "first second folder real real/deep real/file";
        assert_eq!(told("first").as_deref(), Some(expected));
        assert_eq!(told("real/../real/file").as_deref(), Some("real real real/file"));
        assert_eq!(told("loop"), None);
        assert_eq!(told("missing"), None);
    }
}
