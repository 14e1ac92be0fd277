//! The tar of a layer, entry by entry.
//!
//! Owns what is kept of each entry. Must not know compression or digests.

use std::io::{self, Read};
use std::mem;

use rollgate_facts::{ImageProblemKind, SecretKind};
use sha2::{Digest as _, Sha256};
use tar::{Archive, Entry};

use super::blob::{Unpacked, Whole};
use super::error::{LayerFault, shown};
use super::kept::{Held, Keep};
use super::member::{Extensions, Member, NextError};
use super::name::{Meaning, Name};
use super::{EntryKind, LayerContents, LayerEntry, LayerRequest, NotKept, Problems};
use crate::extract::image::{recognise, redact};

/// How much of a file is searched for secrets; a key that begins further down is not found.
const HEAD: usize = 64 << 10;

/// How long all names, targets and capabilities of a layer may be, in bytes: RHCOS has 40 MB in all
/// its layers, and a million entries with names of 4 KiB would be 4 GB.
const NAMES: usize = 128 << 20;

/// What is known of a layer while it is read.
pub(super) struct Reading<'a> {
    request: &'a LayerRequest<'a>,
    layer: LayerContents,
    held: Held,
    problems: Problems,
    names: usize,
    kept: u64,
    buffer: Vec<u8>,
    path: String,
    /// The entry that was reached last.
    last: String,
}

/// What was read of a file.
#[derive(Default)]
struct FileRead {
    digest: Option<[u8; 32]>,
    secret: Option<SecretKind>,
    bytes: Option<Vec<u8>>,
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
            Meaning::Entry => self.take_entry(member, name.path, entry)?,
            Meaning::Removes(path) => {
                self.check_whiteout(&member, &name.path);
                self.push(member, &path, EntryKind::Whiteout, None, FileRead::default());
            }
            Meaning::Empties(folder) => {
                self.check_whiteout(&member, &name.path);
                self.push(member, folder, EntryKind::Opaque, None, FileRead::default());
            }
            Meaning::Unclear => {
                let text = "it is a whiteout for some, and a file for others";
                self.problems.add(ImageProblemKind::AmbiguousLayer, &name.path, text);
                self.take_entry(member, name.path, entry)?;
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
        path: String,
        entry: &mut Entry<'_, R>,
    ) -> Result<(), NextError> {
        let kind = member.kind;
        let (mut target, mut file) = (None, FileRead::default());
        match kind {
            EntryKind::File => file = self.read_file(&member, &path, entry)?,
            EntryKind::HardLink => target = Some(self.hard_link(&member, &path)),
            EntryKind::Link => target = Some(self.link(&member, &path)),
            EntryKind::Special => {
                let text = "it is a device node or FIFO, which cannot be imported";
                self.problems.add(ImageProblemKind::SpecialFile, &path, text);
            }
            _ => {}
        }
        self.push(member, &path, kind, target, file);
        Ok(())
    }

    fn push(
        &mut self,
        member: Member,
        path: &str,
        kind: EntryKind,
        target: Option<Box<str>>,
        file: FileRead,
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

    /// The target of a hard link; its contents are taken from what is held where they are wanted.
    fn hard_link(&mut self, member: &Member, path: &str) -> Box<str> {
        let name = Name::of(member.link.as_deref().unwrap_or_default());
        for (kind, text) in name.problems {
            self.problems.add(kind, path, format!("of the target of a hard link, {text}"));
        }
        if self.is_wanted(path) {
            match self.held.take(&name.path) {
                Some((entry, bytes)) => self.keep(entry, bytes),
                None => self.layer.not_kept.push((self.next(), NotKept::Passed)),
            }
        }
        name.path.into()
    }

    fn read_file<R: Read>(
        &mut self,
        member: &Member,
        path: &str,
        entry: &mut Entry<'_, R>,
    ) -> Result<FileRead, NextError> {
        self.held.forget(path);
        let is_wanted = self.is_wanted(path);
        let mut buffer = mem::take(&mut self.buffer);
        let read = self.read_contents(member, is_wanted, &mut buffer, entry);
        self.buffer = buffer;
        let mut file = read?;
        if let Some(bytes) = file.bytes.take() {
            match is_wanted {
                true => self.keep(self.next(), bytes),
                false => self.held.hold(path, self.next(), bytes),
            }
        }
        Ok(file)
    }

    fn read_contents<R: Read>(
        &mut self,
        member: &Member,
        is_wanted: bool,
        buffer: &mut [u8],
        entry: &mut Entry<'_, R>,
    ) -> Result<FileRead, NextError> {
        let inspects = self.request.inspect_files;
        let mut head = fill(entry, buffer)?;
        let keep = match is_wanted {
            true if member.size > self.request.limits.content_bytes => {
                self.layer.not_kept.push((self.next(), NotKept::TooLarge));
                Keep::No
            }
            true => Keep::Wanted,
            false => Keep::held(member.size, head),
        };
        let mut file = FileRead::default();
        if keep == Keep::No && !inspects {
            return Ok(file);
        }
        if inspects {
            file.secret = recognise(&self.path, head);
        }
        let mut hash = inspects.then(Sha256::new);
        let mut bytes = (keep != Keep::No).then(Vec::new);
        if let Some(bytes) = &mut bytes {
            bytes.reserve_exact(usize::try_from(member.size).unwrap_or_default());
        }
        while !head.is_empty() {
            if let Some(hash) = &mut hash {
                hash.update(head);
            }
            if let Some(bytes) = &mut bytes {
                bytes.extend_from_slice(head);
            }
            head = fill(entry, buffer)?;
        }
        file.digest = hash.map(|hash| hash.finalize().into());
        file.bytes = bytes;
        Ok(file)
    }

    /// Keeps contents without their secrets, as far as there is room for them; those of the path that
    /// was looked at last.
    fn keep(&mut self, entry: u32, bytes: Vec<u8>) {
        let bytes = redact(&self.path, bytes);
        self.kept = self.kept.saturating_add(bytes.len() as u64);
        if self.kept > self.request.limits.total_content_bytes {
            self.kept -= bytes.len() as u64;
            self.layer.not_kept.push((entry, NotKept::TooLarge));
        } else {
            self.layer.contents.push((entry, bytes));
        }
    }

    fn is_wanted(&mut self, path: &str) -> bool {
        self.path.clear();
        self.path.push('/');
        self.path.push_str(path);
        self.request.wanted.is_match(&self.path)
    }

    /// The index of the entry that is pushed next.
    fn next(&self) -> u32 {
        u32::try_from(self.layer.entries.len()).unwrap_or(u32::MAX)
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

/// Reads until a buffer is full, or the file ends.
fn fill<'b>(file: &mut impl Read, buffer: &'b mut [u8]) -> Result<&'b [u8], NextError> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(NextError::Read(error)),
        }
    }
    Ok(buffer.get(..filled).unwrap_or_default())
}
