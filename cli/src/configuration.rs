//! The configuration that applies, the profile that it or a flag chooses, and how both were found.
//!
//! `rollgate check` in `ci/` finds `../rollgate.yaml`; with `--trusted-config` that one is ignored,
//! and the report says so.

use std::path::{Path, PathBuf};

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::configuration::{Configuration, Tree};
use rollgate_engine::profile::{DEFAULT, Profile};
use rollgate_engine::report::{ConfigurationInfo, ConfigurationSource, IgnoredConfiguration};
use rollgate_sources::{beside, chosen_profile};

use crate::args::ConfigurationArguments;
use crate::settings::useless;

/// The name under which a configuration is found.
pub(crate) const CONFIGURATION: &str = "rollgate.yaml";

/// The configuration that applies.
pub(crate) struct Applying {
    pub(crate) configuration: Configuration,
    pub(crate) info: ConfigurationInfo,
    file: Option<PathBuf>,
}

impl Applying {
    /// The configuration that the arguments name or leave to be found.
    pub(crate) fn of(arguments: &ConfigurationArguments) -> miette::Result<Self> {
        let found = || rollgate_sources::find_above(CONFIGURATION).into_diagnostic();
        let ConfigurationArguments { config, no_config, trusted_config } = arguments;
        let (source, file) = match (trusted_config, config) {
            (Some(file), _) => (ConfigurationSource::Trusted, Some(file.clone())),
            (None, Some(file)) => (ConfigurationSource::Given, Some(file.clone())),
            (None, None) if *no_config => (ConfigurationSource::None, None),
            (None, None) => (ConfigurationSource::Discovered, found()?),
        };
        let Some(file) = file else {
            let (configuration, info) = (Configuration::default(), ConfigurationInfo::default());
            return Ok(Self { configuration, info, file: None });
        };
        let limits = Limits::default();
        let artifact = rollgate_sources::read_file(&limits, &file).map_err(useless)?;
        tracing::info!("using the configuration `{}`", artifact.name());
        let tree = tree(source, &file)?;
        let configuration = Configuration::read_in(&limits, &artifact, &tree)?;
        let ignored = match source {
            ConfigurationSource::Trusted => found()?.and_then(|other| ignored(&file, &other)),
            _ => None,
        };
        let info = ConfigurationInfo {
            source,
            name: Some(artifact.name().to_owned()),
            digest: Some(artifact.digest().to_string()),
            ignored: ignored.into_iter().collect(),
        };
        Ok(Self { configuration, info, file: Some(file) })
    }

    /// The folders of policies that the configuration names, which are relative to it.
    pub(crate) fn policies(&self) -> miette::Result<Vec<PathBuf>> {
        let folder = |folder: &PathBuf| {
            let path = beside(self.file.as_deref(), folder);
            if !path.exists() {
                let name = self.info.name.as_deref().unwrap_or(CONFIGURATION);
                miette::bail!(
                    help = "check the path: in a configuration it is taken from the file's folder",
                    "`{}` does not exist, which `policies` of `{name}` names",
                    path.display()
                );
            }
            Ok(path)
        };
        self.configuration.policies.iter().map(folder).collect()
    }

    /// The profile that a flag, else the configuration, else nobody chooses.
    pub(crate) fn profile(&self, flag: Option<&str>) -> miette::Result<Profile> {
        Ok(match (flag, &self.configuration.profile) {
            (Some(name), _) => rollgate_sources::profile(name)?,
            (None, Some(chosen)) => chosen_profile(chosen, self.file.as_deref())?,
            (None, None) => rollgate_sources::profile(DEFAULT)?,
        })
    }
}

/// Where the globs of a configuration start: in its folder where it was found, as everything below
/// is its own; else in the working directory.
fn tree(source: ConfigurationSource, file: &Path) -> miette::Result<Tree> {
    let here = std::env::current_dir().into_diagnostic()?;
    let root = match source {
        ConfigurationSource::Discovered => here.join(file.parent().unwrap_or(Path::new(""))),
        _ => here.clone(),
    };
    Ok(Tree::new(root, here))
}

/// What is ignored of another configuration than the trusted one. It may be anything, and must not
/// end the run.
fn ignored(trusted: &Path, other: &Path) -> Option<IgnoredConfiguration> {
    let same = |one: &Path, other: &Path| one.canonicalize().ok() == other.canonicalize().ok();
    if same(trusted, other) {
        return None;
    }
    let limits = Limits::default();
    let artifact = rollgate_sources::read_file(&limits, other).ok();
    let read = artifact.as_ref().and_then(|it| Configuration::read(&limits, it).ok());
    Some(IgnoredConfiguration {
        name: artifact
            .as_ref()
            .map_or_else(|| other.display().to_string(), |artifact| artifact.name().to_owned()),
        digest: artifact.map(|artifact| artifact.digest().to_string()),
        valid: read.is_some(),
        waivers: read.as_ref().map_or(0, |read| read.waivers.len()),
        disabled: read.as_ref().map_or(0, |read| read.disabled.len()),
    })
}
