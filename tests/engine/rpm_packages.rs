//! The packages of an image: which database counts, who owns a file, in what it differs, and what
//! changed.

use std::sync::Arc;

use rollgate_engine::extract::image::{
    Accounts, EntryKind, LayerContents, LayerEntry, Packages, Tree, compare_packages, packages,
};
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::{ImageProblemKind, Locator, Modification, PackageSet};
use rollgate_testkit::rpmdb::{RpmDatabase, RpmFile, RpmPackage};

/// A layer in the making.
#[derive(Default)]
struct Layer(LayerContents);

impl Layer {
    fn entry(mut self, path: &str, kind: EntryKind, mode: u32) -> Self {
        self.0.entries.push(LayerEntry {
            path: path.into(),
            kind,
            mode,
            uid: 0,
            gid: 0,
            size: 0,
            mtime: 0,
            target: None,
            digest: None,
            capabilities: None,
            secret: None,
        });
        self
    }

    fn last(mut self, change: impl FnOnce(&mut LayerEntry)) -> Self {
        change(self.0.entries.last_mut().unwrap());
        self
    }

    fn file(self, path: &str, mode: u32, content: &[u8]) -> Self {
        let digest = <sha2::Sha256 as sha2::Digest>::digest(content).into();
        self.entry(path, EntryKind::File, mode).last(|entry| {
            entry.size = content.len() as u64;
            entry.digest = Some(digest);
        })
    }

    fn kept(self, path: &str, content: &[u8]) -> Self {
        let mut layer = self.file(path, 0o644, content);
        let number = u32::try_from(layer.0.entries.len() - 1).unwrap();
        layer.0.contents.push((number, content.to_vec()));
        layer
    }

    fn folder(self, path: &str) -> Self {
        self.entry(path, EntryKind::Directory, 0o755)
    }

    fn link(self, path: &str, target: &str) -> Self {
        let layer = self.entry(path, EntryKind::Link, 0o777);
        layer.last(|entry| entry.target = Some(target.into()))
    }

    fn whiteout(self, path: &str) -> Self {
        self.entry(path, EntryKind::Whiteout, 0)
    }
}

fn tree(layers: impl IntoIterator<Item = Layer>) -> Tree {
    let layers = layers.into_iter().map(|layer| Arc::new(layer.0));
    Tree::of(layers, &ImageLimits::default()).unwrap()
}

fn collect(tree: &Tree) -> Packages {
    packages(tree, &Locator::image("sha256:1"), &ImageLimits::default())
}

fn base() -> Layer {
    Layer::default()
        .folder("usr")
        .folder("usr/bin")
        .folder("usr/lib64")
        .folder("usr/share")
        .folder("usr/share/rpm")
        .folder("var")
        .folder("var/lib")
        .link("bin", "usr/bin")
        .link("lib64", "usr/lib64")
        .link("var/lib/rpm", "../../usr/share/rpm")
}

fn bash() -> RpmPackage {
    RpmPackage::new("bash", "5.1.8", "9.el9")
        .file(RpmFile::regular("/bin/bash", 0o755, b"bash"))
        .file(RpmFile::link("/usr/bin/sh", "bash"))
        .file(RpmFile::regular("/etc/bashrc", 0o644, b"alias").flags(1 | 16))
        .provides("/bin/sh")
}

fn ping() -> RpmPackage {
    let file = RpmFile::regular("/usr/bin/ping", 0o755, b"ping").owner("root", "network");
    RpmPackage::new("iputils", "1", "1").file(file.capabilities("cap_net_raw=ep"))
}

fn verify(packages: &Packages, tree: &Tree, path: &str) -> (Vec<String>, Vec<Modification>) {
    let user = |name: &str| (name == "root").then_some(0);
    let group = |name: &str| ["root", "network"].iter().position(|known| *known == name);
    let group = |name: &str| group(name).map(|id| id as u64);
    packages.verify(tree.get(path).unwrap(), Accounts { user: &user, group: &group })
}

#[test]
fn a_file_is_compared_with_what_its_package_installed() {
    let database = RpmDatabase::new().package(bash()).package(ping()).bytes();
    let attribute: Vec<u8> =
        [0x0200_0001_u32, 1 << 13, 0, 0, 0].iter().flat_map(|word| word.to_le_bytes()).collect();
    let sound = base()
        .kept("usr/share/rpm/rpmdb.sqlite", &database)
        .file("usr/bin/bash", 0o755, b"bash")
        .link("usr/bin/sh", "bash")
        .file("etc/bashrc", 0o644, b"changed, as it may be")
        .file("usr/bin/ping", 0o755, b"ping")
        .last(|entry| {
            entry.gid = 1;
            entry.capabilities = Some(attribute.into());
        })
        .file("usr/bin/own", 0o755, b"own");
    let derived = Layer::default()
        .file("usr/bin/bash", 0o4755, b"Bash")
        .last(|entry| entry.uid = 7)
        .link("usr/bin/sh", "zsh")
        .file("usr/bin/ping", 0o755, b"ping");

    let as_installed = tree([Layer(sound.0.clone())]);
    let packages = collect(&as_installed);
    assert_eq!(packages.not_collected, None);
    assert_eq!(packages.problems, []);
    for path in ["/usr/bin/bash", "/usr/bin/sh", "/etc/bashrc", "/usr/bin/ping"] {
        let (owners, modified) = verify(&packages, &as_installed, path);
        assert_eq!((owners.len(), modified), (1, vec![]), "{path}");
    }
    assert_eq!(verify(&packages, &as_installed, "/usr/bin/own"), (vec![], vec![]));
    // A folder that links lead to is the same one.
    assert_eq!(packages.owners_of("/usr/bin/bash").collect::<Vec<_>>(), ["bash"]);

    let changed = tree([sound, derived]);
    let packages = collect(&changed);
    use Modification::{Capabilities, Digest, Mode, Owner, Target};
    let bash = vec!["bash".to_owned()];
    assert_eq!(
        verify(&packages, &changed, "/usr/bin/bash"),
        (bash.clone(), vec![Digest, Mode, Owner])
    );
    assert_eq!(verify(&packages, &changed, "/usr/bin/sh"), (bash, vec![Target]));
    let iputils = vec!["iputils".to_owned()];
    assert_eq!(verify(&packages, &changed, "/usr/bin/ping"), (iputils, vec![Owner, Capabilities]));
}

