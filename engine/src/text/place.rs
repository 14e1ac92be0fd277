//! Places: a span of bytes as people see it, with the lines around it.
//!
//! Owns what is known of an artifact's lines and secrets. Must not know what the value means, nor
//! how a line is laid out (see `excerpt`).
//! The span of `on` in `a: on` is line 1, column 4, with the excerpt `a: on` and its bytes 3 to 5.

use std::sync::OnceLock;

use super::excerpt::{self, Row};
use super::inside::{self, Inside};
use super::lines::Lines;
use super::{Document, ReadError, Span, mask};
use crate::report::{Excerpt, Place};
use crate::{Artifact, Limits};

/// How far back to look for the beginning of a secret in a text that could not be read: more than
/// any private key or pull secret takes.
const LOOK_BACK: usize = 64 << 10;

/// How far around the shown part of a long line to look for secrets that the text itself shows:
/// more than is shown, for a value that goes on behind it, and for the key before it.
const LOOK_AROUND: usize = 4 << 10;

/// An artifact, what was read of it, and the way from its bytes to places.
#[derive(Debug)]
pub struct Source {
    artifact: Artifact,
    documents: Vec<Result<Document, ReadError>>,
    /// Made when the first place is asked for: most inputs have no finding.
    index: OnceLock<Index>,
}

#[derive(Debug)]
struct Index {
    lines: Lines,
    /// The secrets of all documents that could be read, in order.
    secrets: Vec<Span>,
    /// Whether all of the text could be read, so that `secrets` are all.
    whole: bool,
}

/// The place of a span in a text of which nothing is known, such as a configuration file.
pub fn place(artifact: &Artifact, span: Span) -> Place {
    Index::of(artifact, &[]).place(artifact, span)
}

impl Source {
    /// Reads an artifact.
    pub fn read(limits: &Limits, artifact: Artifact) -> Self {
        let documents = super::read(limits, &artifact);
        Self { artifact, documents, index: OnceLock::new() }
    }

    /// Reads the texts that stand in strings of the documents, and those in turn: `wanted` names
    /// the JSON pointers of such strings.
    pub fn read_inside(&mut self, limits: &Limits, wanted: impl Fn(&Document) -> Vec<String>) {
        Inside::new(limits, &wanted).fill(&self.artifact, &mut self.documents);
    }

    /// Takes in an artifact that holds no documents, but lines.
    pub const fn of_lines(artifact: Artifact) -> Self {
        Self { artifact, documents: Vec::new(), index: OnceLock::new() }
    }

    /// The artifact.
    pub const fn artifact(&self) -> &Artifact {
        &self.artifact
    }

    /// Its documents, those that are broken among them.
    pub fn documents(&self) -> &[Result<Document, ReadError>] {
        &self.documents
    }

    /// The place of a span of its bytes.
    pub fn place(&self, span: Span) -> Place {
        self.index().place(&self.artifact, span)
    }

    /// The place of a line (from 1), without the white space around it; of the first line, where
    /// there is no such line.
    pub fn place_of_line(&self, line: usize) -> Place {
        let bytes = self.artifact.bytes();
        let span = self.index().lines.span(bytes, line.saturating_sub(1));
        let Span { start, end } = span.unwrap_or(Span { start: 0, end: 0 });
        let written = bytes.get(start..end).unwrap_or_default();
        let start = start + (written.len() - written.trim_ascii_start().len());
        self.place(Span { start, end: start + written.trim_ascii().len() })
    }

    /// The place of a span of a text of rollgate's own, of which nobody needs an excerpt.
    pub(crate) fn place_alone(&self, span: Span) -> Place {
        let (_, place) = Lines::of(self.artifact.bytes()).place(&self.artifact, span);
        place
    }

