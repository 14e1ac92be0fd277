//! In what files differ from what their package installed: the real `rpm --verify` says the same.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use rollgate_engine::extract::image::{Accounts, EntryKind};
use rollgate_facts::Modification::{self, Digest, Mode, Size, Target};
use rollgate_testkit::rpmdb::{RpmDatabase, RpmFile, RpmPackage};
use rollgate_testkit::tool;

use crate::rpm_tree::{Layer, collect, tree};

/// Where the files stand, so that `rpm` needs no root of its own.
fn write(folder: &Path) {
    let file = |name: &str, mode: u32, content: &str| {
        fs::write(folder.join(name), content).unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    file("same", 0o644, "same");
    file("content", 0o644, "tnetnoc");
    file("longer", 0o644, "longer than it was");
    file("mode", 0o4755, "mode");
    file("config", 0o644, "changed");
    file("config-mode", 0o600, "config-mode");
    file("ghost", 0o644, "what a program wrote");
    file("unverified", 0o600, "changed");
    file("was-a-link", 0o777, "target");
    fs::create_dir(folder.join("was-a-file")).unwrap();
    fs::create_dir(folder.join("folder")).unwrap();
    fs::set_permissions(folder.join("folder"), fs::Permissions::from_mode(0o1777)).unwrap();
    symlink("elsewhere", folder.join("link")).unwrap();
}

fn package(at: &str) -> RpmPackage {
    let file = |name: &str| RpmFile::regular(&format!("{at}/{name}"), 0o644, name.as_bytes());
    let files = [
        file("same"),
        file("content"),
        file("longer"),
        file("mode"),
        file("config").flags(1 | 16),
        file("config-mode").flags(1),
        file("ghost").flags(64),
        RpmFile { compared: 16, ..file("unverified") },
        RpmFile::link(&format!("{at}/was-a-link"), "target"),
        file("was-a-file"),
        RpmFile::directory(&format!("{at}/folder"), 0o755),
        RpmFile::link(&format!("{at}/link"), "target"),
    ];
    files.into_iter().fold(RpmPackage::new("all", "1", "1"), RpmPackage::file)
}

/// The files of a folder as a layer has them.
fn layer(folder: &Path) -> Layer {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.into_iter().fold(Layer::default(), |layer, path| {
        let metadata = path.symlink_metadata().unwrap();
        let name = path.to_str().unwrap().trim_start_matches('/').to_owned();
        let mode = metadata.mode() & 0o7777;
        if metadata.is_symlink() {
            layer.link(&name, fs::read_link(&path).unwrap().to_str().unwrap())
        } else if metadata.is_dir() {
            layer.entry(&name, EntryKind::Directory, mode)
        } else {
            layer.file(&name, mode, &fs::read(&path).unwrap())
        }
    })
}

/// What `rpm` says of a file: `S.5....T.  c /path`; the time is not compared.
fn said_by_rpm(database: &Path) -> Vec<(String, Vec<Modification>)> {
    let mut command = Command::new("rpm");
    command.arg("--dbpath").arg(database).args(["--verify", "--nodeps", "--nouser", "--nogroup"]);
    let output = command.arg("all").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let (marks, rest) = line.split_at(9);
        let known = [('5', Digest), ('S', Size), ('M', Mode), ('L', Target)];
        let found = known.into_iter().filter(|(mark, _)| marks.contains(*mark));
        let path = rest.split_whitespace().next_back().unwrap().to_owned();
        (path, found.map(|(_, modification)| modification).collect())
    };
    let mut said: Vec<(String, Vec<Modification>)> = text.lines().map(line).collect();
    said.sort();
    said
}

#[test]
fn rpm_verify_says_the_same() {
    if tool("rpm_verify_says_the_same", "rpm").is_none() {
        return;
    }
    let (folder, at_database) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = folder.path().to_str().unwrap();
    write(folder.path());
    let bytes = RpmDatabase::new().package(package(at)).bytes();
    fs::write(at_database.path().join("rpmdb.sqlite"), &bytes).unwrap();
    let mut expected = said_by_rpm(at_database.path());
    for (path, modified) in &mut expected {
        // The contents of configuration files are there to be changed.
        if path.ends_with("/config") {
            assert_eq!(*modified, [Digest, Size]);
            modified.clear();
        }
    }
    expected.retain(|(_, modified)| !modified.is_empty());
    assert_eq!(expected.len(), 8, "{expected:?}");

    let tree = tree([layer(folder.path()).kept("usr/share/rpm/rpmdb.sqlite", &bytes)]);
    let packages = collect(&tree);
    let nobody = |_: &str| None;
    let accounts = Accounts { user: &nobody, group: &nobody };
    let entries = tree.entries.iter().filter(|entry| entry.path.starts_with(at));
    let found = entries.map(|entry| (entry.path.to_string(), packages.verify(entry, accounts)));
    let found = found.map(|(path, (owners, modified))| {
        assert!(owners == ["all"] || *path == *at, "{path}");
        (path, modified)
    });
    let found: Vec<_> = found.filter(|(_, modified)| !modified.is_empty()).collect();
    assert_eq!(found, expected);
}
