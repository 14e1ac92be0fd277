//! The kernels of an image.
//!
//! Owns which folder under `/usr/lib/modules` is a kernel's, and which packages belong to it. A folder
//! with nothing but a list of the kABI is none (`kernel-abi-stablelists` brings such).
//!
//! `/usr/lib/modules/5.14.0-1.el9.x86_64+rt/vmlinuz` → a kernel, of `kernel-rt-core-5.14.0-1.el9`.

use std::collections::BTreeMap;

use rollgate_facts::{FileKind, Kernel, Package, Text};

use super::reader::{Reader, name};
use crate::extract::image::{Packages, TreeEntry};

const MODULES: &str = "/usr/lib/modules";

/// Variants whose packages have the version of the plain kernel, and a folder of their own.
const VARIANTS: &[&str] = &["rt", "64k", "16k", "debug", "zfcpdump"];

/// The kernels by their folders. `built_apart` tells whether a later layer was made later.
pub(super) fn kernels(reader: &Reader<'_>, packages: &Packages, built_apart: bool) -> Vec<Kernel> {
    let installed = packages.set.as_ref().map_or(&[][..], |set| &set.packages);
    let mut folders: BTreeMap<&str, Vec<&TreeEntry>> = BTreeMap::new();
    let root = reader.tree.resolve(MODULES).map_or(MODULES, |entry| &*entry.path);
    for entry in reader.tree.under(root) {
        let inside = entry.path.get(root.len() + 1..).and_then(|path| path.split_once('/'));
        if let Some((version, _)) = inside.filter(|_| entry.kind != FileKind::Directory) {
            folders.entry(version).or_default().push(entry);
        }
    }
    let kernels = folders.into_iter().filter_map(|(version, files)| {
        let folder = format!("{root}/{version}");
        let find = |file: &str| {
            let path = format!("{folder}/{file}");
            files.iter().find(|entry| *entry.path == path).copied()
        };
        let vmlinuz = find("vmlinuz");
        let initramfs = find("initramfs.img");
        let is_kernel = vmlinuz.is_some() || files.iter().any(|it| is_of_kernel(&it.path, &folder));
        is_kernel.then(|| Kernel {
            at: reader.image.entry(&folder),
            version: version.to_owned(),
            vmlinuz: vmlinuz.is_some(),
            initramfs: initramfs.is_some(),
            modules_dep: find("modules.dep").is_some(),
            in_base: files.iter().all(|entry| reader.in_base(entry)),
            initramfs_older: vmlinuz.zip(initramfs).is_some_and(|(vmlinuz, initramfs)| {
                is_older(reader, initramfs, vmlinuz, built_apart)
            }),
            packages: of_version(version, installed),
            unowned_modules: unowned(reader, &files, packages),
        })
    });
    kernels.collect()
}

/// The modules that no package owns, where it is known what packages own.
fn unowned(reader: &Reader<'_>, files: &[&TreeEntry], packages: &Packages) -> Vec<Text> {
    if packages.set.is_none() {
        return Vec::new();
    }
    let modules = files.iter().filter(|entry| is_module(&entry.path));
    let unowned = modules.filter(|entry| packages.owners_of(&entry.path).next().is_none());
    unowned.map(|entry| Text::new(reader.image.entry(&entry.path), &*entry.path)).collect()
}

/// Whether a file is a module (`*.ko`, also compressed).
fn is_module(path: &str) -> bool {
    let name = name(path);
    [".ko", ".ko.xz", ".ko.zst", ".ko.gz"].iter().any(|ending| name.ends_with(ending))
}

fn is_of_kernel(path: &str, folder: &str) -> bool {
    let name = path.strip_prefix(folder).and_then(|path| path.strip_prefix('/'));
    is_module(path) || name.is_some_and(|name| name.starts_with("modules."))
}

/// Whether one entry was made before another. The layers of a base were cut from one tree, so that
/// their order tells nothing; and so were all, where nothing was built on top.
fn is_older(reader: &Reader<'_>, one: &TreeEntry, other: &TreeEntry, built_apart: bool) -> bool {
    let later = if reader.base.is_some() { !reader.in_base(other) } else { built_apart };
    later && one.layer < other.layer
}

