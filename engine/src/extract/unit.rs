//! Unit files of systemd, as Ignition checks them.
//!
//! Owns the grammar of go-systemd's `unit.Deserialize`, which is what decides whether a config is
//! refused, and the assignments of a unit file. Must not know any section or key: `settings` does.
//!
//! `[Service]\nExecStart=/bin/a \\\n  b` → one entry: section `Service`, key `ExecStart`, value
//! `/bin/a b`, line 2.

mod name;
mod settings;

pub use name::mount_point;
pub use settings::{Ignored, ignored};

/// How many bytes Go's `bufio.Reader` holds; which long lines are noticed depends on it.
const BUFFER: usize = 4096;

/// The longest line that go-systemd lets pass (systemd's own `LINE_MAX`).
const LINE_MAX: usize = 2048;

/// One assignment of a unit file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The section without brackets.
    pub section: String,
    /// The key.
    pub key: String,
    /// The value, trimmed, its lines joined by one space.
    pub value: String,
    /// The line on which the assignment begins, from 1.
    pub line: usize,
}

/// Why a text is no unit file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitError {
    /// A `[` without a `]`.
    #[error("a section name has no end (`]`)")]
    SectionWithoutEnd,
    /// Text between a section's `]` and the end of its line.
    #[error("something follows a section name on its line")]
    TextAfterSection,
    /// A line of a section that has no `=`.
    #[error("a line has no `=` after its key")]
    KeyWithoutValue,
    /// A line that systemd would cut off.
    #[error("a line is longer than 2048 bytes")]
    LineTooLong,
}

/// A fault of a unit file, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct UnitFault {
    /// What is wrong.
    pub error: UnitError,
    /// The line, from 1.
    pub line: usize,
}

/// The assignments of a unit file, in order.
///
/// # Errors
///
/// Where go-systemd gives one.
pub fn parse(text: &str) -> Result<Vec<Entry>, UnitFault> {
    let mut lexer = Lexer { reader: Reader::new(text), entries: vec![], begun: 0 };
    match lexer.file() {
        Ok(()) => Ok(lexer.entries),
        Err(error) => {
            let before = text.as_bytes().get(..lexer.begun).unwrap_or_default();
            let line = before.split(|byte| *byte == b'\n').count();
            Err(UnitFault { error, line })
        }
    }
}

struct Lexer<'a> {
    reader: Reader<'a>,
    entries: Vec<Entry>,
    /// Where the section, comment or assignment begins that is being read.
    begun: usize,
}

impl Lexer<'_> {
    /// Before the first section anything goes, as upstream has it.
    fn file(&mut self) -> Result<(), UnitError> {
        let mut section = None;
        loop {
            self.begun = self.reader.position;
            self.check_line_length()?;
            let Some(character) = self.reader.next_character() else { return Ok(()) };
            match (character, &section) {
                ('[', _) => section = Some(self.section()?),
                ('#' | ';', _) => self.skip_comment()?,
                (_, None) => {}
                (space, Some(_)) if space.is_whitespace() => {}
                (first, Some(section)) => {
                    self.reader.position -= first.len_utf8();
                    self.entry(section)?;
                }
            }
        }
    }

    fn section(&mut self) -> Result<String, UnitError> {
        self.check_line_length()?;
        let name = self.reader.read_until(b']');
        let name = name.strip_suffix(']').ok_or(UnitError::SectionWithoutEnd)?.to_owned();
        self.check_line_length()?;
        let rest = self.reader.read_until(b'\n');
        if rest.trim().is_empty() { Ok(name) } else { Err(UnitError::TextAfterSection) }
    }

    /// Skips a comment, which a backslash continues on the next line.
    fn skip_comment(&mut self) -> Result<(), UnitError> {
        self.check_line_length()?;
        loop {
            let line = without_newline(self.reader.read_until(b'\n'));
            if !line.strip_suffix(' ').unwrap_or(line).ends_with('\\') {
                return Ok(());
            }
        }
    }

    fn entry(&mut self, section: &str) -> Result<(), UnitError> {
        let line = self.reader.line();
        self.check_line_length()?;
        let key = self.key()?;
        let mut parts: Vec<String> = Vec::new();
        loop {
            self.check_line_length()?;
            let part = without_newline(self.reader.read_until(b'\n'));
            let continued = part.strip_suffix('\\');
            let text = continued.unwrap_or(part).trim();
            if !text.is_empty() {
                parts.push(text.to_owned());
            }
            if continued.is_none() {
                break;
            }
        }
        let (section, value) = (section.to_owned(), parts.join(" "));
        self.entries.push(Entry { section, key, value, line });
        Ok(())
    }

    fn key(&mut self) -> Result<String, UnitError> {
        let start = self.reader.position;
        loop {
            match self.reader.next_character() {
                Some('=') => break,
                None | Some('\n' | '\r') => return Err(UnitError::KeyWithoutValue),
                Some(_) => {}
            }
        }
        let key = self.reader.between(start, self.reader.position.saturating_sub(1));
        Ok(key.trim().to_owned())
    }

    /// Upstream looks, before each step, whether what it has buffered begins with a line that
    /// is too long. It misses a long line when little is buffered, and so does this.
    fn check_line_length(&self) -> Result<(), UnitError> {
        let Reader { position, buffered_to, .. } = self.reader;
        let ahead = self.reader.text.as_bytes().get(position..position.saturating_add(LINE_MAX));
        let ends = |line: &[u8]| line.iter().any(|byte| matches!(byte, b'\n' | b'\r'));
        match ahead {
            Some(line) if buffered_to.saturating_sub(position) >= LINE_MAX && !ends(line) => {
                Err(UnitError::LineTooLong)
            }
            _ => Ok(()),
        }
    }
}

