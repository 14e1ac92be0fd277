//! The header of a tar entry, taken strictly.
//!
//! Owns the fields of 512 bytes. Must not know extended headers.
//!
//! Go's `archive/tar` (what container engines read layers with), GNU tar, libarchive and the crate
//! `tar` disagree at the edges of the format; whatever is not plain is refused, so that no reader can
//! find what is not judged here.

use std::borrow::Cow;

use tar::Header;

use super::error::LayerFault;

/// What a header says.
pub(super) struct Fields<'a> {
    /// The type, as the format counts them.
    pub(super) kind: u8,
    pub(super) name: Cow<'a, [u8]>,
    pub(super) link: Option<Cow<'a, [u8]>>,
    pub(super) mode: u32,
    pub(super) uid: u64,
    pub(super) gid: u64,
    pub(super) size: u64,
    pub(super) mtime: u64,
}

impl<'a> Fields<'a> {
    /// Reads a header whose sum was found right.
    pub(super) fn of(header: &'a Header) -> Result<Self, LayerFault> {
        check_format(header.as_bytes())?;
        let old = header.as_old();
        // Not `entry_type`, to which no type at all is that of a file.
        let [kind] = old.linkflag;
        Ok(Self {
            kind,
            name: header.path_bytes(),
            link: header.link_name_bytes(),
            mode: u32::try_from(number(&old.mode, "mode")? & 0o7777).unwrap_or_default(),
            uid: number(&old.uid, "uid")?,
            gid: number(&old.gid, "gid")?,
            size: number(&old.size, "size")?,
            mtime: number(&old.mtime, "mtime")?,
        })
    }
}

/// Magic and what hangs on it. Bytes that some readers take for the `prefix` of the name and others
/// for times are the way to two names for one file.
fn check_format(header: &[u8; 512]) -> Result<(), LayerFault> {
    let field = |from: usize, to: usize| header.get(from..to).unwrap_or_default();
    match field(257, 265) {
        b"ustar\x0000" if field(508, 512) == b"tar\0" => {
            Err(LayerFault::tar("the format of `star` is not read"))
        }
        b"ustar\x0000" => Ok(()),
        b"ustar  \0" => {
            // Go takes this for a prefix where it is no number (`archive/tar/reader.go`).
            number(field(345, 357), "atime")?;
            number(field(357, 369), "ctime")?;
            Ok(())
        }
        [0, 0, 0, 0, 0, 0, 0, 0] => Ok(()),
        _ => Err(LayerFault::tar("a header of an unknown format")),
    }
}

/// A number of octal digits between blanks, or of base 256 where it is not negative; none is zero.
fn number(field: &[u8], name: &str) -> Result<u64, LayerFault> {
    let wrong = || LayerFault::tar(format!("the field `{name}` is no number"));
    match field.split_first() {
        Some((0x80, rest)) => rest.iter().try_fold(0_u64, |sum, byte| {
            let high = sum.checked_mul(256).filter(|sum| *sum <= i64::MAX as u64);
            high.map(|high| high + u64::from(*byte)).ok_or_else(wrong)
        }),
        Some((0x81..=0xff, _)) => {
            Err(LayerFault::tar(format!("the field `{name}` is negative or too large")))
        }
        _ => {
            let start = field.iter().position(|byte| *byte != b' ').unwrap_or(field.len());
            let digits = field.get(start..).unwrap_or_default();
            let end = digits.iter().position(|byte| matches!(byte, b' ' | 0));
            let (digits, rest) = digits.split_at(end.unwrap_or(digits.len()));
            if !rest.iter().all(|byte| matches!(byte, b' ' | 0)) {
                return Err(wrong());
            }
            digits.iter().try_fold(0_u64, |sum, digit| match digit {
                b'0'..=b'7' => Ok(sum * 8 + u64::from(digit - b'0')),
                _ => Err(wrong()),
            })
        }
    }
}
