//! Examples: the inputs in a rule's folder that it denies or lets pass, and what the gate says of
//! them.
//!
//! Owns the flags that an example's first line may give, and whether the examples of users' rules
//! hold. Must not know any rule, or read files: the examples come with the policies.
//!
//! An example may be the saved facts of an image (`rollgate facts --save`), which is JSON and gives no
//! flags.
//! `# rollgate: --day 2 --against ../current.yaml` → day 2, `current.yaml` of the rule's folder runs
//! now, and the rest of the target is that of every example.

use std::path::Path;

use jiff::civil::Date;
use rollgate_facts::{Architecture, Day, Stream, Target};
use thiserror::Error;

use crate::configuration::Configuration;
use crate::extract::image::ImageEvidence;
use crate::policy::{PolicyFile, PolicySet, Rule, TestResult};
use crate::profile::{DEFAULT, Profile};
use crate::report::{Report, Status};
use crate::selection::{Narrowing, Selection, SelectionError};
use crate::{Artifact, Gate, GateError, GivenImage, ImageRole, Input, Limits, Settings};

/// An input in a rule's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The path from where rollgate runs, for the embedded library from the repository, as
    /// `policies/pool/paused_pool/denied/paused.yaml`.
    pub path: String,
    /// The text.
    pub text: String,
    target: Target,
    /// What runs now.
    against: Vec<PolicyFile>,
    /// The facts of images.
    images: Vec<ImageFacts>,
    profile: Option<String>,
    configuration: Option<PolicyFile>,
}

/// The saved facts of an image that an example names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ImageFacts {
    file: PolicyFile,
    role: ImageRole,
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
    /// Its profile or its configuration is not valid.
    #[error("`{path}`: {source}")]
    Selection {
        /// The example.
        path: String,
        /// Why.
        #[source]
        source: SelectionError,
    },
}

/// The examples of a rule, sorted by path.
pub fn examples(
    policies: &PolicySet,
    rule: &Rule,
    kind: ExampleKind,
) -> Result<Vec<Example>, ExampleError> {
    let files = policies.examples(rule, kind.folder());
    files.iter().map(|file| Example::read(policies, rule, file)).collect()
}

/// Whether the examples of users' rules hold: a rule finds something in what it denies, and nothing
/// in what it allows.
pub fn test(policies: &PolicySet) -> Vec<TestResult> {
    let rules = policies.rules().iter().filter(|rule| !rule.is_built_in());
    let of = |rule, kind: ExampleKind| {
        let files = policies.examples(rule, kind.folder()).into_iter();
        files.map(move |file| TestResult {
            package: rule.package.clone(),
            name: format!("example: {}", kind.folder()),
            failure: kind.failure(policies, rule, &file),
            file: file.path,
        })
    };
    rules
        .flat_map(|rule| of(rule, ExampleKind::Denied).chain(of(rule, ExampleKind::Allowed)))
        .collect()
}

impl ExampleKind {
    const fn folder(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Allowed => "allowed",
        }
    }

    /// Why an example does not hold.
    fn failure(self, policies: &PolicySet, rule: &Rule, file: &PolicyFile) -> Option<String> {
        let example = Example::read(policies, rule, file);
        let report = match example.and_then(|example| example.report(policies)) {
            Ok(report) => report,
            Err(ExampleError::Gate { source, .. }) => return Some(source.to_string()),
            Err(error) => return Some(error.to_string()),
        };
        let mut outcomes = report.outcomes.iter().filter(|outcome| outcome.rule == rule.code);
        if let Some(outcome) = outcomes.find(|outcome| outcome.status == Status::Inconclusive) {
            let reason = outcome.reason.as_deref().unwrap_or_default();
            return Some(format!("the rule is inconclusive: {reason}"));
        }
        let found = report.findings.iter().find(|finding| finding.rule == rule.code);
        match (self, found) {
            (Self::Denied, None) => Some("the rule finds nothing".to_owned()),
            (Self::Allowed, Some(finding)) => Some(format!("the rule finds: {}", finding.message)),
            _ => None,
        }
    }
}

/// How an example starts that says for what it is meant.
const FLAGS: &str = "# rollgate:";

impl Example {
    /// What the gate says on the last of all days, when every rule is in effect.
    pub fn report(&self, policies: &PolicySet) -> Result<Report, ExampleError> {
        let artifact = |file: &PolicyFile| Artifact::new(&*file.path, &*file.text);
        let default = Settings::on(Date::MAX);
        let own = (!self.is_image()).then(|| Artifact::new(&*self.path, &*self.text));
        let input = Input {
            target: self.target.clone(),
            against: self.against.iter().map(artifact).collect(),
            images: self.images(&default.limits)?,
            ..Input::new(own.into_iter().collect())
        };
        let (policies, settings) = self
            .settings(policies)
            .map_err(|source| ExampleError::Selection { path: self.path.clone(), source })?;
        let report = Gate::new(&policies, settings).check(input);
        report.map_err(|source| ExampleError::Gate { path: self.path.clone(), source })
    }

