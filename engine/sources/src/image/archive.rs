//! Tar archives that hold images: their headers are walked once, and what is in them is read where
//! it stands.
//!
//! Owns where each file of an archive begins. Must not unpack anything. Layouts in an archive may
//! have their index at the end.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rollgate_engine::ImageLimits;
use tar::{Archive, EntryType};

use super::digest::{BlobDigest, shown};
use super::error::ImageError;
use super::layout::{MARKER_BYTES, check_marker, check_size, missing, parse_index};
use super::manifest::Descriptor;
use super::store::Store;
use crate::file::display_name;

/// How many entries an archive may have: every layer of a large image with three files each is 1,500.
const ENTRIES: usize = 20_000;

/// The longest path, in bytes.
const PATH_BYTES: usize = 1_024;

/// How many links may follow one another.
const LINKS: usize = 8;

/// What files that are no archives begin with, and what unpacks them.
const COMPRESSED: [(&[u8], &str); 4] = [
    (b"\x1f\x8b", "gunzip"),
    (b"\x28\xb5\x2f\xfd", "unzstd"),
    (b"\xfd7zXZ", "unxz"),
    (b"BZh", "bunzip2"),
];

/// An archive, its headers read.
#[derive(Debug)]
pub(crate) struct TarFile {
    path: PathBuf,
    /// What errors call it.
    pub(crate) name: String,
    members: BTreeMap<String, Member>,
}

/// A member of an archive.
#[derive(Debug)]
enum Member {
    File { offset: u64, size: u64 },
    Link(String),
}

impl TarFile {
    pub(crate) fn open(path: &Path) -> Result<Self, ImageError> {
        let name = display_name(path);
        let unreadable = |error| ImageError::unreadable(&name, error);
        let metadata = fs::metadata(path).map_err(unreadable)?;
        if !metadata.is_file() {
            return Err(ImageError::invalid(&name, "is no regular file, and so no archive"));
        }
        let mut file = File::open(path).map_err(unreadable)?;
        check_uncompressed(&name, &mut file)?;
        let members = members(&name, file, metadata.len())?;
        Ok(Self { path: path.to_owned(), name, members })
    }

    /// A file of the archive, links followed, and its size.
    pub(crate) fn file(&self, path: &str) -> Result<(impl Read + Send + use<>, u64), ImageError> {
        let unreadable =
            |error| ImageError::unreadable(format!("{}/{}", self.name, shown(path)), error);
        let mut at = path.to_owned();
        for _ in 0..LINKS {
            match self.members.get(&at) {
                None => return Err(unreadable(missing())),
                Some(&Member::File { offset, size }) => {
                    let mut file = File::open(&self.path).map_err(unreadable)?;
                    file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
                    return Ok((file.take(size), size));
                }
                Some(Member::Link(target)) => at.clone_from(target),
            }
        }
        Err(unreadable(io::Error::other("its links do not end")))
    }

    /// A small file as a whole.
    pub(crate) fn small(&self, path: &str, limit: u64) -> Result<Vec<u8>, ImageError> {
        let (mut file, found) = self.file(path)?;
        let place = format!("{}/{}", self.name, shown(path));
        if found > limit {
            return Err(ImageError::Limit { place, what: "a size", found, limit });
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| ImageError::unreadable(place, error))?;
        Ok(bytes)
    }
}

fn check_uncompressed(name: &str, file: &mut File) -> Result<(), ImageError> {
    let unreadable = |error| ImageError::unreadable(name, error);
    let mut head = Vec::new();
    file.by_ref().take(6).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    match COMPRESSED.iter().find(|(magic, _)| head.starts_with(magic)) {
        None => Ok(()),
        Some((_, tool)) => Err(ImageError::Reference {
            text: name.to_owned(),
            message: "is compressed as a whole, and can only be read from front to back".to_owned(),
            help: format!("unpack it with `{tool}` first; the layers in it stay compressed"),
        }),
    }
}

