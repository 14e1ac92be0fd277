//! The compression of a layer.
//!
//! Owns media types, magic and the streams of gzip and zstd. Must not know digests or the tar.

use std::io::{self, BufRead, Read};
use std::mem;

use flate2::bufread::GzDecoder;

use super::error::LayerFault;

/// How many members a gzip stream may have. eStargz has one for each file; without a limit a blob of
/// empty members of 20 bytes each would take hours.
const GZIP_MEMBERS: u32 = 1 << 20;

/// The window that zstd may ask for, as a power of two: what `zstd --long` writes, 128 MiB.
const ZSTD_WINDOW: u32 = 27;

/// How a layer is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Gzip,
    Zstd,
}

impl Compression {
    /// Source: OCI image specification 1.1 `layer.md`, and the manifest of Docker's image v2.2.
    pub(super) fn of(media_type: &str) -> Result<Self, LayerFault> {
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
    pub(super) fn sniff(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::None => "an uncompressed tar",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// What decompresses.
pub(super) enum Decoder<B: BufRead> {
    None(B),
    Gzip(Box<Members<B>>),
    Zstd(zstd::Decoder<'static, B>),
}

impl<B: BufRead> Decoder<B> {
    pub(super) fn new(compression: Compression, stored: B) -> io::Result<Self> {
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
    pub(super) fn stored(&mut self) -> Option<&mut B> {
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
pub(super) struct Members<B: BufRead> {
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
