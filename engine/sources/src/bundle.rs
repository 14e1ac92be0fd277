//! OPA bundles as archives: gzipped tar, read in memory and never unpacked.
//!
//! Owns the limits on an archive, and which entries it may have: files below its root. Must not
//! know what is in them. `/a/b.rego`, as `opa build` writes it, is the file `a/b.rego`.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::GzDecoder;
use rollgate_engine::{Artifact, Limits};
use tar::{Archive, Entry, EntryType};

use crate::configuration::FolderFile;
use crate::file::{self, Unread};

/// How many entries an archive may have. The largest published libraries of policies have a few
/// thousand files.
const ENTRIES: usize = 10_000;

/// What an archive may come to when it is inflated, in bytes: the same that is judged at most.
const INFLATED_BYTES: u64 = 64 << 20;

/// How many times its size an archive may come to. Rego and YAML shrink to a tenth, padding of tar
/// included to a fiftieth; gzip can do a thousandth.
const RATIO: u64 = 200;

/// What any archive may come to, however small: a tar of three short files is 10 KiB of padding.
const SMALL_BYTES: u64 = 1 << 20;

/// The longest path, in bytes; more than file systems take.
const PATH_BYTES: usize = 1_024;

/// Whether a path is that of an archive.
pub(crate) fn is_archive(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    name.is_some_and(|name| [".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end)))
        && path.is_file()
}

/// Reads an archive.
pub(crate) fn read(limits: &Limits, path: &Path) -> Result<Vec<FolderFile>, Unread> {
    read_archive(&file::read(limits.input_bytes, path)?)
}

/// The files of an archive, sorted by path.
///
/// # Errors
///
/// When it is no gzipped tar of plain files below its root, or comes to more than an archive may.
pub fn read_archive(archive: &Artifact) -> Result<Vec<FolderFile>, Unread> {
    let name = archive.name();
    let size = u64::try_from(archive.bytes().len()).unwrap_or(u64::MAX);
    let most = size.saturating_mul(RATIO).clamp(SMALL_BYTES, INFLATED_BYTES);
    let limited = Limited { inner: GzDecoder::new(archive.bytes()), left: most };
    let unreadable = |error: &io::Error| {
        Unread::new(name, format!("is no OPA bundle: {error}"), "make it with `opa build --bundle`")
    };
    let mut tar = Archive::new(limited);
    let (mut files, mut seen) = (Vec::new(), BTreeSet::new());
    for (index, entry) in tar.entries().map_err(|error| unreadable(&error))?.enumerate() {
        let mut entry = entry.map_err(|error| unreadable(&error))?;
        if index >= ENTRIES {
            let message = format!("has more than {ENTRIES} entries");
            return Err(Unread::new(name, message, "make a bundle of the policies alone"));
        }
        let Some(path) = path_of(name, &entry)? else { continue };
        if !seen.insert(path.clone()) {
            let message = format!("has `{path}` twice");
            return Err(Unread::new(name, message, "make the bundle anew"));
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        let artifact = Artifact::new(format!("{name}/{path}"), bytes);
        files.push(FolderFile { path, artifact });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The path of a file below the archive's root; `None` for what is no file and does no harm.
fn path_of(name: &str, entry: &Entry<'_, impl Read>) -> Result<Option<String>, Unread> {
    let bytes = entry.path_bytes();
    let shown = String::from_utf8_lossy(&bytes).into_owned();
    let refused = |message: String| {
        Err(Unread::new(name, message, "do not trust this file; a bundle has plain files only"))
    };
    match entry.header().entry_type() {
        EntryType::Regular => {}
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(None),
        _ => return refused(format!("has `{shown}`, which is a link or a device")),
    }
    if bytes.len() > PATH_BYTES {
        return refused(format!("has a path of more than {PATH_BYTES} bytes"));
    }
    // OPA itself writes `/a.rego` and means the root of the bundle.
    let inside = shown.strip_prefix("./").unwrap_or(&shown);
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':', '\0']);
    if std::str::from_utf8(&bytes).is_ok() && inside.split('/').all(plain) {
        return Ok(Some(inside.to_owned()));
    }
    refused(format!("has `{shown}`, which is no path inside of it"))
}

/// A reader that fails where more comes than was agreed.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(u64::try_from(read).unwrap_or(u64::MAX))
            .ok_or_else(|| io::Error::other("it inflates to more than an archive may"))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use rollgate_engine::Digest;
    use rollgate_testkit::archive::{Entry, tar_gz, tar_gz_of};
    use rollgate_testkit::encode::gzip;

    use super::*;

    fn outcome(bytes: Vec<u8>) -> String {
        match read_archive(&Artifact::new("b.tar.gz", bytes)) {
            Ok(files) => files.iter().map(|file| file.path.clone() + " ").collect(),
            Err(unread) => unread.to_string(),
        }
    }

    #[test]
    fn plain_files_are_read_and_nothing_else() {
        let one = |path, kind| outcome(tar_gz_of(&[Entry { path, kind, bytes: b"x" }]));
        assert_eq!(one("/a/b.rego", b'0'), "a/b.rego ");
        assert_eq!(one("./a.rego", b'0'), "a.rego ");
        for path in ["../a.rego", "a/../../b", "//etc/passwd", "C:\\a.rego", "a//b", "a/./b"] {
            let fault = format!("`b.tar.gz` has `{path}`, which is no path inside of it");
            assert_eq!(one(path, b'0'), fault);
        }
        for kind in [b'1', b'2', b'3', b'4', b'6'] {
            let fault = "`b.tar.gz` has `a.rego`, which is a link or a device";
            assert_eq!(one("a.rego", kind), fault);
        }
        assert_eq!(outcome(tar_gz(&[("a", b"x"), ("/a", b"y")])), "`b.tar.gz` has `a` twice");
    }

    #[test]
    fn bombs_are_not_inflated() {
        let zeros = vec![0; 8 << 20];
        let fault = "`b.tar.gz` is no OPA bundle: it inflates to more than an archive may";
        assert_eq!(outcome(tar_gz(&[("a.rego", &zeros)])), fault);
        assert!(outcome(gzip(b"not a tar")).starts_with("`b.tar.gz` is no OPA bundle: "));
        assert!(outcome(b"not gzip".to_vec()).starts_with("`b.tar.gz` is no OPA bundle: "));
    }

    /// Entries that hardly shrink, so that their number is what is reached first.
    #[test]
    fn entries_are_counted() {
        let names: Vec<_> =
            (0..=ENTRIES).map(|n| Digest::of(n.to_string().as_bytes()).hex()).collect();
        let files: Vec<_> = names.iter().map(|name| (&**name, name.as_bytes())).collect();
        assert_eq!(outcome(tar_gz(&files)), "`b.tar.gz` has more than 10000 entries");
    }
}
