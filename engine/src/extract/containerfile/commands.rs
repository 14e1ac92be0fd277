//! The commands of a shell script.
//!
//! Owns which words begin a command, which stand before it (assignments, keywords, `sudo`), scripts
//! within scripts (`sh -c`, `$(…)`), and whether a failure ends the script. Must not know what a
//! command does. `set -e; a | b` is `set`, `a` (piped, unchecked) and `b`.

use rollgate_facts::{Command, Locator};

use super::interpreter::{Shell, base_name, nested_script};
use super::lines::Joined;
use super::shell::{self, End, Token, Word};
use crate::text::{MASK, is_secret_key, mask_script};

/// How deep scripts nest in scripts.
const MAX_DEPTH: usize = 3;

/// Words that stand before a command without being one.
const BEFORE: [&str; 9] = ["!", "{", "do", "elif", "else", "if", "then", "until", "while"];

/// Words that end a construct; what follows them is redirections at most.
const AFTER: [&str; 5] = ["done", "esac", "fi", "in", "}"];

/// Commands that run the command that follows them, with the options that take a value.
const WRAPPERS: [(&str, &[&str]); 9] = [
    ("command", &[]),
    ("env", &["-u", "-C", "-S"]),
    ("exec", &["-a"]),
    ("ionice", &["-c", "-n"]),
    ("nice", &["-n"]),
    ("nohup", &[]),
    ("sudo", &["-u", "-g", "-D", "-h"]),
    ("time", &[]),
    ("timeout", &["-k", "-s"]),
];

/// Commands that always succeed, so that `a || b` passes over a failure of `a`.
const HARMLESS: [&str; 5] = [":", "echo", "printf", "true", "/bin/true"];

/// Commands that read passwords from their input.
const SETS_PASSWORDS: [&str; 2] = ["chpasswd", "passwd"];

/// The commands of a script, and the secrets that were masked in them.
pub(super) fn commands(at: &Locator, script: &Joined, shell: Shell) -> (Vec<Command>, Vec<String>) {
    let mut reader = Reader::new(at, script, shell, 0);
    reader.read();
    (reader.commands, reader.secrets)
}

/// The command that these words are, as the exec form gives them.
pub(super) fn exec(at: &Locator, script: &Joined, words: &[String]) -> (Vec<Command>, Vec<String>) {
    let mut reader = Reader::new(at, script, Shell::default(), 0);
    let word = |text: &String| Word { text: text.clone(), quoted: true, ..Word::default() };
    reader.words = words.iter().map(word).collect();
    reader.end(End::Next);
    (reader.commands, reader.secrets)
}

struct Reader<'a> {
    at: &'a Locator,
    script: &'a Joined,
    shell: Shell,
    depth: usize,
    /// The words of the command that is being read.
    words: Vec<Word>,
    /// The files that it writes.
    writes: Vec<String>,
    /// Whether it is the condition of an `if` or a loop.
    is_condition: bool,
    commands: Vec<Command>,
    secrets: Vec<String>,
    /// Where the commands begin that `&&`, `||` and `|` join.
    list: usize,
    /// Those before a `||`.
    before_or: Option<(usize, usize)>,
    /// Those whose failure the next command passes over.
    passed_over: Option<(usize, usize)>,
}

impl<'a> Reader<'a> {
    const fn new(at: &'a Locator, script: &'a Joined, shell: Shell, depth: usize) -> Self {
        Self {
            at,
            script,
            shell,
            depth,
            words: Vec::new(),
            writes: Vec::new(),
            is_condition: false,
            commands: Vec::new(),
            secrets: Vec::new(),
            list: 0,
            before_or: None,
            passed_over: None,
        }
    }

