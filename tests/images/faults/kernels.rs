//! Kernels that do not boot, or not with what belongs to them.

use rollgate_testkit::image::{Image, Layer, Package};

use super::{Fault, fault};

/// The version of the kernel that is put in the place of the base's.
const OTHER: &str = "5.14.0-570.52.1.el9_6";

/// What a layer brings of another kernel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Image,
    Initramfs,
    Dependencies,
}

fn modules() -> String {
    format!("/usr/lib/modules/{OTHER}.x86_64")
}

fn kernel(parts: &[Part]) -> Layer {
    let folder = modules();
    let mut layer = Layer::new().directory(&folder, 0o755);
    for (part, name, bytes) in [
        (Part::Image, "vmlinuz", "MZ another"),
        (Part::Initramfs, "initramfs.img", "070701 another"),
        (Part::Dependencies, "modules.dep", "kernel/tun.ko.xz:\n"),
    ] {
        if parts.contains(&part) {
            layer = layer.file(&format!("{folder}/{name}"), 0o644, bytes);
        }
    }
    layer
}

/// A fault of a layer on a base whose label names the kernel that is there in the end.
fn relabelled(rule: &'static str, name: &'static str, with: Layer, without: Layer) -> Fault {
    let [with, without] = [with, without].map(|layer| {
        let other = layer.entries.iter().any(|entry| {
            entry.path.starts_with(modules().trim_start_matches('/').as_bytes())
                && entry.path.ends_with(b"/vmlinuz")
        });
        let image = Image::rhcos().layer(layer);
        if other { image.with_label("ostree.linux", &format!("{OTHER}.x86_64")) } else { image }
    });
    fault(rule, name, with, without)
}

const WHOLE: &[Part] = &[Part::Image, Part::Initramfs, Part::Dependencies];

fn core() -> Package {
    let vmlinuz = format!("{}/vmlinuz", modules());
    Package::new("kernel-core", OTHER).files(&[&vmlinuz])
}

/// The packages of the kernel, all of one version, and the base's kernel gone.
fn replaced(layer: Layer) -> Layer {
    layer
        .whiteout(&Image::rhcos().modules())
        .install(core())
        .install(Package::new("kernel-modules", OTHER))
        .install(Package::new("kernel-modules-core", OTHER))
}

pub(super) fn faults() -> Vec<Fault> {
    let on_top = relabelled;
    let base = Image::rhcos().modules();
    vec![
        on_top(
            "several_kernels",
            "a second kernel",
            kernel(WHOLE).install_beside(core()),
            replaced(kernel(WHOLE)),
        ),
        on_top(
            "kernel_without_initramfs",
            "replaced without dracut",
            replaced(kernel(&[Part::Image, Part::Dependencies])),
            replaced(kernel(WHOLE)),
        ),
        on_top(
            "depmod_not_run",
            "no modules dep",
            replaced(kernel(&[Part::Image, Part::Initramfs])),
            replaced(kernel(WHOLE)),
        ),
        on_top(
            "leftover_kernel_folder",
            "modules of another kernel",
            Layer::new().directory(&modules(), 0o755).file(
                &format!("{}/modules.alias", modules()),
                0o644,
                "alias\n",
            ),
            Layer::new(),
        ),
        on_top(
            "mixed_kernel_packages",
            "modules core left behind",
            kernel(WHOLE)
                .whiteout(&base)
                .install(core())
                .install(Package::new("kernel-modules", OTHER)),
            replaced(kernel(WHOLE)),
        ),
        on_top(
            "kernel_without_package",
            "copied in",
            kernel(WHOLE).whiteout(&base),
            replaced(kernel(WHOLE)),
        ),
        on_top(
            "unowned_kernel_module",
            "a module without a package",
            module(),
            module().install(owner_of_module()),
        ),
        on_top(
            "kernel_devel_mismatch",
            "headers of another kernel",
            Layer::new().install(Package::new("kernel-devel", OTHER)),
            replaced(kernel(WHOLE)).install(Package::new("kernel-devel", OTHER)),
        ),
        fault(
            "without_kernel",
            "no kernel",
            Image::rhcos().without(&format!("{base}/vmlinuz")),
            Image::rhcos(),
        ),
    ]
}

fn module() -> Layer {
    let folder = format!("{}/extra", Image::rhcos().modules());
    Layer::new()
        .directory(&folder, 0o755)
        .file(&format!("{folder}/example.ko"), 0o644, b"\x7fELF example")
        .file(&format!("{}/modules.dep", Image::rhcos().modules()), 0o644, "extra/example.ko:\n")
}

fn owner_of_module() -> Package {
    let file = format!("{}/extra/example.ko", Image::rhcos().modules());
    Package::new("kmod-example", "1.0-1.el9").files(&[&file])
}
