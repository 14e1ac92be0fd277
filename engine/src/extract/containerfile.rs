//! Containerfiles: the text of one as facts.
//!
//! Owns which files are Containerfiles, their limits, and how stages come of instructions. Must not
//! judge: `FROM a AS b` and `COPY --from=b /x /y` in a later stage say that `b` is used, no more.
//! What cannot be read is a problem of the facts, and what can be read beside it is read.
//!
//! The instructions themselves are read by the crate `parse-dockerfile`, one by one, so that a
//! mistake in one hides no other; lines and here-documents are put together before (see `lines`).

mod commands;
mod instruction;
mod interpreter;
mod lines;
mod shell;
mod stages;
mod words;

use rollgate_facts::{Architecture, Containerfile, Instruction, Locator, ObjectId, Text};

use crate::extract::object::Object;
use crate::text::{Node, mask};
use instruction::Read;
use lines::Statement;
use stages::Stages;

/// The size of a Containerfile, in bytes. One of a few hundred lines has 20 KiB; a here-document may
/// hold a script.
const MAX_BYTES: usize = 1 << 20;

/// How many instructions are read: container runtimes stop at 127 layers.
const MAX_INSTRUCTIONS: usize = 2000;

/// How many problems are told of one Containerfile.
const MAX_PROBLEMS: usize = 50;

/// The names of Containerfiles, which may have a word before or behind: `Containerfile.rhel`,
/// `worker.Dockerfile`.
const NAMES: [&str; 2] = ["containerfile", "dockerfile"];

/// Extensions of files that only speak of a Containerfile: `Containerfile.md`, `Dockerfile.yaml`.
const OTHER_LANGUAGES: [&str; 12] =
    ["yaml", "yml", "json", "md", "txt", "orig", "rej", "bak", "sh", "py", "go", "rego"];

/// The kind of a Containerfile in a locator.
const KIND: &str = "Containerfile";

/// Whether a file of this name, or at this path, is a Containerfile.
///
/// ```
/// # use rollgate_engine::extract::is_containerfile;
/// assert!(is_containerfile("os/Containerfile.worker"));
/// assert!(!is_containerfile("Containerfile.md"));
/// ```
pub fn is_containerfile(path: &str) -> bool {
    let name = file_name(path).to_ascii_lowercase();
    if NAMES.contains(&name.as_str()) {
        return true;
    }
    let first = name.split_once('.').filter(|(first, _)| NAMES.contains(first));
    let last = name.rsplit_once('.').map(|(_, last)| last).unwrap_or_default();
    NAMES.contains(&last) || (first.is_some() && !OTHER_LANGUAGES.contains(&last))
}

/// The id of the `nth` (from 1) Containerfile of this name in the input.
pub fn containerfile_id(path: &str, nth: usize) -> ObjectId {
    ObjectId::new(KIND, None, file_name(path), nth)
}

/// The facts of the `nth` Containerfile of this name.
pub fn containerfile(path: &str, nth: usize, bytes: &[u8]) -> Containerfile {
    let name = file_name(path);
    let written = Written {
        at: Locator::object(&containerfile_id(path, nth)),
        name,
        on_cluster: false,
        architecture: None,
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => written.read(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = before.split(|&byte| byte == b'\n').count();
            written.unreadable(line, "the text is not UTF-8")
        }
    }
}

/// The facts of each Containerfile in a MachineOSConfig; of no other object there is any.
///
/// Source: openshift/api `machineconfiguration/v1/types_machineosconfig.go`.
pub fn containerfiles_of(object: &Object<'_>) -> Vec<Containerfile> {
    if object.kind.name != "MachineOSConfig" {
        return Vec::new();
    }
    let files = object.node.get("spec").and_then(|spec| spec.get("containerFile"));
    let files = files.and_then(Node::as_sequence).unwrap_or_default();
    let at = object.at.key("spec").key("containerFile");
    let read = |(index, file): (usize, &Node)| {
        let text = |key| file.get(key).and_then(Node::as_str);
        let written = Written {
            at: at.index(index).key("content"),
            name: object.name,
            on_cluster: true,
            architecture: text("containerfileArch").and_then(architecture),
        };
        Some(written.read(text("content")?))
    };
    files.iter().enumerate().filter_map(read).collect()
}