    fn read(&mut self) {
        let mut tokens = shell::tokens(&self.script.text).into_iter();
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(word) => self.words.push(word),
                Token::End(end) => self.end(end),
                Token::Parenthesis => self.end_of_group(),
                Token::Redirection { writes } => {
                    if let Some(Token::Word(target)) = tokens.next()
                        && writes
                    {
                        self.writes.push(target.text);
                    }
                }
            }
        }
        self.end(End::Next);
    }

    /// A parenthesis ends the command before it, and not the list.
    fn end_of_group(&mut self) {
        let (list, passed_over) = (self.list, self.passed_over);
        if !self.words.is_empty() {
            self.end(End::And);
            self.list = list;
            self.passed_over = passed_over.or(self.passed_over);
        }
    }

    fn end(&mut self, end: End) {
        let words = std::mem::take(&mut self.words);
        let writes = std::mem::take(&mut self.writes);
        if let Some(words) = self.stripped(words) {
            self.add(words, writes, end);
        }
        let length = self.commands.len();
        match end {
            End::And | End::Pipe => {}
            End::Or => self.before_or = Some((self.list, length)),
            End::Next => {
                let joined = (self.list < length).then_some((self.list, length));
                if !self.shell.errexit && !self.is_condition {
                    self.passed_over = joined.or(self.passed_over);
                }
                self.list = length;
                self.is_condition = false;
                self.before_or = None;
            }
        }
    }

    /// The words of the command itself; none where there is none.
    fn stripped(&mut self, words: Vec<Word>) -> Option<Vec<Word>> {
        let mut words = words.into_iter().peekable();
        loop {
            let first = words.peek()?;
            let keyword = if first.quoted { "" } else { first.text.as_str() };
            if AFTER.contains(&keyword) || matches!(keyword, "for" | "case" | "select" | "function")
            {
                return None;
            }
            let assigns = !first.quoted || first.text.contains('=');
            if BEFORE.contains(&keyword) {
                self.is_condition |= matches!(keyword, "if" | "elif" | "while" | "until" | "!");
                words.next();
            } else if assigns && is_assignment(&first.text) {
                self.note_scripts_of(words.next());
            } else if let Some((_, valued)) =
                WRAPPERS.iter().find(|(name, _)| *name == base_name(&first.text))
            {
                let timed = first.text == "timeout";
                words.next();
                skip_options(&mut words, valued);
                if timed {
                    words.next();
                }
            } else {
                return Some(words.collect());
            }
        }
    }

    fn note_scripts_of(&mut self, word: Option<Word>) {
        for (start, script) in word.into_iter().flat_map(|word| word.scripts) {
            self.nested(&script, self.script.line_at(start), Shell::default(), false);
        }
    }

    fn add(&mut self, words: Vec<Word>, writes: Vec<String>, end: End) {
        let start = words.first().map_or(0, |word| word.start);
        let line = self.script.line_at(start);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let name = texts.first().copied().unwrap_or_default();
        self.settle_failures_before(&texts);
        if name == "set" {
            self.shell.set(&texts);
        }
        let piped = end == End::Pipe;
        let unchecked = piped && !self.shell.pipefail && !self.is_condition;
        let nested = nested_script(&texts);
        if SETS_PASSWORDS.contains(&base_name(name)) {
            self.mask_fed();
        }
        let masked = self.masked(&texts);
        self.commands.push(Command {
            at: self.at.line(line),
            words: masked,
            writes,
            piped,
            unchecked,
        });
        let nested = nested.map(|(script, shell)| (script.to_owned(), shell));
        for (start, script) in words.into_iter().flat_map(|word| word.scripts) {
            let line = self.script.line_at(start);
            self.nested(&script, line, Shell::default(), false);
        }
        if let Some((script, shell)) = nested {
            self.nested(&script, line, shell, unchecked);
        }
    }

    /// Says of the commands before this one whether their failures are passed over.
    fn settle_failures_before(&mut self, words: &[&str]) {
        let harmless = match words {
            ["exit", "0"] => true,
            [name, ..] => HARMLESS.contains(name),
            [] => false,
        };
        let or = self.before_or.take().filter(|_| harmless);
        for (from, to) in or.into_iter().chain(self.passed_over.take()) {
            let passed_over = self.commands.iter_mut().take(to).skip(from);
            passed_over.for_each(|command| command.unchecked = true);
        }
    }

    /// Reads a script within the script.
    fn nested(&mut self, script: &str, line: usize, shell: Shell, unchecked: bool) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let script = Joined::on_line(script, line);
        let mut inner = Reader::new(self.at, &script, shell, self.depth + 1);
        inner.read();
        let Reader { commands, secrets, .. } = inner;
        let commands = commands.into_iter();
        self.commands.extend(
            commands
                .map(|command| Command { unchecked: command.unchecked || unchecked, ..command }),
        );
        self.secrets.extend(secrets);
    }

    /// Masks what is fed to a command that sets passwords.
    fn mask_fed(&mut self) {
        let Some(feeds) = self.commands.last_mut().filter(|command| command.piped) else { return };
        let fed = |word: &&mut String| !word.starts_with(['-', '$']) && *word != MASK;
        for word in feeds.words.iter_mut().skip(1).filter(fed) {
            self.secrets.push(std::mem::replace(word, MASK.to_owned()));
        }
    }

    /// The words, with secrets masked.
    fn masked(&mut self, words: &[&str]) -> Vec<String> {
        let name = base_name(words.first().copied().unwrap_or_default());
        let mut before = "";
        let mut masked = Vec::with_capacity(words.len());
        for word in words {
            let secret = if takes_secret(before) && !word.starts_with(['-', '$']) {
                Some(*word)
            } else if matches!(name, "curl" | "wget") && matches!(before, "-u" | "--user") {
                word.split_once(':').map(|(_, password)| password)
            } else {
                word.strip_prefix("--").and_then(|option| option.split_once('=')).and_then(
                    |(option, value)| {
                        (takes_secret(option) && !value.starts_with('$')).then_some(value)
                    },
                )
            };
            let secret = secret.filter(|secret| !secret.is_empty() && !secret.starts_with('$'));
            masked.push(match secret {
                Some(secret) => {
                    self.secrets.push(secret.to_owned());
                    word.replace(secret, MASK)
                }
                None => mask_script(word).into_owned(),
            });
            before = word;
        }
        masked
    }
}

/// Whether an option names a secret that follows it.
fn takes_secret(option: &str) -> bool {
    let name = option.trim_start_matches('-');
    let is_option = option.len() > name.len() || option.contains("key");
    is_option && (is_secret_key(name) || name.eq_ignore_ascii_case("activationkey"))
}

fn skip_options(words: &mut std::iter::Peekable<std::vec::IntoIter<Word>>, valued: &[&str]) {
    while let Some(option) = words.next_if(|word| word.text.starts_with('-')) {
        if valued.contains(&option.text.as_str()) {
            words.next();
        }
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        let name = name.strip_suffix('+').unwrap_or(name);
        let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        letters && name.bytes().next().is_some_and(|first| !first.is_ascii_digit())
    })
}
