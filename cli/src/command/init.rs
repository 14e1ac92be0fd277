//! `rollgate init`: writes a configuration to begin with.

use std::path::PathBuf;

use miette::{Context as _, IntoDiagnostic as _};
use rollgate_engine::configuration::template;
use rollgate_sources::profile_beside;

use crate::args::Init;
use crate::configuration::CONFIGURATION;
use crate::exit::Outcome;
use crate::output;

pub(super) fn run(arguments: &Init) -> miette::Result<Outcome> {
    let file = match &arguments.folder {
        None => PathBuf::from(CONFIGURATION),
        Some(folder) if folder.is_dir() => folder.join(CONFIGURATION),
        Some(folder) => miette::bail!(
            help = "create it, or give another",
            "`{}` is not a folder",
            folder.display()
        ),
    };
    // Even a link that leads nowhere is not to be written through.
    if file.symlink_metadata().is_ok() && !arguments.force {
        miette::bail!(help = "give `--force` to replace it", "`{}` exists already", file.display());
    }
    let mut set = serde_json::Map::new();
    if let Some(profile) = &arguments.profile {
        profile_beside(profile, &file)?;
        set.insert("profile".to_owned(), profile.as_str().into());
    }
    rollgate_sources::write(&file, template(&set).as_bytes())
        .into_diagnostic()
        .wrap_err_with(|| format!("`{}` was not written", file.display()))?;
    output::print(&format!("wrote {}\n", file.display()))?;
    Ok(Outcome::Done)
}
