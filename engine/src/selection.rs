//! Selection: which rules judge, for which files, and with which severity.
//!
//! Owns what profile, configuration and flags come to together. Must not judge. What is switched
//! off stays visible: every report lists it.
//!
//! The profile selects, `rules.include` adds, flags narrow, and what is switched off goes; what is
//! switched off or changed for some files only, the gate asks about each finding.

use std::collections::BTreeSet;

use rollgate_facts::{Locator, SubjectKind};

use crate::Digest;
use crate::complaint::{Complaint, UNUSED_OVERRIDE};
use crate::configuration::{Configuration, ConfigurationError, Paths};
use crate::pattern::matches;
use crate::policy::Rule;
use crate::profile::Profile;
use crate::report::{DisabledInfo, Finding, Place, SelectionInfo, Severity, SeverityInfo};

/// Rules that are meant: those that match in all that is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// The code, in which `*` stands for any characters.
    pub rule: Option<String>,
    /// One of the tags.
    pub tag: Option<String>,
    /// The severity.
    pub severity: Option<Severity>,
    /// The kind of subject.
    pub subject: Option<SubjectKind>,
    /// Why they are selected, or switched off.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
}

/// What flags say of rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// The profile.
    pub profile: Option<String>,
    /// Only these rules: codes, in which `*` stands for any characters.
    pub rules: Vec<String>,
    /// Without these rules.
    pub skipped: Vec<String>,
    /// Only rules with one of these tags.
    pub tags: Vec<String>,
    /// Only rules that judge one of these kinds.
    pub subjects: Vec<SubjectKind>,
    /// Only rules of at least this severity.
    pub min_severity: Option<Severity>,
}

/// Which rules judge; by default all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    info: Option<SelectionInfo>,
    left_out: BTreeSet<String>,
    disabled: Vec<Disabled>,
    severities: Vec<ChangedSeverity>,
    overrides: Vec<Override>,
}

/// A part of a configuration that is for some files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The files.
    pub paths: Paths,
    /// Its locator in the configuration.
    pub locator: Locator,
    /// Where it is written.
    pub place: Place,
}

/// A rule that is switched off.
#[derive(Debug, Clone)]
struct Disabled {
    rule: String,
    reason: String,
    place: Option<Place>,
    paths: Option<Paths>,
}

/// A rule whose severity is not its own.
#[derive(Debug, Clone)]
struct ChangedSeverity {
    info: SeverityInfo,
    paths: Option<Paths>,
}

/// Why the rules cannot be selected.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum SelectionError {
    /// The profile or the configuration names what there is not.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Configuration(#[from] ConfigurationError),
    /// A flag names a rule or a tag that there is not.
    #[error("there is no {what} `{word}`, which `{flag}` names")]
    Unknown {
        /// `rule` or `tag`
        what: &'static str,
        /// The rule or the tag.
        word: String,
        /// The flag.
        flag: &'static str,
        /// What to do.
        #[help]
        help: String,
    },
    /// No rule judges.
    #[error("no rule of the profile `{profile}` is left to judge{flags}")]
    #[diagnostic(help("`rollgate policy list` lists the rules; `--profile strict` has the most"))]
    Nothing {
        /// The profile.
        profile: String,
        /// The flags that leave none, if any: `` with `--tag image` ``.
        flags: String,
    },
}

impl Selector {
    /// Whether it means this rule.
    pub fn selects(&self, rule: &Rule) -> bool {
        self.rule.as_ref().is_none_or(|pattern| matches(pattern, &rule.code))
            && self.tag.as_ref().is_none_or(|tag| rule.tags.contains(tag))
            && self.severity.is_none_or(|severity| severity == rule.severity)
            && self.subject.is_none_or(|subject| subject == rule.subject)
    }

    /// Refuses to mean nothing: a misspelt rule would have no effect, which nobody would notice
    /// before it matters.
    pub(crate) fn require_any(
        &self,
        document: &'static str,
        rules: &[Rule],
    ) -> Result<(), ConfigurationError> {
        if rules.iter().any(|rule| self.selects(rule)) {
            return Ok(());
        }
        if let Some(code) = &self.rule
            && !rules.iter().any(|rule| matches(code, &rule.code))
        {
            return Err(ConfigurationError::unknown_rule(document, code, &self.place, rules));
        }
        if let Some(tag) = &self.tag
            && !rules.iter().any(|rule| rule.tags.contains(tag))
        {
            return Err(ConfigurationError::unknown_tag(document, tag, &self.place, rules));
        }
        Err(ConfigurationError::selects_nothing(document, &self.place))
    }
}

