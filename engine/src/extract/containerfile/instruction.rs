//! One instruction: its keyword, and what its kind has.
//!
//! Owns what is asked of `parse-dockerfile`, and the pairs of `ENV`, `LABEL` and `ARG`. Must not
//! know other instructions. `COPY --from=a x y /z` has the sources `x` and `y`, the destination `/z`,
//! and is copied from `a`.

use parse_dockerfile::{Flag, Instruction as Parsed, Source};
use rollgate_facts::{Instruction, Locator, Text};

use super::bare;
use super::commands;
use super::interpreter::{self, Shell};
use super::lines::{HereDocument, Joined, Statement};
use super::words;
use crate::text::{MASK, is_secret_key, mask, mask_script};

/// What stands before an instruction, as the parser wants a stage.
const STAGE: &str = "FROM scratch\n";

/// An instruction that was read.
#[derive(Debug)]
pub(super) enum Read {
    /// One that begins a stage.
    From(From),
    /// Any other.
    Other(Instruction),
}

/// `FROM image AS name`
#[derive(Debug)]
pub(super) struct From {
    /// What it names, as written.
    pub(super) image: String,
    /// The name of the stage.
    pub(super) name: Option<String>,
}

/// Reads one statement.
///
/// # Errors
///
/// When it is no instruction, or lacks what its kind demands.
pub(super) fn read(
    at: &Locator,
    statement: &Statement<'_>,
    escape: char,
    shell: Shell,
) -> Result<Read, String> {
    let joined = &statement.text;
    let written = without_operators(&joined.text, &statement.documents);
    let directive = if escape == '`' { "# escape=`\n" } else { "" };
    let text = format!("{directive}{STAGE}{written}");
    let mut parser = parse_dockerfile::parse_iter(&text).map_err(|error| problem(&error))?;
    // The stage that the parser wants.
    let _stage = parser.next();
    let parsed =
        parser.next().ok_or("the instruction is empty")?.map_err(|error| problem(&error))?;
    let reader = Reader { at, statement, offset: text.len() - written.len(), shell };
    Ok(reader.read(parsed))
}

/// What the parser says, without the place that it gives.
fn problem(error: &parse_dockerfile::Error) -> String {
    let text = format!("{error:#}").replace('\'', "`");
    text.strip_prefix("expected ").map_or(text.clone(), |rest| format!("{rest} is expected"))
}

/// The text without the operators of its here-documents, which are read already.
fn without_operators(text: &str, documents: &[HereDocument<'_>]) -> String {
    let mut text = text.to_owned();
    for document in documents {
        let at = document.operator.start;
        text.replace_range(at..at + 2, "__");
    }
    text
}

struct Reader<'a> {
    at: &'a Locator,
    statement: &'a Statement<'a>,
    /// How many bytes stand before the statement in what the parser read.
    offset: usize,
    shell: Shell,
}

