//! Overrides: what is switched off for some files only.
//!
//! Owns what that does to findings and outcomes. A finding stands in one file, and goes with it; an
//! outcome from which everything went is not a pass.

use rollgate_facts::Locator;

use crate::gate::evidence::Evidence;
use crate::report::{DisabledInfo, Finding, Outcome, Status};
use crate::selection::Selection;

/// Takes away the findings of rules that are switched off in their file. Returns every rule that is
/// switched off, with their number.
pub(super) fn leave_out(selection: &Selection, findings: &mut Vec<Finding>) -> Vec<DisabledInfo> {
    let mut disabled = selection.disabled();
    findings.retain(|finding| {
        let off = selection.switched_off(&finding.rule, finding.place.as_ref());
        match off.and_then(|index| disabled.get_mut(index)) {
            Some(one) => {
                one.left_out += 1;
                false
            }
            None => true,
        }
    });
    disabled
}

/// Says of outcomes why they have no findings, where those were taken away, and why nobody misses
/// what could not be decided.
pub(super) fn explain(selection: &Selection, evidence: &Evidence<'_>, outcomes: &mut [Outcome]) {
    let disabled = selection.disabled();
    for outcome in outcomes {
        let emptied = outcome.status == Status::Fail && outcome.findings.is_empty();
        // A pool gathers from files that the override may not cover.
        let own = !outcome.subject.starts_with("MachineConfigPool/");
        let place = || {
            let at: Locator = format!("{}#", outcome.subject).parse().ok()?;
            evidence.place(&at)
        };
        let undecided = outcome.status == Status::Inconclusive && own;
        let off = undecided.then(|| selection.switched_off(&outcome.rule, place().as_ref()));
        let off = off.flatten().and_then(|index| disabled.get(index));
        if emptied || off.is_some() {
            outcome.status = Status::NotApplicable;
            outcome.reason = Some("it is switched off for the files concerned".to_owned());
        }
    }
}
