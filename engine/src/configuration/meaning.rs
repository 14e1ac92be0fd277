//! From what is written to what it means: every part with its place.
//!
//! Must not know any rule: whether there is one of a name is asked when policies are at hand.

use std::path::Path;

use rollgate_facts::{Locator, ObjectId};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Named;
use super::paths::GlobError;
use super::written::{
    self, Written, WrittenAdmission, WrittenMode, WrittenOverride, WrittenSelector,
    WrittenSeverity, WrittenWaiver,
};
use super::{
    ChosenProfile, Configuration, ConfigurationError, GivenParameter, Paths, SeverityChange, Tree,
};
use crate::admission::{Admission, Exception};
use crate::report::Place;
use crate::selection::{Override, Selector};
use crate::text::{Node, Source};
use crate::waiver::Waiver;
use crate::{Artifact, Limits};

/// A document of which the parts are asked for their meaning.
pub(super) struct Meaning {
    noun: &'static str,
    source: Source,
    root: Node,
    /// Whether it is of rollgate's own, so that nobody needs an excerpt of it.
    own: bool,
    /// The locator of the whole document.
    pub(super) at: Locator,
}

impl Meaning {
    /// Reads a document; an empty one is none.
    pub(super) fn read(
        limits: &Limits,
        artifact: &Artifact,
        noun: &'static str,
    ) -> Result<Option<Self>, ConfigurationError> {
        let source = Source::read(limits, artifact.clone());
        let named = Named { noun, source: &source };
        let document = match source.documents() {
            [] => return Ok(None),
            [Ok(document)] => document,
            [Err(error), ..] | [_, Err(error), ..] => {
                return Err(ConfigurationError::unreadable(&named, error));
            }
            [_, Ok(second), ..] => return Err(ConfigurationError::second(&named, second)),
        };
        if let Some(fault) = document.faults.first() {
            return Err(ConfigurationError::fault(&named, fault));
        }
        let root = document.root.clone();
        let path = Path::new(artifact.name());
        // The folder differs between machines, and fingerprints must not.
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let at = Locator::object(&ObjectId::new("Configuration", None, &name, 1));
        Ok(Some(Self { noun, source, root, own: false, at }))
    }

    /// The document as written.
    pub(super) fn written<T: DeserializeOwned>(&self) -> Result<T, ConfigurationError> {
        written::read(&self.root)
            .map_err(|error| ConfigurationError::invalid(&self.named(), &self.root, &error))
    }

    pub(super) fn configuration(&self, tree: &Tree) -> Result<Configuration, ConfigurationError> {
        let written: Written = self.written()?;
        let rules = self.at.key("rules");
        let chosen = |name: written::Filled| ChosenProfile {
            name: name.0,
            place: self.place(&self.at.key("profile")),
        };
        let parameter = |(name, value): (String, Value)| {
            let place = self.place(&self.at.key("parameters").key(&name));
            (name, GivenParameter { value, place })
        };
        let disabled = self.selectors(&rules.key("disable"), written.rules.disable)?;
        let mut configuration = Configuration {
            profile: written.profile.map(chosen),
            target: written.target,
            fail_on: written.fail_on,
            on_inconclusive: written.on_inconclusive,
            policies: written.policies,
            parameters: written.parameters.into_iter().map(parameter).collect(),
            included: self.selectors(&rules.key("include"), written.rules.include)?,
            disabled: disabled.into_iter().map(|selector| (selector, None)).collect(),
            severities: self.severities(&rules.key("severity"), written.rules.severity, None),
            overrides: Vec::new(),
            waivers: self.waivers(&self.at.key("waivers"), written.waivers, None),
            admission: self.admission(written.admission)?,
            limits: written.limits.over(&Limits::default()),
        };
        for (index, written) in written.overrides.into_iter().enumerate() {
            self.take_override(&mut configuration, index, written, tree)?;
        }
        Ok(configuration)
    }

    fn admission(&self, written: WrittenAdmission) -> Result<Admission, ConfigurationError> {
        let list = self.at.key("admission").key("modes");
        let texts = |filled: Vec<written::Filled>| filled.into_iter().map(|text| text.0).collect();
        let exception = |(index, written): (usize, WrittenMode)| {
            let at = list.index(index);
            if written.rules.is_empty() && written.subjects.is_empty() {
                let help = "name `rules` or `subjects`, or set `admission.mode`";
                return Err(self.fault(&at, "has a mode for nothing in particular", help));
            }
            Ok(Exception {
                rules: texts(written.rules),
                subjects: texts(written.subjects),
                mode: written.mode,
                reason: written.reason.0,
                place: self.place(&at),
            })
        };
        let exceptions = written.modes.into_iter().enumerate().map(exception);
        Ok(Admission { mode: written.mode, exceptions: exceptions.collect::<Result<_, _>>()? })
    }