#[test]
fn what_a_later_layer_removes_is_missing() {
    let package = bash()
        .file(RpmFile::regular("/usr/lib64/never", 0o644, b""))
        .file(RpmFile::regular("/usr/lib64/ghost", 0o644, b"").flags(64))
        .file(RpmFile::regular("/var/lib/state", 0o644, b""));
    let database = RpmDatabase::new().package(package).bytes();
    let layer = base()
        .kept("usr/share/rpm/rpmdb.sqlite", &database)
        .file("usr/bin/bash", 0o755, b"bash")
        .file("usr/lib64/ghost", 0o644, b"")
        .file("var/lib/state", 0o644, b"");
    let derived = ["usr/bin/bash", "usr/lib64/ghost", "var/lib/state"];
    let derived = derived.into_iter().fold(Layer::default(), Layer::whiteout);
    let missing = |tree: &Tree| -> Vec<String> {
        let missing = collect(tree).set.unwrap().missing;
        missing.into_iter().map(|text| text.text).collect()
    };
    assert_eq!(missing(&tree([Layer(layer.0.clone())])), [""; 0]);
    assert_eq!(missing(&tree([layer, derived])), ["/usr/bin/bash"]);
}

#[test]
fn databases_that_differ_are_a_problem_and_links_to_one_are_not() {
    let one = RpmDatabase::new().package(bash()).bytes();
    let both = RpmDatabase::new().package(bash()).package(ping()).bytes();
    let with = |other: &[u8]| {
        let folders = base().folder("usr/lib").folder("usr/lib/sysimage");
        let folders =
            folders.folder("usr/lib/sysimage/rpm").folder("usr/lib/sysimage/rpm-ostree-base-db");
        collect(&tree([folders
            .kept("usr/share/rpm/rpmdb.sqlite", &one)
            .kept("usr/lib/sysimage/rpm-ostree-base-db/rpmdb.sqlite", &both)
            .kept("usr/lib/sysimage/rpm/rpmdb.sqlite", other)]))
    };
    assert_eq!(with(&one).problems, []);
    for other in [both.as_slice(), b"broken"] {
        let packages = with(other);
        let kinds: Vec<_> = packages.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ImageProblemKind::SeveralDatabases]);
        assert_eq!(packages.set.unwrap().packages.len(), 1);
    }
}

#[test]
fn a_database_that_cannot_be_read_leaves_the_packages_unknown() {
    let at = "usr/share/rpm/rpmdb.sqlite";
    let berkeley = base().kept("usr/share/rpm/Packages", &[0; 4096]);
    let broken = base().kept(at, b"SQLite format 3\0 and no more");
    let not_kept = base().file(at, 0o644, b"SQLite format 3\0");
    let cases = [
        (base(), "the image has no RPM database"),
        (
            berkeley,
            "`/usr/share/rpm/Packages` is in the format Berkeley DB, which is not supported",
        ),
        (broken, "`/usr/share/rpm/rpmdb.sqlite`: the RPM database cannot be read: "),
        (not_kept, "`/usr/share/rpm/rpmdb.sqlite` was not kept"),
    ];
    for (layer, expected) in cases {
        let packages = collect(&tree([layer]));
        let reason = packages.not_collected.unwrap();
        assert!(reason.starts_with(expected), "{reason}");
        assert_eq!(packages.set, None);
    }
}

#[test]
fn the_log_beside_a_database_counts() {
    let (bytes, log) = RpmDatabase::new().package(bash()).later(ping()).bytes_and_log();
    let layer = base().kept("usr/share/rpm/rpmdb.sqlite", &bytes);
    let with_log = Layer::default().kept("usr/share/rpm/rpmdb.sqlite-wal", &log);
    let count = |packages: Packages| packages.set.map(|set| set.packages.len());
    assert_eq!(count(collect(&tree([Layer(layer.0.clone())]))), Some(1));
    assert_eq!(count(collect(&tree([Layer(layer.0.clone()), with_log]))), Some(2));
    let not_kept = Layer::default().file("usr/share/rpm/rpmdb.sqlite-wal", 0o644, &log);
    assert_eq!(count(collect(&tree([layer, not_kept]))), None);
}

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
