//! What is done about one item that changes, and who says so.

use crate::extract::effect::{Action, DisruptionPolicy, PolicySource, Step};
use crate::plan::{Change, ChangeKind, ChangeSide, ChangeWay};

use super::Find;

/// What is done about an item, and who says so.
pub(super) struct Verdict {
    pub(super) steps: Vec<Step>,
    pub(super) because: String,
}

impl Verdict {
    pub(super) fn of(noun: &str, policy: Option<&DisruptionPolicy>, find: Find<'_>) -> Self {
        let Some(policy) = policy else {
            let because = format!("no node disruption policy names the {noun}");
            return Self { steps: vec![Step::plain(Action::Reboot)], because };
        };
        let name = match policy.key.as_str() {
            "" => "SSH keys".to_owned(),
            key => format!("`{key}`"),
        };
        let because = match &policy.source {
            PolicySource::BuiltIn => format!("the built-in policy for {name}"),
            PolicySource::Given(at) => {
                let place = find(at).place.map(|place| format!(" ({place})")).unwrap_or_default();
                format!("the MachineConfiguration's policy for {name}{place}")
            }
        };
        Self { steps: policy.steps.clone(), because }
    }

    pub(super) fn reboots(what: &str) -> Self {
        let because = format!("{what} cannot change without a reboot");
        Self { steps: vec![Step::plain(Action::Reboot)], because }
    }

    pub(super) fn change(
        self,
        kind: ChangeKind,
        item: String,
        change: ChangeWay,
        old: Option<ChangeSide>,
        new: Option<ChangeSide>,
    ) -> Change {
        let Self { steps, because } = self;
        Change { kind, item, change, fields: Vec::new(), old, new, steps, because }
    }
}
