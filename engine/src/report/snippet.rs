//! Snippets: places as miette reads them.
//!
//! Owns the way from cropped excerpts to a source. miette prints whole lines and panics past column
//! 65,535, so it never gets a file, only these few lines.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Place;

/// A few excerpts, one after the other, each with its own name and line numbers. miette draws each
/// in a frame of its own.
#[derive(Debug, Default)]
pub(super) struct Snippets {
    text: String,
    snippets: Vec<Snippet>,
}

#[derive(Debug)]
struct Snippet {
    /// The place, its excerpt moved to the text of all.
    place: Place,
    first_line: usize,
    /// Where the excerpt starts in the text of all, and where it ends.
    start: usize,
    end: usize,
    label: LabeledSpan,
}

impl Snippets {
    /// Adds a place, unless it has no excerpt.
    pub(super) fn add(&mut self, mut place: Place, label: String) {
        let Some(excerpt) = place.excerpt.take() else { return };
        let start = self.text.len();
        self.text.push_str(&excerpt.text);
        // Without a line break at its end miette does not show an empty line.
        self.text.push('\n');
        let offset = excerpt.start.min(excerpt.text.len());
        let length = excerpt.length.min(excerpt.text.len() - offset);
        let mark = (start + offset, length);
        let label = match self.snippets.len() {
            0 => LabeledSpan::new_primary_with_span(Some(label), mark),
            _ => LabeledSpan::new_with_span(Some(label), mark),
        };
        let (first_line, end) = (excerpt.first_line, self.text.len());
        self.snippets.push(Snippet { place, first_line, start, end, label });
    }

    /// The labels, where there is any place to show.
    pub(super) fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.snippets.iter().map(|snippet| snippet.label.clone());
        (!self.snippets.is_empty()).then(|| Box::new(labels) as _)
    }
}

impl SourceCode for Snippets {
    /// The whole excerpt that a span is in. miette asks without context lines for the position that
    /// it prints, which the place knows: the excerpt may be cropped on the left.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let inside = |snippet: &&Snippet| snippet.start <= span.offset() && end < snippet.end;
        let snippet = self.snippets.iter().find(inside).ok_or(MietteError::OutOfBounds)?;
        let text = self.text.get(snippet.start..snippet.end).ok_or(MietteError::OutOfBounds)?;
        let (line, column) = match (lines_before, lines_after) {
            (0, 0) => (snippet.place.line, snippet.place.column),
            _ => (snippet.first_line, 1),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            snippet.place.name.clone(),
            text.as_bytes(),
            (snippet.start..snippet.end).into(),
            line.saturating_sub(1),
            column.saturating_sub(1),
            text.lines().count(),
        )))
    }
}
