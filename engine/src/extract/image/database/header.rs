//! The index of one header, checked before anything else reads it.
//!
//! Owns which entries a header has, where their values stand, and which of them signatures cover. Must
//! not know what a tag means. The checks are those of `rpm` itself, so that what is read here is what
//! `rpm` would read, or less.
//!
//! Source: rpm `lib/header.c` (`hdrblobVerifyInfo`, `hdrblobVerifyRegion`), `docs/manual/format_header.md`.

use super::HeaderError;
use crate::limits::ImageLimits;

/// The tag of the region that signatures cover (`RPMTAG_HEADERIMMUTABLE`).
const IMMUTABLE: u32 = 63;
/// The first tag that is no region's (`HEADER_I18NTABLE`).
const FIRST_TAG: u32 = 100;
const ENTRY: usize = 16;
/// The lead of a package file, which a database does not have and no reader looks at.
const LEAD: usize = 96;
const MAGIC: [u8; 8] = [0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0];

/// What RPM takes from an entry for the facts of a package: such an entry is believed only where
/// signatures cover it.
const FACTS: &[(u32, &str)] = &[
    (1000, "Name"),
    (1001, "Version"),
    (1002, "Release"),
    (1003, "Epoch"),
    (1009, "Size"),
    (1011, "Vendor"),
    (1014, "License"),
    (1022, "Arch"),
    (1027, "Filenames"),
    (1028, "Filesizes"),
    (1030, "Filemodes"),
    (1035, "Filedigests"),
    (1036, "Filelinktos"),
    (1037, "Fileflags"),
    (1039, "Fileusername"),
    (1040, "Filegroupname"),
    (1044, "Sourcerpm"),
    (1047, "Providename"),
    (1049, "Requirename"),
    (1116, "Dirindexes"),
    (1117, "Basenames"),
    (1118, "Dirnames"),
    (5008, "Longfilesizes"),
    (5009, "Longsize"),
    (5010, "Filecaps"),
    (5011, "Filedigestalgo"),
    (5096, "Modularitylabel"),
];

/// A header whose index is sound.
#[derive(Debug)]
pub(super) struct HeaderIndex<'a> {
    index: &'a [u8],
    data: &'a [u8],
    entries: Vec<Entry>,
    region: Option<Region>,
}

/// An entry of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    tag: u32,
    kind: u32,
    offset: usize,
    count: usize,
    end: usize,
}

/// The part that signatures cover.
#[derive(Debug, Clone, Copy)]
struct Region {
    entries: usize,
    data: usize,
}

impl<'a> HeaderIndex<'a> {
    /// The index of a header as it stands in a database.
    pub(super) fn of(blob: &'a [u8], limits: &ImageLimits) -> Result<Self, HeaderError> {
        let [entries, length, ..] = words(blob);
        for (limit, value, most) in [
            ("image.header_entries", entries, limits.header_entries),
            ("image.header_bytes", length, limits.header_bytes),
        ] {
            if value > most {
                return Err(HeaderError::Limit { limit, value: most });
            }
        }
        let index_length = (entries as usize).saturating_mul(ENTRY);
        let expected = 8 + index_length as u64 + u64::from(length);
        let found = blob.len();
        let wrong = HeaderError::Length { found, expected };
        let Some((_, rest)) = blob.split_at_checked(8) else { return Err(wrong) };
        let Some((index, data)) = rest.split_at_checked(index_length) else { return Err(wrong) };
        if data.len() != length as usize || entries == 0 {
            return Err(wrong);
        }
        let region = region(index, data)?;
        let entries = check(index, data, region, limits)?;
        Ok(Self { index, data, entries, region })
    }

    /// The part that signatures cover, in the form of a package file; all of it, where there is none.
    pub(super) fn signed_part(&self) -> Vec<u8> {
        let (index, data) = match self.region {
            Some(region) => {
                (self.index.get(..region.entries * ENTRY), self.data.get(..region.data))
            }
            None => (Some(self.index), Some(self.data)),
        };
        let (index, data) = (index.unwrap_or_default(), data.unwrap_or_default());
        let mut lead = [0; LEAD];
        for (place, byte) in lead.iter_mut().zip([0xed, 0xab, 0xee, 0xdb, 3]) {
            *place = byte;
        }
        let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes();
        let (entries, length) = (number(index.len() / ENTRY), number(data.len()));
        let parts = [&lead, MAGIC.as_slice(), &[0; 8], &MAGIC, &entries, &length, index, data];
        parts.concat()
    }

    /// The number of values of an entry that is believed.
    pub(super) fn signed_count(&self, tag: u32) -> Option<usize> {
        let signed = self.entries.get(..self.signed_entries())?;
        signed.iter().find(|entry| entry.tag == tag).map(|entry| entry.count)
    }

