//! Extended headers (`x`): `<length> <key>=<value>\n`, repeated.
//!
//! Owns their syntax, and which keys change what an entry is. Must not know the entry.
//!
//! Source: POSIX.1-2024, `pax`, "pax Header Block".

use std::borrow::Cow;

use super::error::LayerFault;

/// What the extended header of an entry says, as far as it changes the entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) uid: Option<u64>,
    pub(super) gid: Option<u64>,
    pub(super) mtime: Option<i64>,
    pub(super) capabilities: Option<Box<[u8]>>,
    /// What readers may take differently, and yet leaves no doubt about the entry's contents.
    pub(super) doubts: Vec<String>,
}

impl Pax {
    /// Reads the records of one header.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, LayerFault> {
        let mut pax = Self::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        for (key, value) in records(bytes)? {
            seen.push(key);
            pax.take(key, value)?;
        }
        seen.sort_unstable();
        if let Some([key, _]) = seen.array_windows().find(|[one, other]| one == other) {
            return Err(LayerFault::tar(format!("the attribute `{}` is there twice", text(key))));
        }
        Ok(pax)
    }

    fn take(&mut self, key: &[u8], value: &[u8]) -> Result<(), LayerFault> {
        match key {
            b"path" => self.path = Some(name(key, value)?),
            b"linkpath" => self.link = Some(name(key, value)?),
            b"size" => self.size = Some(number(key, value)?),
            b"uid" => self.uid = Some(number(key, value)?),
            b"gid" => self.gid = Some(number(key, value)?),
            b"mtime" => self.mtime = Some(seconds(key, value)?),
            b"SCHILY.xattr.security.capability" => self.capabilities = Some(value.into()),
            b"hdrcharset" if !matches!(value, b"BINARY" | b"ISO-IR 10646 2000 UTF-8") => {
                return Err(LayerFault::tar("names in another character set than UTF-8"));
            }
            b"SCHILY.realsize" => return Err(sparse()),
            _ if key.starts_with(b"GNU.sparse.") => return Err(sparse()),
            // libarchive applies it, Go does not.
            b"LIBARCHIVE.xattr.security.capability" => {
                self.doubts.push(format!("the attribute `{}` is applied by some", text(key)));
            }
            _ if is_overlay(key) => {
                self.doubts.push(format!("the attribute `{}` is overlayfs's own", text(key)));
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether the records of a global header (`g`) say nothing about entries, as those of `git archive`.
pub(super) fn is_only_comment(bytes: &[u8]) -> bool {
    records(bytes).is_ok_and(|records| records.iter().all(|(key, _)| *key == b"comment"))
}

fn sparse() -> LayerFault {
    LayerFault::tar("sparse files are not read")
}

/// An extended attribute by which overlayfs hides, renames or opens what is below.
fn is_overlay(key: &[u8]) -> bool {
    let attribute = key.strip_prefix(b"SCHILY.xattr.").unwrap_or(key);
    let attribute = attribute.strip_prefix(b"LIBARCHIVE.xattr.").unwrap_or(attribute);
    attribute.starts_with(b"trusted.overlay.") || attribute.starts_with(b"user.overlay.")
}

fn records(mut bytes: &[u8]) -> Result<Vec<(&[u8], &[u8])>, LayerFault> {
    let mut records = Vec::new();
    while !bytes.is_empty() {
        let (record, rest) =
            record(bytes).ok_or_else(|| LayerFault::tar("an extended header is malformed"))?;
        records.push(record);
        bytes = rest;
    }
    Ok(records)
}

/// The first record, and what follows it.
fn record(bytes: &[u8]) -> Option<((&[u8], &[u8]), &[u8])> {
    let blank = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let digits = bytes.get(..blank)?;
    if digits.first()? == &b'0' || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let length: usize = str::from_utf8(digits).ok()?.parse().ok()?;
    let record = bytes.get(blank + 1..length)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|byte| *byte == b'=')?;
    let (key, value) = (record.get(..equals)?, record.get(equals + 1..)?);
    let is_sound = !key.is_empty() && !key.contains(&0) && !key.contains(&b'\n');
    is_sound.then_some(((key, value), bytes.get(length..)?))
}

/// A name: readers cut at a NUL, or not, and take an empty one for none, or not.
fn name(key: &[u8], value: &[u8]) -> Result<Vec<u8>, LayerFault> {
    match value {
        [] => Err(LayerFault::tar(format!("the attribute `{}` is empty", text(key)))),
        _ if value.contains(&0) => {
            Err(LayerFault::tar(format!("the attribute `{}` holds a NUL", text(key))))
        }
        _ => Ok(value.to_vec()),
    }
}

fn number(key: &[u8], value: &[u8]) -> Result<u64, LayerFault> {
    let digits =
        str::from_utf8(value).ok().filter(|text| text.bytes().all(|it| it.is_ascii_digit()));
    let number = digits.and_then(|digits| digits.parse().ok());
    number.filter(|number| *number <= i64::MAX as u64).ok_or_else(|| no_number(key))
}

/// Whole seconds of a decimal number.
fn seconds(key: &[u8], value: &[u8]) -> Result<i64, LayerFault> {
    let value = str::from_utf8(value).map_err(|_| no_number(key))?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let seconds: i64 = whole.parse().map_err(|_| no_number(key))?;
    let is_fraction = fraction.bytes().all(|digit| digit.is_ascii_digit());
    is_fraction.then_some(seconds).ok_or_else(|| no_number(key))
}

fn no_number(key: &[u8]) -> LayerFault {
    LayerFault::tar(format!("the attribute `{}` is no number", text(key)))
}

fn text(key: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(key.get(..80).unwrap_or(key))
}
