//! Suggestions: the known name that a mistyped one is nearest to.

/// How alike two names must be (1 is equal) before one is suggested for the other.
const ALIKE: f64 = 0.75;

/// The candidate most like `name`, if any is like it.
pub(super) fn nearest<S: AsRef<str>>(name: &str, candidates: impl Iterator<Item = S>) -> Option<S> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(name, candidate.as_ref()), candidate))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, candidate)| candidate)
}