    fn take_override(
        &self,
        configuration: &mut Configuration,
        index: usize,
        written: WrittenOverride,
        tree: &Tree,
    ) -> Result<(), ConfigurationError> {
        let locator = self.at.key("overrides").index(index);
        let WrittenOverride { paths: globs, disable, severity, waivers } = written;
        if disable.is_empty() && severity.is_empty() && waivers.is_empty() {
            let help = "give it `disable`, `severity` or `waivers`, or remove it";
            return Err(self.fault(&locator, "has an override that changes nothing", help));
        }
        let place = locator.key("paths");
        if globs.is_empty() {
            let help = "give globs, such as `legacy/**`";
            return Err(self.fault(&place, "has an override for no file", help));
        }
        let paths = Paths::new(globs, tree.clone()).map_err(|error| self.glob(&place, &error))?;
        let disabled = self.selectors(&locator.key("disable"), disable)?;
        let some = Some(paths.clone());
        configuration.disabled.extend(disabled.into_iter().map(|one| (one, some.clone())));
        let severities = self.severities(&locator.key("severity"), severity, some.as_ref());
        configuration.severities.extend(severities);
        let waivers = self.waivers(&locator.key("waivers"), waivers, some.as_ref());
        configuration.waivers.extend(waivers);
        let place = self.place(&locator);
        configuration.overrides.push(Override { paths, locator, place });
        Ok(())
    }

    pub(super) fn selectors(
        &self,
        list: &Locator,
        written: Vec<WrittenSelector>,
    ) -> Result<Vec<Selector>, ConfigurationError> {
        let items = written.into_iter().enumerate();
        items.map(|(index, written)| self.selector(&list.index(index), written)).collect()
    }

    fn selector(
        &self,
        at: &Locator,
        written: WrittenSelector,
    ) -> Result<Selector, ConfigurationError> {
        let WrittenSelector { rule, tag, severity, subject, reason } = written;
        if rule.is_none() && tag.is_none() && severity.is_none() && subject.is_none() {
            let help = "name at least one of `rule`, `tag`, `severity` and `subject`";
            return Err(self.fault(at, "has a selection that names nothing", help));
        }
        Ok(Selector {
            rule: rule.map(|rule| rule.0),
            tag: tag.map(|tag| tag.0),
            severity,
            subject,
            reason: reason.0,
            place: self.place(at),
        })
    }

    fn severities(
        &self,
        list: &Locator,
        written: Vec<WrittenSeverity>,
        paths: Option<&Paths>,
    ) -> Vec<SeverityChange> {
        let change = |(index, WrittenSeverity { rule, severity, reason })| SeverityChange {
            selector: Selector {
                rule: Some(rule.0),
                tag: None,
                severity: None,
                subject: None,
                reason: reason.0,
                place: self.place(&list.index(index)),
            },
            severity,
            paths: paths.cloned(),
        };
        written.into_iter().enumerate().map(change).collect()
    }

    fn waivers(
        &self,
        list: &Locator,
        written: Vec<WrittenWaiver>,
        paths: Option<&Paths>,
    ) -> Vec<Waiver> {
        let waiver = |(index, written): (usize, WrittenWaiver)| {
            let locator = list.index(index);
            Waiver {
                rule: written.rule.0,
                subject: written.subject.0,
                at: written.at.map(|at| at.0),
                reason: written.reason.0,
                owner: written.owner.0,
                until: written.until.0,
                paths: paths.cloned(),
                place: self.place(&locator),
                locator,
            }
        };
        written.into_iter().enumerate().map(waiver).collect()
    }

    /// The same document, of rollgate's own: to look for secrets in it would only take time.
    pub(super) fn own(self) -> Self {
        Self { own: true, ..self }
    }

    pub(super) fn place(&self, locator: &Locator) -> Place {
        let span = self.root.pointer(locator.pointer()).span();
        if self.own { self.source.place_alone(span) } else { self.source.place(span) }
    }

    fn glob(&self, at: &Locator, error: &GlobError) -> ConfigurationError {
        let help = "`*` stays within a folder, `**` does not: `legacy/**`";
        self.fault(at, &format!("is not valid at `overrides`: {error}"), help)
    }

    fn fault(&self, at: &Locator, what: &str, help: &str) -> ConfigurationError {
        let span = self.root.pointer(at.pointer()).span();
        ConfigurationError::new(&self.named(), span, what, help)
    }

    const fn named(&self) -> Named<'_> {
        Named { noun: self.noun, source: &self.source }
    }
}