    /// Whether it is the saved facts of an image.
    pub fn is_image(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "json")
    }

    /// The images of its own facts and of those that it names.
    fn images(&self, limits: &Limits) -> Result<Vec<GivenImage>, ExampleError> {
        let own = self.is_image().then_some((&self.path, &self.text, ImageRole::Subject));
        let named = self.images.iter().map(|one| (&one.file.path, &one.file.text, one.role));
        own.into_iter()
            .chain(named)
            .map(|(path, text, role)| {
                let evidence = ImageEvidence::read(text.as_bytes(), &limits.image);
                let evidence = evidence.map_err(|source| ExampleError::Flags {
                    path: path.clone(),
                    fault: source.to_string(),
                })?;
                Ok(GivenImage::new(evidence, role))
            })
            .collect()
    }

    fn settings(&self, policies: &PolicySet) -> Result<(PolicySet, Settings), SelectionError> {
        let default = Settings::on(Date::MAX);
        let configuration = match &self.configuration {
            Some(file) => {
                let artifact = Artifact::new(&*file.path, &*file.text);
                Configuration::read(&default.limits, &artifact)?
            }
            None => Configuration::default(),
        };
        let (policies, parameters) = configuration.give_parameters(policies.clone())?;
        let narrowing = Narrowing { profile: self.profile.clone(), ..Narrowing::default() };
        let profile = Profile::of_library(self.profile.as_deref().unwrap_or(DEFAULT));
        let selection = match profile.transpose()? {
            Some(profile) => Selection::of(policies.rules(), &profile, &configuration, &narrowing)?,
            None => Selection::default(),
        };
        Ok((policies, Settings { selection, parameters, ..default }))
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
        let against = self.against.iter().map(|file| ("against", Some(file.path.clone())));
        let profile = [("profile", self.profile.clone())];
        let configuration =
            self.configuration.iter().map(|file| ("config", Some(file.path.clone())));
        let images = self.images.iter().map(|one| (one.flag(), Some(one.file.path.clone())));
        let flags = flags.into_iter().chain(against).chain(images).chain(profile);
        let flags = flags.chain(configuration);
        let flags = flags.filter_map(|(name, value)| Some(format!(" --{name} {}", value?)));
        let own = if self.is_image() { "--image-facts " } else { "" };
        format!("rollgate check{} {own}{}", flags.collect::<String>(), self.path)
    }

    fn read(policies: &PolicySet, rule: &Rule, file: &PolicyFile) -> Result<Self, ExampleError> {
        let (path, text) = (shown_path(rule, &file.path), file.text.clone());
        let mut example = Self {
            path,
            text,
            target: target_of_all(),
            against: Vec::new(),
            images: Vec::new(),
            profile: None,
            configuration: None,
        };
        let first = file.text.lines().next().unwrap_or_default();
        let flags = first.strip_prefix(FLAGS).unwrap_or_default();
        let mut words = flags.split_whitespace();
        while let Some(flag) = words.next() {
            let value = words.next().unwrap_or_default();
            let named = || named(policies, rule, &beside(&file.path, value));
            let taken = match flag {
                "--against" => named().map(|file| example.against.push(file)),
                "--image-facts" => named().map(|file| {
                    example.images.push(ImageFacts { file, role: ImageRole::Subject });
                }),
                "--release-image-facts" => named().map(|file| {
                    example.images.push(ImageFacts { file, role: ImageRole::Release });
                }),
                "--config" => named().map(|file| example.configuration = Some(file)),
                _ => example.take(flag, value),
            };
            taken.map_err(|fault| ExampleError::Flags { path: example.path.clone(), fault })?;
        }
        Ok(example)
    }

    fn take(&mut self, flag: &str, value: &str) -> Result<(), String> {
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
            "--profile" => self.profile = Some(value.to_owned()),
            _ => return Err(format!("an example takes no `{flag}`")),
        }
        Ok(())
    }
}

impl ImageFacts {
    /// The flag that names it.
    const fn flag(&self) -> &'static str {
        match self.role {
            ImageRole::Subject => "image-facts",
            ImageRole::Release => "release-image-facts",
        }
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

fn shown_path(rule: &Rule, path: &str) -> String {
    if rule.is_built_in() { format!("policies/{path}") } else { path.to_owned() }
}

/// A file that an example names, which lies beside it.
fn named(policies: &PolicySet, rule: &Rule, path: &str) -> Result<PolicyFile, String> {
    let text = policies.example_text(rule, path);
    let text = text.ok_or_else(|| format!("there is no `{path}`"))?.to_owned();
    Ok(PolicyFile { path: shown_path(rule, path), text })
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
