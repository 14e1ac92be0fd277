//! What a small RHCOS holds: enough of each kind of file that a gate looks at, and nothing wrong.
//!
//! Owns the names and texts. Must not know how an image is laid out.

use super::package::Package;
use super::{Entry, Root};

/// The release of OpenShift that the image is of.
pub(super) const RELEASE: &str = "4.20";

/// The version of the image.
pub(super) const VERSION: &str = "9.6.20260801-0";

/// The version of its kernel, without the architecture.
pub(super) const KERNEL: &str = "5.14.0-570.42.1.el9_6";

const DIRECTORIES: &[(&str, u32)] = &[
    ("boot", 0o755),
    ("dev", 0o755),
    ("etc", 0o755),
    ("etc/ssh", 0o755),
    ("etc/systemd", 0o755),
    ("etc/systemd/system", 0o755),
    ("proc", 0o555),
    ("run", 0o755),
    ("sys", 0o555),
    ("sysroot", 0o755),
    ("tmp", 0o1777),
    ("usr", 0o755),
    ("usr/bin", 0o755),
    ("usr/lib", 0o755),
    ("usr/lib/modules", 0o755),
    ("usr/lib/ostree", 0o755),
    ("usr/lib/systemd", 0o755),
    ("usr/lib/systemd/system", 0o755),
    ("usr/lib/systemd/system-preset", 0o755),
    ("usr/lib/sysusers.d", 0o755),
    ("usr/lib/tmpfiles.d", 0o755),
    ("usr/lib64", 0o755),
    ("usr/sbin", 0o755),
    ("usr/share", 0o755),
    ("usr/share/rpm", 0o755),
    ("var", 0o755),
    ("var/tmp", 0o1777),
];

const LINKS: &[(&str, &str)] = &[
    ("bin", "usr/bin"),
    ("etc/os-release", "../usr/lib/os-release"),
    ("home", "var/home"),
    ("lib", "usr/lib"),
    ("lib64", "usr/lib64"),
    ("mnt", "var/mnt"),
    ("opt", "var/opt"),
    ("ostree", "sysroot/ostree"),
    ("root", "var/roothome"),
    ("sbin", "usr/sbin"),
    ("srv", "var/srv"),
    ("usr/local", "../var/usrlocal"),
];

/// Programs: path and mode.
const PROGRAMS: &[(&str, u32)] = &[
    ("usr/bin/bash", 0o755),
    ("usr/bin/bootc", 0o755),
    ("usr/bin/crio", 0o755),
    ("usr/bin/kubelet", 0o755),
    ("usr/bin/newuidmap", 0o755),
    ("usr/bin/ostree", 0o755),
    ("usr/bin/podman", 0o755),
    ("usr/bin/rpm-ostree", 0o755),
    ("usr/bin/sudo", 0o4111),
    ("usr/lib64/libc.so.6", 0o755),
    ("usr/sbin/NetworkManager", 0o755),
    ("usr/sbin/chronyd", 0o755),
    ("usr/sbin/sshd", 0o755),
];

const TEXTS: &[(&str, u32, &str)] = &[
    ("etc/group", 0o644, "root:x:0:\n"),
    ("etc/machine-id", 0o444, ""),
    ("etc/passwd", 0o644, "root:x:0:0:root:/root:/bin/bash\n"),
    ("etc/shadow", 0o000, "root:*:19000:0:99999:7:::\n"),
    (
        "etc/ssh/sshd_config",
        0o600,
        "PermitRootLogin no\nPasswordAuthentication no\nX11Forwarding no\n",
    ),
    ("usr/lib/group", 0o644, "bin:x:1:\nsshd:x:74:\nchrony:x:996:\n"),
    ("usr/lib/ostree/prepare-root.conf", 0o644, "[composefs]\nenabled = true\n"),
    (
        "usr/lib/passwd",
        0o644,
        "bin:x:1:1:bin:/bin:/sbin/nologin\nsshd:x:74:74:Privilege-separated SSH:/usr/share/empty.sshd:/sbin/nologin\nchrony:x:998:996::/var/lib/chrony:/sbin/nologin\n",
    ),
    (
        "usr/lib/systemd/system-preset/45-rhcos.preset",
        0o644,
        "enable NetworkManager.service\nenable chronyd.service\nenable crio.service\nenable kubelet.service\nenable sshd.service\n",
    ),
    ("usr/lib/systemd/system-preset/99-default-disable.preset", 0o644, "disable *\n"),
    (
        "usr/lib/sysusers.d/basic.conf",
        0o644,
        "g root 0 - -\nu root 0 \"Super User\" /root /bin/bash\ng bin 1 - -\nu bin 1:1 \"bin\" /bin -\ng sshd 74 - -\nu sshd 74:74 \"Privilege-separated SSH\" /usr/share/empty.sshd -\ng chrony 996 - -\nu chrony 998:996 - /var/lib/chrony -\n",
    ),
    (
        "usr/lib/tmpfiles.d/rhcos.conf",
        0o644,
        "q /var/tmp 1777 root root 30d\nd /var/home 0755 root root -\nd /var/roothome 0700 root root -\nd /var/log 0755 - - -\nd /var/lib 0755 - - -\nd /var/cache 0755 - - -\nd /var/lib/chrony 0750 chrony chrony -\nL /var/run - - - - ../run\n",
    ),
];

