//! What an image says of itself: labels, architecture, release.

use rollgate_testkit::image::{Image, Package};

use super::{Fault, fault};

pub(super) fn faults() -> Vec<Fault> {
    let good = Image::rhcos;
    vec![
        fault(
            "label_missing",
            "no label of bootc",
            good().without_label("containers.bootc"),
            good().with_label("containers.bootc", "true"),
        ),
        fault(
            "label_missing",
            "no label of ostree",
            good().without_label("ostree.bootable"),
            good().with_label("ostree.bootable", "true"),
        ),
        fault(
            "label_of_another_kernel",
            "the kernel of the base",
            good().with_label("ostree.linux", "5.14.0-570.12.1.el9_6.x86_64"),
            good(),
        ),
        fault("architecture_mismatch", "arm64", Image::rhcos_for("arm64"), good()),
        fault(
            "release_mismatch",
            "another release",
            good().os_release("OPENSHIFT_VERSION", "4.18"),
            good().os_release("OPENSHIFT_VERSION", "4.20"),
        ),
        fault(
            "release_kubelet_mismatch",
            "an older kubelet",
            good()
                .without_package("openshift-kubelet")
                .with_package(kubelet("4.18.0-202501010000.p0.el9")),
            good()
                .without_package("openshift-kubelet")
                .with_package(kubelet("4.20.1-202609010000.p0.el9")),
        ),
    ]
}

fn kubelet(evr: &str) -> Package {
    let files = ["/usr/bin/kubelet", "/usr/lib/systemd/system/kubelet.service"];
    Package::new("openshift-kubelet", evr).files(&files)
}
