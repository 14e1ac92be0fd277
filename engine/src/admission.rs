//! Admission: what becomes of a change of which the rules have said what they find.
//!
//! Owns modes, and which findings refuse, warn or are only counted. Must not know how an API server
//! asks or is answered.
//!
//! What the change introduces refuses it, in mode `enforce`; what was there before warns, so that a
//! repair goes through.

mod asker;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::configuration::OnInconclusive;
use crate::gate::{Reviewed, Reviewing, Undecided};
use crate::pattern::matches;
use crate::report::{Finding, Level, Place, Unjudged};

pub use asker::{Asker, SystemOperators};

/// What happens where a rule denies.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It is counted.
    Report,
    /// The user is warned.
    Warn,
    /// The change is refused.
    #[default]
    Enforce,
}

/// Which rules refuse, warn or are only counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    /// What happens where no exception says otherwise.
    pub mode: Mode,
    /// The exceptions; the first that matches counts.
    pub exceptions: Vec<Exception>,
}

/// Rules and subjects for which it is otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Codes of rules, in which `*` stands for any characters; all where empty.
    pub rules: Vec<String>,
    /// Subjects, as `MachineConfigPool/worker`; all where empty.
    pub subjects: Vec<String>,
    /// What happens.
    pub mode: Mode,
    /// Why.
    pub reason: String,
    /// Where that is written.
    pub place: Place,
}

/// What becomes of a change.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// Why it is refused; it is not where this is empty.
    pub refusals: Vec<Said>,
    /// Of what the user is warned.
    pub warnings: Vec<Said>,
    /// What is only counted.
    pub noted: Vec<Said>,
}

/// Something that the rules say, in a mode.
#[derive(Debug, Clone)]
pub struct Said {
    /// What.
    pub what: What,
    /// The mode in which it was judged.
    pub mode: Mode,
    /// Whether it is so only with the change.
    pub introduced: bool,
}

/// What the rules may say.
#[derive(Debug, Clone)]
pub enum What {
    /// Something is wrong.
    Found(Box<Finding>),
    /// A rule cannot decide.
    Undecided(Undecided),
    /// Something cannot be read.
    Unjudged(Unjudged),
}

impl Mode {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Warn => "warn",
            Self::Enforce => "enforce",
        }
    }
}

impl Admission {
    /// The mode of a rule for what concerns these subjects: the strictest of them.
    pub fn mode_of<'s>(&self, rule: &str, subjects: impl IntoIterator<Item = &'s str>) -> Mode {
        let any = |patterns: &[String], text: &str| {
            patterns.is_empty() || patterns.iter().any(|pattern| matches(pattern, text))
        };
        let of = |subject: &str| {
            let applies = |one: &&Exception| any(&one.rules, rule) && any(&one.subjects, subject);
            self.exceptions.iter().find(applies).map_or(self.mode, |one| one.mode)
        };
        subjects.into_iter().map(of).max().unwrap_or(self.mode)
    }

    /// What becomes of a change of which the rules said this, when somebody asks for whom at most
    /// this mode holds.
    pub fn decide(&self, said: Reviewed, at_most: Mode, undecided: OnInconclusive) -> Decision {
        let mut decision = Decision::default();
        for Reviewing { what, introduced } in said.unjudged {
            // What cannot be read is refused whatever the mode of a rule: none was asked. It warns
            // where the asker is one that is warned only.
            let most = at_most.min(self.mode);
            let mode = if introduced { most } else { most.min(Mode::Warn) };
            decision.add(What::Unjudged(what), mode, introduced, true);
        }
        for Reviewing { what, introduced } in said.findings {
            let subjects = what.subjects.iter().map(String::as_str);
            let mode = self.mode_of(&what.rule, subjects).min(at_most);
            let denies = what.level == Level::Deny;
            decision.add(What::Found(Box::new(what)), mode, introduced, denies);
        }
        for Reviewing { what, introduced } in said.undecided {
            let mode = self.mode_of(&what.rule, [what.subject.as_str()]).min(at_most);
            let denies = undecided == OnInconclusive::Fail;
            decision.add(What::Undecided(what), mode, introduced, denies);
        }
        decision
    }
}

impl Decision {
    /// Whether the change is stored.
    pub const fn is_allowed(&self) -> bool {
        self.refusals.is_empty()
    }

    /// Everything that was said.
    pub fn all(&self) -> impl Iterator<Item = &Said> {
        self.refusals.iter().chain(&self.warnings).chain(&self.noted)
    }

    fn add(&mut self, what: What, mode: Mode, introduced: bool, denies: bool) {
        let accepted = matches!(&what, What::Found(finding) if finding.level < Level::Warn);
        let place = match mode {
            Mode::Enforce if introduced && denies => &mut self.refusals,
            Mode::Report => &mut self.noted,
            _ if accepted => &mut self.noted,
            _ => &mut self.warnings,
        };
        place.push(Said { what, mode, introduced });
    }
}
