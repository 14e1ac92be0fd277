//! Examples: the inputs in a rule's folder that it denies or lets pass, and what the gate says of
//! them.
//!
//! Owns the flags that an example's first line may give. Must not know any rule, or read files: the
//! examples of the embedded library are embedded too.
//!
//! `# rollgate: --day 2 --against ../current.yaml` → day 2, `current.yaml` of the rule's folder runs
//! now, and the rest of the target is that of every example.

use jiff::civil::Date;
use rollgate_facts::{Architecture, Day, Stream, Target};
use thiserror::Error;

use crate::policy::{PolicyFile, PolicySet, Rule, library_examples, library_text};
use crate::report::Report;
use crate::{Artifact, Gate, GateError, Input, Settings};

/// An input in a rule's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The path in the repository, as `policies/pool/paused_pool/denied/paused.yaml`.
    pub path: String,
    /// The text.
    pub text: String,
    target: Target,
    against: Vec<PolicyFile>,
}

/// What a rule says of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleKind {
    /// It finds something.
    Denied,
    /// It finds nothing, and no other rule does.
    Allowed,
}

/// Why there is nothing to say of an example.
#[derive(Debug, Error)]
pub enum ExampleError {
    /// The flags of its first line cannot be read.
    #[error("`{path}`: {fault}")]
    Flags {
        /// The example.
        path: String,
        /// What is wrong with them.
        fault: String,
    },
    /// No report could be made.
    #[error("`{path}` is not judged")]
    Gate {
        /// The example.
        path: String,
        /// Why.
        #[source]
        source: GateError,
    },
}

/// The examples of a rule, sorted by path. Only those of the embedded library are at hand.
pub fn examples(rule: &Rule, kind: ExampleKind) -> Result<Vec<Example>, ExampleError> {
    // A user's rule may lie in a folder of the same name.
    let own = rule.package.starts_with("rollgate.");
    let Some((folder, _)) = rule.file.rsplit_once('/').filter(|_| own) else {
        return Ok(Vec::new());
    };
    library_examples(folder, kind.folder()).iter().map(Example::read).collect()
}

impl ExampleKind {
    const fn folder(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Allowed => "allowed",
        }
    }
}

/// How an example starts that says for what it is meant.
const FLAGS: &str = "# rollgate:";

impl Example {
    /// What the gate says on the last of all days, when every rule is in effect.
    pub fn report(&self, policies: &PolicySet) -> Result<Report, ExampleError> {
        let artifact = |file: &PolicyFile| Artifact::new(in_repository(&file.path), &*file.text);
        let input = Input {
            target: self.target.clone(),
            against: self.against.iter().map(artifact).collect(),
            ..Input::new(vec![Artifact::new(&*self.path, &*self.text)])
        };
        let report = Gate::new(policies, Settings::on(Date::MAX)).check(input);
        report.map_err(|source| ExampleError::Gate { path: self.path.clone(), source })
    }

    /// The command that judges it, from the root of the repository.
    pub fn command(&self) -> String {
        let Target { release, stream, architecture, platform, day } = &self.target;
        let flags = [
            ("release", release.clone()),
            ("stream", stream.map(|stream| stream.to_string())),
            ("arch", architecture.map(|architecture| architecture.to_string())),
            ("platform", platform.clone()),
            ("day", day.map(|day| u8::from(day).to_string())),
        ];
        let against = self.against.iter().map(|file| ("against", Some(in_repository(&file.path))));
        let flags = flags.into_iter().chain(against);
        let flags = flags.filter_map(|(name, value)| Some(format!(" --{name} {}", value?)));
        format!("rollgate check{} {}", flags.collect::<String>(), self.path)
    }

    fn read(file: &PolicyFile) -> Result<Self, ExampleError> {
        let (path, text) = (in_repository(&file.path), file.text.clone());
        let mut example = Self { path, text, target: target_of_all(), against: Vec::new() };
        let first = file.text.lines().next().unwrap_or_default();
        let flags = first.strip_prefix(FLAGS).unwrap_or_default();
        let mut words = flags.split_whitespace();
        while let Some(flag) = words.next() {
            example
                .take(&file.path, flag, words.next().unwrap_or_default())
                .map_err(|fault| ExampleError::Flags { path: example.path.clone(), fault })?;
        }
        Ok(example)
    }

    fn take(&mut self, path: &str, flag: &str, value: &str) -> Result<(), String> {
        let target = &mut self.target;
        match flag {
            "--release" => target.release = Some(value.to_owned()),
            "--stream" => target.stream = Some(value.parse()?),
            "--arch" => target.architecture = Some(value.parse()?),
            "--platform" => target.platform = Some(value.to_owned()),
            "--day" => {
                let day: u8 = value.parse().map_err(|_| format!("`{value}` is no day"))?;
                target.day = Some(Day::try_from(day)?);
            }
            "--against" => {
                let path = beside(path, value);
                let text = library_text(&path).ok_or_else(|| format!("there is no `{path}`"))?;
                self.against.push(PolicyFile { path, text: text.to_owned() });
            }
            _ => return Err(format!("an example takes no `{flag}`")),
        }
        Ok(())
    }
}

/// What an example is meant for where it does not say otherwise: a fresh cluster of a release that
/// has been in use for a while, on the commonest machines.
fn target_of_all() -> Target {
    Target {
        release: Some("4.20".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("none".to_owned()),
        day: Some(Day::Install),
    }
}

fn in_repository(path: &str) -> String {
    format!("policies/{path}")
}

/// A path that is relative to a file.
fn beside(file: &str, relative: &str) -> String {
    let mut steps: Vec<_> = file.split('/').collect();
    steps.pop();
    for step in relative.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}