impl Reader<'_> {
    fn read(&self, parsed: Parsed<'_>) -> Read {
        let at = self.at.line(self.statement.line);
        let (keyword, text) = self.keyword_and_text();
        let instruction = bare(at, keyword, text);
        match parsed {
            Parsed::From(from) => Read::From(From {
                image: from.image.value.into_owned(),
                name: from.as_.map(|(_, name)| name.value.into_owned()),
            }),
            Parsed::Run(run) => Read::Other(self.run(instruction, &run)),
            Parsed::Copy(copy) => {
                Read::Other(self.copy(instruction, &copy.options, &copy.src, &copy.dest.value))
            }
            Parsed::Add(add) => {
                Read::Other(self.copy(instruction, &add.options, &add.src, &add.dest.value))
            }
            Parsed::Arg(_) | Parsed::Env(_) | Parsed::Label(_) => {
                Read::Other(self.pairs(instruction))
            }
            _ => Read::Other(instruction),
        }
    }

    /// The keyword in capitals, and what follows it.
    fn keyword_and_text(&self) -> (String, String) {
        let text = &self.statement.text.text;
        let (keyword, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let mut rest = rest.trim().to_owned();
        for document in &self.statement.documents {
            rest.push('\n');
            rest.push_str(document.body.trim_end_matches('\n'));
        }
        (keyword.to_ascii_uppercase(), mask_script(&rest).into_owned())
    }

    fn run(
        &self,
        instruction: Instruction,
        run: &parse_dockerfile::RunInstruction<'_>,
    ) -> Instruction {
        let mounts = run.options.iter().filter(|flag| flag.name.value == "mount");
        let mounts = mounts.filter_map(value).collect();
        let script = self.part(words_span(&run.arguments));
        let (mut commands, mut secrets) =
            if let parse_dockerfile::Command::Exec(words) = &run.arguments {
                let words: Vec<String> =
                    words.value.iter().map(|word| word.value.to_string()).collect();
                commands::exec(self.at, &script, &words)
            } else {
                commands::commands(self.at, &script, self.shell)
            };
        // The document that is a whole script: alone, or given to a shell.
        let alone = self.is_document_alone(&run.arguments);
        if alone {
            commands.clear();
        }
        let last = commands.last().map(|command| command.words.clone()).unwrap_or_default();
        let shell = if alone { Some(self.shell) } else { interpreter::reads_script(&last) };
        if let (Some(shell), Some(document)) = (shell, self.statement.documents.first())
            && let Some(shell) = shell_of(document, shell)
        {
            let script = Joined::lines(document.body, document.line);
            let (inner, more) = commands::commands(self.at, &script, shell);
            commands.extend(inner);
            secrets.extend(more);
        }
        let text = without(&instruction.text, &secrets);
        Instruction { text, commands, mounts, ..instruction }
    }

    /// Whether a here-document is all that `RUN` has.
    fn is_document_alone(&self, arguments: &parse_dockerfile::Command<'_>) -> bool {
        let span = words_span(arguments);
        let [document] = &self.statement.documents[..] else { return false };
        let start = document.operator.start + self.offset;
        let length = document.operator.len();
        span.start == start && span.end == start + length
    }

    /// A part of the statement, by where the parser found it.
    fn part(&self, span: std::ops::Range<usize>) -> Joined {
        let start = span.start.saturating_sub(self.offset);
        self.statement.text.part(start, span.end.saturating_sub(self.offset))
    }

    fn copy(
        &self,
        instruction: Instruction,
        options: &[Flag<'_>],
        sources: &[Source<'_>],
        destination: &str,
    ) -> Instruction {
        let from = options.iter().find(|flag| flag.name.value == "from");
        let source = |source: &Source<'_>| match source {
            Source::Path(path) => {
                let start = path.span.start.saturating_sub(self.offset);
                let mut documents = self.statement.documents.iter();
                let document = documents.find(|document| document.operator.start == start);
                document.map_or_else(
                    || mask(&path.value).into_owned(),
                    |document| format!("<<{}", document.name),
                )
            }
            _ => "<<".to_owned(),
        };
        let checksum = options.iter().filter(|flag| flag.name.value != "from");
        let option = |flag: &Flag<'_>| {
            let value = flag.value.as_ref().map(|value| format!("={}", value.value));
            format!("--{}{}", flag.name.value, value.unwrap_or_default())
        };
        Instruction {
            sources: sources.iter().map(source).collect(),
            destination: Some(destination.to_owned()),
            copied_from: from.and_then(value),
            options: checksum.map(option).collect(),
            ..instruction
        }
    }

    fn pairs(&self, instruction: Instruction) -> Instruction {
        let joined = &self.statement.text;
        let mut words: Vec<words::Word<'_>> = words::words(&joined.text).skip(1).collect();
        // `ENV NAME the whole rest`, which `ARG` does not know.
        let single = words.first().is_some_and(|first| !first.raw.contains('='));
        let mut secrets = Vec::new();
        let mut pair = |start: usize, written: String| {
            let (text, secret) = masked(&written);
            secrets.extend(secret);
            Text::new(self.at.line(joined.line_at(start)), text)
        };
        let pairs = if single && instruction.keyword != "ARG" {
            let rest = words.split_off(1);
            let value: Vec<String> = rest.iter().map(words::Word::unquoted).collect();
            let first = words.iter();
            first
                .map(|name| pair(name.start, format!("{}={}", name.unquoted(), value.join(" "))))
                .collect()
        } else {
            words.iter().map(|word| pair(word.start, word.unquoted())).collect()
        };
        let text = without(&instruction.text, &secrets);
        Instruction { text, pairs, ..instruction }
    }
}

/// The value of an option.
fn value(flag: &Flag<'_>) -> Option<String> {
    flag.value.as_ref().map(|value| mask(&value.value).into_owned())
}

fn words_span(command: &parse_dockerfile::Command<'_>) -> std::ops::Range<usize> {
    match command {
        parse_dockerfile::Command::Exec(words) => words.span.clone(),
        parse_dockerfile::Command::Shell(text) => text.span.clone(),
        _ => 0..0,
    }
}

/// How the interpreter of a document takes failures; none where it is no shell.
fn shell_of(document: &HereDocument<'_>, default: Shell) -> Option<Shell> {
    let Some(line) = document.body.lines().next().and_then(|line| line.strip_prefix("#!")) else {
        return Some(default);
    };
    let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
    let words = words.strip_prefix(&["/usr/bin/env".to_owned()][..]).unwrap_or(&words);
    interpreter::reads_script(words)
}

/// A pair with its value masked where that looks secret, and the value.
fn masked(pair: &str) -> (String, Option<String>) {
    let Some((name, value)) = pair.split_once('=') else { return (pair.to_owned(), None) };
    let known = value.is_empty() || value.starts_with('$');
    let last = name.rsplit('.').next().unwrap_or(name);
    if is_secret_key(last) && !known {
        return (format!("{name}={MASK}"), Some(value.to_owned()));
    }
    (mask_script(pair).into_owned(), None)
}

/// A text without these secrets.
fn without(text: &str, secrets: &[String]) -> String {
    let long = secrets.iter().filter(|secret| !secret.is_empty());
    long.fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
}