fn members(name: &str, file: File, length: u64) -> Result<BTreeMap<String, Member>, ImageError> {
    let broken =
        |error: &io::Error| ImageError::invalid(name, format!("is no tar archive: {error}"));
    let invalid = |message: String| Err(ImageError::invalid(name, message));
    let mut archive = Archive::new(file);
    let mut members = BTreeMap::new();
    let entries = archive.entries_with_seek().map_err(|error| broken(&error))?;
    for (index, entry) in entries.enumerate() {
        let entry = entry.map_err(|error| broken(&error))?;
        if index >= ENTRIES {
            return invalid(format!("has more than {ENTRIES} entries"));
        }
        let path = entry.path_bytes();
        let Some(path) = plain(&path) else {
            return invalid(format!(
                "has `{}`, which is no path inside of it",
                shown(&String::from_utf8_lossy(&path))
            ));
        };
        let (offset, size) = (entry.raw_file_position(), entry.size());
        let member = match entry.header().entry_type() {
            EntryType::Regular if offset.checked_add(size).is_some_and(|end| end <= length) => {
                Member::File { offset, size }
            }
            EntryType::Regular => return invalid(format!("ends within `{}`", shown(&path))),
            EntryType::Symlink | EntryType::Link => {
                let target = entry.link_name_bytes().unwrap_or_default();
                let folder = match entry.header().entry_type() {
                    EntryType::Symlink => path.rsplit_once('/').map_or("", |(folder, _)| folder),
                    _ => "",
                };
                match resolved(folder, &target) {
                    Some(target) => Member::Link(target),
                    None => {
                        return invalid(format!(
                            "has the link `{}`, which leads out of it",
                            shown(&path)
                        ));
                    }
                }
            }
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            other => {
                return invalid(format!("has `{}`, an entry of the type {other:?}", shown(&path)));
            }
        };
        if members.insert(path.clone(), member).is_some() {
            return invalid(format!("has `{}` twice", shown(&path)));
        }
    }
    Ok(members)
}

/// A path inside of an archive, without `./` before it.
fn plain(path: &[u8]) -> Option<String> {
    let path = std::str::from_utf8(path).ok().filter(|path| path.len() <= PATH_BYTES)?;
    let inside = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
    let is_plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains('\0');
    let root = inside.is_empty() || inside == ".";
    (root || inside.split('/').all(is_plain)).then(|| inside.to_owned())
}

/// Where a link leads.
fn resolved(folder: &str, target: &[u8]) -> Option<String> {
    let target = std::str::from_utf8(target).ok().filter(|target| !target.starts_with('/'))?;
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// An OCI image layout in an archive.
#[derive(Debug)]
pub(crate) struct LayoutArchive(TarFile);

impl LayoutArchive {
    /// Opens the archive; the descriptors are those of its index.
    pub(crate) fn open(
        limits: &ImageLimits,
        path: &Path,
    ) -> Result<(Self, Vec<Descriptor>), ImageError> {
        let file = TarFile::open(path)?;
        let marker = file.small("oci-layout", MARKER_BYTES).map_err(|error| match error {
            ImageError::Unreadable { .. } => {
                let message = "is no archive of an OCI image layout: it has no `oci-layout`";
                ImageError::invalid(&file.name, message)
            }
            other => other,
        })?;
        check_marker(&file.name, &marker)?;
        let index = file.small("index.json", limits.manifest_bytes)?;
        let index = parse_index(&format!("{}/index.json", file.name), &index)?;
        Ok((Self(file), index))
    }
}

impl Store for LayoutArchive {
    fn place(&self, digest: &BlobDigest) -> String {
        format!("{}/blobs/sha256/{}", self.0.name, digest.hex())
    }

    fn blob(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        let (file, size) = self.0.file(&format!("blobs/sha256/{}", descriptor.digest.hex()))?;
        check_size(&self.place(&descriptor.digest), descriptor, size)?;
        Ok(Box::new(file))
    }
}
