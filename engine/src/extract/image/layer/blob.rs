//! The blob of a layer: decompressed and hashed while it is read.
//!
//! Owns media types, compression, both digests and the sizes. Must not know what the tar holds.
//!
//! `application/vnd.oci.image.layer.v1.tar+gzip` and `1f 8b …` come to the bytes of a tar.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read};
use std::mem;

use flate2::bufread::GzDecoder;
use sha2::{Digest as _, Sha256};

use super::error::LayerFault;
use crate::limits::ImageLimits;

/// How much is read, and hashed, at once: large enough that the hash runs at full speed, and small
/// enough to stay in a core's own cache.
const CHUNK: usize = 128 << 10;

/// How many members a gzip stream may have. eStargz has one for each file; without a limit a blob of
/// empty members of 20 bytes each would take hours.
const GZIP_MEMBERS: u32 = 1 << 20;

/// The window that zstd may ask for, as a power of two: what `zstd --long` writes, 128 MiB.
const ZSTD_WINDOW: u32 = 27;

/// A digest as it was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Announced([u8; 32]);

impl Announced {
    /// Reads `sha256:<hex>`.
    pub(super) fn parse(text: &str) -> Result<Self, LayerFault> {
        let wrong = || LayerFault::DigestName(text.to_owned());
        let hex = text.strip_prefix("sha256:").ok_or_else(wrong)?;
        let mut digest = [0; 32];
        let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
        if pairs.len() != digest.len() || !rest.is_empty() {
            return Err(wrong());
        }
        for (byte, pair) in digest.iter_mut().zip(pairs) {
            let digits = str::from_utf8(pair).map_err(|_| wrong())?;
            if !pair.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
                return Err(wrong());
            }
            *byte = u8::from_str_radix(digits, 16).map_err(|_| wrong())?;
        }
        Ok(Self(digest))
    }

    pub(super) fn matches(self, found: &[u8; 32]) -> bool {
        self.0 == *found
    }
}

/// A digest as it is written.
pub(super) fn hex(digest: &[u8; 32]) -> String {
    let mut text = String::from("sha256:");
    digest.iter().for_each(|byte| _ = write!(text, "{byte:02x}"));
    text
}

/// How a layer is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compression {
    None,
    Gzip,
    Zstd,
}

impl Compression {
    /// Source: OCI image specification 1.1 `layer.md`, and the manifest of Docker's image v2.2.
    fn of(media_type: &str) -> Result<Self, LayerFault> {
        match media_type {
            "application/vnd.oci.image.layer.v1.tar"
            | "application/vnd.oci.image.layer.nondistributable.v1.tar"
            | "application/vnd.docker.image.rootfs.diff.tar" => Ok(Self::None),
            "application/vnd.oci.image.layer.v1.tar+gzip"
            | "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
            | "application/vnd.docker.image.rootfs.diff.tar.gzip"
            | "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" => Ok(Self::Gzip),
            "application/vnd.oci.image.layer.v1.tar+zstd"
            | "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"
            | "application/vnd.docker.image.rootfs.diff.tar.zstd" => Ok(Self::Zstd),
            _ => Err(LayerFault::MediaType(media_type.to_owned())),
        }
    }

    /// What the first bytes say; a skippable frame may stand before the first of zstd.
    fn sniff(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::None => "an uncompressed tar",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// A reader that hashes and counts what passes, up to a limit, and keeps why its source failed.
pub(super) struct Counted<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
    limit: u64,
    exceeded: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Counted<R> {
    fn new(inner: R, limit: u64) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0, limit, exceeded: false, failed: None }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match self.inner.read(into) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                self.failed = Some(error);
                return Err(io::Error::other("the source failed"));
            }
        };
        self.hash.update(into.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        if self.bytes > self.limit {
            self.exceeded = true;
            return Err(io::Error::other("a limit is reached"));
        }
        Ok(read)
    }
}

/// The blob, whose first bytes were looked at before.
type Stored<R> = BufReader<Counted<io::Chain<io::Cursor<Vec<u8>>, R>>>;

/// The tar of a layer, read from its blob.
pub(super) struct Unpacked<R: Read> {
    tar: BufReader<Counted<Decoder<Stored<R>>>>,
}

/// What was found once all was read.
pub(super) struct Whole {
    /// The size of the tar.
    pub(super) bytes: u64,
    /// How many bytes stand behind the end of the compressed data.
    pub(super) behind: u64,
    pub(super) digest: [u8; 32],
    pub(super) diff_id: [u8; 32],
}

