//! Selectors: the rules that a profile or a configuration means.
//!
//! `{tag: image, severity: high}` means the rules that match in both. One that means nothing is refused.

use rollgate_facts::SubjectKind;

use crate::configuration::ConfigurationError;
use crate::pattern::matches;
use crate::policy::Rule;
use crate::report::{Place, Severity};

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
