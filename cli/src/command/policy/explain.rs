//! `rollgate policy explain`: the page of a rule.

use std::io::{self, IsTerminal as _};

use miette::{IntoDiagnostic as _, MietteDiagnostic};
use rollgate_engine::policy::{BundleTrust, PolicySet, Rule};
use rollgate_engine::{closest, page};

use super::load;
use crate::args::{Global, PageFormat, PolicyExplain};
use crate::exit::Outcome;
use crate::{log, output};

pub(super) fn run(global: &Global, arguments: &PolicyExplain) -> miette::Result<Outcome> {
    let (policies, _) = load(&arguments.folders, &BundleTrust::Anybody)?;
    let rule = find(&policies, &arguments.code).ok_or_else(|| unknown(&policies, arguments))?;
    let page = page::page(&policies, rule).into_diagnostic()?;
    output::print(&match arguments.output {
        PageFormat::Markdown => page,
        PageFormat::Human => {
            page::plain(&page, log::colored(global.color, io::stdout().is_terminal()))
        }
    })?;
    Ok(Outcome::Done)
}

/// The rule of this code or package.
fn find<'p>(policies: &'p PolicySet, code: &str) -> Option<&'p Rule> {
    let named = |rule: &&Rule| rule.code == code.replace('_', "-") || rule.package == code;
    policies.rules().iter().find(named)
}

fn unknown(policies: &PolicySet, arguments: &PolicyExplain) -> MietteDiagnostic {
    let code = &arguments.code;
    let codes = || policies.rules().iter().map(|rule| rule.code.as_str());
    // A code that was remembered without its domain is the likeliest mistake.
    let name = |code: &str| code.rsplit('.').next() == Some(code_name(&arguments.code));
    let meant = codes().find(|code| name(code)).or_else(|| closest(code, codes()));
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if code.starts_with("custom.") => {
            "give the folder that it is in with `--policy`".to_owned()
        }
        None => "`rollgate policy list` prints the codes of all rules".to_owned(),
    };
    MietteDiagnostic::new(format!("there is no rule `{code}`")).with_help(help)
}

/// The last part of a code.
fn code_name(code: &str) -> &str {
    code.rsplit('.').next().unwrap_or(code)
}
