//! Tars written byte by byte, so that they can be wrong in any way.

use std::io::Write as _;

use sha2::{Digest as _, Sha256};

/// A header of the format that everybody writes, with the right sum.
pub(crate) fn header(kind: u8, name: &str, size: u64) -> [u8; 512] {
    let mut block = [0; 512];
    set(&mut block, 0, name.as_bytes());
    set(&mut block, 100, b"0000644\0");
    set(&mut block, 108, b"0000000\0");
    set(&mut block, 116, b"0000000\0");
    set(&mut block, 124, format!("{size:011o}\0").as_bytes());
    set(&mut block, 136, b"00000000000\0");
    block[156] = kind;
    set(&mut block, 257, b"ustar\x0000");
    summed(block)
}

/// Writes over a field, and sets the sum right.
pub(crate) fn with(mut block: [u8; 512], at: usize, bytes: &[u8]) -> [u8; 512] {
    set(&mut block, at, bytes);
    summed(block)
}

fn set(block: &mut [u8; 512], at: usize, bytes: &[u8]) {
    block[at..at + bytes.len()].copy_from_slice(bytes);
}

fn summed(mut block: [u8; 512]) -> [u8; 512] {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    set(&mut block, 148, format!("{sum:06o}\0 ").as_bytes());
    block
}

/// A tar that is being written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tar(pub(crate) Vec<u8>);

impl Tar {
    pub(crate) fn block(mut self, block: [u8; 512]) -> Self {
        self.0.extend(block);
        self
    }

    /// Bytes, filled up to a whole block.
    pub(crate) fn data(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self.0.resize(self.0.len().next_multiple_of(512), 0);
        self
    }

    pub(crate) fn file(self, name: &str, contents: impl AsRef<[u8]>) -> Self {
        let contents = contents.as_ref();
        self.block(header(b'0', name, contents.len() as u64)).data(contents)
    }

    pub(crate) fn folder(self, name: &str) -> Self {
        self.block(with(header(b'5', name, 0), 100, b"0000755\0"))
    }

    pub(crate) fn link(self, name: &str, target: &str) -> Self {
        self.block(with(header(b'2', name, 0), 157, target.as_bytes()))
    }

    pub(crate) fn hard_link(self, name: &str, target: &str) -> Self {
        self.block(with(header(b'1', name, 0), 157, target.as_bytes()))
    }

    /// An extended header of POSIX.
    pub(crate) fn pax(self, records: &[(&str, &str)]) -> Self {
        let records = records.iter().map(|(key, value)| record(key, value));
        self.extended(b'x', records.collect::<String>().as_bytes())
    }

    pub(crate) fn extended(self, kind: u8, bytes: &[u8]) -> Self {
        self.block(header(kind, "extended", bytes.len() as u64)).data(bytes)
    }

    /// The tar with its end.
    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.extend([0; 1024]);
        self.0
    }
}

/// A record of an extended header, which counts its own length.
pub(crate) fn record(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    let digits = |length: usize| length.to_string().len();
    let length = rest + digits(rest + digits(rest));
    format!("{length} {key}={value}\n")
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}
