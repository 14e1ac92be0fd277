//! Packages of an image, as its RPM database lists them.

use super::Root;

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
    /// Whether its header carries a signature.
    pub signed: bool,
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
            signed: true,
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

    /// Leaves its signature out.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.signed = false;
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

/// The RPM database of these packages.
pub(super) fn database(_packages: &[Package], _root: &Root, _machine: &str) -> Option<Vec<u8>> {
    None
}
