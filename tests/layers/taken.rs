//! What is taken of a tar as it should be.

use rollgate_engine::extract::image::{EntryKind, LayerEntry};

use super::read;
use super::tar::{Tar, digest, header, with};

fn entry(tar: Tar) -> LayerEntry {
    let layer = read(&tar.end()).unwrap();
    assert_eq!((layer.entries.len(), layer.problems.len()), (1, 0), "{layer:#?}");
    layer.entries[0].clone()
}

#[test]
fn an_entry_has_what_its_header_says() {
    let mut block = with(header(b'0', "./usr//bin/sudo", 5), 100, b"0104755\0");
    block = with(block, 108, b"0000012\0");
    block = with(block, 116, b"0000013\0");
    block = with(block, 136, b"00000000144\0");
    let entry = entry(Tar::default().block(block).data(b"hello"));
    assert_eq!(&*entry.path, "usr/bin/sudo");
    assert_eq!((entry.kind, entry.mode, entry.size), (EntryKind::File, 0o4755, 5));
    assert_eq!((entry.uid, entry.gid, entry.mtime), (10, 11, 100));
    let found: String = entry.digest.unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(format!("sha256:{found}"), digest(b"hello"));
}

#[test]
fn an_extended_header_goes_before_the_header() {
    let long = "usr/share/".to_owned() + &"a/".repeat(100) + "file";
    let records = [
        ("path", long.as_str()),
        ("uid", "4294967296"),
        ("gid", "7"),
        ("mtime", "-1.5"),
        ("SCHILY.xattr.security.capability", "\u{1}\0\0\u{2}"),
        ("SCHILY.xattr.user.comment", "nothing"),
    ];
    let entry = entry(Tar::default().pax(&records).file("short", "x"));
    assert_eq!((&*entry.path, entry.uid, entry.gid), (long.as_str(), 1 << 32, 7));
    assert_eq!(entry.mtime, -1);
    assert_eq!(entry.capabilities.as_deref(), Some(b"\x01\0\0\x02".as_slice()));
}

#[test]
fn names_come_in_all_the_ways_of_the_formats() {
    let prefixed = with(header(b'0', "name", 0), 345, b"usr/share");
    assert_eq!(&*entry(Tar::default().block(prefixed)).path, "usr/share/name");

    let gnu = Tar::default().extended(b'L', b"usr/long\0").file("usr/lo", "");
    assert_eq!(&*entry(gnu).path, "usr/long");

    let gnu = Tar::default().extended(b'K', b"../bin/long\0").link("usr/l", "../bin/lo");
    assert_eq!(entry(gnu).target.as_deref(), Some("../bin/long"));

    let old = with(header(0, "usr/old", 0), 257, &[0; 8]);
    assert_eq!(entry(Tar::default().block(old)).kind, EntryKind::File);
    let old = with(header(0, "usr/old/", 0), 257, &[0; 8]);
    assert_eq!(entry(Tar::default().block(old)).kind, EntryKind::Directory);
    assert_eq!(&*entry(Tar::default().folder("./")).path, "");
    assert_eq!(&*entry(Tar::default().folder("/")).path, "");
}

#[test]
fn base_256_is_a_number() {
    let mut field = [0; 8];
    field[0] = 0x80;
    field[4..].copy_from_slice(&[0xff, 0xff, 0xff, 0xfe]);
    let block = with(header(b'0', "usr/file", 0), 108, &field);
    assert_eq!(entry(Tar::default().block(block)).uid, 0xffff_fffe);
}

#[test]
fn whiteouts_say_what_they_remove() {
    let tar =
        Tar::default().file("etc/.wh.motd", "").file("usr/.wh..wh..opq", "").file(".wh.opt", "");
    let layer = read(&tar.end()).unwrap();
    let found: Vec<_> = layer.entries.iter().map(|entry| (&*entry.path, entry.kind)).collect();
    let expected = [
        ("etc/motd", EntryKind::Whiteout),
        ("usr", EntryKind::Opaque),
        ("opt", EntryKind::Whiteout),
    ];
    assert_eq!((found.as_slice(), layer.problems.len()), (expected.as_slice(), 0));
}

#[test]
fn a_comment_for_all_entries_says_nothing() {
    let comment = super::tar::record("comment", "8c5ad1e");
    let layer = read(&Tar::default().extended(b'g', comment.as_bytes()).file("usr/a", "").end());
    assert_eq!(layer.unwrap().entries.len(), 1);
}

#[test]
fn an_end_may_be_missing_or_long() {
    let tar = Tar::default().file("usr/a", "1").0;
    for zeros in [0, 512, 1024, 10 << 20] {
        let mut tar = tar.clone();
        tar.resize(tar.len() + zeros, 0);
        let layer = read(&tar).unwrap();
        assert_eq!((layer.entries.len(), layer.problems.len()), (1, 0));
        assert_eq!(layer.bytes, tar.len() as u64);
    }
}