impl<R: Read> Unpacked<R> {
    /// Begins to read a blob of a media type.
    pub(super) fn open(
        mut blob: R,
        media_type: &str,
        limits: &ImageLimits,
    ) -> Result<Self, LayerFault> {
        let said = Compression::of(media_type)?;
        let mut head = Vec::new();
        blob.by_ref().take(4).read_to_end(&mut head).map_err(LayerFault::Read)?;
        let found = Compression::sniff(&head);
        if said != found {
            let media_type = media_type.to_owned();
            let (said, found) = (said.name(), found.name());
            return Err(LayerFault::Compression { media_type, said, found });
        }
        let stored = Counted::new(io::Cursor::new(head).chain(blob), limits.compressed_bytes);
        let stored = BufReader::with_capacity(CHUNK, stored);
        let decoder = Decoder::new(said, stored).map_err(LayerFault::Decompress)?;
        let tar = Counted::new(decoder, limits.layer_bytes);
        Ok(Self { tar: BufReader::with_capacity(CHUNK, tar) })
    }

    /// What an error that came through the reader of the tar means.
    pub(super) fn fault(&mut self, error: &io::Error, limits: &ImageLimits) -> LayerFault {
        let tar = self.tar.get_mut();
        let limit = |limit, value| LayerFault::Limit { limit, value, entry: None };
        if tar.exceeded {
            return limit("layer_bytes", limits.layer_bytes);
        }
        let failed = match tar.inner.stored() {
            Some(stored) if stored.get_ref().exceeded => {
                return limit("compressed_bytes", limits.compressed_bytes);
            }
            Some(stored) => stored.get_mut().failed.take(),
            None => None,
        };
        match (failed, tar.failed.take()) {
            (Some(error), _) => LayerFault::Read(error),
            (None, Some(error)) => LayerFault::Decompress(error),
            (None, None) => LayerFault::tar(error.to_string()),
        }
    }

    /// Reads what is left of the blob behind the end of the compressed data, and closes the sums.
    pub(super) fn finish(mut self, limits: &ImageLimits) -> Result<Whole, LayerFault> {
        let mut behind = 0;
        if let Some(stored) = self.tar.get_mut().inner.stored() {
            match io::copy(stored, &mut io::sink()) {
                Ok(bytes) => behind = bytes,
                Err(error) => return Err(self.fault(&error, limits)),
            }
        }
        let Counted { mut inner, hash, bytes, .. } = self.tar.into_inner();
        let digest = inner.stored().map(|stored| mem::take(&mut stored.get_mut().hash));
        let digest = digest.unwrap_or_default().finalize().into();
        Ok(Whole { bytes, behind, digest, diff_id: hash.finalize().into() })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.tar.read(into)
    }
}

/// What decompresses.
enum Decoder<B: BufRead> {
    None(B),
    Gzip(Box<Members<B>>),
    Zstd(zstd::Decoder<'static, B>),
}

impl<B: BufRead> Decoder<B> {
    fn new(compression: Compression, stored: B) -> io::Result<Self> {
        Ok(match compression {
            Compression::None => Self::None(stored),
            Compression::Gzip => {
                let decoder = GzDecoder::new(Lent(Some(stored)));
                Self::Gzip(Box::new(Members { decoder, count: 1 }))
            }
            Compression::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(stored)?;
                decoder.window_log_max(ZSTD_WINDOW)?;
                Self::Zstd(decoder)
            }
        })
    }

    /// The blob; it is always there.
    fn stored(&mut self) -> Option<&mut B> {
        match self {
            Self::None(stored) => Some(stored),
            Self::Gzip(members) => members.decoder.get_mut().0.as_mut(),
            Self::Zstd(decoder) => Some(decoder.get_mut()),
        }
    }
}

impl<B: BufRead> Read for Decoder<B> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::None(stored) => stored.read(into),
            Self::Gzip(members) => members.read(into),
            Self::Zstd(decoder) => decoder.read(into),
        }
    }
}

/// The members of a gzip stream, one behind the other; what follows them and is none is left.
///
/// `flate2::bufread::MultiGzDecoder` does the same but takes what follows for an error, which would
/// leave the digest of the blob unknown.
struct Members<B: BufRead> {
    decoder: GzDecoder<Lent<B>>,
    count: u32,
}

impl<B: BufRead> Read for Members<B> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.decoder.read(into)?;
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            let next = self.decoder.get_mut().fill_buf()?;
            if next.first() != Some(&0x1f) {
                return Ok(0);
            }
            self.count += 1;
            if self.count > GZIP_MEMBERS {
                return Err(io::Error::other(format!("more than {GZIP_MEMBERS} gzip members")));
            }
            let stored = mem::take(self.decoder.get_mut());
            self.decoder.reset(stored);
        }
    }
}

/// A reader that may be taken out, as `GzDecoder::reset` asks for another in exchange.
struct Lent<B>(Option<B>);

impl<B> Default for Lent<B> {
    fn default() -> Self {
        Self(None)
    }
}

impl<B: BufRead> Read for Lent<B> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(0), |inner| inner.read(into))
    }
}

impl<B: BufRead> BufRead for Lent<B> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.as_mut().map_or(Ok(&[]), B::fill_buf)
    }

    fn consume(&mut self, amount: usize) {
        if let Some(inner) = &mut self.0 {
            inner.consume(amount);
        }
    }
}
