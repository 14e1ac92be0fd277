//! Tars that are refused, and tars that are read with a problem: neither can pass.

use super::tar::{Tar, header, record, with};
use super::{problems, refusal};

/// A file with an extended header of these bytes.
fn extended(bytes: impl AsRef<[u8]>) -> Tar {
    Tar::default().extended(b'x', bytes.as_ref()).file("usr/file", "x")
}

#[test]
fn what_readers_take_differently_is_refused() {
    let file = || header(b'0', "usr/file", 0);
    let at = |block: [u8; 512]| Tar::default().block(block);
    let mut wrong_sum = file();
    wrong_sum[0] = b'x';
    let negative = [0xff; 12];
    let cases: Vec<(&str, Tar, &str)> = vec![
        ("sum", at(wrong_sum), "archive header checksum mismatch"),
        ("negative size", at(with(file(), 124, &negative)), "size overflow"),
        (
            "negative owner",
            at(with(file(), 108, &negative[..8])),
            "the field `uid` is negative or too large",
        ),
        ("mode", at(with(file(), 100, b"rw-r--r-")), "the field `mode` is no number"),
        ("two numbers", at(with(file(), 116, b"01 02\0\0\0")), "the field `gid` is no number"),
        ("magic", at(with(file(), 257, b"ustar\x0001")), "a header of an unknown format"),
        ("star", at(with(file(), 508, b"tar\0")), "the format of `star` is not read"),
        (
            "prefix in place of times",
            at(with(with(file(), 257, b"ustar  \0"), 345, b"etc")),
            "the field `atime` is no number",
        ),
        (
            "folder with a size",
            at(header(b'5', "usr/", 512)).data(&[1; 512]),
            "a size on what is no file, at the entry `usr/`",
        ),
        (
            "hard link with a size",
            at(with(header(b'1', "usr/a", 512), 157, b"b")).data(&[1; 512]),
            "a size on what is no file, at the entry `usr/a`",
        ),
        ("sparse", at(header(b'S', "usr/a", 0)), "sparse files are not read, at the entry `usr/a`"),
        ("type", at(header(b'7', "usr/a", 0)), "the type `7` is not known, at the entry `usr/a`"),
        (
            "file as folder",
            at(header(b'0', "usr/a/", 0)),
            "a file with the name of a folder, at the entry `usr/a/`",
        ),
        (
            "link to nothing",
            at(header(b'2', "usr/a", 0)),
            "a link to nothing, at the entry `usr/a`",
        ),
        ("no name", at(header(b'0', "", 0)), "an entry without a name that is no folder"),
        ("root as file", at(header(b'0', "./.", 0)), "an entry without a name that is no folder"),
        (
            "two sizes",
            Tar::default().pax(&[("size", "1024")]).file("usr/a", [1; 512]),
            "two sizes that differ, at the entry `usr/a`",
        ),
        (
            "size of a link",
            Tar::default().pax(&[("size", "512")]).link("usr/a", "b"),
            "two sizes that differ, at the entry `usr/a`",
        ),
        (
            "twice",
            extended(record("uid", "0") + &record("uid", "0")),
            "the attribute `uid` is there twice",
        ),
        ("empty", extended(record("path", "")), "the attribute `path` is empty"),
        ("NUL", extended(record("path", "usr/a\0b")), "the attribute `path` holds a NUL"),
        ("signed", extended(record("uid", "+0")), "the attribute `uid` is no number"),
        ("sparse", extended(record("GNU.sparse.name", "b")), "sparse files are not read"),
        ("no record", extended("usr"), "an extended header is malformed"),
        ("short", extended("9 uid=0\n"), "an extended header is malformed"),
        ("zeros", extended("008 uid=0\n"), "an extended header is malformed"),
        ("long", extended("99999999999999999999999 uid=0\n"), "an extended header is malformed"),
        ("bytes behind", extended(record("uid", "0") + "\0\0"), "an extended header is malformed"),
        (
            "two headers",
            Tar::default().pax(&[("uid", "1")]).pax(&[("uid", "2")]).file("usr/a", ""),
            "two extended headers for one entry",
        ),
        (
            "two names",
            Tar::default().pax(&[("path", "usr/a")]).extended(b'L', b"usr/b\0").file("usr/c", ""),
            "a name by POSIX and one by GNU, at the entry `usr/b`",
        ),
        (
            "NUL in a name",
            Tar::default().extended(b'L', b"a\0b\0").file("a", ""),
            "a long name that is empty or holds a NUL",
        ),
        (
            "global",
            Tar::default().extended(b'g', record("uid", "0").as_bytes()).file("a", ""),
            "a global extended header",
        ),
        (
            "forgotten",
            Tar::default().pax(&[("path", "etc/a")]).extended(b'g', b"").file("a", ""),
            "two extended headers for one entry",
        ),
        (
            "nothing follows",
            Tar::default().pax(&[("uid", "1")]),
            "an extended header without an entry",
        ),
        (
            "target of a file",
            Tar::default().pax(&[("linkpath", "a")]).file("usr/a", ""),
            "a target on what is no link, at the entry `usr/a`",
        ),
    ];
    for (name, tar, expected) in cases {
        let expected = format!("its tar cannot be taken as it is: {expected}");
        assert_eq!(refusal(&tar.end()), expected, "{name}");
    }
}

