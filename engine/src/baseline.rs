//! Baselines: what an earlier run found, so that only what is new denies.
//!
//! Owns when two findings of different runs are the same. Must not decide what that means for the
//! verdict. What nobody could judge is in no baseline: it is asked for anew in every run.

use std::collections::BTreeMap;

use crate::gate::without_number;
use crate::report::{self, Finding, Level, ReadReportError, Report, Severity};
use crate::{Artifact, Digest};

/// An earlier report.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// Its name.
    pub name: String,
    /// The digest of its bytes.
    pub digest: Digest,
    /// The digest of the policies that judged then.
    pub policies: String,
    /// What was found then.
    pub seen: Seen,
}

/// Findings of another run. Each answers for one finding of this one.
#[derive(Debug, Clone, Default)]
pub struct Seen(BTreeMap<String, Vec<Entry>>);

#[derive(Debug, Clone)]
struct Entry {
    severity: Severity,
    subjects: Vec<String>,
}

impl Baseline {
    /// Reads a baseline from a report in JSON.
    pub fn read(artifact: &Artifact) -> Result<Self, ReadReportError> {
        let Report { tool, findings, .. } = report::read(artifact)?;
        // A waiver is no baseline: when it ends, its finding denies.
        let kept = findings.iter().filter(|finding| finding.level != Level::Waived);
        Ok(Self {
            name: artifact.name().to_owned(),
            digest: artifact.digest(),
            policies: tool.policies,
            seen: Seen::of(kept),
        })
    }
}

impl Seen {
    /// These findings.
    pub fn of<'f>(findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut seen: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for finding in findings {
            let key = without_number(&finding.fingerprint).to_owned();
            let entry = Entry { severity: finding.severity, subjects: finding.subjects.clone() };
            seen.entry(key).or_default().push(entry);
        }
        Self(seen)
    }

    /// Whether the finding was there: no less severe, and on all of its subjects. What answered for
    /// one finding answers for no other.
    pub fn take(&mut self, finding: &Finding) -> bool {
        let Some(entries) = self.0.get_mut(without_number(&finding.fingerprint)) else {
            return false;
        };
        let found = entries.iter().position(|entry| entry.covers(finding));
        found.map(|index| entries.remove(index)).is_some()
    }

    /// How many answered for none.
    pub fn left(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

impl Entry {
    fn covers(&self, finding: &Finding) -> bool {
        self.severity >= finding.severity
            && finding.subjects.iter().all(|subject| self.subjects.contains(subject))
    }
}