/// Units: name, and what it starts.
const UNITS: &[(&str, &str)] = &[
    ("NetworkManager.service", "/usr/sbin/NetworkManager --no-daemon"),
    ("chronyd.service", "/usr/sbin/chronyd"),
    ("crio.service", "/usr/bin/crio"),
    ("kubelet.service", "/usr/bin/kubelet"),
    ("openvswitch.service", "/usr/bin/true"),
    ("ovs-vswitchd.service", "/usr/sbin/ovs-vswitchd"),
    ("ovsdb-server.service", "/usr/sbin/ovsdb-server"),
    ("rpm-ostreed.service", "/usr/bin/rpm-ostree start-daemon"),
    ("sshd.service", "/usr/sbin/sshd -D"),
];

/// Packages: name, version, and the paths of those of its files that the image has; `MODULES` is the folder
/// of the kernel.
const PACKAGES: &[(&str, &str, &[&str])] = &[
    (
        "NetworkManager",
        "1:1.52.0-5.el9_6",
        &["/usr/sbin/NetworkManager", "/usr/lib/systemd/system/NetworkManager.service"],
    ),
    ("afterburn", "5.7.0-1.el9", &[]),
    ("bash", "5.1.8-9.el9", &["/usr/bin/bash"]),
    ("bootc", "1.6.0-1.el9_6", &["/usr/bin/bootc"]),
    ("chrony", "4.6.1-1.el9", &["/usr/sbin/chronyd", "/usr/lib/systemd/system/chronyd.service"]),
    (
        "cri-o",
        "1.33.4-2.rhaos4.20.gitd6ef7a1.el9",
        &["/usr/bin/crio", "/usr/lib/systemd/system/crio.service"],
    ),
    ("conmon", "2:2.1.13-1.el9", &[]),
    ("container-selinux", "4:2.237.0-2.el9_6", &[]),
    ("cri-tools", "1.33.0-2.el9", &[]),
    ("crun", "1.24-1.el9_6", &[]),
    ("glibc", "2.34-168.el9_6.23", &["/usr/lib64/libc.so.6"]),
    ("ignition", "2.21.0-1.el9", &[]),
    ("kernel-core", KERNEL, &["MODULES", "MODULES/vmlinuz", "MODULES/modules.dep"]),
    ("kernel-modules", KERNEL, &["MODULES/kernel/drivers/net/tun.ko.xz"]),
    ("kernel-modules-core", KERNEL, &["MODULES/kernel/drivers/net/virtio_net.ko.xz"]),
    ("nftables", "1:1.0.9-3.el9", &[]),
    (
        "openshift-kubelet",
        "4.20.0-202608010000.p0.gf7a6c4f.assembly.stream.el9",
        &["/usr/bin/kubelet", "/usr/lib/systemd/system/kubelet.service"],
    ),
    (
        "openssh-server",
        "8.7p1-45.el9",
        &["/etc/ssh/sshd_config", "/usr/sbin/sshd", "/usr/lib/systemd/system/sshd.service"],
    ),
    (
        "openvswitch3.5",
        "3.5.0-40.el9fdp",
        &[
            "/usr/lib/systemd/system/openvswitch.service",
            "/usr/lib/systemd/system/ovs-vswitchd.service",
            "/usr/lib/systemd/system/ovsdb-server.service",
        ],
    ),
    ("ostree", "2025.2-1.el9_6", &["/usr/bin/ostree"]),
    ("podman", "6:5.4.0-10.el9_6", &["/usr/bin/podman"]),
    (
        "redhat-release",
        "9.6-0.1.el9",
        &[
            "/etc/os-release",
            "/usr/lib/os-release",
            "/usr/lib/systemd/system-preset/99-default-disable.preset",
        ],
    ),
    (
        "rpm-ostree",
        "2025.6-2.el9_6",
        &["/usr/bin/rpm-ostree", "/usr/lib/systemd/system/rpm-ostreed.service"],
    ),
    ("selinux-policy-targeted", "38.1.53-5.el9_6", &[]),
    ("setup", "2.13.7-10.el9", &["/etc/group", "/etc/passwd", "/etc/shadow"]),
    ("shadow-utils", "2:4.9-12.el9", &["/usr/bin/newuidmap"]),
    ("skopeo", "2:1.18.1-2.el9_6", &[]),
    ("sudo", "1.9.5p2-10.el9_6.2", &["/usr/bin/sudo"]),
    ("systemd", "252-51.el9_6.1", &["/etc/machine-id", "/usr/lib/sysusers.d/basic.conf"]),
];

