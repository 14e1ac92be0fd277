//! METADATA: the comment block above `package`, read as YAML.
//!
//! regorus drops comments, so Rust reads them. Owns the keys of the table in `docs/architecture.md`;
//! a missing, unknown or malformed one is an error at its line.
//!
//! ```rego
//! # METADATA
//! # title: CPU vulnerability mitigations are disabled
//! # custom:
//! #   subject: pool
//! package rollgate.pool.mitigations_disabled
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use rollgate_facts::{CLUSTER_KINDS, SubjectKind};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bundle::PolicyFile;
use super::error::{LoadError, PolicyPlace};
use super::package::{self, Origin, Package, PackageKind};
use super::parameter;
use super::rule::{Need, RelatedResource, Rule, code_of};
use crate::report::Severity;

/// What a rule package carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleMetadata {
    title: String,
    description: String,
    custom: Custom,
    #[serde(default)]
    related_resources: Vec<RelatedResource>,
}

/// The keys of our own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Custom {
    subject: SubjectKind,
    #[serde(default)]
    kinds: Vec<String>,
    severity: Severity,
    remediation: String,
    since: String,
    #[serde(default)]
    needs: Vec<Need>,
    #[serde(default)]
    reads: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    references: Vec<String>,
    effective_on: Option<Date>,
    #[serde(default)]
    parameters: BTreeMap<String, serde_json::Value>,
}

/// What a library or a test package carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleOnly {
    title: String,
}

/// What a file says of itself: its package and, if that is a rule, the rule.
pub(super) fn read(
    file: &PolicyFile,
    origin: Origin,
) -> Result<(Package, Option<Rule>), LoadError> {
    let package = package::read(file, origin)?;
    let rule = match package.kind {
        PackageKind::Rule => Some(read_rule(file, &package)?),
        PackageKind::Library | PackageKind::Test => {
            check_title_only(file, &package)?;
            None
        }
    };
    Ok((package, rule))
}

fn read_rule(file: &PolicyFile, package: &Package) -> Result<Rule, LoadError> {
    let help = "a rule has `title`, `description` and, under `custom`, `subject`, `severity`, \
                `remediation` and `since`; it may have `kinds`, `needs`, `reads`, `tags`, `references`, \
                `effective_on` and `parameters` there, and `related_resources`";
    let block = Block::find(file, package, help)?;
    let RuleMetadata { title, description, custom, related_resources } = block.parse(help)?;
    for (key, text) in [
        ("title", &title),
        ("description", &description),
        ("remediation", &custom.remediation),
        ("since", &custom.since),
    ] {
        block.require(!text.trim().is_empty(), key, "is empty", "write at least one sentence")?;
    }
    block.check_title(&title)?;
    let absolute = |glob: &String| glob.starts_with('/');
    block.require(
        custom.reads.iter().all(absolute),
        "reads",
        "has a glob that is not absolute",
        "begin each glob with `/`",
    )?;
    let judged = |kind: &String| CLUSTER_KINDS.contains(&kind.as_str());
    block.require(
        custom.kinds.iter().all(judged),
        "kinds",
        "names a kind that is not judged, or not as a `cluster_object`",
        &format!("it is one of {}", CLUSTER_KINDS.join(", ")),
    )?;
    block.require(
        custom.kinds.is_empty() || custom.subject == SubjectKind::ClusterObject,
        "kinds",
        "stands in a rule that judges no `cluster_object`",
        "remove it: only cluster objects are of several kinds",
    )?;
    let fault = custom.parameters.values().find_map(parameter::fault_of);
    block.require(
        fault.is_none(),
        "parameters",
        fault.as_deref().unwrap_or_default(),
        "give each parameter a JSON Schema with a `default`; what is undefined makes a rule silent",
    )?;
    Ok(Rule {
        code: code_of(&package.name),
        package: package.name.clone(),
        file: file.path.clone(),
        title,
        description: description.trim().to_owned(),
        subject: custom.subject,
        kinds: custom.kinds,
        severity: custom.severity,
        remediation: custom.remediation.trim().to_owned(),
        since: custom.since,
        needs: custom.needs,
        // All of them, until its text was read.
        facts: vec![custom.subject.key().to_owned()],
        silent_without: Vec::new(),
        watched: false,
        reads: custom.reads,
        tags: custom.tags,
        references: custom.references,
        effective_on: custom.effective_on,
        parameters: custom.parameters,
        related_resources,
    })
}

fn check_title_only(file: &PolicyFile, package: &Package) -> Result<(), LoadError> {
    let help = "a library or test package has a `title`, and nothing else";
    let block = Block::find(file, package, help)?;
    let TitleOnly { title } = block.parse(help)?;
    block.check_title(&title)
}

/// The YAML in the comment block, and where it stands.
struct Block<'a> {
    file: &'a str,
    /// The line of `# METADATA`, from 1.
    line: usize,
    yaml: String,
}

impl<'a> Block<'a> {
    fn find(file: &'a PolicyFile, package: &Package, help: &str) -> Result<Self, LoadError> {
        let above: Vec<_> = file.text.lines().take(package.line.saturating_sub(1)).collect();
        let comments = above.iter().rev().take_while(|line| line.starts_with('#')).count();
        let first = above.len() - comments;
        let block = above.get(first..).unwrap_or_default();
        let Some(marker) = block.iter().position(|line| line.trim_end() == "# METADATA") else {
            return Err(LoadError::new(
                PolicyPlace::new(&file.path, package.line, 1),
                "the package has no METADATA",
                format!("put a comment block that begins with `# METADATA` above it: {help}"),
            ));
        };
        let lines = block.iter().skip(marker + 1);
        let yaml: Vec<_> = lines.map(|line| line.trim_start_matches('#')).collect();
        Ok(Self { file: &file.path, line: first + marker + 1, yaml: yaml.join("\n") })
    }

    fn parse<T: DeserializeOwned>(&self, help: &str) -> Result<T, LoadError> {
        serde_yaml::from_str(&self.yaml).map_err(|error| {
            let (line, column) = error.location().map_or((0, 1), |at| (at.line(), at.column() + 1));
            let message = error.to_string();
            // The place is given as a place of the file, not of the block.
            let message = message.split(" at line ").next().unwrap_or(&message);
            LoadError::new(
                PolicyPlace::new(self.file, self.line + line, column),
                format!("METADATA: {message}"),
                help,
            )
        })
    }

    fn check_title(&self, title: &str) -> Result<(), LoadError> {
        let one_line = !title.trim().is_empty() && !title.contains('\n') && !title.ends_with('.');
        self.require(one_line, "title", "is not one line without a full stop", "shorten it")
    }

    fn require(&self, holds: bool, key: &str, fault: &str, help: &str) -> Result<(), LoadError> {
        if holds {
            return Ok(());
        }
        let key_at = |line: &str| line.trim_start().starts_with(&format!("{key}:"));
        let below = self.yaml.lines().position(key_at).map_or(0, |index| index + 1);
        let place = PolicyPlace::new(self.file, self.line + below, 1);
        Err(LoadError::new(place, format!("METADATA: `{key}` {fault}"), help))
    }
}
