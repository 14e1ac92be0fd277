//! Saved facts: what is known of an image, in a file that a later run reads instead of the image.
//!
//! Owns the layout of the file: JSON with one file of the image a line, so that two of them compare
//! well. Whatever it says is taken from outside, and so it is limited, and read anew by its types.
//!
//! `{"version": "1",\n"image": {…},\n"reads": [],\n"contents": {\n},\n"files": [\n{…},\n{…}\n]}`

use std::fmt::Write as _;

use rollgate_facts::FACTS_VERSION;
use serde::{Deserialize, Serialize};

use super::ImageEvidence;
use crate::limits::ImageLimits;

/// Why saved facts cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// The file is too large.
    #[error("saved facts of {size} bytes are more than the limit of {limit} (`content_bytes`)")]
    TooLarge {
        /// How large it is.
        size: usize,
        /// The limit.
        limit: u64,
    },
    /// It is of another version.
    #[error(
        "the facts have version `{found}`, and this build reads `{FACTS_VERSION}`: save them again"
    )]
    Version {
        /// What it says.
        found: String,
    },
    /// It is no such file.
    #[error("no saved facts of an image, at `{path}` (line {line}, column {column}): {reason}")]
    Shape {
        /// Which field, as `image.layers[0].size`.
        path: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
    /// The files are more than an image may have.
    #[error("the facts tell of {files} files, more than the limit of {limit} (`total_entries`)")]
    TooManyFiles {
        /// How many there are.
        files: usize,
        /// The limit.
        limit: usize,
    },
    /// The files are out of order, so that not all of them would be found.
    #[error("the files are not sorted by path: `{path}` stands out of order")]
    NotSorted {
        /// The first one that stands behind a later one.
        path: String,
    },
}

/// What is read before anything else.
#[derive(Debug, Deserialize)]
struct Version {
    version: String,
}

impl ImageEvidence {
    /// The saved facts, the same for the same evidence.
    pub fn write(&self) -> String {
        let mut text = String::new();
        let Self { version, image, files, reads, contents } = self;
        // Writing to a string does not fail.
        let _ = write!(text, "{{\"version\": {},\n\"image\": {},\n", json(version), json(image));
        let _ = write!(text, "\"reads\": {},\n\"contents\": {{", json(reads));
        let pairs =
            contents.iter().map(|(path, content)| format!("{}: {}", json(path), json(content)));
        push_lines(&mut text, pairs);
        text.push_str("},\n\"files\": [");
        push_lines(&mut text, files.iter().map(json));
        text.push_str("]}\n");
        text
    }

    /// The evidence that was saved.
    ///
    /// # Errors
    ///
    /// Where it is of another version, no such file, or more than the limits let pass.
    pub fn read(bytes: &[u8], limits: &ImageLimits) -> Result<Self, SavedError> {
        // Facts of 200 000 files have about 60 MB.
        if bytes.len() as u64 > limits.total_content_bytes {
            return Err(SavedError::TooLarge {
                size: bytes.len(),
                limit: limits.total_content_bytes,
            });
        }
        let Version { version } = parse(bytes)?;
        if version != FACTS_VERSION {
            return Err(SavedError::Version { found: crate::text::mask(&version).into_owned() });
        }
        let evidence: Self = parse(bytes)?;
        evidence.check(limits)?;
        Ok(evidence)
    }

    fn check(&self, limits: &ImageLimits) -> Result<(), SavedError> {
        if self.files.len() > limits.total_entries {
            let (files, limit) = (self.files.len(), limits.total_entries);
            return Err(SavedError::TooManyFiles { files, limit });
        }
        let order = |file: &rollgate_facts::ImageFile| (file.removed, file.path.clone());
        let behind = self.files.windows(2).find_map(|pair| match pair {
            [one, other] if order(one) > order(other) => Some(other.path.clone()),
            _ => None,
        });
        behind.map_or(Ok(()), |path| Err(SavedError::NotSorted { path }))
    }
}

fn parse<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, SavedError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        shape(path, error.inner())
    })?;
    reader.end().map_err(|error| shape(".".to_owned(), &error))?;
    Ok(parsed)
}

fn shape(path: String, error: &serde_json::Error) -> SavedError {
    let text = error.to_string();
    // The message ends with the place, which is told beside it, and may repeat a value.
    let reason = text.split(" at line ").next().unwrap_or(&text);
    let reason = crate::text::mask(reason).into_owned();
    SavedError::Shape { path, line: error.line(), column: error.column(), reason }
}

/// One of the types of the contract as JSON; none of them has keys or numbers that JSON has not.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn push_lines(text: &mut String, lines: impl Iterator<Item = String>) {
    for (index, line) in lines.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&line);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests;
