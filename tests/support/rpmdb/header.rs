//! A header as it stands in the database: an index, a signed region, and what came after it.
//!
//! Source: rpm `lib/header.c` (`headerExport`), `docs/manual/format_header.md`.

use sha2::{Digest as _, Sha256};

use super::Signature;

/// The tag of the region that signatures cover.
const IMMUTABLE: u32 = 63;
const SHA256_OF_HEADER: u32 = 273;

/// A header: tags with their values.
#[derive(Debug, Clone, Default)]
pub struct Header {
    signed: Vec<(u32, Value)>,
    unsigned: Vec<(u32, Value)>,
    signature: Option<Signature>,
    raw: Option<Vec<u8>>,
}

/// A value of a header.
#[derive(Debug, Clone)]
pub enum Value {
    /// Characters, as the states of files.
    Characters(Vec<u8>),
    /// 16-bit numbers.
    Shorts(Vec<u16>),
    /// 32-bit numbers.
    Numbers(Vec<u32>),
    /// 64-bit numbers.
    Longs(Vec<u64>),
    /// A text.
    Text(String),
    /// Bytes.
    Binary(Vec<u8>),
    /// Texts.
    Texts(Vec<String>),
    /// A text in its languages.
    Translated(String),
}

impl Header {
    /// One without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// With an entry in the region that signatures cover.
    #[must_use]
    pub fn signed(mut self, tag: u32, value: Value) -> Self {
        self.signed.push((tag, value));
        self
    }

    /// With an entry behind that region, as an installation adds them.
    #[must_use]
    pub fn unsigned(mut self, tag: u32, value: Value) -> Self {
        self.unsigned.push((tag, value));
        self
    }

    /// With a signature over what stands in the region so far and later.
    #[must_use]
    pub fn signature(self, signature: Signature) -> Self {
        Self { signature: Some(signature), ..self }
    }

    /// A header of exactly these bytes.
    pub fn raw(bytes: Vec<u8>) -> Self {
        Self { raw: Some(bytes), ..Self::default() }
    }

    /// The bytes of the column `blob`.
    pub fn bytes(&self) -> Vec<u8> {
        if let Some(raw) = &self.raw {
            return raw.clone();
        }
        let (mut index, mut data) = self.region();
        let region = [&MAGIC, &*lead(&index, &data), &index, &data].concat();
        let digest = hex(&Sha256::digest(&region));
        let mut unsigned = self.unsigned.clone();
        unsigned.push((SHA256_OF_HEADER, Value::Text(digest)));
        unsigned.extend(self.signature.map(|signature| signature.entry(&region)));
        unsigned.sort_by_key(|(tag, _)| *tag);
        for (tag, value) in &unsigned {
            append(&mut index, &mut data, *tag, value);
        }
        [&*lead(&index, &data), &index, &data].concat()
    }

    /// The names and values for the tables that `rpm` looks packages up in.
    pub(super) fn texts(&self, tag: u32) -> Vec<String> {
        let found = self.signed.iter().find(|(candidate, _)| *candidate == tag);
        match found.map(|(_, value)| value) {
            Some(Value::Text(text) | Value::Translated(text)) => vec![text.clone()],
            Some(Value::Texts(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    fn region(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut index, mut data) = (Vec::new(), Vec::new());
        let mut signed = self.signed.clone();
        signed.sort_by_key(|(tag, _)| *tag);
        for (tag, value) in &signed {
            append(&mut index, &mut data, *tag, value);
        }
        let entries = u32_of(signed.len() + 1);
        let region = entry(IMMUTABLE, 7, u32_of(data.len()), 16);
        // The trailer looks back over the index: its offset is negative.
        data.extend(entry(IMMUTABLE, 7, (entries * 16).wrapping_neg(), 16));
        ([region.to_vec(), index].concat(), data)
    }
}

const MAGIC: [u8; 8] = [0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0];

fn lead(index: &[u8], data: &[u8]) -> Vec<u8> {
    [u32_of(index.len() / 16).to_be_bytes(), u32_of(data.len()).to_be_bytes()].concat()
}

fn append(index: &mut Vec<u8>, data: &mut Vec<u8>, tag: u32, value: &Value) {
    let (kind, count, alignment, bytes) = encode(value);
    data.resize(data.len().next_multiple_of(alignment), 0);
    index.extend(entry(tag, kind, u32_of(data.len()), u32_of(count)));
    data.extend(bytes);
}

fn entry(tag: u32, kind: u32, offset: u32, count: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (place, number) in bytes.chunks_mut(4).zip([tag, kind, offset, count]) {
        place.copy_from_slice(&number.to_be_bytes());
    }
    bytes
}

fn encode(value: &Value) -> (u32, usize, usize, Vec<u8>) {
    match value {
        Value::Characters(bytes) => (1, bytes.len(), 1, bytes.clone()),
        Value::Shorts(all) => (3, all.len(), 2, all.iter().flat_map(|n| n.to_be_bytes()).collect()),
        Value::Numbers(all) => {
            (4, all.len(), 4, all.iter().flat_map(|n| n.to_be_bytes()).collect())
        }
        Value::Longs(all) => (5, all.len(), 8, all.iter().flat_map(|n| n.to_be_bytes()).collect()),
        Value::Text(text) => (6, 1, 1, terminated(text)),
        Value::Binary(bytes) => (7, bytes.len(), 1, bytes.clone()),
        Value::Texts(texts) => {
            (8, texts.len(), 1, texts.iter().flat_map(|text| terminated(text)).collect())
        }
        Value::Translated(text) => (9, 1, 1, terminated(text)),
    }
}

fn terminated(text: &str) -> Vec<u8> {
    [text.as_bytes(), &[0]].concat()
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or_else(|_| panic!("{number} does not fit a header"))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
