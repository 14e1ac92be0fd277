//! What is secret in the contents that are kept of a layer, before anybody sees or stores them.
//!
//! Owns that no cache and no fact holds a password, a hash of one, a key or a token: they are masked
//! as soon as a layer was read, so that what comes from the cache is what was read.

use std::collections::BTreeMap;
use std::mem;

use rollgate_engine::extract::image::{EntryKind, LayerContents, redact};

/// Masks the secrets in what was kept of a layer, by each name that a file has in it: in an image of
/// ostree `/etc/shadow` is a link to an object that is named after its digest.
pub(crate) fn conceal(layer: &mut LayerContents) {
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in layer.entries.iter().filter(|entry| entry.kind == EntryKind::HardLink) {
        if let Some(target) = entry.target.as_deref() {
            names.entry(target).or_default().push(&entry.path);
        }
    }
    for (entry, bytes) in &mut layer.contents {
        let entry = usize::try_from(*entry).ok().and_then(|index| layer.entries.get(index));
        let Some(entry) = entry else { continue };
        let file = match entry.kind {
            EntryKind::HardLink => entry.target.as_deref().unwrap_or(&entry.path),
            _ => &entry.path,
        };
        let links = names.get(file).into_iter().flatten().copied();
        for name in links.chain([file]) {
            *bytes = redact(&format!("/{name}"), mem::take(bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use rollgate_engine::extract::image::LayerEntry;

    use super::*;

    fn entry(path: &str, target: Option<&str>) -> LayerEntry {
        let kind = if target.is_some() { EntryKind::HardLink } else { EntryKind::File };
        LayerEntry {
            path: path.into(),
            kind,
            mode: 0,
            uid: 0,
            gid: 0,
            size: 0,
            mtime: 0,
            target: target.map(Into::into),
            digest: None,
            capabilities: None,
            secret: None,
        }
    }

    #[test]
    fn no_hash_of_a_password_is_kept_under_whatever_name() {
        let shadow = b"core:$6$saltsalt$0123456789abcdef:19000:0:99999:7:::\n";
        let object = "sysroot/ostree/repo/objects/0a/1b.file";
        for (name, target) in [("etc/shadow", None), (object, Some("etc/shadow"))] {
            let link = target.map(|link| entry(link, Some(name)));
            let mut layer = LayerContents {
                entries: [Some(entry(name, None)), link].into_iter().flatten().collect(),
                contents: vec![(0, shadow.to_vec())],
                ..LayerContents::default()
            };
            conceal(&mut layer);
            let kept = String::from_utf8(layer.contents.remove(0).1).unwrap();
            assert!(kept.starts_with("core:") && !kept.contains("saltsalt"), "{kept}");
        }
    }
}
