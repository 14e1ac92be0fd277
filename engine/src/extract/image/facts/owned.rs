//! The packages of an image, which of them its base has, and what became of their files.
//!
//! Owns how the base's packages are known without the base image: where a layer on top replaced the
//! RPM database, the one that it replaced is still in the image. Must not know how a database is read,
//! or what of a file is compared.
//!
//! `/usr/share/rpm/rpmdb.sqlite` of layer 3, and of layer 1 of a base of two layers → packages that
//! only the former holds are not the base's.

use std::collections::BTreeSet;

use rollgate_facts::{Image, ImageFile, Package};

use super::reader::Reader;
use crate::extract::image::{
    Accounts, Packages, Tree, TreeEntry, packages as packages_of, read_database,
};
use crate::limits::ImageLimits;

/// The packages of the tree; of each, whether the base has it, as far as that can be told.
pub(super) fn packages(reader: &Reader<'_>, limits: &ImageLimits) -> Packages {
    let mut packages = packages_of(reader.tree, reader.image, limits);
    let Some(set) = &mut packages.set else { return packages };
    let database = set.at.entry_path().and_then(|path| reader.tree.get(path));
    let (Some(base), Some(database)) = (reader.base, database) else { return packages };
    if database.layer < base {
        set.packages.iter_mut().for_each(|package| package.in_base = Some(true));
    } else if let Some(old) = base_packages(reader, base, &database.path, limits) {
        mark(&mut set.packages, &old);
    }
    packages
}

/// Tells of each package whether the base has the same one.
pub(super) fn mark(packages: &mut [Package], base: &[Package]) {
    let base: BTreeSet<_> = base.iter().map(identity).collect();
    let known: Vec<bool> = packages.iter().map(|it| base.contains(&identity(it))).collect();
    for (package, known) in packages.iter_mut().zip(known) {
        package.in_base = Some(known);
    }
}

/// Tells of the files who owns them and, outside of the base, in what they differ from what their
/// packages installed.
pub(super) fn verify(
    reader: &Reader<'_>,
    packages: &Packages,
    image: &Image,
    files: &mut [ImageFile],
) {
    if packages.set.is_none() {
        return;
    }
    // Without accounts of its own an image has those of its superuser still.
    let root = |name: &str| (name == "root").then_some(0);
    let user = |name: &str| image.users.get(name).map(|user| user.uid).or_else(|| root(name));
    let group = |name: &str| image.groups.get(name).map(|group| group.gid).or_else(|| root(name));
    let accounts = Accounts { user: &user, group: &group };
    for file in files {
        let entry = reader.tree.get(&file.path).filter(|_| !file.removed && !file.in_base);
        let (owners, modified) = match entry {
            Some(entry) => packages.verify(entry, accounts),
            None => (owners(packages, &file.path), Vec::new()),
        };
        file.packages = Some(owners);
        file.modified = modified;
    }
}

/// Puts what is known of the packages into the facts.
pub(super) fn tell(packages: Packages, image: &mut Image) {
    let Packages { set, problems, not_collected, .. } = packages;
    image.packages = set;
    image.problems.extend(problems);
    if let Some(reason) = not_collected {
        image.not_collected.insert("packages".to_owned(), reason);
    }
}

fn owners(packages: &Packages, path: &str) -> Vec<String> {
    let mut owners: Vec<String> = packages.owners_of(path).map(str::to_owned).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
}

fn identity(package: &Package) -> (&str, u32, &str, &str, &str) {
    (&package.name, package.epoch, &package.version, &package.release, &package.arch)
}

/// The packages of the database that the base had at a path; none where it was not kept.
fn base_packages(
    reader: &Reader<'_>,
    base: usize,
    path: &str,
    limits: &ImageLimits,
) -> Option<Vec<Package>> {
    let database = of_base(reader.tree, base, path)?;
    let log = of_base(reader.tree, base, &format!("{path}-wal"));
    let log = match log.filter(|log| log.size > 0) {
        Some(log) => Some(log.content.as_deref()?),
        None => None,
    };
    let bytes = database.content.as_deref()?.to_vec();
    let read = read_database(bytes, log, &reader.image.entry(path), limits).ok()?;
    Some(read.packages.into_iter().map(|installed| installed.package).collect())
}

/// What the layers of the base came to at a path.
fn of_base<'a>(tree: &'a Tree, base: usize, path: &str) -> Option<&'a TreeEntry> {
    let from = tree.removed.partition_point(|entry| *entry.path < *path);
    let removed = tree.removed.iter().skip(from).take_while(|entry| *entry.path == *path);
    let all = removed.chain(tree.get(path)).filter(|entry| entry.layer < base);
    all.max_by_key(|entry| entry.layer)
}
