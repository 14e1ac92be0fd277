//! What `umoci unpack` puts on a disk, as a list of files.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::tools::run;

/// What is told of a file on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// `file`, `directory`, `link` or `special`.
    pub(crate) kind: &'static str,
    /// The permission bits; 0 for links, which have none.
    pub(crate) mode: u32,
    /// The size of a file, in bytes.
    pub(crate) size: u64,
    /// The target of a link.
    pub(crate) target: Option<String>,
    /// The SHA-256 of a file.
    pub(crate) digest: Option<[u8; 32]>,
}

/// The files of an image of an OCI layout once `umoci` has unpacked it, by absolute path.
pub(crate) fn unpack(umoci: &Path, layout: &Path, name: &str) -> BTreeMap<String, Told> {
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("bundle");
    let image = format!("{}:{name}", layout.display());
    run(umoci, &["unpack", "--rootless", "--image", &image, &bundle.display().to_string()]);
    let mut files = BTreeMap::new();
    walk(&bundle.join("rootfs"), &PathBuf::from("/"), &mut files);
    files
}

fn walk(root: &Path, under: &Path, files: &mut BTreeMap<String, Told>) {
    for entry in fs::read_dir(root).unwrap() {
        let entry = entry.unwrap();
        let at = under.join(entry.file_name());
        let about = entry.metadata().unwrap();
        let kind = about.file_type();
        let target = kind.is_symlink().then(|| fs::read_link(entry.path()).unwrap());
        let told = Told {
            kind: match () {
                () if kind.is_symlink() => "link",
                () if kind.is_dir() => "directory",
                () if kind.is_file() => "file",
                () => "special",
            },
            mode: if kind.is_symlink() { 0 } else { about.mode() & 0o7777 },
            size: if kind.is_file() { about.len() } else { 0 },
            target: target.map(|target| target.display().to_string()),
            digest: kind.is_file().then(|| Sha256::digest(fs::read(entry.path()).unwrap()).into()),
        };
        files.insert(at.display().to_string(), told);
        if kind.is_dir() {
            walk(&entry.path(), &at, files);
        }
    }
}
