//! Snippets: places as miette shows them.
//!
//! Owns the way from cropped excerpts to a source that miette can read. miette prints whole lines
//! and panics past column 65,535, so it never gets a file, only these few lines.

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::Place;

/// A few excerpts, one after the other, each with its own name and line numbers. miette draws each
/// in a frame of its own.
#[derive(Debug, Clone, Default)]
pub struct Snippets {
    text: String,
    snippets: Vec<Snippet>,
}

#[derive(Debug, Clone)]
struct Snippet {
    place: Place,
    first_line: usize,
    /// Where the excerpt starts in the text of all, and where it ends.
    start: usize,
    end: usize,
    label: LabeledSpan,
}

impl Snippets {
    /// Adds a place, unless it has no excerpt. The first is the one that matters most.
    #[must_use]
    pub fn with(mut self, place: &Place, label: Option<String>) -> Self {
        let Some(excerpt) = &place.excerpt else { return self };
        let start = self.text.len();
        self.text.push_str(&excerpt.text);
        self.text.push('\n');
        let mark = (start + excerpt.start.min(excerpt.text.len()), excerpt.length);
        let label = if self.snippets.is_empty() {
            LabeledSpan::new_primary_with_span(label, mark)
        } else {
            LabeledSpan::new_with_span(label, mark)
        };
        self.snippets.push(Snippet {
            place: Place { excerpt: None, ..place.clone() },
            first_line: excerpt.first_line,
            start,
            end: self.text.len(),
            label,
        });
        self
    }

    /// The labels, where there is any place to show.
    pub fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.snippets.iter().map(|snippet| snippet.label.clone());
        (!self.snippets.is_empty()).then(|| Box::new(labels) as _)
    }
}

impl SourceCode for Snippets {
    /// The excerpt that a span is in. Without context lines it is asked for where the span stands,
    /// which is told from the place: the excerpt may be cropped on the left.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let inside = |snippet: &&Snippet| snippet.start <= span.offset() && end <= snippet.end;
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
