//! Who asks for a change, and whether a refusal would only break the cluster.
//!
//! Owns what the table `system_operators` means. Must not know any name by itself: a name that is
//! exempt by its looks would be a way around.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Mode;
use crate::policy::PolicySet;

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The name by which the API server knows them.
    pub user: &'a str,
    /// Their groups.
    pub groups: &'a [&'a str],
}

/// The cluster's own operators, which are warned and never refused: a refused write degrades the
/// operator and can block an upgrade.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemOperators {
    users: BTreeSet<String>,
    groups: BTreeSet<String>,
}

impl SystemOperators {
    /// Those of the policies' tables.
    pub fn of(policies: &PolicySet) -> Result<Self, serde_json::Error> {
        let table = policies.tables().get("system_operators").cloned();
        table.map_or_else(|| Ok(Self::default()), serde_json::from_value)
    }

    /// The strictest mode that holds for who asks.
    pub fn at_most(&self, asker: &Asker<'_>) -> Mode {
        let is_operator = self.users.contains(asker.user)
            || asker.groups.iter().any(|group| self.groups.contains(*group));
        if is_operator { Mode::Warn } else { Mode::Enforce }
    }
}
