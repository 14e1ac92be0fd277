//! What differs between an image and its base image.
//!
//! Owns the comparison of two images' facts. Must not know which difference is allowed.
//!
//! A base with the user `a` (7), an image with `a` (8) and `b` → `b` was added, `a` has `base_uid` 7.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{FileKind, Image, ImageChange, ImageFile, PackageChange};

use super::base::begins_with;
use super::owned::mark;
use crate::extract::image::{ImageEvidence, compare_packages};

/// The mode bits by which a file runs with another's rights.
const SETUID_OR_SETGID: u32 = 0o6000;

/// Tells in an image what differs from its base image.
pub fn compare(before: &ImageEvidence, after: &mut ImageEvidence) {
    let change = change(before, after);
    inherit(&before.image, &mut after.image);
    after.image.change = Some(change);
}

fn change(before: &ImageEvidence, after: &ImageEvidence) -> ImageChange {
    let (old, new) = (&before.image, &after.image);
    let kernels = |image: &Image| image.kernels.iter().map(|it| it.version.clone()).collect();
    let kernels: (BTreeSet<String>, BTreeSet<String>) = (kernels(old), kernels(new));
    let enabled = |image: &Image| {
        let enabled = image.units.iter().filter(|(_, unit)| unit.enabled && !unit.masked);
        enabled.map(|(name, _)| name.clone()).collect()
    };
    let enabled: (BTreeSet<String>, BTreeSet<String>) = (enabled(old), enabled(new));
    let files = Files::compare(before, after);
    ImageChange {
        reference: old.reference.clone(),
        digest: old.digest.clone(),
        derived: begins_with(diff_ids(new), diff_ids(old)),
        packages: packages(old, new),
        kernels_added: kernels.1.difference(&kernels.0).cloned().collect(),
        kernels_removed: kernels.0.difference(&kernels.1).cloned().collect(),
        units_added: without(&new.units, &old.units),
        units_removed: without(&old.units, &new.units),
        units_enabled: enabled.1.difference(&enabled.0).cloned().collect(),
        units_disabled: enabled.0.difference(&enabled.1).cloned().collect(),
        users_added: without(&new.users, &old.users),
        users_removed: without(&old.users, &new.users),
        privileged_added: files.privileged_added,
        files_added: files.added,
        files_changed: files.changed,
        files_removed: files.removed,
    }
}

/// The packages that differ, where those of both are known.
fn packages(before: &Image, after: &Image) -> Option<Vec<PackageChange>> {
    let (before, after) = before.packages.as_ref().zip(after.packages.as_ref())?;
    Some(compare_packages(before, after))
}

fn diff_ids(image: &Image) -> impl ExactSizeIterator<Item = &String> {
    image.layers.iter().map(|layer| &layer.diff_id)
}

/// The names of one map that another has not.
fn without<T>(one: &BTreeMap<String, T>, other: &BTreeMap<String, T>) -> Vec<String> {
    one.keys().filter(|name| !other.contains_key(*name)).cloned().collect()
}

/// Tells of packages, users and groups whether the base has them, where it is known what the base has.
fn inherit(before: &Image, after: &mut Image) {
    if let (Some(old), Some(new)) = (&before.packages, &mut after.packages) {
        mark(&mut new.packages, &old.packages);
    }
    if before.not_collected.contains_key("users") {
        return;
    }
    for (name, user) in &mut after.users {
        let old = before.users.get(name);
        user.in_base = Some(old.is_some());
        user.base_uid = old.map(|old| old.uid).filter(|uid| *uid != user.uid);
    }
    for (name, group) in &mut after.groups {
        let old = before.groups.get(name);
        group.in_base = Some(old.is_some());
        group.base_gid = old.map(|old| old.gid).filter(|gid| *gid != group.gid);
    }
}

#[derive(Debug, Default)]
struct Files {
    added: usize,
    changed: usize,
    removed: usize,
    privileged_added: Vec<String>,
}

