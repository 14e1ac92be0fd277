//! Gzipped tar archives, byte by byte, so that an archive may hold what no tool would write.

use crate::encode::gzip;

/// An entry of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The path, as it is written: at most 100 bytes.
    pub path: &'a str,
    /// The type: `0` for a file, `1` for a hard link, `2` for a symbolic link, `3` for a device.
    pub kind: u8,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// An archive of these files.
pub fn tar_gz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let file = |&(path, bytes): &(_, _)| Entry { path, kind: b'0', bytes };
    tar_gz_of(&files.iter().map(file).collect::<Vec<_>>())
}

/// An archive of these entries, whatever they are.
pub fn tar_gz_of(entries: &[Entry<'_>]) -> Vec<u8> {
    let mut tar = Vec::new();
    for entry in entries {
        tar.extend(header(entry));
        tar.extend(entry.bytes);
        tar.resize(tar.len().next_multiple_of(BLOCK), 0);
    }
    tar.resize(tar.len() + 2 * BLOCK, 0);
    gzip(&tar)
}

/// The unit of a tar archive, in bytes.
const BLOCK: usize = 512;

/// The header of an entry, in the format of POSIX.1-1988.
fn header(entry: &Entry<'_>) -> Vec<u8> {
    let field = |text: String, length: usize| {
        let mut bytes = text.into_bytes();
        bytes.resize(length, 0);
        bytes
    };
    let target = if matches!(entry.kind, b'1' | b'2') { "/etc/passwd" } else { "" };
    let before: Vec<u8> = [
        field(entry.path.to_owned(), 100),
        field("0000644".to_owned(), 8),
        field("0000000".to_owned(), 8),
        field("0000000".to_owned(), 8),
        field(format!("{:011o}", entry.bytes.len()), 12),
        field("00000000000".to_owned(), 12),
    ]
    .concat();
    let after: Vec<u8> = [
        vec![entry.kind],
        field(target.to_owned(), 100),
        b"ustar\x0000".to_vec(),
        vec![0; BLOCK - 265],
    ]
    .concat();
    let sum: u32 = before.iter().chain(&after).chain(&[b' '; 8]).map(|&byte| u32::from(byte)).sum();
    [before, field(format!("{sum:06o}\0 "), 8), after].concat()
}
