//! Why policies do not load: a place in a policy file, what is wrong with it, and the remedy.
//!
//! ```text
//! acme/root.rego:12:3: the facts have no `input.pool.exensions` (did you mean `extensions`?)
//! ```

use std::fmt;

/// One reason why policies do not load.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{place}: {message} ({help})")]
pub struct LoadError {
    /// Where it stands.
    pub place: PolicyPlace,
    /// What is wrong: lower case, no full stop, literals in backticks.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A place in a policy file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyPlace {
    /// The file, as its root names it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// All reasons why policies do not load, sorted by place; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors(Vec<LoadError>);

impl LoadErrors {
    /// The errors, sorted by place.
    pub fn errors(&self) -> &[LoadError] {
        &self.0
    }

    /// `Ok` where there is no error.
    pub(super) fn result(mut errors: Vec<LoadError>) -> Result<(), Self> {
        if errors.is_empty() {
            return Ok(());
        }
        errors.sort();
        errors.dedup();
        Err(Self(errors))
    }
}

impl LoadError {
    /// An error at a place.
    pub(super) fn new(
        place: PolicyPlace,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { place, message: message.into(), help: help.into() }
    }
}

impl PolicyPlace {
    /// A line and column of a file, both from 1.
    pub(super) fn new(file: &str, line: usize, column: usize) -> Self {
        Self { file: file.to_owned(), line, column }
    }

    /// The place of a byte of `text`, which is the text of `file`.
    pub(super) fn of_byte(file: &str, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        Self::new(file, before.matches('\n').count() + 1, column)
    }
}

impl From<LoadError> for LoadErrors {
    fn from(error: LoadError) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for PolicyPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(formatter, "{separator}{error}")?;
        }
        Ok(())
    }
}
