//! Layers that readers take differently, or that a node refuses.

use rollgate_testkit::image::{Damage, Entry, Image, Layer, Layout};

use super::{Fault, fault, on_top};

fn one(entry: Entry) -> Layer {
    Layer::new().entry(entry)
}

fn file(path: impl AsRef<[u8]>) -> Entry {
    Entry::file(path, 0o644, b"x")
}

pub(super) fn faults() -> Vec<Fault> {
    let objects = || Image::rhcos().layout(Layout::Ostree);
    let plain = || one(file("etc/example"));
    let vendor = || Layer::new().file("/usr/share/example", 0o644, "a\n").packaged("example");
    vec![
        on_top("name_not_utf8", "a file", one(file(b"etc/caf\xe9")), one(file("etc/café"))),
        on_top(
            "name_not_utf8",
            "a target",
            one(Entry::symlink("etc/link", b"caf\xe9")),
            one(Entry::symlink("etc/link", "café")),
        ),
        on_top("special_file", "a device", one(Entry::new(b'3', "etc/device", 0o666)), plain()),
        on_top("special_file", "a FIFO", one(Entry::new(b'6', "etc/fifo", 0o644)), plain()),
        on_top("escaping_name", "dots", one(file("etc/../../etc/example")), plain()),
        on_top("escaping_name", "absolute", one(file("/etc/example")), one(file("./etc/example"))),
        on_top("duplicate_name", "twice", plain().entry(file("etc/example")), plain()),
        on_top(
            "hard_link_to_nothing",
            "no target",
            one(Entry::hard_link("etc/link", "etc/nothing")),
            plain().hard_link("/etc/link", "/etc/example"),
        ),
        on_top(
            "hard_link_across_folders",
            "from etc into usr",
            vendor().hard_link("/etc/example", "/usr/share/example"),
            vendor().symlink("/etc/example", "../usr/share/example"),
        ),
        on_top(
            "ambiguous_layer",
            "a second tar behind the first",
            plain().damage(Damage::TarTail(rollgate_testkit::image::tar(&[file("etc/hidden")]))),
            plain(),
        ),
        on_top(
            "ambiguous_layer",
            "bytes behind the compressed data",
            plain().damage(Damage::BlobTail(b"behind".to_vec())),
            plain(),
        ),
        fault(
            "modified_ostree_object",
            "an object written anew",
            objects().layer(Layer::new().rewrite("/usr/bin/newuidmap", b"another", true)),
            objects().layer(plain()),
        ),
        fault(
            "duplicate_layer",
            "one layer twice",
            Image::rhcos().layer(plain()).layer(plain()),
            Image::rhcos().layer(plain()).layer(one(file("etc/other"))),
        ),
    ]
}
