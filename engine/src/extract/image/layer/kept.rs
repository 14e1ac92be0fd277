//! The contents that are kept of a layer.
//!
//! Owns which files are held until it is known whether they are wanted. Must not know what for.
//!
//! In an image that ostree made, the data stands at `sysroot/ostree/repo/objects/xx/….file`, and hard
//! links follow that give it its names: at once for its first name, later for others. So what may
//! be wanted under another name is held for a while: small texts, and databases. What was let go of
//! and is wanted after all is told apart from what is not there.

use std::collections::{HashMap, VecDeque};

/// A file up to this size is held while links to it may come: what is wanted by name is
/// configuration, and small.
const SMALL: u64 = 256 << 10;

/// How much of such files is held. The texts of a layer come to less, and the names of an object
/// stand close to it.
const SMALL_TOTAL: usize = 32 << 20;

/// How much of databases is held. The RPM database of RHCOS has up to 30 MB, and stands once.
const LARGE_TOTAL: usize = 64 << 20;

/// What holding a file costs beside its bytes.
const OVERHEAD: usize = 128;

/// How a file is dealt with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// It is wanted.
    Wanted,
    /// It may be wanted under another name.
    Held,
    /// It is not.
    No,
}

impl Keep {
    /// Whether a file that is not wanted by its own name is held, by its beginning.
    pub(super) fn held(size: u64, head: &[u8]) -> Self {
        let is_held = if size <= SMALL { is_text(head) } else { is_database(head) };
        if is_held && size <= LARGE_TOTAL as u64 { Self::Held } else { Self::No }
    }
}

/// The contents of files that may be wanted under another name, by their path.
#[derive(Debug, Default)]
pub(super) struct Held {
    small: Queue,
    large: Queue,
}

impl Held {
    /// Holds a file.
    pub(super) fn hold(&mut self, path: &str, entry: u32, bytes: Vec<u8>) {
        if bytes.len() as u64 <= SMALL {
            self.small.push(path, entry, bytes, SMALL_TOTAL);
        } else {
            self.large.push(path, entry, bytes, LARGE_TOTAL);
        }
    }

    /// Takes a file out, with the entry that it stands at.
    pub(super) fn take(&mut self, path: &str) -> Option<(u32, Vec<u8>)> {
        self.small.take(path).or_else(|| self.large.take(path))
    }

    /// Forgets a path, which another entry takes.
    pub(super) fn forget(&mut self, path: &str) {
        drop(self.take(path));
    }
}

/// Files up to a total size; the oldest give way.
#[derive(Debug, Default)]
struct Queue {
    files: HashMap<Box<str>, (u32, Vec<u8>)>,
    order: VecDeque<(Box<str>, u32)>,
    total: usize,
}

impl Queue {
    fn push(&mut self, path: &str, entry: u32, bytes: Vec<u8>, limit: usize) {
        self.total += bytes.len() + OVERHEAD + 2 * path.len();
        self.order.push_back((path.into(), entry));
        self.files.insert(path.into(), (entry, bytes));
        while self.total > limit
            && let Some((path, entry)) = self.order.pop_front()
        {
            self.total -= OVERHEAD + 2 * path.len();
            if self.files.get(&path).is_some_and(|(at, _)| *at == entry)
                && let Some((_, bytes)) = self.files.remove(&path)
            {
                self.total -= bytes.len();
            }
        }
    }

    fn take(&mut self, path: &str) -> Option<(u32, Vec<u8>)> {
        let (entry, bytes) = self.files.remove(path)?;
        self.total -= bytes.len();
        Some((entry, bytes))
    }
}

/// Whether the beginning of a file is text: without NUL, and UTF-8 as far as it goes.
fn is_text(head: &[u8]) -> bool {
    let head = head.get(..512).unwrap_or(head);
    let is_utf8 = str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_utf8 && !head.contains(&0)
}

/// Whether a file begins as a database of SQLite, or its log.
///
/// Source: SQLite, "Database File Format", 1.3 and 4.1.
fn is_database(head: &[u8]) -> bool {
    head.starts_with(b"SQLite format 3\0")
        || head.starts_with(&[0x37, 0x7f, 0x06, 0x82])
        || head.starts_with(&[0x37, 0x7f, 0x06, 0x83])
}
