//! What differs between the packages of two images.
//!
//! Owns which package of one is which of the other, and the order of their versions.
//!
//! Source: rpm `rpmio/rpmvercmp.c`, `lib/rpmds.c`; dnf `installonlypkgs`.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{Package, PackageChange, PackageSet};
use rpm_version::Evr;

/// The packages of which several versions are installed at once: they are never replaced, but added
/// and removed.
const INSTALL_ONLY: [&str; 12] = [
    "kernel",
    "kernel-core",
    "kernel-modules",
    "kernel-modules-core",
    "kernel-modules-extra",
    "kernel-modules-internal",
    "kernel-devel",
    "kernel-rt",
    "kernel-rt-core",
    "kernel-rt-modules",
    "kernel-rt-modules-core",
    "kernel-rt-modules-extra",
];

/// What differs from `before`, sorted by name.
pub fn compare(before: &PackageSet, after: &PackageSet) -> Vec<PackageChange> {
    let (old, new) = (by_name(before), by_name(after));
    let names: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut changes = Vec::new();
    for name in names {
        let side = |packages: &BTreeMap<&str, Vec<_>>| packages.get(name).cloned();
        let (old, new) = (side(&old).unwrap_or_default(), side(&new).unwrap_or_default());
        changes.extend(pair(&old, &new).map(|(old, new)| change(after, old, new)));
    }
    require(&mut changes, before, after);
    changes
}

fn by_name(set: &PackageSet) -> BTreeMap<&str, Vec<&Package>> {
    let mut packages: BTreeMap<&str, Vec<&Package>> = BTreeMap::new();
    for package in &set.packages {
        packages.entry(&package.name).or_default().push(package);
    }
    packages
}

type Pair<'a> = (Option<&'a Package>, Option<&'a Package>);

/// The packages of one name that differ. What is on both sides is left out; of what is left, those of
/// one architecture belong together, then those of different ones, in the order of their versions.
fn pair<'a>(old: &[&'a Package], new: &[&'a Package]) -> impl Iterator<Item = Pair<'a>> {
    let without = |packages: &[&'a Package], others: &[&Package]| -> Vec<&'a Package> {
        let kept = |package: &&Package| !others.iter().any(|other| same(other, package));
        let mut rest: Vec<_> = packages.iter().copied().filter(kept).collect();
        rest.sort_by(|one, other| order(one, other));
        rest
    };
    let (mut old, mut new) = (without(old, new), without(new, old));
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    for same_architecture in [true, false] {
        old.retain(|before| {
            let install_only = INSTALL_ONLY.contains(&before.name.as_str());
            let fits = |after: &&Package| !same_architecture || before.arch == after.arch;
            let Some(found) = new.iter().position(fits).filter(|_| !install_only) else {
                return true;
            };
            pairs.push((Some(before), Some(new.remove(found))));
            false
        });
    }
    pairs.extend(old.into_iter().map(|before| (Some(before), None)));
    pairs.extend(new.into_iter().map(|after| (None, Some(after))));
    pairs.into_iter()
}

fn change(set: &PackageSet, before: Option<&Package>, after: Option<&Package>) -> PackageChange {
    let name = before.or(after).map(|package| package.name.clone()).unwrap_or_default();
    let direction = before.zip(after).map(|(before, after)| order(after, before) as i8);
    let at = set.at.clone();
    let (before, after) = (before.cloned(), after.cloned());
    PackageChange { at, name, before, after, direction, required: None }
}

/// Says of each added package whether another one has need of it: an added one, or one that was there
/// and required something of a package that is gone.
fn require(changes: &mut [PackageChange], before: &PackageSet, after: &PackageSet) {
    let names = |side: fn(&PackageChange) -> bool| -> BTreeSet<String> {
        changes.iter().filter(|change| side(change)).map(|change| change.name.clone()).collect()
    };
    let added = names(|change| change.before.is_none());
    let removed = names(|change| change.after.is_none());
    let bereft: BTreeSet<&String> =
        removed.iter().filter_map(|name| before.required_by.get(name)).flatten().collect();
    for change in changes.iter_mut().filter(|change| change.before.is_none()) {
        let mut needed_by = after.required_by.get(&change.name).into_iter().flatten();
        change.required = Some(needed_by.any(|name| added.contains(name) || bereft.contains(name)));
    }
}

fn same(one: &Package, other: &Package) -> bool {
    order(one, other) == Ordering::Equal && one.arch == other.arch && one.release == other.release
}

/// The order of versions as RPM has it.
fn order(one: &Package, other: &Package) -> Ordering {
    let evr = |package: &Package| {
        Evr::new(String::new(), package.version.clone(), package.release.clone())
    };
    one.epoch.cmp(&other.epoch).then_with(|| evr(one).cmp(&evr(other)))
}
