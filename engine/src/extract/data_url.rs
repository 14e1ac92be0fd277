//! Data URLs (RFC 2397), as the nodes read them.
//!
//! Owns the grammar of the Go package `vincent-petithory/dataurl`, which Ignition and the Machine
//! Config Daemon use: it is stricter than browsers are. Must not know what the data is for.
//!
//! `data:text/plain;base64,aGk=` → `hi`; `data:,a b` → an error, for the space is not escaped.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Go's `base64.StdEncoding`: padding as it should be, whatever bits are left over in the last byte.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical),
);

/// The media types that the Go package takes; a type that begins like one of them passes.
const MEDIA_TYPES: [&str; 7] =
    ["text", "image", "audio", "video", "application", "message", "multipart"];

/// Why a text is no data URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DataUrlError {
    /// It does not begin with `data:`.
    #[error("does not begin with `data:`")]
    Prefix,
    /// What stands before the comma is neither a media type nor parameters.
    #[error("has no valid media type before the comma")]
    MediaType,
    /// A parameter is malformed, or `;base64` is not the last one.
    #[error("has a malformed parameter before the comma")]
    Parameter,
    /// There is no comma.
    #[error("has no comma before the data")]
    Comma,
    /// A character that has to be escaped.
    #[error("has the character {0:?} in its data, which must be percent-encoded")]
    Character(char),
    /// A character that base64 does not have.
    #[error("has the character {0:?} in its base64 data")]
    Base64Character(char),
    /// A percent sign without two hexadecimal digits.
    #[error("has a `%` in its data that two hexadecimal digits do not follow")]
    Escape,
    /// Base64 of a wrong length or padding.
    #[error("has base64 data of a wrong length or padding")]
    Base64,
}

/// The data of a data URL.
///
/// # Errors
///
/// Where the Go package gives one.
pub fn decode(url: &str) -> Result<Vec<u8>, DataUrlError> {
    let rest = url.strip_prefix("data:").ok_or(DataUrlError::Prefix)?;
    let rest = skip_media_type(rest)?;
    let (rest, base64) = skip_parameters(rest)?;
    let data = rest.strip_prefix(',').ok_or(DataUrlError::Comma)?;
    if base64 { decode_base64(data) } else { decode_percent(data) }
}

fn decode_percent(data: &str) -> Result<Vec<u8>, DataUrlError> {
    if !data.bytes().all(is_url_byte) {
        let bad = data.chars().find(|c| !u8::try_from(*c).is_ok_and(is_url_byte));
        return Err(bad.map_or(DataUrlError::Escape, DataUrlError::Character));
    }
    unescape(data).ok_or(DataUrlError::Escape)
}

fn decode_base64(data: &str) -> Result<Vec<u8>, DataUrlError> {
    let lines = data.contains('\n').then(|| data.replace('\n', ""));
    BASE64.decode(lines.as_deref().unwrap_or(data)).map_err(|_| {
        let is_base64 = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '\n');
        let bad = data.chars().find(|c| !is_base64(c));
        bad.map_or(DataUrlError::Base64, DataUrlError::Base64Character)
    })
}

/// What follows the media type, which may be missing: a `;` or a `,`.
fn skip_media_type(text: &str) -> Result<&str, DataUrlError> {
    if text.is_empty() {
        return Err(DataUrlError::Comma);
    }
    if text.starts_with([';', ',']) {
        return Ok(text);
    }
    let (media_type, rest) = split_token(text);
    let known = MEDIA_TYPES.iter().any(|known| media_type.starts_with(known));
    if !known && !media_type.starts_with("x-") && !media_type.starts_with("X-") {
        return Err(DataUrlError::MediaType);
    }
    let subtype = rest.strip_prefix('/').ok_or(DataUrlError::MediaType)?;
    Ok(split_token(subtype).1)
}

