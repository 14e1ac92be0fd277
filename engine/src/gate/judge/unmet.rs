//! Unmet needs: a rule about changes, where nobody told what runs now.
//!
//! It is not applicable where the pool holds nothing that it could find, and inconclusive else.

use rollgate_facts::{Current, Day, Facts, Pool, Target};

use crate::gate::pool_facts::PoolFacts;
use crate::policy::{EvaluationError, Evaluator, Need, Rule};
use crate::report::Status;

use super::Judge;

/// Why a rule was not evaluated.
pub(super) struct Gap {
    pub(super) status: Status,
    pub(super) reason: String,
}

impl Gap {
    fn not_applicable(reason: &str) -> Self {
        Self { status: Status::NotApplicable, reason: reason.to_owned() }
    }

    /// The running config is not known, and nodes may be running.
    fn without_current(day: Option<Day>, what: &str) -> Self {
        let option = if day.is_none() { "`--day 1` or `--against`" } else { "`--against`" };
        Self { status: Status::Inconclusive, reason: format!("{what}: give {option}") }
    }
}

impl Judge<'_, '_> {
    /// Whether the rule needs what was not collected.
    pub(super) fn unmet(
        &self,
        evaluator: &mut Evaluator,
        rule: &Rule,
        pool: &PoolFacts,
    ) -> Option<Gap> {
        let newest = pool.newest()?;
        if !rule.needs.contains(&Need::PoolCurrent) || newest.current.is_some() {
            return None;
        }
        if self.target.day == Some(Day::Install) {
            return Some(Gap::not_applicable("nodes are being installed"));
        }
        let inconclusive = |what: &str| Gap::without_current(self.target.day, what);
        Some(match self.without_current(evaluator, rule, newest, pool) {
            Ok(None) => Gap::not_applicable("the pool holds nothing that the rule would find"),
            Ok(Some(what)) => inconclusive(&what),
            Err(error) => inconclusive(&error.to_string()),
        })
    }

    /// What the rule would find if nothing at all ran on the pool's nodes now. It can find no more
    /// than that, but for a user's rule, which may compare anything.
    fn without_current(
        &self,
        evaluator: &mut Evaluator,
        rule: &Rule,
        newest: &Pool,
        pool: &PoolFacts,
    ) -> Result<Option<String>, EvaluationError> {
        if !rule.package.starts_with("rollgate.") {
            return Ok(Some("what runs on the nodes is not known".to_owned()));
        }
        if pool.undecided.is_empty() {
            return Ok(None);
        }
        let nothing = Current {
            fips: false,
            kernel_type: "default".to_owned(),
            os_image_url: None,
            kernel_arguments: Vec::new(),
            core_ssh_keys: 0,
            irreconcilable: pool.undecided.clone(),
        };
        let pool_facts = Pool { current: Some(nothing), ..newest.clone() };
        let target = Target { day: Some(Day::Running), ..self.target.clone() };
        evaluator.set_subject(&Facts::new(target, pool_facts.into()))?;
        Ok(evaluator.evaluate(rule)?.into_iter().next().map(|finding| {
            let mut changes = pool.undecided.iter();
            let change = changes.find(|change| change.at == finding.at);
            let text = change.map_or(finding.message, |change| change.text.clone());
            format!("{text} (at `{}`), unless it runs already", finding.at)
        }))
    }
}
