//! What layers come to together.

use std::sync::Arc;

use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{LayerContents, Tree};

use super::tar::Tar;
use super::{lines, read, tree, tree_problems};

const OBJECT: &str = "sysroot/ostree/repo/objects/aa/bb.file";

#[test]
fn folders_are_implied_and_layers_cover_each_other() {
    let tree = tree(&[
        Tar::default().file("usr/bin/a", "1").file("etc/motd", "12").end(),
        Tar::default().file("usr/bin/a", "123").folder("etc").end(),
    ]);
    let expected = ["d /etc 1", "f /etc/motd 2 0", "d /usr 0", "d /usr/bin 0", "f /usr/bin/a 3 1"];
    assert_eq!(lines(&tree.entries), expected);
    assert_eq!(lines(&tree.removed), ["f /usr/bin/a 1 0"]);
    assert_eq!((tree_problems(&tree).len(), tree.get("/usr").map(|it| it.mode)), (0, Some(0o755)));
}

#[test]
fn whiteouts_remove_what_is_below() {
    let base = Tar::default()
        .file("etc/a", "1")
        .file("etc/a.d/b", "2")
        .file("etc/a.d/c", "3")
        .file("etc/a.d-x", "4")
        .file("opt/x/y", "5")
        .end();
    let upper = Tar::default()
        .file("opt/x/z", "6")
        .file("etc/.wh.a", "")
        .file("etc/.wh.a.d", "")
        .file("etc/.wh.nothing", "")
        .file("opt/.wh..wh..opq", "")
        .end();
    let tree = tree(&[base, upper]);
    let expected = ["d /etc 0", "f /etc/a.d-x 1 0", "d /opt 0", "d /opt/x 1", "f /opt/x/z 1 1"];
    assert_eq!(lines(&tree.entries), expected);
    let expected = ["f /etc/a 1 0", "f /etc/a.d/b 1 0", "f /etc/a.d/c 1 0", "f /opt/x/y 1 0"];
    assert_eq!(lines(&tree.removed), expected);
    assert_eq!(tree_problems(&tree), [""; 0]);
}

#[test]
fn everything_below_may_be_removed() {
    let base = Tar::default().folder("./").file("usr/a", "1").end();
    let tree = tree(&[base, Tar::default().file(".wh..wh..opq", "").file("b", "").end()]);
    assert_eq!(lines(&tree.entries), ["d / 0", "f /b 0 1"]);
    assert_eq!(lines(&tree.removed), ["f /usr/a 1 0"]);
}

#[test]
fn a_file_in_place_of_a_folder_removes_what_was_under_it() {
    let base = Tar::default().file("usr/local/bin/a", "1").link("opt", "var/opt").end();
    let upper = Tar::default().link("usr/local", "../var/usrlocal").folder("opt").file("opt/b", "");
    let tree = tree(&[base, upper.end()]);
    let expected = ["d /opt 1", "f /opt/b 0 1", "d /usr 0", "l /usr/local -> ../var/usrlocal 1"];
    assert_eq!(lines(&tree.entries), expected);
    assert_eq!(lines(&tree.removed), ["l /opt -> var/opt 0", "f /usr/local/bin/a 1 0"]);
}

#[test]
fn names_that_lead_through_links_are_problems() {
    let base =
        Tar::default().link("bin", "usr/bin").file("usr/bin/sh", "1").file("etc/f", "").end();
    let upper = Tar::default().file("bin/sh", "12").file("bin/bash", "").file("etc/f/g", "").end();
    let tree = tree(&[base.clone(), upper]);
    let expected = [
        "1 EscapingName bin/sh: it stands under `bin`, which is a link",
        "1 AmbiguousLayer etc/f/g: it stands under `etc/f`, which is no folder",
    ];
    assert_eq!(tree_problems(&tree), expected);
    assert_eq!(tree.get("/bin/sh").map(|entry| entry.size), Some(2));

    let tree = self::tree(&[base, Tar::default().file("bin/.wh.sh", "").end()]);
    let expected = ["1 AmbiguousLayer bin/sh: it is removed by way of `bin`, which is no folder"];
    assert_eq!(tree_problems(&tree), expected);

    let inside = Tar::default().link("a", "/etc").file("a/passwd", "").end();
    let expected = ["0 EscapingName a/passwd: it stands under `a`, which is a link"];
    assert_eq!(tree_problems(&self::tree(&[inside])), expected);
}

#[test]
fn objects_and_their_names_are_one() {
    let base = Tar::default()
        .file(OBJECT, "1234")
        .hard_link("usr/bin/foo", OBJECT)
        .hard_link("etc/foo", OBJECT)
        .link("sysroot/ostree/repo/objects/cc/dd.file", "bash")
        .hard_link("usr/bin/sh", "sysroot/ostree/repo/objects/cc/dd.file")
        .hard_link("usr/bin/rsh", "usr/bin/sh");
    let tree = tree(&[base.end()]);
    let files: Vec<_> =
        lines(&tree.entries).into_iter().filter(|line| !line.starts_with('d')).collect();
    let expected = [
        "f /etc/foo 4 0",
        "f /sysroot/ostree/repo/objects/aa/bb.file 4 0",
        "l /sysroot/ostree/repo/objects/cc/dd.file -> bash 0",
        "f /usr/bin/foo 4 0",
        "l /usr/bin/rsh -> bash 0",
        "l /usr/bin/sh -> bash 0",
    ];
    assert_eq!(files, expected);
    assert_eq!(tree_problems(&tree), [""; 0]);
    assert_eq!(
        tree.get("/etc/foo").map(|it| it.digest),
        tree.get("/usr/bin/foo").map(|it| it.digest)
    );
}