impl Selection {
    /// What a profile, a configuration and flags come to together.
    pub fn of(
        rules: &[Rule],
        profile: &Profile,
        configuration: &Configuration,
        narrowing: &Narrowing,
    ) -> Result<Self, SelectionError> {
        let mut selected = profile.select(rules)?;
        configuration.require_rules(rules)?;
        let included = |rule: &&Rule| configuration.included.iter().any(|one| one.selects(rule));
        selected.extend(rules.iter().filter(included).map(|rule| rule.code.as_str()));
        let severities = severities(rules, configuration);
        let mut disabled = disabled(rules, configuration);
        disabled.extend(narrowing.skip(rules)?);
        disabled.retain(|disabled| selected.contains(&*disabled.rule));
        narrowing.require(rules)?;
        let severity = |rule: &Rule| everywhere(&severities, rule);
        let narrowed =
            |rule: &&Rule| selected.contains(&*rule.code) && narrowing.keeps(rule, severity(rule));
        let judging: BTreeSet<&str> =
            rules.iter().filter(narrowed).map(|rule| rule.code.as_str()).collect();
        if judging.is_empty() && !rules.is_empty() {
            let flags = match &narrowing.flags()[..] {
                [] => String::new(),
                flags => format!(" with `{}`", flags.join(" ")),
            };
            return Err(SelectionError::Nothing { profile: profile.name.clone(), flags });
        }
        let left_out = rules.iter().map(|rule| &rule.code);
        let left_out = left_out.filter(|code| !judging.contains(code.as_str()));
        let left_out: BTreeSet<String> = left_out.cloned().collect();
        let off =
            |code: &&&str| disabled.iter().any(|one| one.paths.is_none() && one.rule == ***code);
        let info = SelectionInfo {
            profile: profile.name.clone(),
            digest: profile.digest.as_ref().map(Digest::to_string),
            place: profile.chosen_at.clone(),
            rules: judging.len() - judging.iter().filter(off).count(),
            left_out: left_out.iter().cloned().collect(),
            flags: narrowing.flags(),
        };
        let overrides = configuration.overrides.clone();
        Ok(Self { info: Some(info), left_out, disabled, severities, overrides })
    }

    /// Whether a rule judges at all.
    pub(crate) fn judges(&self, code: &str) -> bool {
        let off = |one: &Disabled| one.paths.is_none() && one.rule == code;
        !self.left_out.contains(code) && !self.disabled.iter().any(off)
    }

    /// The severity of what a rule finds at a place.
    pub(crate) fn severity(&self, rule: &Rule, place: Option<&Place>) -> Severity {
        let holds = |one: &&ChangedSeverity| {
            one.info.rule == rule.code && one.paths.as_ref().is_none_or(|it| covers(it, place))
        };
        // What is written later is meant to refine what comes before it.
        self.severities.iter().rfind(holds).map_or(rule.severity, |one| one.info.severity)
    }

    /// Where it is written that a rule is switched off in the file of this place, as an index into
    /// the list that reports show.
    pub(crate) fn switched_off(&self, code: &str, place: Option<&Place>) -> Option<usize> {
        self.disabled.iter().position(|one| {
            one.rule == code && one.paths.as_ref().is_some_and(|paths| covers(paths, place))
        })
    }

    /// The rules that are switched off, as reports show them.
    pub(crate) fn disabled(&self) -> Vec<DisabledInfo> {
        self.disabled.iter().map(Into::into).collect()
    }

    /// The severities that are changed, as reports show them.
    pub(crate) fn severities(&self) -> Vec<SeverityInfo> {
        self.severities.iter().map(|one| one.info.clone()).collect()
    }

    /// Which rules judge, as reports show it.
    pub(crate) fn info(&self) -> Option<SelectionInfo> {
        self.info.clone()
    }

    /// Overrides for files of which there are none among the inputs.
    pub(crate) fn complaints(&self, inputs: &[&str]) -> Vec<Finding> {
        let unused = |one: &&Override| !inputs.iter().any(|name| one.paths.cover_input(name));
        let complaint = |one: &Override| {
            let globs = one.paths.written().join("`, `");
            Complaint {
                rule: &UNUSED_OVERRIDE,
                message: format!("the override for `{globs}` covers no file that was read"),
                locator: one.locator.clone(),
                place: one.place.clone(),
                identity: globs,
            }
        };
        self.overrides.iter().filter(unused).map(|one| complaint(one).finding()).collect()
    }
}

impl Narrowing {
    fn keeps(&self, rule: &Rule, severity: Severity) -> bool {
        let any = |list: &[String], holds: &dyn Fn(&String) -> bool| {
            list.is_empty() || list.iter().any(holds)
        };
        any(&self.rules, &|pattern| matches(pattern, &rule.code))
            && any(&self.tags, &|tag| rule.tags.contains(tag))
            && (self.subjects.is_empty() || self.subjects.contains(&rule.subject))
            && self.min_severity.is_none_or(|least| severity >= least)
    }

