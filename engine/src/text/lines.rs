//! From byte offsets to lines and columns.
//!
//! Owns what counts as a line break (`\n`, `\r\n` and a lone `\r`, as in YAML). Must not know what
//! the text means. In `ä: 1\nb: 2` byte 6 is line 2, column 2.

use super::Span;
use crate::Artifact;
use crate::report::Place;

/// Where the lines of a text start.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Counts the lines.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let breaks = bytes.iter().enumerate().filter(|&(offset, &byte)| {
            byte == b'\n' || (byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'))
        });
        Self { starts: std::iter::once(0).chain(breaks.map(|(offset, _)| offset + 1)).collect() }
    }

    /// The place of a span of an artifact of these lines, without an excerpt, and the value there:
    /// the line break that ends a block belongs to it, but nobody would point there.
    pub(super) fn place(&self, artifact: &Artifact, span: Span) -> (Span, Place) {
        let bytes = artifact.bytes();
        let start = span.start.min(bytes.len());
        let value = bytes.get(start..span.end.min(bytes.len())).unwrap_or_default();
        let end = start + value.trim_ascii_end().len();
        let place = Place {
            name: artifact.name().to_owned(),
            line: self.line_at(start) + 1,
            column: self.column_at(bytes, start),
            end_line: self.line_at(end) + 1,
            end_column: self.column_at(bytes, end),
            excerpt: None,
        };
        (Span { start, end }, place)
    }

    /// The line (from 0) on which a byte stands.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of a line (from 0) without its line break, where there is such a line.
    pub(super) fn span(&self, bytes: &[u8], line: usize) -> Option<Span> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(bytes.len());
        let content = bytes.get(start..end)?;
        let trailing =
            content.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        // A last line break opens no further line that anyone would count.
        (line == 0 || start < bytes.len()).then_some(Span { start, end: end - trailing })
    }

    /// The column (from 1, in characters) of a byte in its line.
    pub(super) fn column_at(&self, bytes: &[u8], offset: usize) -> usize {
        let start = self.starts.get(self.line_at(offset)).copied().unwrap_or_default();
        let before = bytes.get(start..offset.min(bytes.len())).unwrap_or_default();
        1 + before.iter().filter(|&&byte| !is_continuation(byte)).count()
    }
}

/// Whether a byte is the second or later of a UTF-8 character.
pub(super) const fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