/// A line as upstream takes it: without its newline, but with the `\r` before that.
fn without_newline(line: &str) -> &str {
    line.strip_suffix('\n').unwrap_or_else(|| line.strip_suffix('\r').unwrap_or(line))
}

/// The text, read as through Go's `bufio.Reader`, so that it is known how much that has buffered.
struct Reader<'a> {
    text: &'a str,
    position: usize,
    buffered_to: usize,
    /// Where lines were counted last, and which line that was.
    counted: (usize, usize),
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, position: 0, buffered_to: 0, counted: (0, 1) }
    }

    fn next_character(&mut self) -> Option<char> {
        let character = self.text.get(self.position..)?.chars().next()?;
        if self.position + character.len_utf8() > self.buffered_to {
            self.fill();
        }
        self.position += character.len_utf8();
        Some(character)
    }

    /// The text up to and with `end`, or all that is left where there is none.
    fn read_until(&mut self, end: u8) -> &'a str {
        let start = self.position;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let found = rest.iter().position(|byte| *byte == end);
        let stop = found.map_or(self.text.len(), |found| start + found + 1);
        while self.buffered_to < stop {
            if self.buffered_to.saturating_sub(self.position) >= BUFFER {
                self.position = self.buffered_to;
            }
            self.fill();
        }
        self.position = stop;
        self.between(start, stop)
    }

    fn fill(&mut self) {
        self.buffered_to = self.text.len().min(self.position + BUFFER);
    }

    fn between(&self, start: usize, stop: usize) -> &'a str {
        self.text.get(start..stop).unwrap_or_default()
    }

    /// The line at the position, from 1.
    fn line(&mut self) -> usize {
        let (from, line) = self.counted;
        let since = self.text.as_bytes().get(from..self.position).unwrap_or_default();
        let line = line + since.split(|byte| *byte == b'\n').count().saturating_sub(1);
        self.counted = (self.position, line);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, UnitError, UnitFault, parse};

    fn entry(section: &str, key: &str, value: &str, line: usize) -> Entry {
        Entry { section: section.into(), key: key.into(), value: value.into(), line }
    }

    #[test]
    fn a_unit_file_is_its_assignments_with_their_lines() {
        let text = "ignored=1\n# [no\n[Unit]\n Description = a \\\n  b\n\n[Service]\r\n; c \\\nExecStart=no\nExecStart=\nExecStart=/bin/a=b";
        let entries = [
            entry("Unit", "Description", "a b", 4),
            entry("Service", "ExecStart", "", 10),
            entry("Service", "ExecStart", "/bin/a=b", 11),
        ];
        assert_eq!(parse(text).as_deref(), Ok(entries.as_slice()));
        assert_eq!(parse(""), Ok(vec![]));
    }

    #[test]
    fn faults_are_those_of_go_systemd() {
        let long = |bytes: usize| format!("[A]\nb={}\n", "x".repeat(bytes));
        let faults = [
            ("[Unit\nA=b".to_owned(), UnitError::SectionWithoutEnd, 1),
            ("[Unit] A=b".to_owned(), UnitError::TextAfterSection, 1),
            ("[Unit]\nA\n=b".to_owned(), UnitError::KeyWithoutValue, 2),
            ("[Unit]\n\nA".to_owned(), UnitError::KeyWithoutValue, 3),
            (long(2100), UnitError::LineTooLong, 2),
        ];
        for (text, error, line) in faults {
            assert_eq!(parse(&text), Err(UnitFault { error, line }), "{text}");
        }
        assert!(parse(&long(2000)).is_ok());
    }
}
