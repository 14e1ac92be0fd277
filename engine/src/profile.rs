//! Profiles: which rules judge, with reasons; selections, never copies of rules.
//!
//! Owns what a profile selects, and the profiles of the library, `policies/profiles/*.yaml`. Must
//! not open files: a profile of a user's own comes as an [`Artifact`], and so does what it extends.
//!
//! `baseline`, the default, leaves out what only some clusters want; `strict` takes it in.

use std::collections::BTreeSet;

use crate::configuration::{ConfigurationError, read_library_profile, read_profile};
use crate::policy::{Rule, library_profiles};
use crate::report::{Place, Severity};
use crate::selection::Selector;
use crate::{Artifact, Digest, Limits};

/// The profile of those who choose none.
pub const DEFAULT: &str = "baseline";

/// A selection of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name, or the file as it is named.
    pub name: String,
    /// One line.
    pub title: String,
    /// The severity from which a finding denies, where the profile says so.
    pub fail_on: Option<Severity>,
    /// The profile from which it starts.
    pub extends: Option<Base>,
    /// The rules that it adds to those.
    pub included: Vec<Selector>,
    /// The rules that it takes away from those.
    pub excluded: Vec<Selector>,
    /// The profile from which it starts, once read.
    pub base: Option<Box<Self>>,
    /// The digest of its file; none for one of the library, whose digest covers it.
    pub digest: Option<Digest>,
    /// Where it is chosen.
    pub chosen_at: Option<Place>,
}

/// The profile from which another one starts, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The name of one of the library, or a file.
    pub name: String,
    /// Where that is written.
    pub place: Place,
}

impl Profile {
    /// The profile of the library that has this name. Those that it extends are in the library too.
    pub fn of_library(name: &str) -> Option<Result<Self, ConfigurationError>> {
        let (_, text) = library_profiles().into_iter().find(|(known, _)| known == name)?;
        let artifact = Artifact::new(format!("profiles/{name}.yaml"), text);
        let read = || {
            let mut profile = read_library_profile(&artifact, name)?;
            if let Some(base) = &profile.extends {
                let base = Self::of_library(&base.name).transpose()?;
                profile.base = base.map(Box::new);
            }
            Ok(profile)
        };
        Some(read())
    }

    /// The names of the library's profiles, sorted.
    pub fn names() -> Vec<String> {
        library_profiles().into_iter().map(|(name, _)| name).collect()
    }

    /// Reads a profile of a user's own. What it extends is for the caller to find.
    pub fn read(limits: &Limits, artifact: &Artifact) -> Result<Self, ConfigurationError> {
        let mut profile = read_profile(limits, artifact)?;
        profile.digest = Some(artifact.digest());
        Ok(profile)
    }

    /// A profile that selects nothing.
    pub(crate) fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: String::new(),
            fail_on: None,
            extends: None,
            included: Vec::new(),
            excluded: Vec::new(),
            base: None,
            digest: None,
            chosen_at: None,
        }
    }

    /// The severity from which a finding denies, where this or what it extends says so.
    pub fn fail_on(&self) -> Option<Severity> {
        self.fail_on.or_else(|| self.base.as_ref()?.fail_on())
    }

    /// The profiles from which it starts, the nearest first.
    pub(crate) fn bases(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(self.base.as_deref(), |profile| profile.base.as_deref())
    }

    /// The codes of the rules that it selects of these.
    pub fn select<'r>(&self, rules: &'r [Rule]) -> Result<BTreeSet<&'r str>, ConfigurationError> {
        for selector in self.included.iter().chain(&self.excluded) {
            selector.require_any("profile", rules)?;
        }
        let mut selected = match &self.base {
            Some(base) => base.select(rules)?,
            None => BTreeSet::new(),
        };
        let any = |selectors: &[Selector], rule: &Rule| {
            selectors.iter().any(|selector| selector.selects(rule))
        };
        for rule in rules {
            if any(&self.excluded, rule) {
                selected.remove(rule.code.as_str());
            } else if any(&self.included, rule) {
                selected.insert(&rule.code);
            }
        }
        Ok(selected)
    }
}
