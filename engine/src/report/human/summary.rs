//! The last line: the verdict, the counts, and what was judged for which target.
//!
//! `denied: 2 findings deny, 1 warns; judged 3 MachineConfigs and 1 pool for release 4.20, day 2`

use owo_colors::{OwoColorize as _, Style};

use super::HumanOptions;
use crate::report::{Report, Verdict, summary};

/// The last line of a report.
pub(super) fn line(report: &Report, options: &HumanOptions) -> String {
    let verdict = if options.color {
        report.verdict.style(style(report.verdict)).to_string()
    } else {
        report.verdict.to_string()
    };
    format!("{verdict}: {}\n", summary::sentence(report))
}

fn style(verdict: Verdict) -> Style {
    let style = Style::new().bold();
    match verdict {
        Verdict::Pass => style.green(),
        Verdict::Inconclusive => style.yellow(),
        Verdict::Denied => style.red(),
    }
}