    /// The place of a line (from 1) of the text that a string holds, where the string is written
    /// so that its lines are lines of the input; else the place of the whole string.
    pub(super) fn place_in_text(&self, text: &str, span: Span, line: usize) -> Place {
        let bytes = self.artifact.bytes();
        let lines = &self.index().lines;
        // The span of a block starts at its first line that is not blank.
        let blank = text.bytes().take_while(|&byte| byte == b'\n').count();
        let row = (lines.line_at(span.start) + line).checked_sub(blank + 1);
        let written = row.and_then(|row| lines.span(bytes, row));
        let written = written.filter(|row| row.start < span.end && row.end > span.start);
        let wanted = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
        let place = written.and_then(|written| {
            let start = written.start.max(span.start);
            let content = bytes.get(start..written.end)?;
            let indent = content.len() - content.trim_ascii_start().len();
            let start = start + indent;
            let content = content.trim_ascii();
            (!wanted.is_empty() && content == wanted.as_bytes())
                .then(|| self.place(Span { start, end: start + content.len() }))
        });
        place.unwrap_or_else(|| self.place(span))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.artifact, &self.documents))
    }
}

impl Index {
    fn of(artifact: &Artifact, documents: &[Result<Document, ReadError>]) -> Self {
        let mut secrets: Vec<Span> = documents.iter().flatten().flat_map(inside::secrets).collect();
        secrets.sort_unstable();
        let whole = !documents.is_empty() && documents.iter().all(inside::is_whole);
        Self { lines: Lines::of(artifact.bytes()), secrets, whole }
    }

    fn place(&self, artifact: &Artifact, span: Span) -> Place {
        let (value, place) = self.lines.place(artifact, span);
        let excerpt = self.excerpt(artifact.bytes(), place.line - 1, value);
        Place { excerpt, ..place }
    }

    fn excerpt(&self, bytes: &[u8], line: usize, value: Span) -> Option<Excerpt> {
        let first = line.saturating_sub(1);
        let rows: Vec<Row> = (first..=line + 1)
            .map_while(|row| self.lines.span(bytes, row).map(|span| (row, span)))
            .map(|(row, span)| self.row(bytes, span, (row == line).then_some(value)))
            .collect();
        let before: usize = rows.iter().take(line - first).map(|row| row.text().len() + 1).sum();
        let mark = rows.get(line - first)?.mark(value);
        Some(Excerpt {
            first_line: first + 1,
            text: rows.iter().map(Row::text).collect::<Vec<_>>().join("\n"),
            start: before + mark.start,
            length: mark.len(),
        })
    }

    fn row(&self, bytes: &[u8], line: Span, value: Option<Span>) -> Row {
        let from = excerpt::first_shown(bytes, line, value);
        let secrets = self.secrets_near(bytes, line, from);
        Row::new(bytes, Span { start: from, end: line.end }, &secrets, from > line.start)
    }

    /// The secrets that may show in a line from some byte on: those known from the documents, and
    /// those that the text shows by itself.
    fn secrets_near(&self, bytes: &[u8], line: Span, from: usize) -> Vec<Span> {
        let known = self.secrets.partition_point(|secret| secret.end <= from);
        let known = self.secrets.iter().skip(known).take_while(|secret| secret.start < line.end);
        let start = if self.whole {
            from.saturating_sub(LOOK_AROUND).max(line.start)
        } else {
            from.saturating_sub(LOOK_BACK)
        };
        let end = line.end.min(from + LOOK_AROUND);
        let text = bytes.get(start..end).unwrap_or_default();
        let seen = mask::in_text(text).into_iter();
        let seen = seen.map(|range| Span { start: start + range.start, end: start + range.end });
        let mut secrets: Vec<Span> = known.copied().chain(seen).collect();
        if !self.whole && self.under_secret_key(bytes, line) {
            secrets.push(line);
        }
        secrets
    }

    /// Whether a line belongs to the block of a key that holds a secret, by indentation alone.
    fn under_secret_key(&self, bytes: &[u8], line: Span) -> bool {
        let indent = |text: &[u8]| text.len() - text.trim_ascii_start().len();
        let text = |span: Span| bytes.get(span.start..span.end).unwrap_or_default();
        let mut inner = indent(text(line));
        for row in (0..self.lines.line_at(line.start)).rev() {
            let Some(span) = self.lines.span(bytes, row) else { break };
            let above = text(span);
            if inner == 0 || line.start - span.start > LOOK_BACK {
                break;
            }
            if above.trim_ascii().is_empty() || indent(above) >= inner {
                continue;
            }
            inner = indent(above);
            let above = String::from_utf8_lossy(above);
            let key = above.split(':').next().unwrap_or_default();
            if mask::is_secret_key(key.trim().trim_matches(['"', '\''])) {
                return true;
            }
        }
        false
    }
}
