//! The tar of a layer, entry by entry.
//!
//! Owns what is kept of each entry. Must not know compression or digests.

use std::io::{self, Read};

use rollgate_facts::ImageProblemKind;
use tar::{Archive, Entry};

use super::blob::{Unpacked, Whole};
use super::error::{LayerFault, shown};
use super::file::FileRead;
use super::kept::Held;
use super::member::{Extensions, Member, NextError};
use super::name::{Meaning, Name};
use super::{EntryKind, LayerContents, LayerEntry, LayerRequest, Problems};

/// How much of a file is searched for secrets; a key that begins further down is not found.
const HEAD: usize = 64 << 10;

/// How long all names, targets and capabilities of a layer may be, in bytes: RHCOS has 40 MB in all
/// its layers, and a million entries with names of 4 KiB would be 4 GB.
const NAMES: usize = 128 << 20;

/// What is known of a layer while it is read.
pub(super) struct Reading<'a> {
    pub(super) request: &'a LayerRequest<'a>,
    pub(super) layer: LayerContents,
    pub(super) held: Held,
    pub(super) problems: Problems,
    names: usize,
    /// The size of the contents that are kept.
    pub(super) kept: u64,
    /// Room for the beginning of a file, which is as much as is searched for secrets.
    pub(super) buffer: Vec<u8>,
    /// The absolute path that was looked at last.
    pub(super) path: String,
    /// The entry that was reached last.
    last: String,
}

impl<'a> Reading<'a> {
    pub(super) fn new(request: &'a LayerRequest<'a>) -> Self {
        Self {
            request,
            layer: LayerContents { inspected: request.inspect_files, ..LayerContents::default() },
            held: Held::default(),
            problems: Problems::default(),
            names: 0,
            kept: 0,
            buffer: vec![0; HEAD],
            path: String::new(),
            last: String::new(),
        }
    }

    /// Reads a tar to its end, and what stands behind that.
    pub(super) fn read_tar<R: Read>(&mut self, tar: &mut Unpacked<R>) -> Result<(), LayerFault> {
        let limits = self.request.limits;
        let read = self.read_entries(tar).and_then(|()| self.read_rest(tar));
        read.map_err(|error| match error {
            NextError::Fault(fault) => fault,
            NextError::Read(error) => tar.fault(&error, limits).at(self.last.as_bytes()),
        })
    }

    fn read_entries<R: Read>(&mut self, tar: &mut Unpacked<R>) -> Result<(), NextError> {
        let mut extensions = Extensions::default();
        let mut archive = Archive::new(&mut *tar);
        for entry in archive.entries().map_err(NextError::Read)?.raw(true) {
            let mut entry = entry.map_err(NextError::Read)?;
            if let Some(member) = extensions.next(&mut entry, self.request.limits)? {
                self.take(member, &mut entry)?;
            }
        }
        Ok(extensions.close()?)
    }

