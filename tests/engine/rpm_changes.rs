//! What differs between the packages of two images, in the order of versions of the real `rpm`.

use std::process::Command;

use rollgate_engine::extract::image::compare_packages;
use rollgate_facts::PackageSet;
use rollgate_testkit::rpmdb::{RpmDatabase, RpmPackage};
use rollgate_testkit::tool;

use crate::rpm_tree::{base, bash, collect, tree};

fn set(packages: impl IntoIterator<Item = RpmPackage>) -> PackageSet {
    let database = RpmDatabase::new().packages(packages).bytes();
    collect(&tree([base().kept("usr/share/rpm/rpmdb.sqlite", &database)])).set.unwrap()
}

#[test]
fn packages_are_added_removed_and_replaced() {
    let kernel = |version: &str| RpmPackage::new("kernel-core", version, "1.el9");
    let before = set([
        bash(),
        RpmPackage::new("coreutils-single", "8", "1").provides("coreutils"),
        RpmPackage::new("openssl", "3.0.7", "2"),
        RpmPackage::new("podman", "5.0", "1"),
        RpmPackage::new("setup", "1", "1").requires("coreutils"),
        kernel("5.14"),
    ]);
    let after = set([
        bash(),
        RpmPackage::new("coreutils", "8", "1"),
        RpmPackage { epoch: Some(1), ..RpmPackage::new("openssl", "3.0.6", "1") },
        RpmPackage::new("podman", "5.0~rc1", "1"),
        RpmPackage::new("setup", "1", "1").requires("coreutils"),
        RpmPackage::new("strace", "6", "1").requires("libunwind").requires("/bin/sh"),
        RpmPackage::new("libunwind", "1", "1"),
        kernel("6.1"),
    ]);
    let changes: Vec<_> = compare_packages(&before, &after)
        .into_iter()
        .map(|change| {
            let version = |package: &Option<rollgate_facts::Package>| {
                package.as_ref().map(|package| package.version.clone()).unwrap_or_default()
            };
            let (before, after) = (version(&change.before), version(&change.after));
            (change.name, before, after, change.direction, change.required)
        })
        .collect();
    let expected = [
        ("coreutils", "", "8", None, Some(true)),
        ("coreutils-single", "8", "", None, None),
        ("kernel-core", "5.14", "", None, None),
        ("kernel-core", "", "6.1", None, Some(false)),
        ("libunwind", "", "1", None, Some(true)),
        ("openssl", "3.0.7", "3.0.6", Some(1), None),
        ("podman", "5.0", "5.0~rc1", Some(-1), None),
        ("strace", "", "6", None, Some(false)),
    ];
    let expected = expected.map(|(name, before, after, direction, required)| {
        (name.to_owned(), before.to_owned(), after.to_owned(), direction, required)
    });
    assert_eq!(changes, expected);
    assert_eq!(compare_packages(&after, &after), []);
}

#[test]
fn versions_are_in_the_order_of_rpm() {
    if tool("versions_are_in_the_order_of_rpm", "rpm").is_none() {
        return;
    }
    let versions = [
        "1.0",
        "1.0.0",
        "1.00",
        "1.1",
        "1.10",
        "1.9",
        "1.0a",
        "1.0b",
        "1.0~rc1",
        "1.0~~",
        "1.0^",
        "1.0^git1",
        "1.0^git1~pre",
        "1.0~rc1^git1",
        "2",
        "10",
        "010",
        "a",
        "A",
        "b1",
        "1a",
        "a1",
        "1_0",
        "1..0",
        "1.",
        "~",
        "^",
        "5.14.0",
        "5.14",
        "20240101",
        "20240101git",
        "1.0+git",
        "99999999999999999999999",
        "100000000000000000000000",
        "fc40",
        "el9_4",
        "el9_4.1",
        "0",
    ];
    let pairs = versions.iter().flat_map(|one| versions.iter().map(move |other| (one, other)));
    let pairs: Vec<_> = pairs.collect();
    let said: String = pairs.iter().fold(String::new(), |said, (one, other)| {
        said + &format!(r#"print(rpm.vercmp("{one}","{other}").." ")"#)
    });
    let output =
        Command::new("rpm").args(["--eval", &format!("%{{lua:{said}}}")]).output().unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    let expected: Vec<i8> = output.split_whitespace().map(|word| word.parse().unwrap()).collect();
    assert_eq!(expected.len(), pairs.len());
    // One set of packages for each version, all of one name.
    let sets: Vec<PackageSet> = versions
        .iter()
        .map(|version| {
            set([RpmPackage::new("x", version, "1"), RpmPackage::new("y", "1", version)])
        })
        .collect();
    for (number, ((one, other), expected)) in pairs.iter().zip(expected).enumerate() {
        let (after, before) = (&sets[number / versions.len()], &sets[number % versions.len()]);
        let changes = compare_packages(before, after);
        for change in &changes {
            assert_eq!(change.direction, Some(expected), "{one} {other}");
        }
        assert_eq!(changes.is_empty(), one == other, "{one} {other}");
    }
}
