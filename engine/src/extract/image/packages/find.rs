//! Which RPM database of a tree counts.
//!
//! Owns where databases stand. `/usr/lib/sysimage/rpm-ostree-base-db` is not looked at: it holds what
//! an image had before packages were layered on a node.
//!
//! Source: rpm `macros.in` (`%_dbpath`), rpm-ostree `rust/src/core.rs`.

use std::collections::BTreeSet;

use rollgate_facts::{FileKind, ImageProblem, ImageProblemKind, Locator};

use super::super::{Database, Tree, TreeEntry, read_database};
use crate::limits::ImageLimits;

/// The folders, the one that `rpm-ostree` writes first.
const FOLDERS: [&str; 3] = ["/usr/share/rpm", "/usr/lib/sysimage/rpm", "/var/lib/rpm"];

/// The files of the other formats (EL 8 and older; SUSE).
const UNSUPPORTED: [(&str, &str); 2] = [("Packages", "Berkeley DB"), ("Packages.db", "ndb")];

/// What a tree has of databases.
pub(super) struct Found {
    /// The one that counts and where it stands, or why there is none.
    pub(super) current: Result<(Locator, Database), String>,
    /// What is wrong with the others.
    pub(super) problems: Vec<ImageProblem>,
}

pub(super) fn databases(tree: &Tree, image: &Locator, limits: &ImageLimits) -> Found {
    let mut candidates = candidates(tree).into_iter();
    let Some(first) = candidates.next() else {
        let reason = "the image has no RPM database".to_owned();
        return Found { current: Err(reason), problems: Vec::new() };
    };
    let current = first.read(tree, image, limits);
    let at = image.entry(&first.entry.path);
    let others = candidates.filter_map(|other| {
        let text = other.differs(current.as_ref().ok()?, tree, image, limits)?;
        let text = format!("it is not the only RPM database: `{}` {text}", other.entry.path);
        Some(ImageProblem { kind: ImageProblemKind::SeveralDatabases, at: at.clone(), text })
    });
    let problems = others.collect();
    Found { current: current.map(|database| (at, database)), problems }
}

/// A file that is a database.
struct Candidate<'a> {
    entry: &'a TreeEntry,
    unsupported: Option<&'static str>,
}

/// The files that are databases, without those that are the same through links; SQLite first.
fn candidates(tree: &Tree) -> Vec<Candidate<'_>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let names = std::iter::once(("rpmdb.sqlite", None));
    for (name, unsupported) in names.chain(UNSUPPORTED.map(|(name, format)| (name, Some(format)))) {
        for folder in FOLDERS {
            let entry = tree.resolve(&format!("{folder}/{name}"));
            let entry = entry.filter(|entry| entry.kind == FileKind::File && entry.size > 0);
            if let Some(entry) = entry.filter(|entry| seen.insert(entry.path.as_ref())) {
                found.push(Candidate { entry, unsupported });
            }
        }
    }
    found
}

impl Candidate<'_> {
    fn read(&self, tree: &Tree, image: &Locator, limits: &ImageLimits) -> Result<Database, String> {
        let path = &self.entry.path;
        if let Some(format) = self.unsupported {
            let reason = "which is not supported; only SQLite is";
            return Err(format!("`{path}` is in the format {format}, {reason}"));
        }
        let not_kept = |path: &str| {
            format!(
                "`{path}` was not kept; it is larger than the limit `image.content_bytes` allows"
            )
        };
        let bytes = self.entry.content.as_deref().ok_or_else(|| not_kept(path))?;
        let log = tree.resolve(&format!("{path}-wal")).filter(|log| log.size > 0);
        let log = log.map(|log| log.content.as_deref().ok_or_else(|| not_kept(&log.path)));
        read_database(bytes.to_vec(), log.transpose()?, &image.entry(path), limits)
            .map_err(|error| format!("`{path}`: {error}"))
    }

    /// In what it differs from the one that counts.
    fn differs(
        &self,
        current: &Database,
        tree: &Tree,
        image: &Locator,
        limits: &ImageLimits,
    ) -> Option<String> {
        let other = match self.read(tree, image, limits) {
            Ok(other) => other,
            Err(reason) => return Some(format!("cannot be compared: {reason}")),
        };
        (names(current) != names(&other)).then(|| {
            let (one, another) = (current.packages.len(), other.packages.len());
            format!("holds other packages, {another} of them; it holds {one}")
        })
    }
}

fn names(database: &Database) -> BTreeSet<(&str, u32, &str, &str, &str)> {
    database
        .packages
        .iter()
        .map(|installed| {
            let package = &installed.package;
            (
                package.name.as_str(),
                package.epoch,
                package.version.as_str(),
                package.release.as_str(),
                package.arch.as_str(),
            )
        })
        .collect()
}