    /// What follows the first block of zeros has to be zeros as well.
    fn read_rest(&mut self, tar: &mut impl Read) -> Result<(), NextError> {
        let mut is_zero = true;
        loop {
            match tar.read(&mut self.buffer) {
                Ok(0) => break,
                Ok(read) => {
                    let read = self.buffer.get(..read).unwrap_or_default();
                    is_zero = is_zero && read.iter().all(|byte| *byte == 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(NextError::Read(error)),
            }
        }
        if !is_zero {
            let text = "data stands behind the end of the tar";
            self.problems.add(ImageProblemKind::AmbiguousLayer, "", text);
        }
        Ok(())
    }

    fn take<R: Read>(&mut self, member: Member, entry: &mut Entry<'_, R>) -> Result<(), NextError> {
        let name = Name::of(&member.name);
        self.last.clone_from(&name.path);
        self.check_limits(&member, &name)?;
        for (kind, text) in &name.problems {
            self.problems.add(*kind, &name.path, *text);
        }
        for text in &member.doubts {
            self.problems.add(ImageProblemKind::AmbiguousLayer, &name.path, text);
        }
        match Meaning::of(&name.path) {
            Meaning::Entry => self.take_entry(member, &name.path, entry)?,
            Meaning::Removes(path) => {
                self.check_whiteout(&member, &name.path);
                self.push(member, &path, EntryKind::Whiteout, None, &FileRead::default());
            }
            Meaning::Empties(folder) => {
                self.check_whiteout(&member, &name.path);
                self.push(member, folder, EntryKind::Opaque, None, &FileRead::default());
            }
            Meaning::Unclear => {
                let text = "it is a whiteout for some, and a file for others";
                self.problems.add(ImageProblemKind::AmbiguousLayer, &name.path, text);
                self.take_entry(member, &name.path, entry)?;
            }
        }
        Ok(())
    }

    fn check_limits(&mut self, member: &Member, name: &Name) -> Result<(), LayerFault> {
        let limits = self.request.limits;
        let link = member.link.as_deref().unwrap_or_default();
        let entry = || Some(shown(name.path.as_bytes()));
        let limit = |limit, value| Err(LayerFault::Limit { limit, value, entry: entry() });
        if self.layer.entries.len() >= limits.layer_entries {
            return limit("layer_entries", limits.layer_entries as u64);
        }
        if member.name.len().max(link.len()) > limits.path_bytes {
            return limit("path_bytes", limits.path_bytes as u64);
        }
        let capabilities = member.capabilities.as_ref().map_or(0, |bytes| bytes.len());
        self.names += member.name.len() + link.len() + capabilities;
        if self.names > NAMES {
            return limit("names of a layer", NAMES as u64);
        }
        if name.path.is_empty() && member.kind != EntryKind::Directory {
            return Err(LayerFault::tar("an entry without a name that is no folder"));
        }
        Ok(())
    }

    /// A whiteout is an empty file; readers look at its name only, or not.
    fn check_whiteout(&mut self, member: &Member, path: &str) {
        if member.kind != EntryKind::File || member.size != 0 {
            let text = "a whiteout that is no empty file";
            self.problems.add(ImageProblemKind::AmbiguousLayer, path, text);
        }
    }

    fn take_entry<R: Read>(
        &mut self,
        member: Member,
        path: &str,
        entry: &mut Entry<'_, R>,
    ) -> Result<(), NextError> {
        let kind = member.kind;
        let (mut target, mut file) = (None, FileRead::default());
        match kind {
            EntryKind::File => file = self.read_file(&member, path, entry)?,
            EntryKind::HardLink => target = Some(self.hard_link(&member, path)),
            EntryKind::Link => target = Some(self.link(&member, path)),
            EntryKind::Special => {
                let text = "it is a device node or FIFO, which cannot be imported";
                self.problems.add(ImageProblemKind::SpecialFile, path, text);
            }
            _ => {}
        }
        self.push(member, path, kind, target, &file);
        Ok(())
    }

    fn push(
        &mut self,
        member: Member,
        path: &str,
        kind: EntryKind,
        target: Option<Box<str>>,
        file: &FileRead,
    ) {
        self.layer.entries.push(LayerEntry {
            path: path.into(),
            kind,
            mode: member.mode,
            uid: member.uid,
            gid: member.gid,
            size: member.size,
            mtime: member.mtime,
            target,
            digest: file.digest,
            capabilities: member.capabilities,
            secret: file.secret,
        });
    }

    fn link(&mut self, member: &Member, path: &str) -> Box<str> {
        let target = String::from_utf8_lossy(member.link.as_deref().unwrap_or_default());
        if matches!(target, std::borrow::Cow::Owned(_)) {
            let text = "the target of the link is not UTF-8";
            self.problems.add(ImageProblemKind::NameNotUtf8, path, text);
        }
        target.into()
    }

    /// What the layer holds.
    pub(super) fn finish(mut self, whole: &Whole) -> LayerContents {
        if whole.behind > 0 {
            let text =
                format!("{} bytes stand behind the end of the compressed data", whole.behind);
            self.problems.add(ImageProblemKind::AmbiguousLayer, "", text);
        }
        super::check::check(&self.layer.entries, &mut self.problems);
        self.layer.bytes = whole.bytes;
        self.layer.problems = self.problems.finish();
        self.layer
    }
}
