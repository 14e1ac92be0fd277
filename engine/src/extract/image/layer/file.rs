//! A file of a layer, and the hard links to it.
//!
//! Owns what is hashed, searched and kept of its contents. Must not know how they are packed.

use std::io::{self, Read};
use std::mem;

use rollgate_facts::SecretKind;
use sha2::{Digest as _, Sha256};
use tar::Entry;

use super::NotKept;
use super::archive::Reading;
use super::kept::Keep;
use super::member::{Member, NextError};
use super::name::Name;
use crate::extract::image::{recognise, redact};

/// What was read of a file.
#[derive(Default)]
pub(super) struct FileRead {
    pub(super) digest: Option<[u8; 32]>,
    pub(super) secret: Option<SecretKind>,
    bytes: Option<Vec<u8>>,
}

impl Reading<'_> {
    /// The target of a hard link; its contents are taken from what is held where they are wanted.
    pub(super) fn hard_link(&mut self, member: &Member, path: &str) -> Box<str> {
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

    pub(super) fn read_file<R: Read>(
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
            if is_wanted {
                self.keep(self.next(), bytes);
            } else {
                self.held.hold(path, self.next(), bytes);
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
