//! Fingerprints: what makes two findings of different runs the same.
//!
//! Owns what counts: rule, object, place in the object and message, but neither lines nor positions
//! in lists. Twins, which differ in nothing but their position, are numbered, `…`, `…-2`, `…-3`, and
//! only how many there are is compared: should the first go, the second takes its number.

use std::collections::BTreeMap;

use rollgate_facts::Locator;

use crate::Digest;
use crate::report::Finding;

/// Stays the same when lines move, and when items are added to a list before it.
pub(crate) fn fingerprint(rule: &str, at: &Locator, message: &str) -> String {
    let named: Vec<_> = at
        .pointer()
        .split('/')
        .filter(|step| step.is_empty() || !step.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let place = named.join("/");
    // An image that is built anew has another digest, and the same faults.
    let object = at.object_id();
    let object = if object.starts_with("image/") { "image" } else { object };
    let place = at.entry_path().unwrap_or(&place);
    let text = format!("{rule}\n{object}\n{place}\n{message}");
    Digest::of(text.as_bytes()).hex().chars().take(32).collect()
}

/// Findings that differ in nothing but their position in a list get a number.
pub(crate) fn number_twins(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{}-{count}", finding.fingerprint);
        }
    }
}

/// The fingerprint that all twins share.
pub(crate) fn without_number(fingerprint: &str) -> &str {
    fingerprint.split_once('-').map_or(fingerprint, |(shared, _)| shared)
}
