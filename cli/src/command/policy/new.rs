//! `rollgate policy new`: a rule to begin with.

use std::fmt::Write as _;
use std::path::Path;

use miette::{Context as _, IntoDiagnostic as _};
use rollgate_engine::policy::NewRule;

use crate::args::PolicyNew;
use crate::exit::Outcome;
use crate::output;

pub(super) fn run(arguments: &PolicyNew) -> miette::Result<Outcome> {
    let PolicyNew { package, folder, subject, severity } = arguments;
    let Ok(rule) = NewRule::named(package, (*subject).into(), (*severity).into()) else {
        miette::bail!(
            help = "write `custom.<domain>.<rule>`, in lower case with `_`: `custom.acme.my_rule`; \
                    `lib` is no domain, and `_test` ends the name of a test",
            "`{package}` is no name for a rule of yours"
        );
    };
    let files = rule.files();
    let path = |inside: &str| folder.join(inside);
    if let Some(file) = files.iter().find(|file| path(&file.path).exists()) {
        miette::bail!(
            help = "call the rule otherwise, or remove what is there",
            "`{}` is there already, and nothing was written",
            path(&file.path).display()
        );
    }
    let mut text = String::new();
    for file in files {
        let path = path(&file.path);
        rollgate_sources::write_new(&path, file.text.as_bytes())
            .into_diagnostic()
            .wrap_err_with(|| format!("`{}` was not written", path.display()))?;
        let _ = writeln!(text, "wrote {}", path.display());
    }
    output::print(&(text + &next(folder)))?;
    Ok(Outcome::Done)
}

fn next(folder: &Path) -> String {
    format!("change the rule to what you want, then: rollgate policy test {}\n", folder.display())
}
