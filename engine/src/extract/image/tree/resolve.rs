//! Paths through symbolic links.
//!
//! Owns how far links are followed. Must not know how the tree came to be.

use rollgate_facts::FileKind;

use super::{Tree, TreeEntry};

/// How many links are followed on the way, as Linux does it (`path_resolution(7)`).
const LINKS: usize = 40;

/// The entry that a path leads to; `..` of the root is the root.
pub(super) fn resolve<'a>(tree: &'a Tree, path: &str) -> Option<&'a TreeEntry> {
    // What stands in the tree stands under folders, so that nothing is to be followed on the way.
    if let Some(entry) = tree.get(path).filter(|entry| entry.kind != FileKind::Link) {
        return Some(entry);
    }
    let mut ahead: Vec<String> = steps(path);
    let mut here = String::new();
    let mut links = 0;
    while let Some(step) = ahead.pop() {
        if step == ".." {
            here.truncate(here.rfind('/').unwrap_or_default());
            continue;
        }
        let folder = here.len();
        here.push('/');
        here.push_str(&step);
        let entry = tree.get(&here)?;
        match (entry.kind, entry.target.as_deref()) {
            (FileKind::Link, Some(target)) => {
                links += 1;
                if links > LINKS {
                    return None;
                }
                here.truncate(if target.starts_with('/') { 0 } else { folder });
                ahead.extend(steps(target));
            }
            (FileKind::Directory, _) => {}
            _ if ahead.is_empty() => {}
            _ => return None,
        }
    }
    tree.get(if here.is_empty() { "/" } else { &here })
}

/// The steps of a path, the last first.
fn steps(path: &str) -> Vec<String> {
    let steps = path.split('/').filter(|step| !matches!(*step, "" | "."));
    steps.rev().map(str::to_owned).collect()
}
