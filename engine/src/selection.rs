//! Selection: which rules judge, for which files, and with which severity.
//!
//! Owns what profile, configuration and flags come to together. Must not judge. What is switched
//! off stays visible: every report lists it.
//!
//! The profile selects, `rules.include` adds, flags narrow, and what is switched off goes; what is
//! switched off or changed for some files only, the gate asks about each finding.

mod narrowing;
mod selector;

use std::collections::BTreeSet;

use rollgate_facts::Locator;

use crate::Digest;
use crate::complaint::{Complaint, UNUSED_OVERRIDE};
use crate::configuration::{Configuration, ConfigurationError, Paths};
use crate::policy::Rule;
use crate::profile::Profile;
use crate::report::{
    DisabledInfo, ExtendedProfile, Finding, Place, SelectionInfo, Severity, SeverityInfo,
};

pub use narrowing::Narrowing;
pub use selector::Selector;

/// Which rules judge; by default all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    info: Option<SelectionInfo>,
    left_out: BTreeSet<String>,
    /// Those that flags leave out of what else would judge.
    narrowed: BTreeSet<String>,
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
    #[diagnostic(help(
        "a gate without a rule would let anything through; `rollgate policy list` lists the rules, \
         `--profile strict` has the most"
    ))]
    Nothing {
        /// The profile.
        profile: String,
        /// The flags that leave none, if any: `` with `--tag image` ``.
        flags: String,
    },
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
        let off = |code: &str| disabled.iter().any(|one| one.paths.is_none() && one.rule == code);
        let kept: BTreeSet<&str> =
            rules.iter().filter(narrowed).map(|rule| rule.code.as_str()).collect();
        let judging = kept.iter().filter(|code| !off(code)).count();
        if judging == 0 && !rules.is_empty() {
            let flags = match &narrowing.flags()[..] {
                [] => String::new(),
                flags => format!(" with `{}`", flags.join(" ")),
            };
            return Err(SelectionError::Nothing { profile: profile.name.clone(), flags });
        }
        let codes = rules.iter().map(|rule| &rule.code);
        let left_out: BTreeSet<String> =
            codes.filter(|code| !kept.contains(code.as_str())).cloned().collect();
        let narrowed_away = left_out.iter().filter(|code| selected.contains(code.as_str()));
        let narrowed_away = narrowed_away.cloned().collect();
        let extended = |base: &Profile| ExtendedProfile {
            profile: base.name.clone(),
            digest: base.digest.as_ref().map(Digest::to_string),
        };
        let info = SelectionInfo {
            profile: profile.name.clone(),
            digest: profile.digest.as_ref().map(Digest::to_string),
            extends: profile.bases().map(extended).collect(),
            place: profile.chosen_at.clone(),
            rules: judging,
            left_out: left_out.iter().cloned().collect(),
            flags: narrowing.flags(),
        };
        let overrides = configuration.overrides.clone();
        Ok(Self {
            info: Some(info),
            left_out,
            narrowed: narrowed_away,
            disabled,
            severities,
            overrides,
        })
    }

    /// Whether a rule judges at all.
    pub(crate) fn judges(&self, code: &str) -> bool {
        let off = |one: &Disabled| one.paths.is_none() && one.rule == code;
        !self.left_out.contains(code) && !self.disabled.iter().any(off)
    }

    /// Whether flags let a rule judge that would judge without them.
    pub(crate) fn asks(&self, code: &str) -> bool {
        !self.narrowed.contains(code)
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
