//! Contents: what is kept under which name, and what is known not to be.

use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{LayerContents, NotKept, Tree};

use super::tar::Tar;
use super::{TAR, read_blob};

const WANTED: &[&str] = &["/etc/**", "/usr/lib/os-release", "/usr/share/rpm/rpmdb.sqlite"];

fn object(number: usize) -> String {
    format!("sysroot/ostree/repo/objects/{:02x}/{number:062x}.file", number % 256)
}

fn read(tar: Tar, limits: &ImageLimits) -> LayerContents {
    let tar = tar.end();
    read_blob(TAR, &tar, &tar, WANTED, limits).unwrap()
}

fn tree(layer: LayerContents) -> Tree {
    Tree::of([layer.into()], &ImageLimits::default()).unwrap()
}

/// A database with a size in bytes.
fn database(size: usize) -> Vec<u8> {
    let mut bytes = b"SQLite format 3\0".to_vec();
    bytes.resize(size, 7);
    bytes
}

#[test]
fn a_file_is_kept_under_each_of_its_names() {
    let tar = Tar::default()
        .file("etc/motd", "welcome\n")
        .file("usr/bin/true", "not wanted")
        .file(&object(1), "NAME=x\n")
        .hard_link("usr/lib/os-release", &object(1))
        .file(&object(2), "shared\n")
        .hard_link("usr/share/one", &object(2))
        .file(&object(3), [0xff, 0])
        .hard_link("etc/one", &object(2))
        .hard_link("etc/two", &object(2))
        .hard_link("etc/three", "etc/two")
        .file("etc/empty", "");
    let layer = read(tar, &ImageLimits::default());
    assert_eq!(layer.contents.len(), 4, "{layer:#?}");
    let tree = tree(layer);
    assert_eq!((tree.problems.len(), tree.not_kept.len()), (0, 0), "{tree:#?}");
    for (path, expected) in [
        ("/etc/motd", Some("welcome\n")),
        ("/usr/bin/true", None),
        ("/usr/lib/os-release", Some("NAME=x\n")),
        ("/usr/share/one", Some("shared\n")),
        ("/etc/one", Some("shared\n")),
        ("/etc/three", Some("shared\n")),
        ("/etc/empty", Some("")),
    ] {
        assert_eq!(tree.content(path), expected.map(str::as_bytes), "{path}");
    }
}

#[test]
fn a_database_is_kept_though_its_name_comes_later() {
    let mut tar = Tar::default()
        .file(&object(1), database(30 << 20))
        .hard_link("usr/lib/sysimage/rpm-ostree-base-db/rpmdb.sqlite", &object(1));
    for number in 2..60 {
        tar = tar
            .file(&object(number), vec![b'x'; 1 << 20])
            .hard_link(&format!("usr/{number}"), &object(number));
    }
    let tar = tar.hard_link("usr/share/rpm/rpmdb.sqlite", &object(1));
    let tree = tree(read(tar, &ImageLimits::default()));
    let found = tree.content("/usr/share/rpm/rpmdb.sqlite").map(<[u8]>::len);
    assert_eq!((found, tree.not_kept.len()), (Some(30 << 20), 0));
}

#[test]
fn what_was_let_go_of_is_known() {
    let mut tar = Tar::default().file(&object(0), "first\n");
    for number in 1..150 {
        tar = tar.file(&object(number), vec![b'x'; 256 << 10]);
    }
    let tar = tar
        .hard_link("etc/first", &object(0))
        .hard_link("etc/last", &object(149))
        .file(&object(200), vec![b'x'; 300 << 10])
        .hard_link("etc/large", &object(200))
        .file(&object(201), [0; 10])
        .hard_link("etc/binary", &object(201));
    let tree = tree(read(tar, &ImageLimits::default()));
    let not_kept: Vec<_> = tree.not_kept.iter().map(|(path, why)| (&**path, *why)).collect();
    let expected = ["/etc/binary", "/etc/first", "/etc/large"].map(|path| (path, NotKept::Passed));
    assert_eq!(not_kept, expected);
    assert_eq!(tree.content("/etc/last").map(<[u8]>::len), Some(256 << 10));
}

#[test]
fn what_is_too_large_is_known() {
    let limits =
        ImageLimits { content_bytes: 100, total_content_bytes: 250, ..ImageLimits::default() };
    let tar = Tar::default()
        .file("etc/large", [b'x'; 101])
        .file("etc/a", [b'x'; 100])
        .file("etc/b", [b'x'; 100])
        .file("etc/c", [b'x'; 100])
        .file("etc/d", [b'x'; 50]);
    let tree = tree(read(tar, &limits));
    let not_kept: Vec<_> = tree.not_kept.iter().map(|(path, why)| (&**path, *why)).collect();
    assert_eq!(not_kept, [("/etc/c", NotKept::TooLarge), ("/etc/large", NotKept::TooLarge)]);
}