#[test]
fn a_tar_that_ends_within_an_entry_is_refused() {
    let tar = Tar::default().file("usr/a", "1").file("usr/b", [1; 2000]).0;
    for cut in [1, 511, 600, 1023, 1200, 1537, 3000, tar.len() - 1] {
        let text = refusal(&tar[..cut]);
        assert!(text.starts_with("its tar cannot be taken as it is: "), "{cut}: {text}");
    }
}

#[test]
fn what_other_readers_may_see_is_a_problem() {
    let absolute = Tar::default().file("/etc/passwd", "").link("usr/ok", "/etc");
    assert_eq!(problems(&absolute.end()), ["EscapingName etc/passwd: its name is absolute"]);

    let up = Tar::default().file("usr/../../../etc/a", "").hard_link("usr/b", "../etc/a");
    let expected = [
        "EscapingName etc/a: its name contains `..`",
        "EscapingName usr/b: of the target of a hard link, its name contains `..`",
    ];
    assert_eq!(problems(&up.end()), expected);

    let twice = Tar::default().folder("usr").folder("usr/").file("usr/a", "1").file("./usr/a", "2");
    let expected = ["DuplicateName usr/a: its name stands twice in the layer"];
    assert_eq!(problems(&twice.end()), expected);

    let itself = Tar::default().file("usr/a/b", "").file("usr/.wh.a", "").file("usr/a-b", "");
    let expected = ["AmbiguousLayer usr/a: the layer removes it and brings it"];
    assert_eq!(problems(&itself.end()), expected);

    let unclear = Tar::default().file(".wh.", "").file("a/.wh.b/c", "").file(".wh..wh.plnk", "");
    let expected = [".wh.", "a/.wh.b/c", ".wh..wh.plnk"];
    let expected = expected.map(|name| {
        format!("AmbiguousLayer {name}: it is a whiteout for some, and a file for others")
    });
    assert_eq!(problems(&unclear.end()), expected);

    let full = Tar::default().file("usr/.wh.a", "x").folder("usr/.wh.b");
    let expected = ["usr/.wh.a", "usr/.wh.b"];
    let expected =
        expected.map(|name| format!("AmbiguousLayer {name}: a whiteout that is no empty file"));
    assert_eq!(problems(&full.end()), expected);

    let block = with(header(b'0', "usr/a", 0), 4, b"\xff");
    let target = with(header(b'2', "usr/b", 0), 157, b"\xfe");
    let expected = [
        "NameNotUtf8 usr/\u{fffd}: its name is not UTF-8",
        "NameNotUtf8 usr/b: the target of the link is not UTF-8",
    ];
    assert_eq!(problems(&Tar::default().block(block).block(target).end()), expected);

    let device = Tar::default().block(header(b'3', "dev/null", 0));
    let expected = ["SpecialFile dev/null: it is a device node or FIFO, which cannot be imported"];
    assert_eq!(problems(&device.end()), expected);

    let overlay = Tar::default().pax(&[("SCHILY.xattr.trusted.overlay.opaque", "y")]).folder("usr");
    let expected = "AmbiguousLayer usr: the attribute `SCHILY.xattr.trusted.overlay.opaque` is \
                    overlayfs's own";
    assert_eq!(problems(&overlay.end()), [expected]);
}

#[test]
fn what_stands_behind_the_end_is_a_problem() {
    let expected = ["AmbiguousLayer : data stands behind the end of the tar"];
    let first = Tar::default().file("usr/a", "1");
    let second = Tar::default().file("usr/b", "2").end();
    for zeros in [512, 1024, 4096] {
        let tar = first.clone().data(&vec![0; zeros]).data(&second);
        assert_eq!(problems(&tar.0), expected, "{zeros}");
    }
    let mut text = first.end();
    text.extend(b"x");
    assert_eq!(problems(&text), expected);
}

#[test]
fn a_million_problems_are_few() {
    let mut tar = Tar::default();
    for index in 0..200 {
        tar = tar.file(&format!("/usr/{index}"), "");
    }
    let found = problems(&tar.end());
    assert_eq!(found.len(), 51);
    assert_eq!(found[50], "EscapingName : and 150 more of the kind");
}
