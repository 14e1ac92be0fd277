//! The RPM database of an image.
//!
//! Owns SQLite with its log, the headers in it, and what they say. Must not know the tree that the
//! database describes. A row of `Packages` with the header of `bash` becomes an [`InstalledPackage`]
//! with its version, its files and what it requires; a row that cannot be read is an error of the
//! whole database, since a package that is missing from it would be taken for not installed.

mod error;
mod header;
mod log;
mod package;
mod signature;
mod sqlite;

use rollgate_facts::{Locator, Package};

pub use error::{DatabaseError, HeaderError};

use self::header::HeaderIndex;
use crate::limits::ImageLimits;

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
    /// What of it is to be compared, as RPM counts it: 1 digest, 2 size, 4 target, 8 user, 16 group,
    /// 64 mode, 256 capabilities.
    pub compared: u32,
    /// Whether a file of another package is there instead, so that it cannot be compared.
    pub replaced: bool,
}

/// Reads a database: the bytes of `rpmdb.sqlite`, and those of its `-wal` where there is one.
///
/// `at` is where the database stands. Source: rpm `lib/backend/sqlite.c`, `lib/header.c`.
pub fn read_database(
    bytes: Vec<u8>,
    log: Option<&[u8]>,
    at: &Locator,
    limits: &ImageLimits,
) -> Result<Database, DatabaseError> {
    let mut database = Database::default();
    sqlite::for_each_header(bytes, log, limits, |number, blob| {
        let named = |source| DatabaseError::Header { number, source };
        let index = HeaderIndex::of(blob, limits).map_err(named)?;
        database.add(&index, at).map_err(named)
    })?;
    database.packages.sort_by(|one, other| one.package.cmp(&other.package));
    database.keys.sort_unstable();
    database.keys.dedup();
    Ok(database)
}

/// Reads one header as it stands in a database, and says nothing of it but whether it can be read.
pub fn check_header(blob: &[u8], limits: &ImageLimits) -> Result<(), HeaderError> {
    let index = HeaderIndex::of(blob, limits)?;
    Database::default().add(&index, &Locator::image("sha256:0"))
}

impl Database {
    fn add(&mut self, index: &HeaderIndex<'_>, at: &Locator) -> Result<(), HeaderError> {
        let installed = package::installed(index, at)?;
        if installed.package.name == "gpg-pubkey" {
            self.keys.push(installed.package.version);
            return Ok(());
        }
        let name = &installed.package.name;
        let doubted = index.unsigned();
        self.unsigned_entries.extend(doubted.map(|text| (name.clone(), text)));
        self.packages.push(installed);
        Ok(())
    }
}
