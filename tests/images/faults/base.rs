//! What an image says of itself: labels, architecture, release.

use rollgate_testkit::image::{Entry, Image, Layer};

use super::{Fault, fault};

pub(super) fn faults() -> Vec<Fault> {
    let good = Image::rhcos;
    vec![
        fault(
            "not_bootable",
            "no label of bootc",
            good().without_label("containers.bootc"),
            good().with_label("containers.bootc", "true"),
        ),
        fault(
            "not_bootable",
            "no label of ostree",
            good().without_label("ostree.bootable"),
            good().with_label("ostree.bootable", "true"),
        ),
        fault(
            "base_unknown",
            "no final diff id",
            good().without_label("ostree.final-diffid").layer(Layer::new()),
            good().layer(Layer::new().file("/usr/share/example", 0o644, "a\n")),
        ),
        fault(
            "architecture_mismatch",
            "arm64 said to be amd64",
            Image::rhcos_for("arm64").claimed_architecture("amd64"),
            Image::rhcos_for("arm64"),
        ),
        fault(
            "no_os_release",
            "no file",
            good().without("/usr/lib/os-release").without("/etc/os-release"),
            good(),
        ),
        fault(
            "os_release_mismatch",
            "another version than the label",
            good()
                .os_release("OPENSHIFT_VERSION", "4.18")
                .os_release("OSTREE_VERSION", "418.94.202501010000-0"),
            good().os_release("BUILD_ID", "20260801"),
        ),
        fault(
            "packages_not_readable",
            "no sqlite",
            good().layer(Layer::new().file("/usr/share/rpm/rpmdb.sqlite", 0o644, [0; 4096])),
            good().with(Entry::file("usr/share/rpm/rpmdb.sqlite-shm", 0o644, b"")),
        ),
    ]
}
