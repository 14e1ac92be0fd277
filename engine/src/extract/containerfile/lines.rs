//! The statements of a Containerfile: lines with those that continue them, and here-documents.
//!
//! Owns continuation, comments within it, the directive `escape`, and where here-documents begin and
//! end. Must not know what an instruction means, but that `RUN`, `COPY` and `ADD` take
//! here-documents. `RUN a \`, `# why`, `  b` is the one statement `RUN a   b`.
//!
//! Source: moby/buildkit `frontend/dockerfile/parser/parser.go`; containers' imagebuilder reads alike.

use super::words;

/// One statement: an instruction as written.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: usize,
    /// Its text, continued lines joined and comments left out.
    pub(super) text: Joined,
    /// Its here-documents, in order.
    pub(super) documents: Vec<HereDocument<'a>>,
}

/// A here-document.
#[derive(Debug)]
pub(super) struct HereDocument<'a> {
    /// The word that ends it.
    pub(super) name: String,
    /// The bytes of its operator, `<<EOF`, in the text of the statement.
    pub(super) operator: std::ops::Range<usize>,
    /// The line on which its body begins, from 1.
    pub(super) line: usize,
    /// Its body.
    pub(super) body: &'a str,
    /// Whether the word that ends it is there.
    pub(super) ended: bool,
}

/// A text put together of lines, which knows where each came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Joined {
    /// The text.
    pub(super) text: String,
    /// Where lines begin in it: offset, and line from 1.
    rows: Vec<(usize, usize)>,
}

impl Joined {
    /// A text all of whose lines stand one below the other, from this line on.
    pub(super) fn lines(text: &str, first: usize) -> Self {
        let mut joined = Self::default();
        for (count, line) in text.split_inclusive('\n').enumerate() {
            joined.push(first + count, line);
        }
        joined
    }

    /// A text that stands on one line.
    pub(super) fn on_line(text: &str, line: usize) -> Self {
        Self { text: text.to_owned(), rows: vec![(0, line)] }
    }

    fn push(&mut self, line: usize, text: &str) {
        self.rows.push((self.text.len(), line));
        self.text.push_str(text);
    }

    /// The line on which a byte stands.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let row = self.rows.partition_point(|&(start, _)| start <= offset).saturating_sub(1);
        self.rows.get(row).map_or(1, |&(_, line)| line)
    }

    /// A part of it.
    pub(super) fn part(&self, start: usize, end: usize) -> Self {
        let text = self.text.get(start..end).unwrap_or_default().to_owned();
        let mut rows = vec![(0, self.line_at(start))];
        let inside = self.rows.iter().filter(|(at, _)| *at > start && *at < end);
        rows.extend(inside.map(|(at, line)| (at - start, *line)));
        Self { text, rows }
    }
}

/// The character that continues lines, as the directive at the head of the text says; the line of
/// one that says something else.
pub(super) fn escape(text: &str) -> Result<char, usize> {
    for (count, line) in text.lines().enumerate() {
        let Some(directive) = line.strip_prefix('#') else { break };
        let Some((key, value)) = directive.split_once('=') else { break };
        if key.trim().contains(char::is_whitespace) {
            break;
        }
        match (key.trim().eq_ignore_ascii_case("escape"), value.trim()) {
            (false, _) => {}
            (true, "\\") => return Ok('\\'),
            (true, "`") => return Ok('`'),
            (true, _) => return Err(count + 1),
        }
    }
    Ok('\\')
}

/// The statements of a text.
pub(super) fn statements(text: &str, escape: char) -> Vec<Statement<'_>> {
    let mut reader = Reader { rest: text, line: 1, escape };
    let mut statements = Vec::new();
    while let Some(statement) = reader.statement() {
        statements.push(statement);
    }
    statements
}

struct Reader<'a> {
    rest: &'a str,
    /// The line of what is next, from 1.
    line: usize,
    escape: char,
}

impl<'a> Reader<'a> {
    /// The next line, with its number and without its line break.
    fn next_line(&mut self) -> Option<(usize, &'a str)> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += 1;
        Some((self.line - 1, line.strip_suffix('\r').unwrap_or(line)))
    }

    fn statement(&mut self) -> Option<Statement<'a>> {
        let (line, first) = loop {
            let (number, line) = self.next_line()?;
            if !is_blank(line) {
                break (number, line);
            }
        };
        let mut text = Joined::default();
        let mut continues = self.push(&mut text, line, first.trim_start());
        while continues {
            let Some((number, next)) = self.next_line() else { break };
            // Comments and empty lines leave a statement open.
            continues = is_blank(next) || self.push(&mut text, number, next);
        }
        text.text.truncate(text.text.trim_end().len());
        let documents = self.documents(&text.text);
        Some(Statement { line, text, documents })
    }

    /// Adds a line; whether the next one continues it.
    fn push(&self, text: &mut Joined, number: usize, line: &str) -> bool {
        let continued = line.trim_end_matches([' ', '\t']).strip_suffix(self.escape);
        text.push(number, continued.unwrap_or(line));
        continued.is_some()
    }

    /// The here-documents that a statement begins.
    fn documents(&mut self, statement: &str) -> Vec<HereDocument<'a>> {
        let begun = begun(statement);
        begun.into_iter().map(|(operator, name, tabs)| self.body(operator, name, tabs)).collect()
    }

    fn body(
        &mut self,
        operator: std::ops::Range<usize>,
        name: String,
        tabs: bool,
    ) -> HereDocument<'a> {
        let (start, line) = (self.rest, self.line);
        let mut length = 0;
        let mut ended = false;
        while !ended {
            length = start.len() - self.rest.len();
            let Some((_, text)) = self.next_line() else { break };
            ended = name == if tabs { text.trim_start_matches('\t') } else { text };
        }
        let body = start.get(..length).unwrap_or_default();
        HereDocument { name, operator, line, body, ended }
    }
}

/// Whether a line says nothing: it is empty, or a comment.
fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The here-documents that a statement begins: the operator, the word, and whether tabs before the
/// word at the end are passed over. An operator is a word by itself: `<<EOF`, `<<-'EOF'`, `3<<EOF`.
fn begun(statement: &str) -> Vec<(std::ops::Range<usize>, String, bool)> {
    let keyword = statement.split_whitespace().find(|word| !word.eq_ignore_ascii_case("ONBUILD"));
    let takes = |keyword: &str| {
        ["RUN", "COPY", "ADD"].iter().any(|taker| taker.eq_ignore_ascii_case(keyword))
    };
    if !keyword.is_some_and(takes) {
        return Vec::new();
    }
    let operator = |word: words::Word<'_>| {
        let digits = word.raw.trim_start_matches(|character: char| character.is_ascii_digit());
        let rest = digits.strip_prefix("<<")?;
        let tabs = rest.starts_with('-');
        let name = rest.strip_prefix('-').unwrap_or(rest);
        let name: String = name.chars().filter(|quote| !matches!(quote, '"' | '\'')).collect();
        let named = !name.is_empty() && !name.contains('<');
        let start = word.start + (word.raw.len() - digits.len());
        named.then_some((start..word.start + word.raw.len(), name, tabs))
    };
    words::words(statement).filter_map(operator).collect()
}