    /// The bytes of an entry that an installation adds, with the kind and number of its values.
    pub(super) fn added(&self, tag: u32) -> Option<&'a [u8]> {
        let entry = self.entries.iter().rev().find(|entry| entry.tag == tag)?;
        self.data.get(entry.offset..entry.end)
    }

    /// What stands outside the part that signatures cover, and would be believed over it.
    pub(super) fn unsigned(&self) -> impl Iterator<Item = String> {
        let region = self.signed_entries();
        let (signed, added) = self.entries.split_at_checked(region).unwrap_or_default();
        let added = if self.region.is_some() { added } else { &[] };
        added.iter().filter_map(move |entry| {
            let fact = FACTS.iter().find(|(tag, _)| *tag == entry.tag);
            let name = fact.map_or_else(|| entry.tag.to_string(), |(_, name)| (*name).to_owned());
            match signed.iter().find(|candidate| candidate.tag == entry.tag) {
                Some(covered) if self.same(*covered, *entry) => None,
                Some(_) => Some(format!("`{name}` stands there twice, with different values")),
                None => fact.map(|_| format!("`{name}` stands there only outside the signed part")),
            }
        })
    }

    fn same(&self, one: Entry, other: Entry) -> bool {
        let bytes = |entry: Entry| self.data.get(entry.offset..entry.end);
        (one.kind, one.count, bytes(one)) == (other.kind, other.count, bytes(other))
    }

    /// How many of the checked entries the region has; it does not count itself among them.
    fn signed_entries(&self) -> usize {
        self.region.map_or(self.entries.len(), |region| region.entries.saturating_sub(1))
    }
}

/// The region, where the index begins with one.
fn region(index: &[u8], data: &[u8]) -> Result<Option<Region>, HeaderError> {
    let [tag, kind, offset, count, ..] = words(index);
    if tag != IMMUTABLE {
        return Ok(None);
    }
    if (kind, count) != (7, 16) {
        return Err(HeaderError::Region("an entry of another kind"));
    }
    let offset = offset as usize;
    let Some(trailer) = data.get(offset..offset.saturating_add(ENTRY)) else {
        return Err(HeaderError::Region("a trailer beyond the data"));
    };
    // The trailer is an entry whose offset looks back over the index: it is negative.
    let [tag, kind, back, count, ..] = words(trailer);
    let entries = back.wrapping_neg() as usize / ENTRY;
    let exact = u32::try_from(entries * ENTRY).is_ok_and(|length| length.wrapping_neg() == back);
    if (tag, kind, count) != (IMMUTABLE, 7, 16) || !exact {
        return Err(HeaderError::Region("a trailer that is none"));
    }
    if entries == 0 || entries > index.len() / ENTRY {
        return Err(HeaderError::Region("more entries than the header"));
    }
    Ok(Some(Region { entries, data: offset + ENTRY }))
}

fn check(
    index: &[u8],
    data: &[u8],
    region: Option<Region>,
    limits: &ImageLimits,
) -> Result<Vec<Entry>, HeaderError> {
    let begin = usize::from(region.is_some());
    let mut entries = Vec::with_capacity(index.len() / ENTRY);
    let mut end = 0;
    for (place, bytes) in index.chunks_exact(ENTRY).enumerate().skip(begin) {
        // The trailer stands between what the region holds and what came after it.
        let (least, most) = match region {
            Some(region) if place < region.entries => (end, region.data - ENTRY),
            Some(region) => (end.max(region.data), data.len()),
            None => (end, data.len()),
        };
        let entry = entry(bytes, data.get(..most).unwrap_or_default(), limits)?;
        if entry.offset < least {
            return Err(HeaderError::Entry { tag: entry.tag, what: "values over another's" });
        }
        end = entry.end;
        entries.push(entry);
    }
    Ok(entries)
}

fn entry(bytes: &[u8], data: &[u8], limits: &ImageLimits) -> Result<Entry, HeaderError> {
    let [tag, kind, offset, count, ..] = words(bytes);
    let wrong = |what| HeaderError::Entry { tag, what };
    if tag < FIRST_TAG || i32::try_from(tag).is_err() {
        return Err(wrong("a tag of no entry"));
    }
    let (size, alignment) = match kind {
        1 | 2 | 6..=9 => (1, 1),
        3 => (2, 2),
        4 => (4, 4),
        5 => (8, 8),
        _ => return Err(wrong("an unknown type")),
    };
    if count == 0 || (count > limits.header_entries && kind != 7) || (kind == 6 && count != 1) {
        return Err(wrong("a number of values that cannot be"));
    }
    let (offset, count) = (offset as usize, count as usize);
    let values = data.get(offset..).ok_or_else(|| wrong("an offset beyond the data"))?;
    if offset % alignment != 0 {
        return Err(wrong("an offset that is not aligned"));
    }
    let length = match kind {
        6 | 8 | 9 => texts_length(values, count).ok_or_else(|| wrong("a text without an end"))?,
        _ => count.saturating_mul(size),
    };
    if length > values.len() {
        return Err(wrong("values beyond the data"));
    }
    Ok(Entry { tag, kind, offset, count, end: offset + length })
}

/// How many bytes so many texts take, each with its NUL.
fn texts_length(bytes: &[u8], count: usize) -> Option<usize> {
    let mut left = bytes;
    for _ in 0..count {
        let end = left.iter().position(|&byte| byte == 0)?;
        left = left.get(end + 1..)?;
    }
    Some(bytes.len() - left.len())
}

fn words(bytes: &[u8]) -> [u32; 4] {
    let mut words = [0; 4];
    for (word, &bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(bytes);
    }
    words
}
