//! Entries of a tar, byte by byte, so that a layer may hold what no tool would write.
//!
//! Owns the format of POSIX.1-2001 (pax). Must not know what an image is.
//!
//! ```
//! use rollgate_testkit::image::{Entry, tar};
//! let entry = Entry::file("usr/bin/tool", 0o755, b"#!/bin/sh\n");
//! assert_eq!(tar(&[entry]).len(), 512 + 512 + 1024);
//! ```

use std::collections::BTreeMap;

/// An entry of a tar, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path, as it is written.
    pub path: Vec<u8>,
    /// The type: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` directory, `6` FIFO.
    pub kind: u8,
    /// The permission bits with setuid, setgid and sticky.
    pub mode: u32,
    /// The user id.
    pub uid: u32,
    /// The group id.
    pub gid: u32,
    /// When it was changed, in seconds since 1970.
    pub mtime: u64,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The target of a link.
    pub target: Vec<u8>,
    /// Its extended attributes.
    pub xattrs: BTreeMap<String, Vec<u8>>,
    /// Further records of its pax header, as they are: key and value.
    pub pax: Vec<(String, Vec<u8>)>,
    /// The size that its header claims, where it is not that of the bytes.
    pub claimed_size: Option<u64>,
}

impl Entry {
    /// An entry of any type, owned by root.
    pub fn new(kind: u8, path: impl AsRef<[u8]>, mode: u32) -> Self {
        Self {
            path: path.as_ref().to_vec(),
            kind,
            mode,
            uid: 0,
            gid: 0,
            mtime: 0,
            bytes: Vec::new(),
            target: Vec::new(),
            xattrs: BTreeMap::new(),
            pax: Vec::new(),
            claimed_size: None,
        }
    }

    /// A regular file.
    pub fn file(path: impl AsRef<[u8]>, mode: u32, bytes: impl AsRef<[u8]>) -> Self {
        Self { bytes: bytes.as_ref().to_vec(), ..Self::new(b'0', path, mode) }
    }

    /// A directory.
    pub fn directory(path: impl AsRef<[u8]>, mode: u32) -> Self {
        Self::new(b'5', path, mode)
    }

    /// A symbolic link.
    pub fn symlink(path: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> Self {
        Self { target: target.as_ref().to_vec(), ..Self::new(b'2', path, 0o777) }
    }

    /// A hard link; its target is a path in the archive.
    pub fn hard_link(path: impl AsRef<[u8]>, target: impl AsRef<[u8]>) -> Self {
        Self { target: target.as_ref().to_vec(), ..Self::new(b'1', path, 0o644) }
    }

    /// Adds a record to its pax header.
    #[must_use]
    pub fn pax(mut self, key: &str, value: impl AsRef<[u8]>) -> Self {
        self.pax.push((key.to_owned(), value.as_ref().to_vec()));
        self
    }

    fn write(&self, tar: &mut Vec<u8>) {
        let mut records = self.pax.clone();
        for (key, path) in [("path", &self.path), ("linkpath", &self.target)] {
            if path.len() > NAME {
                records.push((key.to_owned(), path.clone()));
            }
        }
        for (name, value) in &self.xattrs {
            records.push((format!("SCHILY.xattr.{name}"), value.clone()));
        }
        if !records.is_empty() {
            let records: Vec<u8> =
                records.iter().flat_map(|(key, value)| record(key, value)).collect();
            Self::file("PaxHeaders.0/entry", 0o644, records).write_as(b'x', tar);
        }
        self.write_as(self.kind, tar);
    }

    fn write_as(&self, kind: u8, tar: &mut Vec<u8>) {
        tar.extend(self.header(kind));
        tar.extend(&self.bytes);
        tar.resize(tar.len().next_multiple_of(BLOCK), 0);
    }

    fn header(&self, kind: u8) -> Vec<u8> {
        let size = self.claimed_size.unwrap_or(self.bytes.len() as u64);
        let before = [
            field(&self.path, NAME),
            field(format!("{:07o}", self.mode).as_bytes(), 8),
            field(format!("{:07o}", self.uid).as_bytes(), 8),
            field(format!("{:07o}", self.gid).as_bytes(), 8),
            number(size),
            number(self.mtime),
        ]
        .concat();
        let after = [
            vec![kind],
            field(&self.target, NAME),
            b"ustar\x0000".to_vec(),
            vec![0; 64],
            field(b"0000000", 8),
            field(b"0000000", 8),
            vec![0; BLOCK - 345],
        ]
        .concat();
        let sum: u32 = before.iter().chain(&after).map(|&byte| u32::from(byte)).sum();
        let sum = sum + 8 * u32::from(b' ');
        [before, field(format!("{sum:06o}\0 ").as_bytes(), 8), after].concat()
    }
}

/// A tar of these entries, with the two empty blocks of its end.
pub fn tar<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u8> {
    let mut tar = Vec::new();
    for entry in entries {
        entry.write(&mut tar);
    }
    tar.resize(tar.len() + 2 * BLOCK, 0);
    tar
}

/// The unit of a tar, in bytes.
const BLOCK: usize = 512;

/// The length of a name in a header, in bytes; a longer one stands in a pax header.
const NAME: usize = 100;

/// A field of a header, cut at its length.
fn field(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(length, 0);
    bytes
}

/// A number in twelve bytes: octal, and where that is too short, to the base of 256.
fn number(value: u64) -> Vec<u8> {
    if value < 1 << 33 {
        return field(format!("{value:011o}").as_bytes(), 12);
    }
    [vec![0x80, 0, 0, 0], value.to_be_bytes().to_vec()].concat()
}

/// A record of a pax header: its length counts itself.
fn record(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + rest.to_string().len();
    if length.to_string().len() > rest.to_string().len() {
        length = rest + length.to_string().len();
    }
    [format!("{length} {key}=").as_bytes(), value, b"\n"].concat()
}
