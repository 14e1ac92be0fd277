//! The tokens of a shell script: words, operators and redirections.
//!
//! Owns quotes, escapes, comments and substitutions of the POSIX shell (XCU 2.2 to 2.7). Must not
//! know commands. Variables are left as written. `a "b c" && d >e` is `a`, `b c`, `&&`, `d`, a
//! redirection to `e`.

/// A token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, its quotes removed.
    Word(Word),
    /// What ends a command.
    End(End),
    /// `(` or `)`
    Parenthesis,
    /// What goes to, or comes from, the word that follows.
    Redirection {
        /// Whether a file is written.
        writes: bool,
    },
}

/// A word of a script.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it begins.
    pub(super) start: usize,
    /// Its text.
    pub(super) text: String,
    /// Whether any of it was quoted, so that it is no keyword.
    pub(super) quoted: bool,
    /// The scripts of `$(…)` in it, and where each begins.
    pub(super) scripts: Vec<(usize, String)>,
}

/// What ends a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
    /// `;`, `&` or the end of the line
    Next,
}

/// The tokens of a script.
pub(super) fn tokens(script: &str) -> Vec<Token> {
    let mut lexer = Lexer { script, at: 0, tokens: Vec::new(), word: None };
    while lexer.step() {}
    lexer.end_word();
    lexer.tokens
}

struct Lexer<'a> {
    script: &'a str,
    at: usize,
    tokens: Vec<Token>,
    word: Option<Word>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.script.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Takes a character, where it is next.
    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += wanted.len_utf8();
        }
        there
    }

    fn word(&mut self) -> &mut Word {
        let start = self.at;
        self.word.get_or_insert_with(|| Word { start, ..Word::default() })
    }

    fn end_word(&mut self) {
        self.tokens.extend(self.word.take().map(Token::Word));
    }

    fn end(&mut self, end: End) {
        self.end_word();
        self.tokens.push(Token::End(end));
    }

    /// Reads on; whether there is more.
    fn step(&mut self) -> bool {
        let Some(character) = self.peek() else { return false };
        match character {
            '\n' | ';' => {
                self.next();
                self.end(End::Next);
            }
            ' ' | '\t' | '\r' => {
                self.next();
                self.end_word();
            }
            '#' if self.word.is_none() => self.comment(),
            '&' => self.ampersand(),
            '|' => {
                self.next();
                let or = self.take('|');
                let _both = !or && self.take('&');
                self.end(if or { End::Or } else { End::Pipe });
            }
            '(' | ')' => {
                self.next();
                self.end_word();
                self.tokens.push(Token::Parenthesis);
            }
            '<' | '>' => self.redirection(),
            _ => self.part(),
        }
        true
    }

    fn comment(&mut self) {
        while self.peek().is_some_and(|character| character != '\n') {
            self.next();
        }
    }

    fn ampersand(&mut self) {
        self.next();
        if self.take('&') {
            self.end(End::And);
        } else if self.peek() == Some('>') {
            self.end_word();
            self.redirection();
        } else {
            self.end(End::Next);
        }
    }

    fn redirection(&mut self) {
        // A number right before it is a descriptor.
        let digits = |word: &Word| word.text.bytes().all(|byte| byte.is_ascii_digit());
        if self.word.as_ref().is_some_and(digits) {
            self.word = None;
        }
        self.end_word();
        let writes = self.next() == Some('>');
        while self.peek().is_some_and(|character| matches!(character, '<' | '>' | '|')) {
            self.next();
        }
        if !writes {
            let _strips_tabs = self.take('-');
        }
        let copies = self.take('&');
        if copies || !self.take('(') {
            self.tokens.push(Token::Redirection { writes: writes && !copies });
        } else {
            // `<(…)`: what it runs is read with the rest.
            self.tokens.push(Token::Parenthesis);
        }
    }

    /// Reads a part of a word.
    fn part(&mut self) {
        self.word();
        match self.next() {
            Some('\\') => match self.next() {
                Some('\n') | None => self.forget_empty_word(),
                Some(character) => self.word().text.push(character),
            },
            Some('\'') => {
                self.word().quoted = true;
                while let Some(character) = self.next().filter(|character| *character != '\'') {
                    self.word().text.push(character);
                }
            }
            Some('"') => self.quoted(),
            Some('$') => self.variable(),
            Some('`') => self.backquoted(),
            Some(character) => self.word().text.push(character),
            None => {}
        }
    }

    /// A continued line begins no word.
    fn forget_empty_word(&mut self) {
        let empty = |word: &Word| word.text.is_empty() && !word.quoted;
        if self.word.as_ref().is_some_and(empty) {
            self.word = None;
        }
    }

    fn quoted(&mut self) {
        self.word().quoted = true;
        while let Some(character) = self.next() {
            match character {
                '"' => return,
                '$' => self.variable(),
                '`' => self.backquoted(),
                '\\' => match self.next() {
                    Some('\n') | None => {}
                    Some(escaped @ ('"' | '\\' | '$' | '`')) => self.word().text.push(escaped),
                    Some(other) => self.word().text.extend(['\\', other]),
                },
                _ => self.word().text.push(character),
            }
        }
    }

    /// What follows a `$`, left as written.
    fn variable(&mut self) {
        self.word().text.push('$');
        let (open, close) = match self.peek() {
            Some('(') => ('(', ')'),
            Some('{') => ('{', '}'),
            _ => return,
        };
        self.next();
        let start = self.at;
        let mut depth = 1_usize;
        while let Some(character) = self.next() {
            depth += usize::from(character == open);
            depth -= usize::from(character == close);
            if depth == 0 {
                break;
            }
        }
        let end = if depth == 0 { self.at - close.len_utf8() } else { self.at };
        let inside = self.script.get(start..end).unwrap_or_default().to_owned();
        let word = self.word();
        word.text.push(open);
        word.text.push_str(&inside);
        word.text.push(close);
        if open == '(' && !inside.starts_with('(') {
            word.scripts.push((start, inside));
        }
    }

    fn backquoted(&mut self) {
        let start = self.at;
        while self.next().is_some_and(|character| character != '`') {}
        let inside = self.script.get(start..self.at).unwrap_or_default();
        let inside = inside.strip_suffix('`').unwrap_or(inside).to_owned();
        let word = self.word();
        word.text.extend(["`", inside.as_str(), "`"]);
        word.scripts.push((start, inside));
    }
}
