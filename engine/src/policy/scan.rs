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

/// How many operators and steps may follow each other in one expression (`a.b.c`, `1 + 2 + 3`).
/// They nest to the left in the syntax tree, which is walked recursively.
const CHAIN: usize = 40;

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
        if scanner.chains.last().is_some_and(|chain| *chain > CHAIN) {
            return Err(error(byte, format!("an expression has more than {CHAIN} steps")));
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
    /// The open brackets.
    open: Vec<Bracket>,
    /// How many of them are literals'.
    literals: usize,
    /// Whether a line ended since the last word or symbol, where that can end a statement.
    line_ended: bool,
    /// How long the expression is so far, inside each open bracket and outside of all.
    chains: Vec<usize>,
    /// The word or symbol before, which tells a literal from a body or an index.
    before: Before,
}

#[derive(Clone, Copy, PartialEq)]
enum Bracket {
    /// A list, set or object.
    Literal,
    /// The body of a rule, or of `every`.
    Body,
    /// Arguments, an index, or a part of an expression.
    Inner,
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
        Self {
            rest,
            open: Vec::new(),
            literals: 0,
            line_ended: false,
            chains: vec![0],
            before: Before::Symbol,
        }
    }

    /// Goes past one character, string or comment, and says where it begins.
    fn advance(&mut self) -> Option<usize> {
        let (byte, character) = self.rest.next()?;
        if !character.is_whitespace() && character != '#' {
            // A line that begins with an operator goes on with the expression before.
            if std::mem::take(&mut self.line_ended) && !"+-*/%|&=<>!.:".contains(character) {
                self.end_chain();
            }
        }
        match character {
            '"' | '`' => {
                self.skip_string(character);
                self.before = Before::Closing;
            }
            '#' => while self.rest.next_if(|(_, next)| *next != '\n').is_some() {},
            '{' | '[' | '(' => self.enter(character),
            '}' | ']' | ')' => self.leave(),
            '\n' => {
                let statements = matches!(self.open.last(), None | Some(Bracket::Body));
                self.line_ended |= statements && self.before != Before::Symbol;
            }
            ',' | ';' => {
                self.end_chain();
                self.before = Before::Symbol;
            }
            _ if character.is_whitespace() => {}
            _ if character.is_alphanumeric() || character == '_' => self.read_word(character),
            _ => {
                self.lengthen_chain();
                self.before = Before::Symbol;
            }
        }
        Some(byte)
    }

    fn enter(&mut self, bracket: char) {
        let value_follows = match &self.before {
            Before::Symbol => true,
            // What follows these is a value; what follows any other word is a body or an index.
            Before::Word(word) => {
                matches!(word.as_str(), "in" | "as" | "contains" | "not" | "some" | "default")
            }
            Before::Closing => false,
        };
        let kind = match bracket {
            '(' => Bracket::Inner,
            _ if value_follows => Bracket::Literal,
            '{' => Bracket::Body,
            _ => Bracket::Inner,
        };
        self.lengthen_chain();
        self.chains.push(0);
        self.open.push(kind);
        self.literals += usize::from(kind == Bracket::Literal);
        self.before = Before::Symbol;
    }

    fn leave(&mut self) {
        if let Some(kind) = self.open.pop() {
            self.literals -= usize::from(kind == Bracket::Literal);
            self.chains.pop();
        }
        self.before = Before::Closing;
    }

    fn lengthen_chain(&mut self) {
        if let Some(chain) = self.chains.last_mut() {
            *chain += 1;
        }
    }

    fn end_chain(&mut self) {
        if let Some(chain) = self.chains.last_mut() {
            *chain = 0;
        }
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