/// The name of an architecture as RPM and the kernel have it.
pub(super) fn machine(architecture: &str) -> &str {
    match architecture {
        "amd64" => "x86_64",
        "arm64" => "aarch64",
        other => other,
    }
}

/// The labels of its configuration, those apart that its layers determine.
pub(super) fn labels(architecture: &str) -> Vec<(String, String)> {
    let machine = machine(architecture);
    [
        ("architecture", machine),
        ("com.coreos.osname", "rhcos"),
        ("containers.bootc", "1"),
        ("io.openshift.build.versions", &format!("machine-os={VERSION}")),
        ("io.openshift.os.streamclass", "rhel-9"),
        ("name", "openshift/ose-rhel-coreos"),
        ("org.opencontainers.image.version", VERSION),
        ("ostree.bootable", "1"),
        ("ostree.linux", &format!("{KERNEL}.{machine}")),
        ("version", VERSION),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .to_vec()
}

/// Its files.
pub(super) fn root(architecture: &str) -> Root {
    let machine = machine(architecture);
    let modules = format!("usr/lib/modules/{KERNEL}.{machine}");
    let elf = |name: &str| [b"\x7fELF\x02\x01\x01", name.as_bytes(), b"\n"].concat();
    let mut entries: Vec<Entry> = Vec::new();
    entries.extend(DIRECTORIES.iter().map(|&(path, mode)| Entry::directory(path, mode)));
    entries.extend(LINKS.iter().map(|&(path, target)| Entry::symlink(path, target)));
    entries.extend(PROGRAMS.iter().map(|&(path, mode)| Entry::file(path, mode, elf(path))));
    entries.extend(TEXTS.iter().map(|&(path, mode, text)| Entry::file(path, mode, text)));
    for &(name, command) in UNITS {
        entries.push(Entry::file(format!("usr/lib/systemd/system/{name}"), 0o644, unit(command)));
    }
    entries.push(Entry::file("usr/lib/os-release", 0o644, os_release(machine)));
    for folder in ["", "/kernel", "/kernel/drivers", "/kernel/drivers/net"] {
        entries.push(Entry::directory(format!("{modules}{folder}"), 0o755));
    }
    let dep = "kernel/drivers/net/tun.ko.xz:\nkernel/drivers/net/virtio_net.ko.xz:\n";
    for (name, bytes) in [
        ("vmlinuz", b"MZ a kernel\n".as_slice()),
        ("initramfs.img", b"070701 an initramfs\n"),
        ("modules.dep", dep.as_bytes()),
        ("kernel/drivers/net/tun.ko.xz", b"\xfd7zXZ\x00 tun\n"),
        ("kernel/drivers/net/virtio_net.ko.xz", b"\xfd7zXZ\x00 virtio_net\n"),
    ] {
        entries.push(Entry::file(format!("{modules}/{name}"), 0o644, bytes));
    }
    for entry in &mut entries {
        if entry.path == b"usr/bin/newuidmap" {
            entry.xattrs.insert("security.capability".to_owned(), CAP_SETUID.to_vec());
        }
    }
    entries
        .into_iter()
        .map(|entry| (String::from_utf8_lossy(&entry.path).into_owned(), entry))
        .collect()
}

/// `cap_setuid=ep` in the second version of the format (linux/capability.h).
const CAP_SETUID: &[u8] =
    b"\x01\x00\x00\x02\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";

/// Its packages.
pub(super) fn packages(architecture: &str) -> Vec<Package> {
    let modules = format!("/usr/lib/modules/{KERNEL}.{}", machine(architecture));
    let package = |&(name, evr, files): &(&str, &str, &[&str])| {
        let files: Vec<String> =
            files.iter().map(|path| path.replace("MODULES", &modules)).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        Package::new(name, evr).files(&files)
    };
    PACKAGES.iter().map(package).collect()
}

fn unit(command: &str) -> String {
    format!("[Service]\nExecStart={command}\n\n[Install]\nWantedBy=multi-user.target\n")
}

fn os_release(machine: &str) -> String {
    format!(
        "NAME=\"Red Hat Enterprise Linux CoreOS\"\nID=\"rhel\"\nID_LIKE=\"fedora\"\nVERSION=\"{VERSION} (Plow)\"\n\
         VERSION_ID=\"9.6\"\nVARIANT=\"CoreOS\"\nVARIANT_ID=coreos\nPLATFORM_ID=\"platform:el9\"\n\
         PRETTY_NAME=\"Red Hat Enterprise Linux CoreOS {VERSION}\"\nCPE_NAME=\"cpe:/o:redhat:enterprise_linux:9::baseos\"\n\
         RHEL_VERSION=\"9.6\"\nOPENSHIFT_VERSION=\"{RELEASE}\"\nOSTREE_VERSION=\"{VERSION}\"\nBUILD_ARCHITECTURE=\"{machine}\"\n"
    )
}