#[test]
fn hard_links_that_an_import_would_not_take_are_problems() {
    let base = Tar::default().file(OBJECT, "1").hard_link("usr/bin/foo", OBJECT).file("etc/a", "");
    let upper = Tar::default()
        .file(OBJECT, "12")
        .hard_link("usr/bin/foo", OBJECT)
        .hard_link("etc/b", "etc/a")
        .hard_link("etc/c", "etc/d")
        .file("etc/d", "1")
        .hard_link("etc/e", "etc/nothing")
        .hard_link("etc/f", "etc/f")
        .hard_link("etc/g", "etc")
        .hard_link("usr/h", "etc/d");
    let tree = tree(&[base.end(), upper.end()]);
    let across = "in another top-level folder";
    let expected = [
        format!("1 ModifiedObject {OBJECT}: the layer writes an object of the ostree repository anew"),
        format!("1 HardLinkAcrossFolders usr/bin/foo: the hard link leads to `{OBJECT}` {across}"),
        "1 HardLinkAcrossFolders etc/g: the hard link leads to `etc` in another top-level folder".to_owned(),
        format!("1 HardLinkAcrossFolders usr/h: the hard link leads to `etc/d` {across}"),
        "1 AmbiguousLayer etc/b: the hard link leads to `etc/a`, which stands in a layer below only".to_owned(),
        "1 AmbiguousLayer etc/c: the hard link leads to `etc/d`, which comes behind it in the tar".to_owned(),
        "1 HardLinkToNothing etc/e: the hard link leads to `etc/nothing`, and no layer holds that".to_owned(),
        "1 HardLinkToNothing etc/f: the hard link leads to `etc/f`, and no layer holds that".to_owned(),
        "1 HardLinkToNothing etc/g: the hard link leads to `etc`, and no layer holds that".to_owned(),
    ];
    assert_eq!(tree_problems(&tree), expected);
    assert_eq!(tree.get("/usr/bin/foo").map(|entry| entry.size), Some(2));
    assert!(tree.get("/etc/b").is_some() && tree.get("/etc/c").is_some());
    assert!(tree.get("/etc/e").is_none() && tree.get("/etc/f").is_none());
}

#[test]
fn the_reverse_way_of_a_copied_up_object_is_a_problem() {
    let base = Tar::default().file(OBJECT, "1").hard_link("etc/shells", OBJECT);
    let upper = Tar::default().file("etc/shells", "12").hard_link(OBJECT, "etc/shells");
    let problems = tree_problems(&tree(&[base.end(), upper.end()]));
    let kinds: Vec<_> = problems.iter().map(|it| it.split(' ').nth(1).unwrap()).collect();
    assert_eq!(kinds, ["ModifiedObject", "HardLinkAcrossFolders"]);
}

#[test]
fn links_are_followed_inside_the_image() {
    let tar = Tar::default()
        .file("usr/lib/os-release", "NAME=x\n")
        .link("etc/os-release", "../usr/lib/os-release")
        .link("lib", "usr/lib")
        .link("outside", "../../../lib/os-release")
        .link("absolute", "/lib")
        .link("a", "b")
        .link("b", "a")
        .link("nothing", "nowhere/at/all")
        .link("through", "usr/lib/os-release/x");
    let tree = tree(&[tar.end()]);
    let resolved = |path: &str| tree.resolve(path).map(|entry| &*entry.path);
    for path in [
        "/etc/os-release",
        "/lib/os-release",
        "/outside",
        "/absolute/os-release",
        "/absolute/../../usr/./lib//os-release",
    ] {
        assert_eq!(resolved(path), Some("/usr/lib/os-release"), "{path}");
        assert_eq!(tree.content(path), Some(b"NAME=x\n".as_slice()), "{path}");
    }
    for path in ["/a", "/nothing", "/through", "/usr/lib/os-release/..", "/missing"] {
        assert_eq!(resolved(path), None, "{path}");
    }
    assert_eq!(resolved("/absolute"), Some("/usr/lib"));
    assert_eq!(lines(tree.under("/usr/lib")), ["f /usr/lib/os-release 7 0"]);
    assert_eq!(tree.under("/usr").len(), 2);
    assert_eq!(tree.under("/").len(), tree.entries.len());
    assert!(tree.under("/us").is_empty());
}

#[test]
fn a_long_chain_of_links_ends() {
    let chain = (0..60)
        .fold(Tar::default(), |tar, link| tar.link(&format!("l{link}"), &format!("l{}", link + 1)));
    let tree = tree(&[chain.file("l60", "").end()]);
    assert!(tree.resolve("/l20").is_some() && tree.resolve("/l19").is_none());
}

#[test]
fn limits_hold_over_all_layers() {
    let layer: Arc<LayerContents> =
        Arc::new(read(&Tar::default().file("etc/a", "12345").file("etc/b", "").end()).unwrap());
    let limits = ImageLimits::default();
    for (limits, expected) in [
        (ImageLimits { layers: 2, ..limits.clone() }, "`layers` of 2"),
        (ImageLimits { total_entries: 5, ..limits.clone() }, "`total_entries` of 5"),
        (ImageLimits { total_content_bytes: 14, ..limits.clone() }, "`total_content_bytes` of 14"),
        (ImageLimits { total_bytes: 3 * layer.bytes - 1, ..limits.clone() }, "`total_bytes` of"),
    ] {
        let error = Tree::of(vec![Arc::clone(&layer); 3], &limits).unwrap_err().to_string();
        assert!(error.starts_with(&format!("the limit {expected}")), "{error}");
        assert!(error.ends_with("at the layer 2 counted from 0"), "{error}");
    }
}
