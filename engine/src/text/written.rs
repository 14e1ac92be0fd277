//! How a string is written: from the bytes of its text to the bytes of the input.
//!
//! Owns quotes, escapes, folding and the indentation of blocks, as far as they move bytes. Must not
//! know what the text means. The scalar is walked along the text that it was read as, so that what
//! does not fit is noticed: then every place is that of the whole string.
//! Of `'it''s'`, read as `it's`, byte 3 of the text is byte 5 of the input.

use std::ops::Range;

use super::Span;
use super::lines::Lines;

/// Where the bytes of a string's text stand in the input.
#[derive(Debug)]
pub(super) struct Written {
    /// In the order of the text, without overlap; empty where it is not known.
    runs: Vec<Run>,
    whole: Span,
}

/// Some bytes of the text: written as they are where both ranges have one length, else as a whole.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    text: Range<usize>,
    source: Range<usize>,
}

impl Written {
    /// Finds the text of the scalar that stands at `span`.
    pub(super) fn of(bytes: &[u8], lines: &Lines, span: Span, text: &str) -> Self {
        let scalar = bytes.get(span.start..span.end).unwrap_or_default();
        let runs = match scalar.first() {
            Some(b'"') => Walk::quoted(scalar, span, text.as_bytes(), b"\\\n\r"),
            Some(b'\'') => Walk::quoted(scalar, span, text.as_bytes(), b"'\n\r"),
            _ => Walk::over(scalar, span.start, text.as_bytes(), b"\n\r")
                .or_else(|| block(bytes, lines, span, text)),
        };
        Self { runs: runs.unwrap_or_default(), whole: span }
    }

    /// The bytes of the input that a part of the text is written in.
    pub(super) fn span(&self, part: Span) -> Span {
        let start = self.run(part.start).map(|run| run.start(part.start));
        let last = part.end.checked_sub(1).filter(|last| *last >= part.start);
        let end = last.map_or(start, |last| self.run(last).map(|run| run.end(part.end)));
        match (start, end) {
            (Some(start), Some(end)) => Span { start, end: end.max(start) },
            _ => self.whole,
        }
    }

    /// The run that has this byte of the text, or the last one before it: what stands between two
    /// runs is a line break.
    fn run(&self, offset: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.text.start <= offset);
        self.runs.get(after.checked_sub(1)?)
    }
}

impl Run {
    fn start(&self, offset: usize) -> usize {
        if self.is_plain() { self.at(offset) } else { self.source.start }
    }

    fn end(&self, offset: usize) -> usize {
        if self.is_plain() { self.at(offset) } else { self.source.end }
    }

    fn at(&self, offset: usize) -> usize {
        (self.source.start + offset.saturating_sub(self.text.start)).min(self.source.end)
    }

    fn is_plain(&self) -> bool {
        self.text.len() == self.source.len()
    }
}

/// A block whose lines are those of the text, indented.
fn block(bytes: &[u8], lines: &Lines, span: Span, text: &str) -> Option<Vec<Run>> {
    // The span of a block starts at its first line that is not blank.
    let blank = text.bytes().take_while(|&byte| byte == b'\n').count();
    let first = lines.line_at(span.start);
    let row = |index: usize| lines.span(bytes, first + index);
    let content = |line: &str| line.trim_end_matches('\n').len();
    let mut runs = Vec::new();
    let mut indent = None;
    let mut at = blank;
    for (index, line) in text.get(blank..)?.split_inclusive('\n').enumerate() {
        let (row, length) = (row(index)?, content(line));
        let written = bytes.get(row.start..row.end)?;
        let indent = *indent.get_or_insert(written.len().checked_sub(length)?);
        let start = indent.min(written.len());
        if written.get(start..)? != line.get(..length)?.as_bytes() {
            return None;
        }
        let source = row.start + start;
        runs.push(Run { text: at..at + length, source: source..source + length });
        at += line.len();
    }
    Some(runs)
}

/// A walk along a scalar and its text at once.
struct Walk<'a> {
    scalar: &'a [u8],
    /// Where the scalar stands in the input.
    start: usize,
    text: &'a [u8],
    /// How far the walk has come in each.
    in_scalar: usize,
    in_text: usize,
    runs: Vec<Run>,
}

impl<'a> Walk<'a> {
    fn quoted(scalar: &'a [u8], span: Span, text: &'a [u8], special: &[u8]) -> Option<Vec<Run>> {
        let inner = scalar.get(1..scalar.len().checked_sub(1)?)?;
        Self::over(inner, span.start + 1, text, special)
    }

