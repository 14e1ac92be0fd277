//! Layers on top of a base, as a `RUN` or a `COPY` makes them.
//!
//! Owns what a layer holds and how it is stored, well or badly.
//!
//! ```
//! use rollgate_testkit::image::{Compression, Layer};
//! let layer = Layer::new()
//!     .created_by("RUN dnf -y install tool")
//!     .compression(Compression::Zstd)
//!     .file("/usr/bin/tool", 0o755, b"\x7fELF")
//!     .capability("0100000200040000000000000000000000000000")
//!     .symlink("/usr/bin/alias", "tool")
//!     .whiteout("/usr/bin/old")
//!     .opaque("/usr/share/doc");
//! assert_eq!(layer.entries.len(), 4);
//! ```

use super::Entry;
use super::package::Package;

/// How a blob is compressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// With gzip.
    #[default]
    Gzip,
    /// With Zstandard.
    Zstd,
}

/// What is wrong with how a layer is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Half of the blob is missing from the file.
    Truncated,
    /// Half of the blob is missing, and the digest is that of the rest.
    TruncatedBefore,
    /// A byte in the middle of the blob is another one.
    Corrupt,
    /// The manifest names the digest of something else, under which the blob is stored.
    WrongDigest,
    /// The configuration names another `diff_id`.
    WrongDiffId,
    /// The manifest claims another size.
    WrongSize(u64),
    /// There is no such blob.
    Missing,
    /// Something follows the end of the tar.
    TarTail(Vec<u8>),
    /// Something follows the end of the compressed stream.
    BlobTail(Vec<u8>),
    /// The tar ends within its last entry.
    TarCut,
    /// The manifest names another media type.
    MediaType(&'static str),
}

/// A layer in the making.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// How it is compressed.
    pub compression: Compression,
    /// The command that made it.
    pub created_by: Option<String>,
    /// What is wrong with it.
    pub damage: Vec<Damage>,
    pub(super) changes: Vec<Change>,
    pub(super) tar: Option<Vec<u8>>,
}

/// What a layer changes that depends on what is below it.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A package is installed, in the place of those with its name.
    Install(Package),
    /// A package is installed beside those with its name, as kernels are.
    InstallBeside(Package),
    /// A package is erased.
    Erase(String),
    /// A file is written anew of which overlayfs knows the other name: the object of ostree.
    Rewrite { path: String, bytes: Vec<u8>, object_first: bool },
}

impl Layer {
    /// An empty layer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the command of its history.
    #[must_use]
    pub fn created_by(mut self, command: &str) -> Self {
        self.created_by = Some(command.to_owned());
        self
    }

    /// Sets how it is compressed.
    #[must_use]
    pub const fn compression(mut self, compression: Compression) -> Self {
        self.compression = compression;
        self
    }

    /// Adds an entry, as it is.
    #[must_use]
    pub fn entry(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// Adds a regular file.
    #[must_use]
    pub fn file(self, path: &str, mode: u32, bytes: impl AsRef<[u8]>) -> Self {
        self.entry(Entry { mtime: NOW, ..Entry::file(relative(path), mode, bytes) })
    }

    /// Adds a directory.
    #[must_use]
    pub fn directory(self, path: &str, mode: u32) -> Self {
        self.entry(Entry::directory(relative(path), mode))
    }

    /// Adds a symbolic link.
    #[must_use]
    pub fn symlink(self, path: &str, target: &str) -> Self {
        self.entry(Entry::symlink(relative(path), target))
    }

    /// Adds a hard link to another path.
    #[must_use]
    pub fn hard_link(self, path: &str, target: &str) -> Self {
        self.entry(Entry::hard_link(relative(path), relative(target)))
    }

    /// Removes what stands at a path in the layers below.
    #[must_use]
    pub fn whiteout(self, path: &str) -> Self {
        let (folder, name) = relative(path).rsplit_once('/').unwrap_or(("", relative(path)));
        let separator = if folder.is_empty() { "" } else { "/" };
        self.entry(Entry::file(format!("{folder}{separator}.wh.{name}"), 0o000, b""))
    }

    /// Removes what stands under a folder in the layers below.
    #[must_use]
    pub fn opaque(self, folder: &str) -> Self {
        self.entry(Entry::file(format!("{}/.wh..wh..opq", relative(folder)), 0o000, b""))
    }

    /// Sets the owner and group of the last entry.
    #[must_use]
    pub fn owner(mut self, uid: u32, gid: u32) -> Self {
        if let Some(entry) = self.entries.last_mut() {
            (entry.uid, entry.gid) = (uid, gid);
        }
        self
    }

    /// Sets the extended attribute `security.capability` of the last entry, in hex.
    #[must_use]
    pub fn capability(mut self, hex: &str) -> Self {
        let digits = |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).ok();
        let value = hex.as_bytes().chunks(2).filter_map(digits).collect();
        if let Some(entry) = self.entries.last_mut() {
            entry.xattrs.insert("security.capability".to_owned(), value);
        }
        self
    }

    /// Installs a package, in the place of those with its name: the layer gets a new RPM database.
    /// Its files are to be added as well.
    #[must_use]
    pub fn install(mut self, package: Package) -> Self {
        self.changes.push(Change::Install(package));
        self
    }

    /// Installs a package of this name that owns what the layer adds under `/usr`.
    #[must_use]
    pub fn packaged(self, name: &str) -> Self {
        let added =
            self.entries.iter().filter(|entry| !entry.bytes.is_empty() || entry.kind != b'0');
        let paths = added.filter_map(|entry| std::str::from_utf8(&entry.path).ok());
        let paths: Vec<String> =
            paths.filter(|path| path.starts_with("usr/")).map(|path| format!("/{path}")).collect();
        let files: Vec<&str> = paths.iter().map(String::as_str).collect();
        self.install(Package::new(name, "1.0-1.el9").files(&files))
    }

    /// Installs a package beside those with its name, as DNF does with kernels.
    #[must_use]
    pub fn install_beside(mut self, package: Package) -> Self {
        self.changes.push(Change::InstallBeside(package));
        self
    }

    /// Erases a package from the RPM database; its files are to be removed as well.
    #[must_use]
    pub fn erase(mut self, name: &str) -> Self {
        self.changes.push(Change::Erase(name.to_owned()));
        self
    }

    /// Writes a file of an ostree base anew, as overlayfs puts it into a layer: the object as a regular
    /// file that was changed, and the file as a hard link to it; or the other way round.
    #[must_use]
    pub fn rewrite(mut self, path: &str, bytes: impl AsRef<[u8]>, object_first: bool) -> Self {
        let (path, bytes) = (relative(path).to_owned(), bytes.as_ref().to_vec());
        self.changes.push(Change::Rewrite { path, bytes, object_first });
        self
    }

    /// Sets its tar, in the place of what its entries make.
    #[must_use]
    pub fn tar(mut self, tar: Vec<u8>) -> Self {
        self.tar = Some(tar);
        self
    }

    /// Damages it.
    #[must_use]
    pub fn damage(mut self, damage: Damage) -> Self {
        self.damage.push(damage);
        self
    }
}

/// When what derived layers hold was changed: 2026-08-01.
pub(super) const NOW: u64 = 1_785_542_400;

/// A path as it stands in a layer.
pub(super) fn relative(path: &str) -> &str {
    path.trim_start_matches('/')
}