    /// The flags that select, as typed.
    fn flags(&self) -> Vec<String> {
        let profile = self.profile.iter().map(|profile| format!("--profile {profile}"));
        let rules = self.rules.iter().map(|rule| format!("--rule {rule}"));
        let tags = self.tags.iter().map(|tag| format!("--tag {tag}"));
        let subjects = self.subjects.iter().map(|subject| format!("--subject {}", subject.key()));
        let severity = self.min_severity.iter().map(|least| format!("--min-severity {least}"));
        profile.chain(rules).chain(tags).chain(subjects).chain(severity).collect()
    }

    fn require(&self, rules: &[Rule]) -> Result<(), SelectionError> {
        for pattern in &self.rules {
            require_rule("--rule", pattern, rules)?;
        }
        let tags: BTreeSet<&str> =
            rules.iter().flat_map(|rule| &rule.tags).map(String::as_str).collect();
        match self.tags.iter().find(|tag| !tags.contains(tag.as_str())) {
            Some(tag) => Err(SelectionError::Unknown {
                what: "tag",
                word: tag.clone(),
                flag: "--tag",
                help: match crate::closest(tag, tags.iter().copied()) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("known are `{}`", Vec::from_iter(tags).join("`, `")),
                },
            }),
            None => Ok(()),
        }
    }

    /// The rules that are switched off by flags.
    fn skip(&self, rules: &[Rule]) -> Result<Vec<Disabled>, SelectionError> {
        let mut skipped = Vec::new();
        for pattern in &self.skipped {
            require_rule("--skip-rule", pattern, rules)?;
            let meant = rules.iter().filter(|rule| matches(pattern, &rule.code));
            skipped.extend(meant.map(|rule| Disabled {
                rule: rule.code.clone(),
                reason: format!("`--skip-rule {pattern}`"),
                place: None,
                paths: None,
            }));
        }
        Ok(skipped)
    }
}

fn require_rule(flag: &'static str, pattern: &str, rules: &[Rule]) -> Result<(), SelectionError> {
    if rules.iter().any(|rule| matches(pattern, &rule.code)) {
        return Ok(());
    }
    let help = match crate::closest(pattern, rules.iter().map(|rule| rule.code.as_str())) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "`rollgate policy list` lists the rules".to_owned(),
    };
    Err(SelectionError::Unknown { what: "rule", word: pattern.to_owned(), flag, help })
}

fn disabled(rules: &[Rule], configuration: &Configuration) -> Vec<Disabled> {
    let of = |(selector, paths): &(Selector, Option<Paths>)| {
        let meant = rules.iter().filter(|rule| selector.selects(rule));
        let one = |rule: &Rule| Disabled {
            rule: rule.code.clone(),
            reason: selector.reason.clone(),
            place: Some(selector.place.clone()),
            paths: paths.clone(),
        };
        meant.map(one).collect::<Vec<_>>()
    };
    configuration.disabled.iter().flat_map(of).collect()
}

fn severities(rules: &[Rule], configuration: &Configuration) -> Vec<ChangedSeverity> {
    let changes = configuration.severities.iter();
    let of = |change: &crate::configuration::SeverityChange| {
        let meant = rules.iter().filter(|rule| change.selector.selects(rule));
        let one = |rule: &Rule| ChangedSeverity {
            info: SeverityInfo {
                rule: rule.code.clone(),
                was: rule.severity,
                severity: change.severity,
                reason: change.selector.reason.clone(),
                place: change.selector.place.clone(),
                paths: written(change.paths.as_ref()),
            },
            paths: change.paths.clone(),
        };
        meant.map(one).collect::<Vec<_>>()
    };
    changes.flat_map(of).collect()
}

/// The severity of a rule in any file.
fn everywhere(severities: &[ChangedSeverity], rule: &Rule) -> Severity {
    let holds = |one: &&ChangedSeverity| one.paths.is_none() && one.info.rule == rule.code;
    severities.iter().rfind(holds).map_or(rule.severity, |one| one.info.severity)
}

fn covers(paths: &Paths, place: Option<&Place>) -> bool {
    place.is_some_and(|place| paths.cover(place))
}

/// The globs as reports list them.
pub(crate) fn written(paths: Option<&Paths>) -> Vec<String> {
    paths.map(|paths| paths.written().to_vec()).unwrap_or_default()
}

impl From<&Disabled> for DisabledInfo {
    fn from(disabled: &Disabled) -> Self {
        let Disabled { rule, reason, place, paths } = disabled.clone();
        Self { rule, reason, place, paths: written(paths.as_ref()), left_out: 0 }
    }
}
