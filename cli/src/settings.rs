//! What the arguments mean, together with `rollgate.yaml`: flags win over the configuration.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use miette::MietteDiagnostic;
use rollgate_engine::policy::{
    BundleTrust, Conftest, ConftestSource, LoadErrors, PolicyRoot, PolicySet,
};
use rollgate_engine::report::clean;
use rollgate_engine::selection::{Narrowing, Selection};
use rollgate_engine::{Input, Limits, Settings};
use rollgate_facts::Target;
use rollgate_sources::{PolicyRootError, SourceError};

use crate::args::{Check, InputArguments, PolicyArguments, SelectionArguments, TargetArguments};
use crate::bundles;
use crate::configuration::Applying;

/// Everything that `check` judges with.
pub(crate) struct Judging {
    pub(crate) policies: PolicySet,
    pub(crate) settings: Settings,
    pub(crate) target: Target,
}

/// What `rollgate.yaml` and the flags say of target and limits.
pub(crate) struct Configured {
    pub(crate) target: Target,
    pub(crate) limits: Limits,
}

impl Judging {
    pub(crate) fn of(arguments: &Check) -> miette::Result<Self> {
        let applying = Applying::of(&arguments.input.configuration)?;
        let profile = applying.profile(arguments.selection.profile.as_deref())?;
        let Applying { configuration, info, .. } = &applying;
        let limits = configuration.limits.clone();
        let mut folders = applying.policies()?;
        folders.extend(arguments.policies.roots.iter().cloned());
        let trust = bundles::trust(&limits, &arguments.policies.bundles)?;
        let policies = match policy_roots(&limits, &folders, &trust)? {
            roots if roots.is_empty() => PolicySet::embedded(),
            roots => PolicySet::load(&roots),
        };
        let policies = policies.map_err(|errors| not_loaded(&errors))?;
        let policies = with_conftest(policies, &limits, &trust, &arguments.policies)?;
        let (policies, parameters) = configuration.give_parameters(policies)?;
        let narrowing = narrowing(&arguments.selection);
        let rules = policies.all_rules();
        let selection = Selection::of(&rules, &profile, configuration, &narrowing)?;
        let default = Settings::on(arguments.date.unwrap_or_else(today));
        let fail_on = arguments.fail_on.map(Into::into).or(configuration.fail_on);
        let settings = Settings {
            fail_on: fail_on.or_else(|| profile.fail_on()).unwrap_or(default.fail_on),
            on_inconclusive: arguments
                .on_inconclusive
                .map_or(configuration.on_inconclusive, Into::into),
            waivers: configuration.waivers.clone(),
            selection,
            parameters,
            configuration: info.clone(),
            limits,
            ..default
        };
        let target = overridden(configuration.target.clone(), &arguments.input.target);
        Ok(Self { policies, settings, target })
    }
}

impl Configured {
    pub(crate) fn of(arguments: &InputArguments) -> miette::Result<Self> {
        let Applying { configuration, .. } = Applying::of(&arguments.configuration)?;
        let target = overridden(configuration.target, &arguments.target);
        Ok(Self { target, limits: configuration.limits })
    }
}

fn narrowing(arguments: &SelectionArguments) -> Narrowing {
    Narrowing {
        profile: arguments.profile.clone(),
        rules: arguments.rules.clone(),
        skipped: arguments.skipped.clone(),
        tags: arguments.tags.clone(),
        subjects: arguments.subjects.clone(),
        min_severity: arguments.min_severity.map(Into::into),
    }
}

