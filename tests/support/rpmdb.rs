//! RPM databases as `rpm` makes them: SQLite with its indexes, and headers with an immutable region.
//!
//! Owns packages and their files as a test names them, the header of each, and the tables in which
//! `rpm` looks them up. The real `rpm` reads what is made here.
//!
//! ```
//! use rollgate_testkit::rpmdb::{RpmDatabase, RpmFile, RpmPackage};
//! let bash = RpmPackage::new("bash", "5.1.8", "9.el9")
//!     .file(RpmFile::regular("/usr/bin/bash", 0o755, b"#!"))
//!     .requires("libc.so.6()(64bit)");
//! let bytes = RpmDatabase::new().package(bash).bytes();
//! assert_eq!(bytes.get(..15), Some(b"SQLite format 3".as_slice()));
//! ```

mod header;
mod package;
mod signature;
mod sqlite;

pub use header::{Header, Value};
pub use package::{RpmFile, RpmPackage};
pub use signature::Signature;

/// An RPM database.
#[derive(Debug, Clone, Default)]
pub struct RpmDatabase {
    headers: Vec<Header>,
    later: Vec<Header>,
}

impl RpmDatabase {
    /// One without packages.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a package.
    #[must_use]
    pub fn package(self, package: impl AsRef<RpmPackage>) -> Self {
        self.header(package.as_ref().header())
    }

    /// With packages.
    #[must_use]
    pub fn packages(self, packages: impl IntoIterator<Item = impl AsRef<RpmPackage>>) -> Self {
        packages.into_iter().fold(self, Self::package)
    }

    /// With a key that was imported: the short id in hex, and when it was made in hex, as RPM names
    /// `gpg-pubkey-<version>-<release>`.
    #[must_use]
    pub fn key(self, version: &str, release: &str) -> Self {
        self.header(
            RpmPackage { arch: String::new(), ..RpmPackage::new("gpg-pubkey", version, release) }
                .header(),
        )
    }

    /// With a header as it is, which may be one that no `rpm` writes.
    #[must_use]
    pub fn header(mut self, header: Header) -> Self {
        self.headers.push(header);
        self
    }

    /// With a package that [`Self::bytes_and_log`] leaves in the log.
    #[must_use]
    pub fn later(mut self, package: impl AsRef<RpmPackage>) -> Self {
        self.later.push(package.as_ref().header());
        self
    }

    /// The database as one file (`rpmdb.sqlite`), in WAL mode and with its log written back.
    pub fn bytes(&self) -> Vec<u8> {
        sqlite::write(self.headers.iter().chain(&self.later), None::<&Header>).0
    }

    /// The database and its log (`rpmdb.sqlite-wal`), as a killed process leaves them: what was added
    /// with [`Self::later`] stands in the log only.
    pub fn bytes_and_log(&self) -> (Vec<u8>, Vec<u8>) {
        sqlite::write(&self.headers, &self.later)
    }
}