/// What follows the parameters, and whether the last of them is `base64`.
fn skip_parameters(mut text: &str) -> Result<(&str, bool), DataUrlError> {
    while let Some(parameter) = text.strip_prefix(';') {
        let (attribute, rest) = split_token(parameter);
        if attribute.is_empty() {
            return Err(DataUrlError::Parameter);
        }
        let Some(value) = rest.strip_prefix('=') else {
            return match (attribute, rest.starts_with(',')) {
                ("base64", true) => Ok((rest, true)),
                _ => Err(DataUrlError::Parameter),
            };
        };
        text = match value.strip_prefix('"') {
            Some(quoted) => skip_quoted(quoted)?,
            None => skip_plain(value)?,
        };
    }
    Ok((text, false))
}

fn skip_plain(value: &str) -> Result<&str, DataUrlError> {
    let (value, rest) = split_token(value);
    let valid = !value.is_empty() && unescape(value).is_some();
    if valid { Ok(rest) } else { Err(DataUrlError::Parameter) }
}

/// What follows a quoted value. Go's package takes what is a Go string literal; the escapes of one
/// character are all that anybody writes.
fn skip_quoted(text: &str) -> Result<&str, DataUrlError> {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => return Ok(characters.as_str()),
            '\\' => match characters.next() {
                Some('a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '\\' | '"') => {}
                _ => return Err(DataUrlError::Parameter),
            },
            '\n' => return Err(DataUrlError::Parameter),
            _ if character.is_ascii() => {}
            _ => return Err(DataUrlError::Parameter),
        }
    }
    Err(DataUrlError::Parameter)
}

/// The longest token (RFC 2045) at the start of the text, and what follows.
fn split_token(text: &str) -> (&str, &str) {
    let is_token = |c: char| c.is_ascii_graphic() && !"()<>@,;:\\\"/[]?=".contains(c);
    let end = text.find(|c| !is_token(c)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Characters that need no escape (`%` is one of them: escapes are checked later).
const fn is_url_byte(byte: u8) -> bool {
    let unsafe_byte = matches!(
        byte,
        b'<' | b'>' | b'#' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'[' | b']' | b'`'
    );
    byte.is_ascii_graphic() && !unsafe_byte
}

fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{DataUrlError, decode};

    #[test]
    fn data_urls_decode_as_go_decodes_them() {
        let decodes: [(&str, &[u8]); 9] = [
            ("data:,", b""),
            ("data:,a?b", b"a?b"),
            ("data:,%41%0a+", b"A\n+"),
            ("data:text/plain;charset=utf-8;base64,aGk=", b"hi"),
            ("data:;base64,aGk\n=", b"hi"),
            ("data:;base64,aGl=", b"hi"),
            ("data:application/x-gzip,\u{61}", b"a"),
            ("data:x-mine/any;name=\"a\\\"b\",1", b"1"),
            ("data:texture/,1", b"1"),
        ];
        for (url, bytes) in decodes {
            assert_eq!(decode(url).as_deref(), Ok(bytes), "{url}");
        }
        let faults = [
            ("http://a", DataUrlError::Prefix),
            ("DATA:,a", DataUrlError::Prefix),
            ("data:", DataUrlError::Comma),
            ("data:text/plain", DataUrlError::Comma),
            ("data:font/woff,a", DataUrlError::MediaType),
            ("data:text,a", DataUrlError::MediaType),
            ("data:;base64;charset=utf-8,aGk=", DataUrlError::Parameter),
            ("data:;base32,aGk=", DataUrlError::Parameter),
            ("data:;charset=%zz,a", DataUrlError::Parameter),
            ("data:,a#b", DataUrlError::Character('#')),
            ("data:,a b", DataUrlError::Character(' ')),
            ("data:,é", DataUrlError::Character('é')),
            ("data:,100%", DataUrlError::Escape),
            ("data:;base64,aG k=", DataUrlError::Base64Character(' ')),
            ("data:;base64,aGk", DataUrlError::Base64),
        ];
        for (url, fault) in faults {
            assert_eq!(decode(url), Err(fault), "{url}");
        }
    }
}
