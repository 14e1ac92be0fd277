//! Secrets that were recognised by what files hold, those of removed files too.
//!
//! Owns their order: by layer, then by path.

use rollgate_facts::Secret;

use super::reader::Reader;
use crate::extract::image::TreeEntry;

/// The secrets of the tree and further ones, outside of the base's layers.
pub(super) fn secrets(reader: &Reader<'_>, others: Vec<Secret>) -> Vec<Secret> {
    let secret = |entry: &TreeEntry, removed| {
        entry.secret.filter(|_| !reader.in_base(entry)).map(|kind| Secret {
            at: reader.image.entry(&entry.path),
            path: entry.path.to_string(),
            kind,
            layer: entry.layer,
            removed,
        })
    };
    let present = reader.tree.entries.iter().filter_map(|entry| secret(entry, false));
    let removed = reader.tree.removed.iter().filter_map(|entry| secret(entry, true));
    let mut secrets: Vec<Secret> = present.chain(removed).chain(others).collect();
    secrets.sort_by(|one, other| (one.layer, &one.path).cmp(&(other.layer, &other.path)));
    secrets.dedup();
    secrets
}

#[cfg(test)]
mod tests {
    use rollgate_facts::{Locator, SecretKind};

    use super::secrets;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn a_secret_that_was_removed_is_told_as_well() {
        let tree = Sample::new()
            .secret("/etc/base.pem", SecretKind::PrivateKey)
            .layer(2)
            .secret("/etc/own.pem", SecretKind::PrivateKey)
            .layer(1)
            .removed("/root/auth.json", "", Some(SecretKind::RegistryCredentials))
            .tree();
        let at = Locator::image("sha256:0");
        let found = secrets(&Reader::new(&tree, &at, Some(1)), Vec::new());
        let found: Vec<_> = found.iter().map(|it| (&*it.path, it.layer, it.removed)).collect();
        assert_eq!(found, [("/root/auth.json", 1, true), ("/etc/own.pem", 2, false)]);
    }
}
