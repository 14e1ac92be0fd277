//! The cache: what layers hold, so that no layer is read twice.
//!
//! Owns a folder of files, each with what one layer holds as [`LayerContents`]: named by what it
//! depends on, verified as it is read, written beside its place and moved there, so that whoever is
//! killed leaves nothing half written and concurrent runs see whole files. Must not know images.
//! A cache that cannot be used makes a run slower and nothing else.

mod entry;

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rollgate_engine::extract::image::LayerContents;
use sha2::{Digest as _, Sha256};

/// The version of [`LayerContents`] and of what is read of a layer: whoever changes one of them counts
/// it up, and nothing of before is found any more.
pub const LAYER_VERSION: u32 = 1;

/// What a cache holds at most, in bytes, where nothing else is said: what is kept of an RHCOS image has
/// about 100 MB, and a team works on a few dozen of them.
pub const CACHE_BYTES: u64 = 4 << 30;

/// How old a file is that a writer who was killed left behind: nobody writes one for so long.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// The beginning of the names of files that are being written.
const UNFINISHED: &str = ".new-";

/// What the contents of a layer depend on.
#[derive(Debug, Clone, Copy)]
pub struct LayerKey<'a> {
    /// The digest of the blob.
    pub digest: &'a str,
    /// The digest of the tar. Both are part of it: that they belong together was found by reading.
    pub diff_id: &'a str,
    /// The digest of the sorted globs of wanted contents.
    pub wanted: &'a str,
    /// Whether files were hashed and searched.
    pub inspected: bool,
}

/// A cache in a folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    max_bytes: u64,
}

/// What a cache holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheInfo {
    /// The folder.
    pub folder: PathBuf,
    /// How many layers.
    pub entries: usize,
    /// Their size, in bytes.
    pub bytes: u64,
    /// What it may hold, in bytes.
    pub max_bytes: u64,
    /// When the one was used that was not used for longest.
    pub oldest: Option<SystemTime>,
}

/// What was removed of a cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// How many layers.
    pub entries: usize,
    /// Their size, in bytes.
    pub bytes: u64,
}

