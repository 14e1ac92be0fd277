//! Coverage: which lines of the policies their tests evaluate.
//!
//! Owns what counts as a line. Of a file of which nothing was evaluated the interpreter says nothing;
//! all of its lines are missed.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Engine;
use serde::Serialize;

use crate::policy::ast::Policy;
use crate::policy::ast::walk::each_inside;
use crate::policy::bundle::PolicyFile;
use crate::policy::error::{LoadErrors, PolicyPlace};
use crate::policy::interpreter;

/// How much of a policy file was evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The file.
    pub file: String,
    /// How many of its lines were evaluated.
    pub covered: usize,
    /// The lines that were not.
    pub missed: Vec<u32>,
}

/// What was evaluated of these files, tests left out.
pub(super) fn of(engine: &Engine, files: &[PolicyFile]) -> Result<Vec<Coverage>, LoadErrors> {
    let report = engine.get_coverage_report().map(|report| report.files).unwrap_or_default();
    let found: BTreeMap<_, _> = report.into_iter().map(|file| (file.path.clone(), file)).collect();
    let policies = files.iter().filter(|file| !file.is_test());
    let covered = policies.map(|file| match found.get(&file.path) {
        Some(lines) => Ok(Coverage {
            file: file.path.clone(),
            covered: lines.covered.len(),
            missed: lines.not_covered.iter().copied().collect(),
        }),
        None => untouched(file),
    });
    covered.collect()
}

fn untouched(file: &PolicyFile) -> Result<Coverage, LoadErrors> {
    let policies = interpreter::parse(std::slice::from_ref(file))?;
    let missed: BTreeSet<u32> = policies.iter().flat_map(lines).collect();
    Ok(Coverage { file: file.path.clone(), covered: 0, missed: missed.into_iter().collect() })
}

/// The lines on which an expression begins.
fn lines(policy: &Policy) -> BTreeSet<u32> {
    let (source, mut lines) = (&policy.source, BTreeSet::new());
    for rule in &policy.ast.rules {
        each_inside(rule.inside(), &mut |expr| {
            let place = PolicyPlace::of_byte(&source.file, &source.contents, expr.start());
            lines.extend(u32::try_from(place.line));
        });
    }
    lines
}
