//! One line of an input as people may see it.
//!
//! Owns cropping to 160 columns, masking, and what of the shown text is the value. Must not know
//! which spans are secret. Nothing in it is obeyed by a terminal.
//! `{"a": … 5 000 bytes …, "key": 7}` is shown from 40 columns before `7` on, with `…` at the cut.

use std::ops::Range;

use super::Span;
use super::lines::is_continuation;
use super::mask::MASK;

/// How many columns of a line an excerpt shows: a wide terminal's.
const COLUMNS: usize = 160;

/// How many columns stand before a value that is far along its line, so that its key shows.
const LEAD: usize = 40;

/// A line as shown.
pub(super) struct Row {
    text: String,
    pieces: Vec<Piece>,
}

/// A part of the line that is shown whole or masked whole.
struct Piece {
    /// The bytes of the input.
    source: Span,
    /// The bytes of the text that show them.
    shown: Range<usize>,
}

/// The byte from which to show a line, so that the value in it can be seen.
pub(super) fn first_shown(bytes: &[u8], line: Span, value: Option<Span>) -> usize {
    let Some(value) = value else { return line.start };
    let before = bytes.get(line.start..value.start).unwrap_or_default();
    let starts = || {
        let offsets = before.iter().enumerate().rev();
        offsets.filter(|&(_, &byte)| !is_continuation(byte)).map(|(offset, _)| offset)
    };
    // Within the first half there is room to show where the line starts.
    match starts().nth(COLUMNS / 2) {
        None => line.start,
        Some(_) => line.start + starts().nth(LEAD - 1).unwrap_or_default(),
    }
}

impl Row {
    /// Shows the rest of a line, `cut` saying that something stands before it.
    pub(super) fn new(bytes: &[u8], line: Span, secrets: &[Span], cut: bool) -> Self {
        let mut row = Self { text: String::new(), pieces: Vec::new() };
        let mut columns = 0;
        if cut {
            row.text.push('…');
            columns += 1;
        }
        let mut at = line.start;
        while at < line.end {
            let start = row.text.len();
            let next = match secrets.iter().find(|secret| secret.start <= at && at < secret.end) {
                // The indentation of a block is no secret.
                Some(secret) if !bytes.get(at).is_some_and(u8::is_ascii_whitespace) => {
                    row.text.push_str(MASK);
                    columns += MASK.len();
                    secret.end.min(line.end)
                }
                _ => {
                    let (character, length) = character_at(bytes, at);
                    row.text.push(character);
                    columns += 1;
                    at + length
                }
            };
            if columns >= COLUMNS && next < line.end || columns > COLUMNS {
                row.text.truncate(start);
                row.text.push('…');
                break;
            }
            let shown = start..row.text.len();
            row.pieces.push(Piece { source: Span { start: at, end: next }, shown });
            at = next;
        }
        row
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the text that show a value: at least one character, where there is one.
    pub(super) fn mark(&self, value: Span) -> Range<usize> {
        let end = value.end.max(value.start + 1);
        let first = self.pieces.iter().find(|piece| piece.source.end > value.start);
        let last = self.pieces.iter().rev().find(|piece| piece.source.start < end);
        let start = first.map_or(self.text.len(), |piece| piece.shown.start);
        start..last.map_or(start, |piece| piece.shown.end).max(start)
    }
}

/// A character for a terminal, and how many bytes of the input it stands for.
fn character_at(bytes: &[u8], at: usize) -> (char, usize) {
    let next = bytes.get(at..bytes.len().min(at + 4)).unwrap_or_default();
    let Some(chunk) = next.utf8_chunks().next() else { return (char::REPLACEMENT_CHARACTER, 1) };
    match chunk.valid().chars().next() {
        Some('\t') => ('\t', 1),
        Some(character) if is_obeyed(character) => {
            (char::REPLACEMENT_CHARACTER, character.len_utf8())
        }
        Some(character) => (character, character.len_utf8()),
        None => (char::REPLACEMENT_CHARACTER, chunk.invalid().len().max(1)),
    }
}

/// Whether a terminal would act on a character, or show the text after it in another order.
pub(crate) fn is_obeyed(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
