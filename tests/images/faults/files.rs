//! Files that are not as a node needs them, or should not be in an image.

use rollgate_testkit::image::{Image, Layer, Package};

use super::{Fault, fault, on_top};

/// `cap_net_admin=ep` in the second version of the format (linux/capability.h).
const CAPABILITY: &str = "0100000200100000000000000000000000000000";

pub(super) fn faults() -> Vec<Fault> {
    [identities(), leftovers(), privileges(), changed()].into_iter().flatten().collect()
}

/// What each node should have of its own.
fn identities() -> Vec<Fault> {
    vec![
        on_top(
            "machine_id_set",
            "an id",
            Layer::new().file("/etc/machine-id", 0o444, "0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"),
            Layer::new().file("/etc/machine-id", 0o444, "uninitialized\n"),
        ),
        on_top(
            "node_identity_in_image",
            "a random seed",
            Layer::new().directory("/var/lib", 0o755).directory("/var/lib/systemd", 0o755).file(
                "/var/lib/systemd/random-seed",
                0o600,
                [7; 512],
            ),
            Layer::new(),
        ),
        on_top(
            "node_identity_in_image",
            "a hostname",
            Layer::new().file("/etc/hostname", 0o644, "builder\n"),
            Layer::new(),
        ),
    ]
}

/// What builds leave behind.
fn leftovers() -> Vec<Fault> {
    let cache = |layer: Layer| {
        layer.directory("/var/cache", 0o755).directory("/var/cache/dnf", 0o755).file(
            "/var/cache/dnf/packages.db",
            0o644,
            "a",
        )
    };
    vec![
        on_top("build_leftovers", "the cache of dnf", cache(Layer::new()), Layer::new()),
        on_top(
            "build_leftovers",
            "the work of ansible",
            Layer::new()
                .directory("/var/roothome", 0o700)
                .directory("/var/roothome/.ansible", 0o700)
                .file("/var/roothome/.ansible/tmp", 0o600, "a"),
            Layer::new(),
        ),
        on_top(
            "package_database_leftovers",
            "an index of shared memory",
            Layer::new().file("/usr/share/rpm/rpmdb.sqlite-shm", 0o644, [0; 32]),
            Layer::new(),
        ),
        on_top(
            "unmerged_configuration",
            "an rpmnew",
            Layer::new().file("/etc/ssh/sshd_config.rpmnew", 0o600, "PermitRootLogin no\n"),
            Layer::new(),
        ),
        on_top(
            "build_tool_package",
            "a compiler",
            Layer::new().install(Package::new("gcc", "11.5.0-5.el9_5")),
            Layer::new().install(Package::new("strace", "6.12-1.el9")),
        ),
    ]
}

/// Who may do more than before.
fn privileges() -> Vec<Fault> {
    let tool = |mode| Layer::new().file("/usr/bin/tool", mode, b"\x7fELF tool");
    let owned =
        |layer: Layer| layer.install(Package::new("tool", "1.0-1.el9").files(&["/usr/bin/tool"]));
    vec![
        on_top("unowned_privileged_file", "without a package", tool(0o4755), owned(tool(0o755))),
        on_top("privileged_file_added", "of a package", owned(tool(0o4755)), owned(tool(0o755))),
        on_top(
            "privileged_file_added",
            "a capability",
            owned(tool(0o755).capability(CAPABILITY)),
            owned(tool(0o755)),
        ),
        on_top("writable_by_all", "in usr", owned(tool(0o777)), owned(tool(0o755))),
        on_top("not_owned_by_root", "in usr", tool(0o755).owner(1000, 1000), owned(tool(0o755))),
    ]
}

/// Files of packages that are no longer what was installed.
fn changed() -> Vec<Fault> {
    vec![
        on_top(
            "modified_vendor_file",
            "another program",
            Layer::new().file("/usr/bin/crio", 0o755, b"\x7fELF another"),
            Layer::new().file("/etc/ssh/sshd_config", 0o600, "PermitRootLogin no\n"),
        ),
        on_top(
            "package_file_removed",
            "a program removed",
            Layer::new().whiteout("/usr/bin/sudo"),
            Layer::new().whiteout("/usr/bin/sudo").erase("sudo"),
        ),
        on_top(
            "unowned_file",
            "copied in",
            Layer::new().file("/usr/bin/tool", 0o755, b"\x7fELF tool"),
            Layer::new().file("/usr/bin/tool", 0o755, b"\x7fELF tool").packaged("tool"),
        ),
        fault(
            "modified_bytecode",
            "compiled anew",
            Image::rhcos().layer(bytecode()).layer(Layer::new().file(
                "/usr/lib/python3.9/example.pyc",
                0o644,
                "second",
            )),
            Image::rhcos().layer(bytecode()),
        ),
        on_top(
            "owned_path",
            "a file of the operator",
            Layer::new().file("/etc/containers/storage.conf", 0o644, "[storage]\n"),
            Layer::new().file("/etc/example.conf", 0o644, "a\n"),
        ),
        on_top(
            "name_servers_of_build_host",
            "name servers",
            Layer::new().file("/etc/resolv.conf", 0o644, "nameserver 192.0.2.1\n"),
            Layer::new(),
        ),
        on_top(
            "wrapped_commands",
            "a wrapper",
            Layer::new()
                .directory("/usr/libexec", 0o755)
                .directory("/usr/libexec/rpm-ostree", 0o755)
                .directory("/usr/libexec/rpm-ostree/wrapped", 0o755)
                .file("/usr/libexec/rpm-ostree/wrapped/dracut", 0o755, "#!/bin/sh\n"),
            Layer::new(),
        ),
        on_top(
            "state_link_replaced",
            "opt as a folder",
            Layer::new().whiteout("/opt").directory("/opt", 0o755).file(
                "/opt/example",
                0o644,
                "a\n",
            ),
            Layer::new().symlink("/opt", "var/opt"),
        ),
    ]
}

fn bytecode() -> Layer {
    Layer::new()
        .directory("/usr/lib/python3.9", 0o755)
        .file("/usr/lib/python3.9/example.pyc", 0o644, "first")
        .packaged("python3-example")
}
