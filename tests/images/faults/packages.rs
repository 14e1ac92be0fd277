//! Packages that do not belong into an image, and where they came from.

use rollgate_testkit::image::{Entry, Image, Layer, Package};

use super::{Fault, fault, on_top};

fn tool() -> Package {
    Package::new("tool", "1.0-1.el9").files(&["/usr/bin/tool"])
}

fn installed(package: Package) -> Layer {
    Layer::new().file("/usr/bin/tool", 0o755, b"\x7fELF tool").install(package)
}

fn repository(text: &str) -> Layer {
    Layer::new().directory("/etc/yum.repos.d", 0o755).file(
        "/etc/yum.repos.d/example.repo",
        0o644,
        format!("[example]\nname=Example\n{text}"),
    )
}

pub(super) fn faults() -> Vec<Fault> {
    const ADDRESS: &str = "baseurl=https://packages.example.com/el9\n";
    vec![
        on_top("unsigned_package", "not signed", installed(tool().unsigned()), installed(tool())),
        on_top(
            "package_key_not_imported",
            "another key",
            installed(tool().key([0x5c, 0x6d, 0x7e, 0x8f, 0x90, 0xa1, 0xb2, 0xc3])),
            installed(tool()),
        ),
        on_top(
            "third_party_package",
            "another vendor",
            installed(tool().vendor("Example Incorporated")),
            installed(tool()),
        ),
        on_top(
            "foreign_dist_tag",
            "of EL8",
            installed(Package { release: "1.el8".to_owned(), ..tool() }),
            installed(tool()),
        ),
        on_top(
            "needed_package_missing",
            "no Podman",
            Layer::new().whiteout("/usr/bin/podman").erase("podman"),
            Layer::new().whiteout("/usr/bin/sudo").erase("sudo"),
        ),
        on_top(
            "repository_without_gpgcheck",
            "switched off",
            repository(&format!("{ADDRESS}gpgcheck=0\n")),
            repository(&format!("{ADDRESS}gpgcheck=1\n")),
        ),
        on_top(
            "repository_without_tls_check",
            "switched off",
            repository(&format!("{ADDRESS}gpgcheck=1\nsslverify=0\n")),
            repository(&format!("{ADDRESS}gpgcheck=1\nsslverify=1\n")),
        ),
        fault(
            "several_package_databases",
            "a second one that differs",
            Image::rhcos().layer(
                Layer::new().directory("/var/lib", 0o755).directory("/var/lib/rpm", 0o755).file(
                    "/var/lib/rpm/rpmdb.sqlite",
                    0o644,
                    other_database(),
                ),
            ),
            Image::rhcos()
                .with(Entry::directory("usr/lib/sysimage", 0o755))
                .with(Entry::symlink("usr/lib/sysimage/rpm", "../../share/rpm")),
        ),
    ]
}

/// The database of an image that has one package less.
fn other_database() -> Vec<u8> {
    Image::rhcos().without_package("podman").build().database.unwrap_or_default()
}
