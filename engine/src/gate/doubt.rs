//! Doubt: what keeps a rule from deciding, as far as it can be compared with another time.
//!
//! Owns when a doubt is no greater than one that was there before. Must not know how it reads.

use std::collections::BTreeSet;

use crate::policy::RawFinding;

/// What keeps a rule from deciding.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It could not be asked, or gave no answer: nobody knows what it would say.
    #[default]
    Unanswered,
    /// Something may belong to the pool that could not be read; of the rest it finds nothing.
    Gap,
    /// It depends on the target: what it would find for some, as object and message.
    Turns(BTreeSet<(String, String)>),
}

impl Doubt {
    /// What a rule would find for some targets.
    pub(super) fn turns<'f>(findings: impl Iterator<Item = &'f RawFinding>) -> Self {
        let named = |it: &RawFinding| (it.at.object_id().to_owned(), it.message.clone());
        Self::Turns(findings.map(named).collect())
    }

    /// Whether it is no greater than this one. What gave no answer is never told to be what it was:
    /// too little time now and before are not the same answer.
    pub(super) fn was_there(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Gap, Self::Gap) => true,
            (Self::Turns(now), Self::Turns(before)) => now.is_subset(before),
            _ => false,
        }
    }
}