    /// The runs of a scalar in which all but the special bytes stand for themselves.
    fn over(scalar: &'a [u8], start: usize, text: &'a [u8], special: &[u8]) -> Option<Vec<Run>> {
        let mut walk = Self { scalar, start, text, in_scalar: 0, in_text: 0, runs: Vec::new() };
        while let Some(rest) = walk.scalar.get(walk.in_scalar..).filter(|rest| !rest.is_empty()) {
            let length = rest.iter().position(|byte| special.contains(byte));
            let plain = rest.get(..length.unwrap_or(rest.len()))?;
            match rest.get(plain.len()) {
                None => walk.plain(plain)?,
                Some(b'\n' | b'\r') => {
                    walk.plain(trim_end_blanks(plain))?;
                    walk.fold()?;
                }
                Some(_) => {
                    walk.plain(plain)?;
                    walk.escape()?;
                }
            }
        }
        (walk.in_text == text.len()).then_some(walk.runs)
    }

    fn plain(&mut self, bytes: &[u8]) -> Option<()> {
        let text = self.text.get(self.in_text..self.in_text + bytes.len())?;
        (text == bytes).then(|| self.step(bytes.len(), bytes.len()))
    }

    /// A character that is written as several; a quote doubled, or a line break that is none.
    fn escape(&mut self) -> Option<()> {
        let rest = self.scalar.get(self.in_scalar..)?;
        let length = match rest.get(..2)? {
            [b'\\', b'x'] => 4,
            [b'\\', b'u'] if is_high_surrogate(rest.get(2..6)?) => 12,
            [b'\\', b'u'] => 6,
            [b'\\', b'U'] => 10,
            [b'\\', b'\n' | b'\r'] => {
                let blank = rest.iter().skip(1).take_while(|byte| byte.is_ascii_whitespace());
                self.in_scalar += 1 + blank.count();
                return Some(());
            }
            [b'\'', b'\''] | [b'\\', _] => 2,
            _ => return None,
        };
        let text = self.text.get(self.in_text..)?.utf8_chunks().next()?.valid();
        self.step(text.chars().next()?.len_utf8(), length);
        Some(())
    }

    /// A line break is read as a space, and of several the first not at all.
    fn fold(&mut self) -> Option<()> {
        let rest = self.scalar.get(self.in_scalar..)?;
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let (length, breaks) = blank.fold((0, 0), |(length, breaks), byte| {
            (length + 1, breaks + usize::from(*byte == b'\n'))
        });
        self.step(breaks.saturating_sub(1).max(1), length);
        (self.in_text <= self.text.len()).then_some(())
    }

    fn step(&mut self, text: usize, scalar: usize) {
        let source = self.start + self.in_scalar;
        self.runs
            .push(Run { text: self.in_text..self.in_text + text, source: source..source + scalar });
        self.in_text += text;
        self.in_scalar += scalar;
    }
}

fn trim_end_blanks(bytes: &[u8]) -> &[u8] {
    let kept = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\t'));
    bytes.get(..kept.map_or(0, |last| last + 1)).unwrap_or_default()
}

fn is_high_surrogate(digits: &[u8]) -> bool {
    matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a' | b'b' | b'A' | b'B', ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Value, read};
    use crate::{Artifact, Limits};

    /// What the input says where `part` stands in the text of the first value.
    fn written<'a>(input: &'a str, part: &str) -> &'a str {
        let read = read(&Limits::default(), &Artifact::new("test", input));
        let document = read[0].as_ref().unwrap();
        let node = document.root.get("a").unwrap();
        let Value::String(text) = &node.value else { panic!("{node:?}") };
        let start = text.find(part).unwrap();
        let lines = Lines::of(input.as_bytes());
        let written = Written::of(input.as_bytes(), &lines, node.span, text);
        let span = written.span(Span { start, end: start + part.len() });
        input.get(span.start..span.end).unwrap()
    }

    #[test]
    fn text_is_found_however_it_is_written() {
        let cases = [
            ("a: plain ä text", "ä te", "ä te"),
            ("a: 'it''s ä'", "'s", "''s"),
            (r#"{"a": "x\n\u00e4\ud83d\ude00\/y"}"#, "ä😀/", r"\u00e4\ud83d\ude00\/"),
            ("a: \"one\n  two\n\n  three \\\n  four\"", "two\nth", "two\n\n  th"),
            ("a: \"one\\\n  \\  two: x\"", "two: x", "two: x"),
            ("a: >\n  one\n  two\n\n  three\nb: 1", "two\nth", "two\n\n  th"),
            ("a: |\n\n   x: 1\n\n     y: 2\n   z\nb: 1", "y: 2\nz", "y: 2\n   z"),
            ("a: |-\r\n  x\r\n  yy\r\nb: 1", "yy", "yy"),
            ("a: |2\n    x\n   y\n", " y", " y"),
        ];
        for (input, part, expected) in cases {
            assert_eq!(written(input, part), expected, "{input}");
        }
    }

    #[test]
    fn text_that_is_not_found_is_the_whole_string() {
        let whole = written("a: >\n  one\n  two\n\n    x\n  y\nb: 1", "x");
        assert_eq!(whole.trim(), "one\n  two\n\n    x\n  y");
    }
}
