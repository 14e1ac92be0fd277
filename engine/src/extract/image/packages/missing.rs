//! The files of packages that an image lost.
//!
//! Owns which files may be missing. A file counts that one layer has and a later one removed: what no
//! layer ever had was left out when the base was composed, as `rpm-ostree` does it on purpose
//! (`remove-from-packages`). Not counted is what its package lets be missing, documentation, and what
//! stands where nodes do not take it from the image.

use rollgate_facts::{Locator, Text};

use super::super::{Database, Tree};
use super::owners::Owners;

/// Documentation (2), missing is fine (8), ghost (64).
const MAY_BE_MISSING: u32 = 2 | 8 | 64;

/// The folders whose contents a node has from elsewhere: written on first boot, mounted, or moved
/// (ostree-ext `tar/write.rs`, rpm-ostree `postprocess.rs`).
const ELSEWHERE: [&str; 9] =
    ["/boot/", "/dev/", "/mnt/", "/proc/", "/run/", "/sys/", "/sysroot/", "/tmp/", "/var/"];

pub(super) fn missing(
    owners: &Owners,
    database: &Database,
    tree: &Tree,
    at: &Locator,
) -> Vec<Text> {
    let mut entries = tree.entries.iter().map(|entry| &*entry.path).peekable();
    let mut removed = tree.removed.iter().map(|entry| &*entry.path).peekable();
    let mut missing: Vec<Text> = Vec::new();
    for (path, file) in owners.all(database) {
        // All three are sorted by path.
        while entries.next_if(|entry| *entry < path).is_some() {}
        while removed.next_if(|entry| *entry < path).is_some() {}
        let there = entries.peek() == Some(&path) || removed.peek() != Some(&path);
        let may_be = file.replaced || file.flags & MAY_BE_MISSING != 0;
        let elsewhere = ELSEWHERE.iter().any(|folder| path.starts_with(folder));
        let known = missing.last().is_some_and(|last| last.text == path);
        if !there && !may_be && !elsewhere && !known {
            missing.push(Text { at: at.clone(), text: path.to_owned(), overrides: Vec::new() });
        }
    }
    missing
}
