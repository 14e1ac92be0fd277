//! Why an RPM database cannot be read.
//!
//! Owns the wording. Each of these leaves the packages of the image unknown.

use thiserror::Error;

/// Why an RPM database cannot be read.
#[derive(Debug, Error)]
pub enum DatabaseError {
    /// A format of older releases, or of other distributions.
    #[error("the RPM database is in the format {0}, which is not supported; only SQLite is")]
    Unsupported(&'static str),
    /// It is no database.
    #[error("the RPM database is not in a format that is known")]
    UnknownFormat,
    /// SQLite does not take it.
    #[error("the RPM database cannot be read: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// Its log is one that SQLite would not take.
    #[error("the log of the RPM database {0}")]
    Log(&'static str),
    /// Its table is not the one that RPM makes.
    #[error("the RPM database {0}")]
    Table(&'static str),
    /// A page leads back to one that was read already.
    #[error("the RPM database holds row {0} after a later one: its pages form a cycle")]
    Cycle(i64),
    /// A limit is reached.
    #[error("the RPM database reaches the limit `{limit}` of {value}")]
    Limit {
        /// The name of the limit.
        limit: &'static str,
        /// Its value.
        value: u64,
    },
    /// A header cannot be read.
    #[error("header {number} of the RPM database {source}")]
    Header {
        /// The number of the row.
        number: i64,
        /// What is wrong with it.
        source: HeaderError,
    },
}

/// What is wrong with a header.
#[derive(Debug, Error)]
pub enum HeaderError {
    /// It ends before its index says so, or behind.
    #[error("has {found} bytes, and its index says {expected}")]
    Length {
        /// How long it is.
        found: usize,
        /// How long it should be.
        expected: u64,
    },
    /// It is larger than a limit lets in.
    #[error("reaches the limit `{limit}` of {value}")]
    Limit {
        /// The name of the limit.
        limit: &'static str,
        /// Its value.
        value: u32,
    },
    /// It has no entries, or a tag, type, offset or number of values that RPM does not take.
    #[error("has the entry {tag} with {what}")]
    Entry {
        /// The tag of the entry.
        tag: u32,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The region that signatures cover is not whole.
    #[error("has a signed region with {0}")]
    Region(&'static str),
    /// A tag that every package has is missing.
    #[error("has no {0}")]
    Missing(&'static str),
    /// Two lists of its files differ in their length.
    #[error("has {found} {what}, and {expected} files")]
    Files {
        /// The list.
        what: &'static str,
        /// How long it is.
        found: usize,
        /// How many files there are.
        expected: usize,
    },
    /// A path that no package has.
    #[error("has a file without an absolute path, or with `..` in it")]
    Path,
    /// The reader of headers does not take it.
    #[error("cannot be read: {0}")]
    Rpm(#[from] rpm::Error),
}
