//! The members of a tar: a header together with the extended headers before it.
//!
//! Owns what belongs together, and which combinations are refused. Must not know paths or contents.

use std::io::Read;
use std::mem;

use tar::Entry;

use super::error::LayerFault;
use super::header::Fields;
use super::pax::{self, Pax};
use crate::extract::image::EntryKind;
use crate::limits::ImageLimits;

/// A member of a tar as its headers describe it.
#[derive(Debug)]
pub(super) struct Member {
    /// The name as written.
    pub(super) name: Vec<u8>,
    /// What it is; of whiteouts nothing is known here.
    pub(super) kind: EntryKind,
    pub(super) mode: u32,
    pub(super) uid: u64,
    pub(super) gid: u64,
    pub(super) size: u64,
    pub(super) mtime: i64,
    /// The target of a link as written.
    pub(super) link: Option<Vec<u8>>,
    pub(super) capabilities: Option<Box<[u8]>>,
    /// What readers may take differently.
    pub(super) doubts: Vec<String>,
}

/// The extended headers that were read and whose entry has not come yet.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    pax: Option<Pax>,
    long_name: Option<Vec<u8>>,
    long_link: Option<Vec<u8>>,
    bytes: u64,
}

impl Extensions {
    /// Takes what comes next: an extended header is kept, anything else is a member.
    pub(super) fn next<R: Read>(
        &mut self,
        entry: &mut Entry<'_, R>,
        limits: &ImageLimits,
    ) -> Result<Option<Member>, NextError> {
        let header = entry.header().clone();
        let fields = Fields::of(&header)?;
        let is_plain_format = header.as_ustar().is_none() && header.as_gnu().is_none();
        if matches!(fields.kind, b'x' | b'g' | b'L' | b'K') {
            if is_plain_format {
                return Err(LayerFault::tar("an extended header of an unknown format").into());
            }
            let kind = fields.kind;
            let bytes = self.read(entry, fields.size, limits)?;
            self.keep(kind, &bytes)?;
            return Ok(None);
        }
        let extensions = mem::take(self);
        let name = extensions.name(&fields).to_vec();
        member(fields, extensions).map(Some).map_err(|fault| fault.at(&name).into())
    }

    /// That no entry is missing at the end.
    pub(super) fn close(&self) -> Result<(), LayerFault> {
        if self.is_empty() {
            return Ok(());
        }
        Err(LayerFault::tar("an extended header without an entry"))
    }

    const fn is_empty(&self) -> bool {
        self.pax.is_none() && self.long_name.is_none() && self.long_link.is_none()
    }

    fn name<'a>(&'a self, fields: &'a Fields<'_>) -> &'a [u8] {
        let pax = self.pax.as_ref().and_then(|pax| pax.path.as_ref());
        self.long_name.as_ref().or(pax).map_or(&fields.name, |name| name)
    }

    fn read<R: Read>(
        &mut self,
        entry: &mut Entry<'_, R>,
        size: u64,
        limits: &ImageLimits,
    ) -> Result<Vec<u8>, NextError> {
        self.bytes = self.bytes.saturating_add(size);
        if self.bytes > limits.extended_bytes {
            let (limit, value) = ("extended_bytes", limits.extended_bytes);
            return Err(LayerFault::Limit { limit, value, entry: None }.into());
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(NextError::Read)?;
        if bytes.len() as u64 != size {
            return Err(LayerFault::tar("it ends within an extended header").into());
        }
        Ok(bytes)
    }

    fn keep(&mut self, kind: u8, bytes: &[u8]) -> Result<(), LayerFault> {
        let is_new = match kind {
            b'x' => self.pax.replace(Pax::parse(bytes)?).is_none(),
            b'L' => self.long_name.replace(gnu_name(bytes)?).is_none(),
            b'K' => self.long_link.replace(gnu_name(bytes)?).is_none(),
            // GNU tar applies it to all that follows, Go to nothing.
            _ if !pax::is_only_comment(bytes) => {
                return Err(LayerFault::tar("a global extended header"));
            }
            // Go forgets what stood before it.
            _ => self.is_empty(),
        };
        if is_new {
            return Ok(());
        }
        Err(LayerFault::tar("two extended headers for one entry"))
    }
}

/// Why a member could not be had.
pub(super) enum NextError {
    /// The bytes did not come.
    Read(std::io::Error),
    /// It is at fault itself.
    Fault(LayerFault),
}

impl From<LayerFault> for NextError {
    fn from(fault: LayerFault) -> Self {
        Self::Fault(fault)
    }
}

/// A name of GNU tar, which ends with a NUL.
fn gnu_name(bytes: &[u8]) -> Result<Vec<u8>, LayerFault> {
    let name = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    if name.is_empty() || name.contains(&0) {
        return Err(LayerFault::tar("a long name that is empty or holds a NUL"));
    }
    Ok(name.to_vec())
}

fn member(fields: Fields<'_>, extensions: Extensions) -> Result<Member, LayerFault> {
    let Extensions { pax, long_name, long_link, .. } = extensions;
    let pax = pax.unwrap_or_default();
    let name = one_of(pax.path, long_name, "name")?.unwrap_or_else(|| fields.name.to_vec());
    let kind = kind(fields.kind, &name)?;
    if pax.size.is_some_and(|size| size != fields.size) {
        return Err(LayerFault::tar("two sizes that differ"));
    }
    if kind != EntryKind::File && fields.size != 0 {
        return Err(LayerFault::tar("a size on what is no file"));
    }
    let link = one_of(pax.link, long_link, "link")?;
    let link = match kind {
        EntryKind::Link | EntryKind::HardLink => {
            let link = link.or_else(|| fields.link.map(|link| link.to_vec()));
            Some(link.ok_or_else(|| LayerFault::tar("a link to nothing"))?)
        }
        _ if link.is_some() => return Err(LayerFault::tar("a target on what is no link")),
        _ => None,
    };
    Ok(Member {
        name,
        kind,
        mode: fields.mode,
        uid: pax.uid.unwrap_or(fields.uid),
        gid: pax.gid.unwrap_or(fields.gid),
        size: fields.size,
        mtime: pax.mtime.unwrap_or(i64::try_from(fields.mtime).unwrap_or(i64::MAX)),
        link,
        capabilities: pax.capabilities,
        doubts: pax.doubts,
    })
}

/// What two kinds of extended header say, which readers rank differently.
fn one_of(
    pax: Option<Vec<u8>>,
    gnu: Option<Vec<u8>>,
    what: &str,
) -> Result<Option<Vec<u8>>, LayerFault> {
    match (pax, gnu) {
        (Some(_), Some(_)) => Err(LayerFault::tar(format!("a {what} by POSIX and one by GNU"))),
        (pax, gnu) => Ok(pax.or(gnu)),
    }
}

/// What a type is. A trailing slash makes a folder of what has no type, and of a file for some.
fn kind(kind: u8, name: &[u8]) -> Result<EntryKind, LayerFault> {
    match kind {
        0 if name.ends_with(b"/") => Ok(EntryKind::Directory),
        b'0' if name.ends_with(b"/") => Err(LayerFault::tar("a file with the name of a folder")),
        0 | b'0' => Ok(EntryKind::File),
        b'1' => Ok(EntryKind::HardLink),
        b'2' => Ok(EntryKind::Link),
        b'3' | b'4' | b'6' => Ok(EntryKind::Special),
        b'5' => Ok(EntryKind::Directory),
        b'S' => Err(LayerFault::tar("sparse files are not read")),
        other => {
            let shown = char::from(other).escape_default();
            Err(LayerFault::tar(format!("the type `{shown}` is not known")))
        }
    }
}