/// The architecture of this name in a MachineOSConfig.
fn architecture(name: &str) -> Option<Architecture> {
    match name {
        "AMD64" => Some(Architecture::X86_64),
        "ARM64" => Some(Architecture::Aarch64),
        "PPC64LE" => Some(Architecture::Ppc64le),
        "S390X" => Some(Architecture::S390x),
        _ => None,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A Containerfile about to be read.
struct Written<'a> {
    at: Locator,
    name: &'a str,
    on_cluster: bool,
    architecture: Option<Architecture>,
}

impl Written<'_> {
    fn read(self, text: &str) -> Containerfile {
        if text.len() > MAX_BYTES {
            let size = text.len();
            let problem = format!("the text has {size} bytes, more than the limit of {MAX_BYTES}");
            return self.unreadable(1, &problem);
        }
        let mut problems = Problems { at: &self.at, found: Vec::new() };
        let escape = lines::escape(text).unwrap_or_else(|line| {
            problems.add(line, "the directive `escape` is neither `\\` nor `` ` ``");
            '\\'
        });
        let statements = lines::statements(text, escape);
        let mut stages = Stages::new(self.on_cluster);
        for (count, statement) in statements.iter().enumerate() {
            if count == MAX_INSTRUCTIONS {
                let limit = format!("there are more than {MAX_INSTRUCTIONS} instructions");
                problems.add(statement.line, &limit);
                break;
            }
            self.add(&mut stages, &mut problems, statement, escape);
        }
        if stages.is_empty() {
            problems.add(1, "there is no `FROM`");
        }
        let problems = problems.found;
        let (arguments, stages) = stages.finished();
        let Self { at, name, on_cluster, architecture } = self;
        let name = name.to_owned();
        Containerfile { at, name, on_cluster, architecture, arguments, stages, problems }
    }

    /// Adds what one statement says.
    fn add(
        &self,
        stages: &mut Stages,
        problems: &mut Problems<'_>,
        statement: &Statement<'_>,
        escape: char,
    ) {
        for document in statement.documents.iter().filter(|document| !document.ended) {
            let problem = format!("the here-document `{}` has no end", document.name);
            problems.add(statement.line, &problem);
        }
        let shell = stages.shell();
        match instruction::read(&self.at, statement, escape, shell) {
            Ok(Read::From(from)) => stages.begin(self.at.line(statement.line), from),
            Ok(Read::Other(instruction)) if stages.is_empty() => {
                if let Err(keyword) = stages.global(instruction) {
                    let problem = format!("`{keyword}` stands before the first `FROM`");
                    problems.add(statement.line, &problem);
                }
            }
            Ok(Read::Other(instruction)) => stages.add(instruction),
            Err(problem) => problems.add(statement.line, &problem),
        }
    }

    fn unreadable(self, line: usize, problem: &str) -> Containerfile {
        let problems = vec![Text::new(self.at.line(line), problem)];
        let Self { at, name, on_cluster, architecture } = self;
        let name = name.to_owned();
        let (arguments, stages) = (Vec::new(), Vec::new());
        Containerfile { at, name, on_cluster, architecture, arguments, stages, problems }
    }
}

/// What is wrong with a Containerfile, up to a limit.
struct Problems<'a> {
    at: &'a Locator,
    found: Vec<Text>,
}

impl Problems<'_> {
    fn add(&mut self, line: usize, problem: &str) {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(Text::new(self.at.line(line), mask(problem)));
        }
    }
}

/// An instruction without anything but its keyword and text.
fn bare(at: Locator, keyword: String, text: String) -> Instruction {
    Instruction {
        at,
        keyword,
        text,
        commands: Vec::new(),
        sources: Vec::new(),
        destination: None,
        copied_from: None,
        pairs: Vec::new(),
        mounts: Vec::new(),
        options: Vec::new(),
    }
}
