//! Packages of an image, as its RPM database lists them.

use crate::rpmdb::{RpmDatabase, RpmFile, RpmPackage, Signature};

use super::layer::relative;
use super::{Entry, Root};

/// A package in the making: its files are taken from the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The name.
    pub name: String,
    /// The epoch.
    pub epoch: Option<u32>,
    /// The version.
    pub version: String,
    /// The release.
    pub release: String,
    /// The architecture; that of the image where it is none.
    pub arch: Option<String>,
    /// The vendor.
    pub vendor: String,
    /// The id of the key that its header is signed with; none where it is not.
    pub key: Option<[u8; 8]>,
    /// The paths of its files.
    pub files: Vec<String>,
    /// What it requires, by name.
    pub requires: Vec<String>,
    /// What it provides, by name.
    pub provides: Vec<String>,
}

impl Package {
    /// A signed package of Red Hat; `evr` is `[<epoch>:]<version>-<release>`.
    pub fn new(name: &str, evr: &str) -> Self {
        let (epoch, rest) =
            evr.split_once(':').map_or((None, evr), |(e, rest)| (e.parse().ok(), rest));
        let (version, release) = rest.split_once('-').unwrap_or((rest, "1"));
        Self {
            name: name.to_owned(),
            epoch,
            version: version.to_owned(),
            release: release.to_owned(),
            arch: None,
            vendor: "Red Hat, Inc.".to_owned(),
            key: Some(RED_HAT),
            files: Vec::new(),
            requires: Vec::new(),
            provides: Vec::new(),
        }
    }

    /// Sets the architecture.
    #[must_use]
    pub fn arch(mut self, arch: &str) -> Self {
        self.arch = Some(arch.to_owned());
        self
    }

    /// Sets the vendor.
    #[must_use]
    pub fn vendor(mut self, vendor: &str) -> Self {
        vendor.clone_into(&mut self.vendor);
        self
    }

    /// Signs it with another key.
    #[must_use]
    pub const fn key(mut self, key: [u8; 8]) -> Self {
        self.key = Some(key);
        self
    }

    /// Leaves its signature out.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.key = None;
        self
    }

    /// Adds the paths of files that it owns.
    #[must_use]
    pub fn files(mut self, paths: &[&str]) -> Self {
        self.files.extend(paths.iter().map(|&path| path.to_owned()));
        self
    }

    /// Adds what it requires.
    #[must_use]
    pub fn requires(mut self, names: &[&str]) -> Self {
        self.requires.extend(names.iter().map(|&name| name.to_owned()));
        self
    }
}

/// The id of the key that Red Hat signs RHEL's packages with (`gpg-pubkey-fd431d51`).
const RED_HAT: [u8; 8] = [0x19, 0x9e, 0x2f, 0x91, 0xfd, 0x43, 0x1d, 0x51];

/// The RPM database of these packages in a tree; of a file that was removed it has what the base had.
pub(super) fn database(
    packages: &[Package],
    (root, base): (&Root, &Root),
    machine: &str,
) -> Vec<u8> {
    let packages = packages.iter().map(|package| package.rpm((root, base), machine));
    RpmDatabase::new().key("fd431d51", "4ae0493b").packages(packages).bytes()
}

impl Package {
    fn rpm(&self, (root, base): (&Root, &Root), machine: &str) -> RpmPackage {
        let entry = |path: &str| root.get(path).or_else(|| base.get(path));
        let file = |path: &String| match entry(relative(path)) {
            Some(entry) => rpm_file(path, entry),
            None => panic!("{} owns {path}, which the image has not", self.name),
        };
        RpmPackage {
            epoch: self.epoch,
            arch: self.arch.clone().unwrap_or_else(|| machine.to_owned()),
            vendor: self.vendor.clone(),
            signature: self.key.map(Signature::Rsa),
            files: self.files.iter().map(file).collect(),
            requires: self.requires.clone(),
            provides: self.provides.clone(),
            ..RpmPackage::new(&self.name, &self.version, &self.release)
        }
    }
}

/// A file of a package, as it stands in the image: configuration in `/etc`.
fn rpm_file(path: &str, entry: &Entry) -> RpmFile {
    let permissions = u16::try_from(entry.mode).unwrap_or_default();
    let file = match entry.kind {
        b'5' => RpmFile::directory(path, permissions),
        b'2' => RpmFile::link(path, &String::from_utf8_lossy(&entry.target)),
        _ => RpmFile::regular(path, permissions, &entry.bytes),
    };
    let flags = if path.starts_with("/etc/") && entry.kind == b'0' { 1 | 16 } else { 0 };
    let capable = entry.xattrs.contains_key("security.capability");
    file.flags(flags).capabilities(if capable { "cap_setuid=ep" } else { "" })
}
