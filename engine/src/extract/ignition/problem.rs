//! The one maker of problems with a config.
//!
//! Owns how long a problem's text may be: values are hostile, and texts name them.

use rollgate_facts::{Locator, Problem, ProblemKind};

/// The longest text in characters; no path or name that anybody would write comes near.
const LONGEST: usize = 400;

pub(super) fn problem(kind: ProblemKind, at: &Locator, text: impl Into<String>) -> Problem {
    let mut text: String = text.into();
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    Problem { kind, at: at.clone(), text }
}