/// A file of the cache.
struct Stored {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Cache {
    /// The cache in a folder, which is made when something is put in.
    pub fn open(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), max_bytes: CACHE_BYTES }
    }

    /// The same cache with another bound, in bytes.
    #[must_use]
    pub fn with_max_bytes(self, max_bytes: u64) -> Self {
        Self { max_bytes, ..self }
    }

    /// What a layer holds, if it was read before. A damaged entry is removed.
    pub fn get(&self, key: &LayerKey<'_>) -> Option<LayerContents> {
        let hash = key.hash();
        let path = self.path(&hash);
        let bytes = read(&path, self.max_bytes)?;
        let layer = entry::decode(&hash, &bytes).filter(|layer| layer.inspected == key.inspected);
        if layer.is_none() {
            tracing::warn!(path = %path.display(), "a damaged entry of the cache was removed");
            let _ = fs::remove_file(&path);
        }
        layer
    }

    /// Keeps what a layer holds, which is the same afterwards.
    ///
    /// # Errors
    ///
    /// When it cannot be written; nothing is left behind then.
    pub fn put(&self, key: &LayerKey<'_>, layer: &mut LayerContents) -> io::Result<()> {
        let hash = key.hash();
        let path = self.path(&hash);
        let bytes = entry::encode(&hash, layer)?;
        if size_of(&bytes) > self.max_bytes {
            return Ok(());
        }
        let folder = self.make()?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        file.write_all(&bytes)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }

    /// What the cache holds.
    ///
    /// # Errors
    ///
    /// When its folder is there and cannot be read.
    pub fn info(&self) -> io::Result<CacheInfo> {
        let stored = self.stored()?;
        Ok(CacheInfo {
            folder: self.folder.clone(),
            entries: stored.len(),
            bytes: stored.iter().map(|one| one.bytes).sum(),
            max_bytes: self.max_bytes,
            oldest: stored.iter().map(|one| one.used).min(),
        })
    }

    /// Removes what was not used for longest until no more than these bytes are left, and all that was
    /// not used since a time. Where another run does so already, nothing is done.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written.
    pub fn prune(&self, max_bytes: u64, unused_since: Option<SystemTime>) -> io::Result<Pruned> {
        let Some(_lock) = self.lock()? else { return Ok(Pruned::default()) };
        self.remove_abandoned()?;
        let mut stored = self.stored()?;
        stored.sort_by(|one, other| (one.used, &one.path).cmp(&(other.used, &other.path)));
        let mut left: u64 = stored.iter().map(|one| one.bytes).sum();
        let mut pruned = Pruned::default();
        for one in stored {
            if left <= max_bytes && unused_since.is_none_or(|since| one.used >= since) {
                break;
            }
            remove(&one.path)?;
            left = left.saturating_sub(one.bytes);
            pruned.entries = pruned.entries.saturating_add(1);
            pruned.bytes = pruned.bytes.saturating_add(one.bytes);
        }
        Ok(pruned)
    }

    /// Removes what is over the bound, where anything is.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written.
    pub fn keep_bound(&self) -> io::Result<Pruned> {
        match self.info()?.bytes > self.max_bytes {
            true => self.prune(self.max_bytes, None),
            false => Ok(Pruned::default()),
        }
    }

    /// Removes everything that rollgate wrote, and nothing else.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written.
    pub fn clear(&self) -> io::Result<Pruned> {
        self.prune(0, Some(far_away()))
    }

    fn layers(&self) -> PathBuf {
        self.folder.join("layers")
    }

    fn path(&self, hash: &[u8; 32]) -> PathBuf {
        self.layers().join(super::digest::BlobDigest::from_hash(hash).hex())
    }

    /// The folder of layers, made where it is missing, for nobody else to read.
    fn make(&self) -> io::Result<PathBuf> {
        let layers = self.layers();
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&layers)?;
        if fs::symlink_metadata(&layers)?.is_dir() {
            return Ok(layers);
        }
        Err(io::Error::other(format!("`{}` is a link", layers.display())))
    }

    /// The lock of those who remove; `None` where another run has it or there is no cache.
    fn lock(&self) -> io::Result<Option<File>> {
        if !self.layers().is_dir() {
            return Ok(None);
        }
        let path = self.folder.join("lock");
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(error),
        }
    }

    fn stored(&self) -> io::Result<Vec<Stored>> {
        let is_ours = |name: &str| name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit());
        self.files(is_ours)
    }

    fn remove_abandoned(&self) -> io::Result<()> {
        let before = now().checked_sub(ABANDONED).unwrap_or(SystemTime::UNIX_EPOCH);
        let unfinished = self.files(|name| name.starts_with(UNFINISHED))?;
        unfinished.iter().filter(|file| file.used < before).try_for_each(|file| remove(&file.path))
    }

    fn files(&self, wanted: impl Fn(&str) -> bool) -> io::Result<Vec<Stored>> {
        let entries = match fs::read_dir(self.layers()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut files = Vec::new();
        for entry in entries {
            let entry = entry?;
            // What is gone by now was removed by another run.
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_file() && entry.file_name().to_str().is_some_and(&wanted) {
                let used = metadata.modified()?;
                files.push(Stored { path: entry.path(), bytes: metadata.len(), used });
            }
        }
        Ok(files)
    }
}

impl LayerKey<'_> {
    fn hash(&self) -> [u8; 32] {
        let Self { digest, diff_id, wanted, inspected } = self;
        let facts = rollgate_facts::FACTS_VERSION;
        let text = format!("{LAYER_VERSION}\n{facts}\n{digest}\n{diff_id}\n{wanted}\n{inspected}");
        Sha256::digest(text).into()
    }
}

/// The bytes of an entry, which is thereby used; `None` where there is none.
fn read(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let metadata = fs::symlink_metadata(path).ok()?;
    if !metadata.is_file() || metadata.len() > limit {
        return None;
    }
    #[expect(clippy::disallowed_methods, reason = "this is where the cache is read")]
    let bytes = fs::read(path).ok()?;
    // Only the order in which entries are removed depends on it.
    let _ = File::open(path).and_then(|file| file.set_modified(now()));
    Some(bytes)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[expect(clippy::disallowed_methods, reason = "when an entry was used is no fact of an image")]
fn now() -> SystemTime {
    SystemTime::now()
}

/// A time that nothing was used after.
fn far_away() -> SystemTime {
    let century = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    now().checked_add(century).unwrap_or_else(now)
}

fn size_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}