/// The packages named `kernel*` of a version, as `name-version-release.arch`.
fn of_version(folder: &str, packages: &[Package]) -> Vec<String> {
    let (version, variant) = match folder.split_once('+') {
        Some((version, variant)) => (version, Some(variant)),
        None => (folder, None),
    };
    let of_version = packages.iter().filter(|package| {
        let Package { name, version: number, release, arch, .. } = package;
        let rest = name.strip_prefix("kernel");
        rest.is_some_and(|rest| is_variant(rest, variant, release))
            && version == format!("{number}-{release}.{arch}")
    });
    of_version.map(|it| format!("{}-{}-{}.{}", it.name, it.version, it.release, it.arch)).collect()
}

/// Whether the rest of a package's name is of the variant. A real-time kernel of EL8 has a release of
/// its own instead of a suffix to its folder.
fn is_variant(rest: &str, variant: Option<&str>, release: &str) -> bool {
    let is = |variant: &str| {
        let after = rest.strip_prefix('-').and_then(|rest| rest.strip_prefix(variant));
        after.is_some_and(|after| after.is_empty() || after.starts_with('-'))
    };
    match variant {
        Some("64k") => is("64k") && !is("64k-debug"),
        Some("rt") => is("rt") && !is("rt-debug"),
        Some(variant) => is(variant),
        None => {
            VARIANTS.iter().all(|variant| !is(variant)) || (is("rt") && release.contains(".rt"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rollgate_facts::{Locator, Package, PackageSet};

    use super::kernels;
    use crate::extract::image::Packages;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    fn package(name: &str, release: &str) -> Package {
        Package {
            name: name.into(),
            epoch: 0,
            version: "5.14.0".into(),
            release: release.into(),
            arch: "x86_64".into(),
            at: Locator::image("sha256:0"),
            source_rpm: None,
            vendor: None,
            license: None,
            size: 0,
            signed: true,
            key_id: None,
            in_base: None,
            module: None,
        }
    }

    #[test]
    fn a_kernel_has_a_folder_with_modules() {
        let tree = Sample::new()
            .file("/usr/lib/modules/5.14.0-1.el9.x86_64/initramfs.img", "i")
            .file("/usr/lib/modules/5.14.0-1.el9.x86_64/modules.dep", "m")
            .file("/usr/lib/modules/kabi-rhel95/kabi_stablelist_x86_64", "k")
            .layer(1)
            .file("/usr/lib/modules/5.14.0-1.el9.x86_64/vmlinuz", "v")
            .layer(5)
            .file("/usr/lib/modules/5.14.0-2.el9.x86_64+rt/vmlinuz", "v")
            .file("/usr/lib/modules/5.14.0-3.el9.x86_64/extra/a.ko.xz", "m")
            .tree();
        let at = Locator::image("sha256:0");
        let installed = vec![
            package("kernel-core", "1.el9"),
            package("kernel-modules", "2.el9"),
            package("kernel-rt-core", "2.el9"),
            package("kernel-rt-debug-core", "2.el9"),
            package("linux-firmware", "1.el9"),
        ];
        let set = PackageSet {
            at: at.clone(),
            packages: installed,
            keys: Vec::new(),
            missing: Vec::new(),
            required_by: BTreeMap::new(),
        };
        let packages = Packages { set: Some(set), ..Packages::default() };
        let found = kernels(&Reader::new(&tree, &at, Some(2)), &packages, true);
        let seen: Vec<_> = found
            .iter()
            .map(|it| (&*it.version, it.vmlinuz, it.initramfs, it.in_base, it.packages.join(" ")))
            .collect();
        let expected = [
            ("5.14.0-1.el9.x86_64", true, true, true, "kernel-core-5.14.0-1.el9.x86_64".to_owned()),
            (
                "5.14.0-2.el9.x86_64+rt",
                true,
                false,
                false,
                "kernel-rt-core-5.14.0-2.el9.x86_64".to_owned(),
            ),
            ("5.14.0-3.el9.x86_64", false, false, false, String::new()),
        ];
        assert_eq!(seen, expected);
        assert!(found[0].modules_dep && !found[0].initramfs_older);
        let unowned: Vec<_> = found[2].unowned_modules.iter().map(|it| &*it.text).collect();
        assert_eq!(unowned, ["/usr/lib/modules/5.14.0-3.el9.x86_64/extra/a.ko.xz"]);
        let found = kernels(&Reader::new(&tree, &at, Some(1)), &Packages::default(), true);
        assert!(found[0].initramfs_older);
        let found = kernels(&Reader::new(&tree, &at, None), &Packages::default(), false);
        assert!(!found[0].initramfs_older);
    }
}