/// Reads what the arguments name.
pub(crate) fn read(
    limits: &Limits,
    arguments: &InputArguments,
    target: Target,
) -> miette::Result<Input> {
    let stdin = |paths: &[PathBuf]| paths.iter().any(|path| path.as_os_str() == "-");
    if stdin(&arguments.paths) && stdin(&arguments.target.against) {
        miette::bail!(
            help = "write one of the two to a file",
            "standard input cannot be both the change and what runs now"
        );
    }
    let now = rollgate_sources::read(limits, &arguments.paths).map_err(useless)?;
    let before = rollgate_sources::read(limits, &arguments.target.against).map_err(useless)?;
    if !arguments.target.against.is_empty()
        && before.artifacts.is_empty()
        && before.unread.is_empty()
    {
        miette::bail!(
            help = "give a rendered MachineConfig for each pool, or the objects before",
            "`--against` names nothing that can be read"
        );
    }
    Ok(Input {
        against: before.artifacts,
        target,
        unread: now.unread.into_iter().chain(before.unread).map(Into::into).collect(),
        ..Input::new(now.artifacts)
    })
}

/// The built-in policies.
pub(crate) fn embedded() -> miette::Result<PolicySet> {
    PolicySet::embedded().map_err(|errors| not_loaded(&errors))
}

/// Policies that cannot be trusted: each fault with its place and what to do.
pub(crate) fn not_loaded(errors: &LoadErrors) -> miette::Report {
    let related = errors.errors().iter().map(|error| {
        let message = clean(&format!("{}: {}", error.place, error.message));
        MietteDiagnostic::new(message).with_help(clean(&error.help))
    });
    let count = match errors.errors().len() {
        1 => "1 fault".to_owned(),
        count => format!("{count} faults"),
    };
    NotLoaded { count, related: related.collect() }.into()
}

/// Policies that do not load.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the policies do not load: {count}")]
struct NotLoaded {
    count: String,
    #[related]
    related: Vec<MietteDiagnostic>,
}

/// The same policies, and conftest policies beside them where the arguments name some.
fn with_conftest(
    policies: PolicySet,
    limits: &Limits,
    trust: &BundleTrust,
    arguments: &PolicyArguments,
) -> miette::Result<PolicySet> {
    if arguments.conftest.is_empty() {
        return Ok(policies);
    }
    let data = arguments.conftest_data.iter();
    let source = ConftestSource {
        policies: policy_roots(limits, &arguments.conftest, trust)?,
        data: data.map(|folder| root(limits, folder, trust)).collect::<miette::Result<_>>()?,
        namespaces: arguments.conftest_namespace.clone(),
    };
    let conftest = Conftest::load(limits, &source).map_err(|errors| not_loaded(&errors))?;
    Ok(policies.with_conftest(conftest))
}

/// The policies in these folders and bundles.
pub(crate) fn policy_roots(
    limits: &Limits,
    folders: &[PathBuf],
    trust: &BundleTrust,
) -> miette::Result<Vec<PolicyRoot>> {
    rollgate_sources::policy_roots(limits, folders, trust).map_err(no_root)
}

/// Everything in a folder or bundle that has to do with policies.
fn root(limits: &Limits, folder: &Path, trust: &BundleTrust) -> miette::Result<PolicyRoot> {
    rollgate_sources::policy_root(limits, folder, trust).map_err(no_root)
}

fn no_root(error: PolicyRootError) -> miette::Report {
    match error {
        PolicyRootError::Unread(error) => useless(error),
        PolicyRootError::NotTrusted(errors) => not_loaded(&errors),
        PolicyRootError::Empty(_) => MietteDiagnostic::new(error.to_string())
            .with_help("name the folder of `.rego` files")
            .into(),
    }
}

/// Today's date in UTC, so that a run means the same everywhere.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A path that is of no use, with what to do.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
pub(crate) fn useless(error: SourceError) -> miette::Report {
    MietteDiagnostic::new(error.to_string()).with_help(error.help()).into()
}

fn overridden(configured: Target, flags: &TargetArguments) -> Target {
    Target {
        release: flags.release.clone().or(configured.release),
        stream: flags.stream.or(configured.stream),
        architecture: flags.arch.or(configured.architecture),
        platform: flags.platform.clone().or(configured.platform),
        day: flags.day.or(configured.day),
    }
}
