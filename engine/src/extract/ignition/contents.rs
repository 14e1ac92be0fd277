//! Contents of files: decoded as the Machine Config Daemon decodes them on a node.
//!
//! Owns the way from a source to bytes: a data URL, then perhaps gzip, under limits. Must not know
//! which file it is. What is remote is not fetched, here or by the daemon.
//!
//! `{"source": "data:,hi"}` → scheme `data`, text `hi`, size 2.

use std::fmt::Write as _;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::bufread::MultiGzDecoder;
use rollgate_facts::{Contents, Problem, ProblemKind, Text};
use sha2::{Digest as _, Sha256, Sha512};

use super::problem::problem;
use super::{Item, url};
use crate::extract::data_url;
use crate::{Digest, Limits};

/// How many bytes of decoded contents the run may still keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentBudget {
    left: usize,
}

impl ContentBudget {
    /// The whole budget of a run.
    pub const fn new(limits: &Limits) -> Self {
        Self { left: limits.total_content_bytes }
    }
}

/// Bytes, or why there are none.
enum Decoded {
    Bytes(Vec<u8>),
    /// The node could not write them either.
    Undecodable(&'static str),
    /// A data URL that validation refuses and reports.
    Refused,
    NotCollected(String),
}

/// The facts of contents with a source; none where there is no source.
pub(super) fn contents(
    limits: &Limits,
    budget: &mut ContentBudget,
    resource: &Item,
    problems: &mut Vec<Problem>,
) -> Option<Contents> {
    let source = resource.get("source")?;
    let mut contents = unread(resource, source);
    if contents.scheme != "data" {
        return Some(contents);
    }
    match decode(limits, budget, resource) {
        Decoded::Bytes(bytes) => {
            let hash = contents.hash.as_ref();
            contents.hash_matches = hash.and_then(|hash| matches_hash(&bytes, &hash.text));
            if contents.hash_matches == Some(false) {
                let text = "the verification hash does not match the content; the first boot of a \
                            node fails on it";
                let at = hash.map_or(&source.at, |hash| &hash.at);
                problems.push(problem(ProblemKind::InvalidVerification, at, text));
            }
            describe(&mut contents, bytes);
        }
        Decoded::Undecodable(text) => {
            problems.push(problem(ProblemKind::UndecodableContents, &source.at, text));
        }
        Decoded::Refused => {}
        Decoded::NotCollected(reason) => contents.not_collected = Some(reason),
    }
    Some(contents)
}

/// What is known of contents without decoding them.
fn unread(resource: &Item, source: &Item) -> Contents {
    let text = source.as_str().unwrap_or_default();
    let scheme = scheme(text);
    let written = |item: &Item| Text {
        at: item.at.clone(),
        text: item.as_str().unwrap_or_default().to_owned(),
        overrides: item.overrides.clone(),
    };
    Contents {
        at: source.at.clone(),
        url: (scheme != "data" && !text.is_empty()).then(|| url::without_user_info(text)),
        scheme,
        compression: resource.get("compression").map(written),
        hash: resource.path(&["verification", "hash"]).map(written),
        hash_matches: None,
        text: None,
        parsed: None,
        base64: None,
        size: None,
        sha256: None,
        not_collected: None,
    }
}

/// The scheme of a source; empty for an empty source or none that is a URL.
pub(super) fn scheme(source: &str) -> String {
    url::parse(source).map(|url| url.scheme).unwrap_or_default()
}

fn decode(limits: &Limits, budget: &mut ContentBudget, resource: &Item) -> Decoded {
    let most = limits.content_bytes.min(budget.left);
    // No content is longer than its data URL before it is decompressed.
    let Ok(data) = data_url::decode(resource.text("source")) else {
        return Decoded::Refused;
    };
    let bytes = if resource.text("compression") == "gzip" {
        match decompress(&data, most) {
            Ok(bytes) => bytes,
            Err(text) => return Decoded::Undecodable(text),
        }
    } else {
        data
    };
    if bytes.len() > most {
        let limit = if most == budget.left { "total_content_bytes" } else { "content_bytes" };
        return Decoded::NotCollected(format!("the content is larger than the limit `{limit}`"));
    }
    budget.left -= bytes.len();
    Decoded::Bytes(bytes)
}

/// All members of a gzip stream, and no more than one byte beyond `most`.
fn decompress(data: &[u8], most: usize) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    match MultiGzDecoder::new(data).take(most).read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err("the content is not gzip, although its compression says so, or is cut off"),
    }
}

/// Whether the bytes have the hash; none where the hash is malformed.
fn matches_hash(bytes: &[u8], hash: &str) -> Option<bool> {
    let (function, expected) = hash.split_once('-')?;
    let actual = match function {
        "sha256" => hex(&Sha256::digest(bytes)),
        "sha512" => hex(&Sha512::digest(bytes)),
        _ => return None,
    };
    (actual.len() == expected.len()).then(|| actual.eq_ignore_ascii_case(expected))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn describe(contents: &mut Contents, bytes: Vec<u8>) {
    contents.size = u64::try_from(bytes.len()).ok();
    contents.sha256 = Some(Digest::of(&bytes).hex());
    match String::from_utf8(bytes) {
        Ok(text) => contents.text = Some(text),
        Err(error) => {
            let bytes = error.as_bytes();
            // Text in another encoding says what it says to its reader; no text has a NUL.
            let is_text = !bytes.contains(&0);
            contents.text = is_text.then(|| String::from_utf8_lossy(bytes).into_owned());
            contents.base64 = Some(STANDARD.encode(bytes));
        }
    }
}
