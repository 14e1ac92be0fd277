//! “Did you mean”: the known word that a mistyped one is closest to.

/// How alike two words must be to suggest one for the other, from 0 to 1; below that a suggestion
/// is more often wrong than right.
const LIKENESS: f64 = 0.8;

/// The known word closest to `word`, where one is close enough.
///
/// ```
/// use rollgate_engine::closest;
/// assert_eq!(closest("enable", ["contents", "enabled", "mask"]), Some("enabled"));
/// assert_eq!(closest("zebra", ["contents", "enabled", "mask"]), None);
/// ```
pub fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(&known.to_lowercase(), &word.to_lowercase());
    known
        .into_iter()
        .map(|known| (likeness(known), known))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, known)| known)
}
