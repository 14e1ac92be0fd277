//! What `bootc container lint` finds: its fourteen lints.

use rollgate_testkit::image::{Entry, Image, Layer};

use super::{Fault, fault, on_top};

pub(super) fn faults() -> Vec<Fault> {
    [roots(), contents()].into_iter().flatten().collect()
}

/// The root of the image: `var-run`, `etc-usretc`, `api-base-directories`, `baseimage-root`,
/// `baseimage-composefs`, `nonempty-boot`, `nonempty-run-tmp`.
fn roots() -> Vec<Fault> {
    let good = Image::rhcos;
    let documented = |layer: Layer| {
        layer
            .directory("/usr/share/doc", 0o755)
            .directory("/usr/share/doc/bootc", 0o755)
            .directory("/usr/share/doc/bootc/baseimage", 0o755)
            .directory("/usr/share/doc/bootc/baseimage/base", 0o755)
            .directory("/usr/share/doc/bootc/baseimage/base/sysroot", 0o755)
    };
    vec![
        on_top(
            "var_run_not_a_link",
            "a folder",
            Layer::new().directory("/var/run", 0o755),
            Layer::new().symlink("/var/run", "../run"),
        ),
        on_top(
            "usr_etc_in_image",
            "a file in usr etc",
            Layer::new().directory("/usr/etc", 0o755).file("/usr/etc/example.conf", 0o644, "a\n"),
            Layer::new().file("/etc/example.conf", 0o644, "a\n"),
        ),
        fault("missing_top_level_folder", "no tmp", good().without("/tmp"), good()),
        fault(
            "missing_top_level_folder",
            "var is a link",
            good().without("/var").with(Entry::symlink("var", "usr/var")),
            good().layer(Layer::new().directory("/run", 0o755)),
        ),
        fault("broken_ostree_root", "no sysroot", good().without("/sysroot"), good()),
        on_top(
            "broken_ostree_root",
            "a folder copied over the link",
            Layer::new().whiteout("/ostree").directory("/ostree", 0o755),
            Layer::new().symlink("/ostree", "sysroot/ostree"),
        ),
        on_top(
            "broken_ostree_root",
            "the documented root has no link",
            documented(Layer::new()).packaged("baseimage"),
            documented(Layer::new())
                .symlink("/usr/share/doc/bootc/baseimage/base/ostree", "sysroot/ostree")
                .packaged("baseimage"),
        ),
        fault(
            "composefs_not_enabled",
            "no configuration",
            good().without("/usr/lib/ostree/prepare-root.conf"),
            good(),
        ),
        on_top("composefs_not_enabled", "switched off", prepare_root("false"), prepare_root("yes")),
        on_top(
            "boot_not_an_empty_folder",
            "a kernel in boot",
            Layer::new().file("/boot/vmlinuz-5.14.0", 0o644, "MZ"),
            Layer::new().directory("/boot", 0o755),
        ),
        on_top(
            "run_or_tmp_not_empty",
            "a lock",
            Layer::new().file("/run/dnf.pid", 0o644, "1\n"),
            Layer::new().directory("/run", 0o755),
        ),
        on_top(
            "run_or_tmp_not_empty",
            "a script",
            Layer::new().file("/tmp/install.sh", 0o755, "#!/bin/sh\n"),
            Layer::new().directory("/tmp", 0o1777),
        ),
    ]
}

fn prepare_root(enabled: &str) -> Layer {
    let text = format!("[composefs]\nenabled = {enabled}\n");
    Layer::new().file("/usr/lib/ostree/prepare-root.conf", 0o644, text).packaged("prepare-root")
}

/// What stands in it: `bootc-kargs`, `buildah-injected`, `var-log`, `var-tmpfiles`. The lints `kernel`,
/// `sysusers` and `utf8` stand with kernels, accounts and layers.
fn contents() -> Vec<Fault> {
    let kargs = |text: &str| {
        Layer::new()
            .directory("/usr/lib/bootc", 0o755)
            .directory("/usr/lib/bootc/kargs.d", 0o755)
            .file("/usr/lib/bootc/kargs.d/10-example.toml", 0o644, text)
            .packaged("kargs")
    };
    let kept = |kind: &str| {
        let line = format!("{kind} /var/lib/example 0755 root root -\n");
        Layer::new().file("/usr/lib/tmpfiles.d/example.conf", 0o644, line).packaged("example")
    };
    vec![
        on_top(
            "invalid_configuration_file",
            "kargs as a text",
            kargs("kargs = \"audit=1\"\n"),
            kargs("kargs = [\"audit=1\"]\nmatch-architectures = [\"x86_64\"]\n"),
        ),
        on_top(
            "invalid_configuration_file",
            "an unknown key",
            kargs("kargs = [\"audit=1\"]\narchitectures = [\"x86_64\"]\n"),
            kargs("kargs = [\"audit=1\"]\n"),
        ),
        on_top(
            "injected_by_build",
            "an empty resolv conf",
            Layer::new().file("/etc/resolv.conf", 0o644, ""),
            Layer::new(),
        ),
        on_top(
            "injected_by_build",
            "an empty hostname",
            Layer::new().file("/etc/hostname", 0o644, ""),
            Layer::new().file("/etc/hosts", 0o644, "127.0.0.1 localhost\n"),
        ),
        on_top(
            "logs_in_image",
            "the log of dnf",
            Layer::new().directory("/var/log", 0o755).file("/var/log/dnf.log", 0o644, "INFO\n"),
            Layer::new().directory("/var/log", 0o755),
        ),
        on_top(
            "folder_in_var",
            "a folder",
            Layer::new().directory("/var/lib", 0o755).directory("/var/lib/example", 0o755),
            kept("d").directory("/var/lib", 0o755).directory("/var/lib/example", 0o755),
        ),
        on_top(
            "file_in_var",
            "a file",
            kept("d").directory("/var/lib", 0o755).directory("/var/lib/example", 0o755).file(
                "/var/lib/example/state",
                0o644,
                "a\n",
            ),
            kept("C"),
        ),
    ]
}
