//! What is looked at before a policy is parsed, because the parser cannot be stopped.
//!
//! regorus parses nested literals in exponential time (each level about doubles it). Owns the
//! limits on that. Knows only strings, comments and brackets of Rego's syntax.
//!
//! `x := [[[[[[[[[1]]]]]]]]]` is refused at its ninth bracket.

use super::bundle::PolicyFile;
use super::error::{LoadError, PolicyPlace};

/// How deep literals may nest. A test's fixture of a MachineConfig with a file needs 8; parsing
/// takes about 5 ms at this depth, and 2 s at depth 16.
const LITERAL_DEPTH: usize = 8;

/// What a file may cost to parse: each of its bytes, doubled for each level of literals around it.
/// This is about a second.
const PARSE_COST: usize = 8 << 20;

/// Refuses a file that would take the parser too long.
pub(super) fn check(file: &PolicyFile) -> Result<(), LoadError> {
    let error = |byte: usize, message: String| {
        let place = PolicyPlace::of_byte(&file.path, &file.text, byte);
        LoadError::new(place, message, "build large values in steps, from rules of their own")
    };
    let mut cost = 0_usize;
    let mut scanner = Scanner::new(&file.text);
    while let Some(byte) = scanner.advance() {
        if scanner.literals > LITERAL_DEPTH {
            let message = format!("literals nest more than {LITERAL_DEPTH} deep here");
            return Err(error(byte, message));
        }
        cost += 1 << scanner.literals;
        if cost > PARSE_COST {
            return Err(error(byte, "the file nests too many literals to be parsed".to_owned()));
        }
    }
    Ok(())
}

/// Follows the brackets of a policy.
struct Scanner<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    /// The open brackets; whether each is a literal's.
    open: Vec<bool>,
    /// How many of them are.
    literals: usize,
    /// The word or symbol before, which tells a literal from a body or an index.
    before: Before,
}

#[derive(PartialEq)]
enum Before {
    Word(String),
    Closing,
    Symbol,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        let rest = text.char_indices().peekable();
        Self { rest, open: Vec::new(), literals: 0, before: Before::Symbol }
    }

    /// Goes past one character, string or comment, and says where it begins.
    fn advance(&mut self) -> Option<usize> {
        let (byte, character) = self.rest.next()?;
        match character {
            '"' | '`' => {
                self.skip_string(character);
                self.before = Before::Closing;
            }
            '#' => while self.rest.next_if(|(_, next)| *next != '\n').is_some() {},
            '{' | '[' => self.enter(character),
            '}' | ']' => self.leave(),
            ')' => self.before = Before::Closing,
            _ if character.is_whitespace() => {}
            _ if character.is_alphanumeric() || character == '_' => self.read_word(character),
            _ => self.before = Before::Symbol,
        }
        Some(byte)
    }

    fn enter(&mut self, bracket: char) {
        let literal = match (&self.before, bracket) {
            (Before::Symbol, _) => true,
            // What follows these is a value; what follows any other word is a body or an index.
            (Before::Word(word), _) => {
                matches!(word.as_str(), "in" | "as" | "contains" | "not" | "some" | "default")
            }
            (Before::Closing, _) => false,
        };
        self.open.push(literal);
        self.literals += usize::from(literal);
        self.before = Before::Symbol;
    }

    fn leave(&mut self) {
        if self.open.pop() == Some(true) {
            self.literals -= 1;
        }
        self.before = Before::Closing;
    }

    fn read_word(&mut self, first: char) {
        let mut word = String::from(first);
        while let Some((_, next)) =
            self.rest.next_if(|(_, next)| next.is_alphanumeric() || *next == '_')
        {
            word.push(next);
        }
        self.before = Before::Word(word);
    }

    fn skip_string(&mut self, quote: char) {
        while let Some((_, next)) = self.rest.next() {
            if next == '\\' && quote == '"' {
                self.rest.next();
            } else if next == quote || (next == '\n' && quote == '"') {
                return;
            }
        }
    }
}