impl Files {
    /// Goes through the files of both, which are sorted by path.
    fn compare(before: &ImageEvidence, after: &ImageEvidence) -> Self {
        let mut files = Self::default();
        let mut old = before.files.iter().filter(|file| !file.removed).peekable();
        let mut new = after.files.iter().filter(|file| !file.removed).peekable();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return files,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.path.cmp(&new.path),
            };
            let one = if order.is_le() { old.next() } else { None };
            let other = if order.is_ge() { new.next() } else { None };
            files.pair(one, other);
        }
    }

    fn pair(&mut self, old: Option<&ImageFile>, new: Option<&ImageFile>) {
        match (old, new) {
            (None, Some(_)) => self.added += 1,
            (Some(_), None) => self.removed += 1,
            (Some(old), Some(new)) if differs(old, new) => self.changed += 1,
            _ => {}
        }
        let was = old.is_some_and(is_privileged);
        if let Some(file) = new.filter(|new| is_privileged(new) && !was) {
            self.privileged_added.push(file.path.clone());
        }
    }
}

/// Whether a file is another one. One in a layer that both have is the same; of contents that were
/// not hashed, only the size tells.
fn differs(old: &ImageFile, new: &ImageFile) -> bool {
    let facts = |file: &ImageFile| {
        let size = if file.kind == FileKind::File { file.size } else { 0 };
        (file.kind, file.mode, file.uid, file.gid, size)
    };
    let contents = old.digest.as_ref().zip(new.digest.as_ref());
    facts(old) != facts(new)
        || old.target != new.target
        || old.capabilities != new.capabilities
        || contents.is_some_and(|(old, new)| old != new)
        || (contents.is_none() && new.kind == FileKind::File && !new.in_base && new.size > 0)
}

fn is_privileged(file: &ImageFile) -> bool {
    let runs = file.kind == FileKind::File;
    runs && (file.mode & SETUID_OR_SETGID != 0 || file.capabilities.is_some())
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::extract::image::facts::base_layers;
    use crate::extract::image::facts::evidence;
    use crate::extract::image::facts::sample::Sample;
    use crate::extract::image::{ImageEvidence, ImageManifest, LayerDescriptor, Tree};
    use crate::limits::ImageLimits;

    fn image(
        layers: &[&str],
        tree: &Tree,
        base: Option<&ImageManifest>,
    ) -> (ImageManifest, ImageEvidence) {
        let layer = |diff_id: &&str| LayerDescriptor {
            diff_id: (*diff_id).to_owned(),
            digest: (*diff_id).to_owned(),
            ..LayerDescriptor::default()
        };
        let manifest = ImageManifest {
            digest: "sha256:0".into(),
            layers: layers.iter().map(layer).collect(),
            ..ImageManifest::default()
        };
        let base = base_layers(&manifest, base);
        let evidence = evidence(&manifest, base.as_ref(), tree, &[], &ImageLimits::default());
        (manifest, evidence)
    }

    fn base() -> Sample {
        Sample::new()
            .file("/etc/passwd", "a:x:7:7::/:/bin/sh\nold:x:9:9::/:/bin/sh\n")
            .file("/usr/lib/systemd/system/a.service", "[Install]\n")
            .file("/usr/lib/modules/1/vmlinuz", "v")
            .file("/usr/bin/same", "x")
            .file("/usr/bin/gone", "x")
    }

    #[test]
    fn what_was_added_on_top_is_told() {
        let (manifest, before) = image(&["a"], &base().tree(), None);
        let tree = Sample::new()
            .file("/usr/bin/same", "x")
            .layer(1)
            .file("/etc/passwd", "a:x:8:7::/:/bin/sh\nnew:x:10:10::/:/bin/sh\n")
            .file("/usr/lib/systemd/system/a.service", "[Install]\n")
            .link(
                "/etc/systemd/system/b.target.wants/a.service",
                "/usr/lib/systemd/system/a.service",
            )
            .file("/usr/lib/modules/2/vmlinuz", "v")
            .tree();
        let (_, mut after) = image(&["a", "b"], &tree, Some(&manifest));
        compare(&before, &mut after);
        let change = after.image.change.unwrap();
        assert!(change.derived);
        assert_eq!(change.kernels_added, ["2"]);
        assert_eq!(change.kernels_removed, ["1"]);
        assert_eq!(change.units_enabled, ["a.service"]);
        assert_eq!(change.units_added, Vec::<String>::new());
        assert_eq!(
            (change.users_added, change.users_removed),
            (vec!["new".into()], vec!["old".into()])
        );
        assert_eq!(after.image.users["a"].base_uid, Some(7));
        assert_eq!(after.image.users["new"].in_base, Some(false));
        // `passwd` and the unit were written anew; so were three folders, two files and a link.
        assert_eq!((change.files_added, change.files_changed, change.files_removed), (6, 2, 3));
    }
}
