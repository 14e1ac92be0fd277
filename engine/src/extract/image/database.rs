//! The RPM database of an image.
//!
//! Owns SQLite with its log, the headers in it, and what they say. Must not know the tree that the
//! database describes.

use rollgate_facts::Package;

/// What an RPM database holds.
#[derive(Debug, Clone, Default)]
pub struct Database {
    /// The packages, sorted by name, then by version; `gpg-pubkey` apart.
    pub packages: Vec<InstalledPackage>,
    /// The short ids of the keys that were imported, in hex.
    pub keys: Vec<String>,
    /// Headers in which something outside the signed part contradicts it: the package, and what.
    pub unsigned_entries: Vec<(String, String)>,
}

/// An installed package with its files.
#[derive(Debug, Clone)]
pub struct InstalledPackage {
    /// What policies see of it.
    pub package: Package,
    /// Its files.
    pub files: Vec<InstalledFile>,
    /// The names of what it requires; rich dependencies as written.
    pub requires: Vec<Box<str>>,
    /// The names of what it provides.
    pub provides: Vec<Box<str>>,
}

/// A file as its package installed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledFile {
    /// The absolute path.
    pub path: Box<str>,
    /// The mode with the bits of the kind (`0o100644`).
    pub mode: u32,
    /// The size, in bytes.
    pub size: u64,
    /// The digest in hex; empty for what is no regular file.
    pub digest: Box<str>,
    /// The algorithm of the digest, as RPM counts them (8 is SHA-256, 1 is MD5).
    pub digest_algorithm: u32,
    /// The target of a symbolic link.
    pub target: Box<str>,
    /// The name of the owner.
    pub user: Box<str>,
    /// The name of the group.
    pub group: Box<str>,
    /// The flags: 1 configuration, 2 documentation, 8 missing is fine, 16 noreplace, 64 ghost.
    pub flags: u32,
    /// The capabilities as text; empty where it has none.
    pub capabilities: Box<str>,
}
