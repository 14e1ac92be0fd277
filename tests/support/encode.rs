//! Encodings of file contents: data URLs and gzip.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A data URL with its bytes in percent encoding where they need it.
pub fn percent_url(bytes: &[u8]) -> String {
    let encoded = bytes.iter().map(|&byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    format!("data:,{}", encoded.collect::<String>())
}

/// Bytes in base64.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A data URL with its bytes in base64.
pub fn base64_url(bytes: &[u8]) -> String {
    format!("data:text/plain;charset=utf-8;base64,{}", STANDARD.encode(bytes))
}

/// Bytes compressed with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    compress(std::iter::once(bytes))
}

/// A gzip stream of about a thousandth of the zero bytes that it expands to.
pub fn gzip_bomb(expanded: usize) -> Vec<u8> {
    let zeros = vec![0; 64 << 10];
    let whole = std::iter::repeat_n(zeros.as_slice(), expanded / zeros.len());
    let rest = zeros.get(..expanded % zeros.len()).unwrap_or_default();
    compress(whole.chain(std::iter::once(rest)))
}

fn compress<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for chunk in chunks {
        if let Err(error) = encoder.write_all(chunk) {
            panic!("cannot compress in memory: {error}");
        }
    }
    encoder.finish().unwrap_or_else(|error| panic!("cannot compress in memory: {error}"))
}
