//! What only the whole of a layer shows.
//!
//! Owns names that stand twice, and whiteouts of what the layer itself brings. Must not know other
//! layers.

use rollgate_facts::ImageProblemKind;

use super::{EntryKind, LayerEntry, Problems};

/// Looks for what readers would order differently.
pub(super) fn check(entries: &[LayerEntry], problems: &mut Problems) {
    let (whiteouts, mut brought): (Vec<&LayerEntry>, Vec<&LayerEntry>) =
        entries.iter().partition(|entry| entry.kind == EntryKind::Whiteout);
    // Stable, so that of two with one name the first in the tar stands first.
    brought.retain(|entry| entry.kind != EntryKind::Opaque);
    brought.sort_by(|one, other| one.path.cmp(&other.path));
    for [one, other] in brought.array_windows() {
        if one.path == other.path && !is_same_folder(one, other) {
            let text = "its name stands twice in the layer";
            problems.add(ImageProblemKind::DuplicateName, &other.path, text);
        }
    }
    for whiteout in whiteouts {
        if brings(&brought, &whiteout.path) {
            let text = "the layer removes it and brings it";
            problems.add(ImageProblemKind::AmbiguousLayer, &whiteout.path, text);
        }
    }
}

fn is_same_folder(one: &LayerEntry, other: &LayerEntry) -> bool {
    let facts = |entry: &LayerEntry| (entry.kind, entry.mode, entry.uid, entry.gid);
    one.kind == EntryKind::Directory
        && facts(one) == facts(other)
        && one.capabilities == other.capabilities
}

/// Whether a path, or anything under it, is among entries sorted by path.
fn brings(sorted: &[&LayerEntry], path: &str) -> bool {
    let starts = |from: &str| sorted.partition_point(|entry| *entry.path < *from);
    let at = |index: usize| sorted.get(index).map_or("", |entry| &*entry.path);
    let folder = format!("{path}/");
    at(starts(path)) == path || at(starts(&folder)).starts_with(&folder)
}
