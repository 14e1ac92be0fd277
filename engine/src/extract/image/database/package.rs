//! One header as an installed package.
//!
//! Owns which entries the facts of a package come from. Must not know how a header is stored: its
//! index is checked by then, and only the part that signatures cover is believed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollgate_facts::{Locator, Package};
use rpm::{DigestAlgorithm, FileEntry, IndexTag, PackageMetadata};

use super::header::HeaderIndex;
use super::{HeaderError, InstalledFile, InstalledPackage, signature};

const BASENAMES: u32 = 1117;
const OLD_FILENAMES: u32 = 1027;
const FILE_CAPABILITIES: u32 = 5010;
const FILE_STATES: u32 = 1029;

/// The tags of signatures, those over the header alone first; the last three are over the whole
/// package (`RPMTAG_RSAHEADER`, `RPMTAG_DSAHEADER`, `RPMTAG_SIGPGP`, `RPMTAG_SIGGPG`,
/// `RPMTAG_SIGPGP5`).
const SIGNATURES: [u32; 5] = [268, 267, 259, 262, 263];
/// The signatures of version 6, in base64 (`RPMTAG_OPENPGP`).
const OPENPGP: u32 = 278;

/// The package that a header tells of.
pub(super) fn installed(
    index: &HeaderIndex<'_>,
    at: &Locator,
) -> Result<InstalledPackage, HeaderError> {
    let metadata = PackageMetadata::parse(&mut index.signed_part().as_slice())?;
    let (signed, key_id) = signature(index);
    let size = optional(metadata.get_installed_size())?;
    let package = Package {
        name: required("name", metadata.get_name())?,
        epoch: optional(metadata.get_epoch())?.unwrap_or_default(),
        version: required("version", metadata.get_version())?,
        release: required("release", metadata.get_release())?,
        arch: text(metadata.get_arch())?.unwrap_or_default(),
        at: at.clone(),
        source_rpm: text(metadata.get_source_rpm())?,
        vendor: text(metadata.get_vendor())?,
        license: text(metadata.get_license())?,
        size: size.unwrap_or_default(),
        signed,
        key_id,
        in_base: None,
        module: text(metadata.header.get_entry_data_as_string(IndexTag::RPMTAG_MODULARITYLABEL))?,
    };
    Ok(InstalledPackage {
        package,
        files: files(index, &metadata)?,
        requires: names(&metadata, IndexTag::RPMTAG_REQUIRENAME)?,
        provides: names(&metadata, IndexTag::RPMTAG_PROVIDENAME)?,
    })
}

fn files(
    index: &HeaderIndex<'_>,
    metadata: &PackageMetadata,
) -> Result<Vec<InstalledFile>, HeaderError> {
    if index.signed_count(OLD_FILENAMES).is_some() {
        return Err(HeaderError::Entry { tag: OLD_FILENAMES, what: "names in an old form" });
    }
    let expected = index.signed_count(BASENAMES).unwrap_or_default();
    let states = index.added(FILE_STATES);
    for (what, found) in [
        ("capabilities", index.signed_count(FILE_CAPABILITIES)),
        ("states", states.map(<[u8]>::len)),
    ] {
        if let Some(found) = found.filter(|&found| found != expected) {
            return Err(HeaderError::Files { what, found, expected });
        }
    }
    let entries = metadata.get_file_entries()?;
    if entries.len() != expected {
        return Err(HeaderError::Files { what: "modes", found: entries.len(), expected });
    }
    let algorithm = metadata.get_file_digest_algorithm().unwrap_or(DigestAlgorithm::Md5) as u32;
    let flags = metadata.header.get_entry_data_as_u32_array(IndexTag::RPMTAG_FILEVERIFYFLAGS);
    let flags = optional(flags)?.unwrap_or_else(|| vec![u32::MAX; expected]);
    if flags.len() != expected {
        return Err(HeaderError::Files { what: "flags", found: flags.len(), expected });
    }
    let mut states = states.unwrap_or_default().iter();
    let state = std::iter::from_fn(|| Some(State::of(states.next().copied().unwrap_or_default())));
    let all = entries.iter().zip(flags).zip(state);
    let there = all.filter(|(_, state)| *state != State::Absent);
    there
        .map(|((entry, compared), state)| {
            let file = file(entry, algorithm)?;
            Ok(InstalledFile { compared, replaced: state == State::Replaced, ..file })
        })
        .collect()
}

/// What became of a file when its package was installed (`rpmfileState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Installed,
    /// Another package's file is there instead.
    Replaced,
    /// It was left out, is shared over the network, or is of the other colour.
    Absent,
}

impl State {
    const fn of(byte: u8) -> Self {
        match byte {
            1 => Self::Replaced,
            2..=4 => Self::Absent,
            _ => Self::Installed,
        }
    }
}

fn file(entry: &FileEntry<'_>, algorithm: u32) -> Result<InstalledFile, HeaderError> {
    let text = |text: Option<&str>| text.unwrap_or_default().into();
    Ok(InstalledFile {
        path: path(entry.dirname(), entry.basename())?,
        mode: u32::from(entry.mode().raw_mode()),
        size: entry.size() as u64,
        digest: text(entry.digest().map(rpm::FileDigest::as_hex)),
        digest_algorithm: algorithm,
        target: text(entry.linkto()),
        user: entry.user().into(),
        group: entry.group().into(),
        flags: entry.flags().bits(),
        capabilities: text(entry.caps()),
        compared: u32::MAX,
        replaced: false,
    })
}

/// The path of a file; a folder has its `/`, and the name in it none.
fn path(folder: &str, name: &str) -> Result<Box<str>, HeaderError> {
    let odd = |part: &str| matches!(part, "." | "..");
    let folder_whole = folder.starts_with('/') && folder.ends_with('/');
    if !folder_whole || name.contains('/') || odd(name) || folder.split('/').any(odd) {
        return Err(HeaderError::Path);
    }
    Ok([folder, name].concat().into())
}

fn signature(index: &HeaderIndex<'_>) -> (bool, Option<String>) {
    let binary = SIGNATURES.iter().filter_map(|&tag| index.added(tag));
    let encoded = index.added(OPENPGP).into_iter().flat_map(|texts| texts.split(|&byte| byte == 0));
    let mut signed = false;
    let mut key = None;
    for packet in binary {
        signed = true;
        key = key.or_else(|| signature::key_id(packet));
    }
    for text in encoded.filter(|text| !text.is_empty()) {
        signed = true;
        key = key.or_else(|| signature::key_id(&STANDARD.decode(text).ok()?));
    }
    (signed, key)
}

fn names(metadata: &PackageMetadata, tag: IndexTag) -> Result<Vec<Box<str>>, HeaderError> {
    let names = optional(metadata.header.get_entry_data_as_string_array(tag))?;
    Ok(names.unwrap_or_default().into_iter().map(Box::from).collect())
}

fn required(what: &'static str, found: Result<&str, rpm::Error>) -> Result<String, HeaderError> {
    let found = text(found)?.filter(|text| !text.is_empty());
    found.ok_or(HeaderError::Missing(what))
}

fn text(found: Result<&str, rpm::Error>) -> Result<Option<String>, HeaderError> {
    optional(found).map(|found| found.map(str::to_owned))
}

/// What is not there is absent; what cannot be read is an error.
fn optional<T>(found: Result<T, rpm::Error>) -> Result<Option<T>, HeaderError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(rpm::Error::TagNotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
