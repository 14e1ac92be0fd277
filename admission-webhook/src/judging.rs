//! What is judged by: policies and settings, as the configuration says, and how they are reloaded.
//!
//! Owns loading all of it or nothing. Must not watch files: whoever does asks for a reload. A set that
//! does not load leaves the one before in force.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use miette::{MietteDiagnostic, miette};
use rollgate_engine::admission::{Admission, SystemOperators};
use rollgate_engine::configuration::{Configuration, Tree};
use rollgate_engine::policy::{BundleTrust, LoadErrors, PolicySet};
use rollgate_engine::profile::DEFAULT;
use rollgate_engine::selection::{Narrowing, Selection};
use rollgate_engine::{Digest, Gate, Input, Limits, Settings};
use rollgate_facts::Target;
use rollgate_sources::{PolicyRootError, chosen_profile, policy_roots, profile};

/// Policies, how findings weigh, and what is known of the target.
#[derive(Debug)]
pub(crate) struct Judging {
    /// The policies.
    pub(crate) policies: PolicySet,
    /// How findings weigh.
    pub(crate) settings: Settings,
    /// What the configuration says of the target.
    pub(crate) target: Target,
    /// Which findings refuse, warn or are only counted.
    pub(crate) admission: Admission,
    /// Who is warned and never refused.
    pub(crate) operators: SystemOperators,
}

/// What is judged by now, and whence it is loaded.
#[derive(Debug)]
pub(crate) struct Current {
    config: Option<PathBuf>,
    now: ArcSwap<Judging>,
    /// What was tried last, whether it loaded or not.
    tried: Mutex<Digest>,
}

/// What a reload came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reloaded {
    /// Nothing is different since the last one.
    Same,
    /// What is judged by is new.
    Anew,
}

impl Judging {
    /// Loads what the configuration names; without one, the built-in policies.
    pub(crate) fn load(config: Option<&Path>) -> miette::Result<Self> {
        let configuration = match config {
            Some(file) => read_configuration(file)?,
            None => Configuration::default(),
        };
        let limits = configuration.limits.clone();
        let chosen = configuration.profile.as_ref();
        let profile = match chosen {
            Some(chosen) => chosen_profile(chosen, config)?,
            None => profile(DEFAULT)?,
        };
        let folders = configuration.policies.iter();
        let folders: Vec<_> =
            folders.map(|folder| rollgate_sources::beside(config, folder)).collect();
        let roots = policy_roots(&limits, &folders, &BundleTrust::Unsigned).map_err(no_root)?;
        let policies =
            if roots.is_empty() { PolicySet::embedded() } else { PolicySet::load(&roots) };
        let policies = policies.map_err(|errors| not_loaded(&errors))?;
        let (policies, parameters) = configuration.give_parameters(policies)?;
        let rules = policies.all_rules();
        let selection = Selection::of(&rules, &profile, &configuration, &Narrowing::default())?;
        let operators = SystemOperators::of(&policies)
            .map_err(|error| miette!("the table `system_operators` is malformed: {error}"))?;
        let default = Settings::on(today());
        let fail_on = configuration.fail_on.or_else(|| profile.fail_on());
        let settings = Settings {
            fail_on: fail_on.unwrap_or(default.fail_on),
            on_inconclusive: configuration.on_inconclusive,
            waivers: configuration.waivers,
            selection,
            parameters,
            limits,
            ..default
        };
        let gate = Gate::new(&policies, settings.clone());
        // A target that there is not would fail each decision.
        let target = configuration.target.clone();
        gate.check(Input { target, allow_empty: true, ..Input::new(Vec::new()) })
            .map_err(|error| miette!(help = "check `target` of the configuration", "{error}"))?;
        // Before anyone waits for a decision.
        gate.warm_up();
        Ok(Self {
            policies,
            settings,
            target: configuration.target,
            admission: configuration.admission,
            operators,
        })
    }

    /// The settings for a decision that has to be made today, and by the deadline.
    pub(crate) fn settings(&self) -> Settings {
        Settings { today: today(), ..self.settings.clone() }
    }
}

impl Current {
    /// Loads it for the first time.
    pub(crate) fn load(config: Option<PathBuf>) -> miette::Result<Self> {
        let tried = Mutex::new(stamp(config.as_deref()));
        let judging = Judging::load(config.as_deref())?;
        Ok(Self { config, now: ArcSwap::from_pointee(judging), tried })
    }

    /// What is judged by now.
    pub(crate) fn get(&self) -> Arc<Judging> {
        self.now.load_full()
    }

    /// Loads it anew where a file is different. What does not load leaves everything as it is.
    ///
    /// # Errors
    ///
    /// Why it does not load, once for each attempt.
    pub(crate) fn reload(&self) -> miette::Result<Reloaded> {
        let stamp = stamp(self.config.as_deref());
        {
            let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
            if *tried == stamp {
                return Ok(Reloaded::Same);
            }
            *tried = stamp;
        }
        let judging = Judging::load(self.config.as_deref())?;
        self.now.store(Arc::new(judging));
        Ok(Reloaded::Anew)
    }
}

/// Stands for every file that is read, as it is; for one that cannot be read, why.
fn stamp(config: Option<&Path>) -> Digest {
    let Some(file) = config else { return Digest::of(&[]) };
    let limits = Limits::default();
    let own = rollgate_sources::read_file(&limits, file);
    let mut parts =
        vec![own.map_or_else(|error| error.to_string(), |own| own.digest().to_string())];
    if let Ok(configuration) = read_configuration(file) {
        let profile = configuration.profile.map(|chosen| chosen_profile(&chosen, config));
        parts.extend(profile.map(|profile| format!("{:?}", profile.map(|it| it.digest))));
        for folder in &configuration.policies {
            let folder = rollgate_sources::beside(config, folder);
            match rollgate_sources::read_policies(&limits, &folder) {
                Ok(files) => parts.extend(
                    files.iter().map(|file| format!("{} {}", file.path, file.artifact.digest())),
                ),
                Err(error) => parts.push(error.to_string()),
            }
        }
    }
    Digest::of(parts.join("\n").as_bytes())
}

fn read_configuration(file: &Path) -> miette::Result<Configuration> {
    let limits = Limits::default();
    let artifact = rollgate_sources::read_file(&limits, file)
        .map_err(|error| MietteDiagnostic::new(error.to_string()).with_help(error.help()))?;
    Ok(Configuration::read_in(&limits, &artifact, &Tree::default())?)
}

fn no_root(error: PolicyRootError) -> miette::Report {
    match error {
        PolicyRootError::NotTrusted(errors) => not_loaded(&errors),
        other => miette!(help = "check `policies` of the configuration", "{other}"),
    }
}

/// Every fault with its place and what to do.
fn not_loaded(errors: &LoadErrors) -> miette::Report {
    let faults: Vec<_> = errors
        .errors()
        .iter()
        .map(|error| format!("{}: {}: {}", error.place, error.message, error.help))
        .collect();
    miette!(help = faults.join("\n"), "the policies do not load")
}

/// Today's date in UTC.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
