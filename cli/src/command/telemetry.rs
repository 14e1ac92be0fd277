//! `rollgate telemetry`: which extensions, kernels and OS images clusters ask for and run.

use std::collections::BTreeSet;
use std::slice;

use miette::IntoDiagnostic as _;
use rollgate_engine::Limits;
use rollgate_engine::telemetry::{ClusterInput, ClusterTelemetry, Unread, anonymous};
use rollgate_facts::Target;
use rollgate_sources::Inputs;
use rollgate_sources::cluster::{ClusterError, Objects, WatchOptions, read_once};

use crate::args::{Cluster, Global, Telemetry};
use crate::configuration::Applying;
use crate::exit::Outcome;
use crate::output;
use crate::progress::Progress;
use crate::settings::{embedded, useless};

pub(super) fn run(global: &Global, arguments: &Telemetry) -> miette::Result<Outcome> {
    require_different_names(arguments)?;
    // The target of `rollgate.yaml` is that of a repository; clusters tell their own.
    let limits = Applying::of(&arguments.configuration)?.configuration.limits;
    let policies = embedded()?;
    let telemetry = rollgate_engine::telemetry::Telemetry::new(&policies, &limits)?;
    require_known(&telemetry.releases(), arguments)?;
    let progress = Progress::start(global, "reading");
    let contexts = contexts(arguments);
    let live = contexts.iter().map(|asked| {
        let read = cluster(arguments, asked)?;
        let input = input(arguments, &asked.name, read.gaps);
        Ok(telemetry.cluster(&input, read.objects.values().map(AsRef::as_ref)))
    });
    let tell = |cluster: &Cluster, inputs: Inputs| -> ClusterTelemetry {
        let input = input(arguments, &cluster.name, inputs.unread);
        telemetry.cluster(&input, &inputs.artifacts)
    };
    // One after the other, so that only one cluster is held in memory.
    let paths = arguments.paths.iter().map(|it| Ok(tell(it, read(&limits, it)?)));
    let gathered = arguments.must_gather.iter().map(|it| {
        let inputs = rollgate_sources::read_must_gather(&limits, &it.path).map_err(useless)?;
        Ok(tell(it, inputs))
    });
    let clusters = paths.chain(gathered).chain(live).collect::<miette::Result<Vec<_>>>()?;
    let fleet = telemetry.fleet(clusters);
    let fleet = if arguments.anonymous { anonymous(fleet) } else { fleet };
    drop(progress);
    output::write_telemetry(global, &arguments.output, &fleet)?;
    Ok(if fleet.is_complete() { Outcome::Done } else { Outcome::Inconclusive })
}

/// Reads one cluster; of a must-gather only what tells of pools and machines.
fn read(limits: &Limits, cluster: &Cluster) -> miette::Result<Inputs> {
    let inputs = if rollgate_sources::is_must_gather(&cluster.path) {
        rollgate_sources::read_must_gather(limits, &cluster.path)
    } else {
        rollgate_sources::read(limits, slice::from_ref(&cluster.path))
    };
    inputs.map_err(useless)
}

/// A cluster that is asked for its objects.
struct Asked {
    name: String,
    /// The current one of the kubeconfig where absent.
    context: Option<String>,
}

/// The contexts that are asked for; a kubeconfig alone stands for its current one.
fn contexts(arguments: &Telemetry) -> Vec<Asked> {
    let named = arguments.contexts.iter();
    let named = named.map(|it| Asked { name: it.name.clone(), context: Some(it.context.clone()) });
    let current = arguments.kubeconfig.as_ref().filter(|_| arguments.contexts.is_empty());
    let current = current.map(|file| Asked { name: file.display().to_string(), context: None });
    named.chain(current).collect()
}

/// Reads the objects of a running cluster. One that does not answer is told beside the others.
fn cluster(arguments: &Telemetry, asked: &Asked) -> miette::Result<Objects> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let kubeconfig = arguments.kubeconfig.clone();
    let options = WatchOptions { kubeconfig, context: asked.context.clone() };
    match runtime.into_diagnostic()?.block_on(read_once(&options)) {
        Ok(objects) => Ok(objects),
        Err(error @ ClusterError::Unanswered(_)) => {
            let unread = rollgate_sources::Unread {
                name: asked.name.clone(),
                message: error.to_string(),
                help: "log in again, and check that it can be reached from here".to_owned(),
            };
            Ok(Objects { gaps: vec![unread], ..Objects::default() })
        }
        Err(error) => Err(miette::miette!(
            help = "check `--kubeconfig` and `--context`: `oc config get-contexts` lists them",
            "{error}"
        )),
    }
}

fn input(arguments: &Telemetry, name: &str, unread: Vec<rollgate_sources::Unread>) -> ClusterInput {
    let target = &arguments.target;
    let unread = unread.into_iter().map(|unread| Unread {
        name: unread.name,
        message: unread.message,
        help: unread.help,
    });
    ClusterInput {
        name: name.to_owned(),
        target: Target {
            release: target.release.clone(),
            stream: target.stream,
            architecture: target.arch,
            ..Target::default()
        },
        upgrade_to: target.upgrade_to.clone(),
        unread: unread.collect(),
        images: arguments.images,
    }
}

/// Two clusters of one name could not be told apart in what is printed.
fn require_different_names(arguments: &Telemetry) -> miette::Result<()> {
    let mut seen = BTreeSet::new();
    let read = arguments.paths.iter().chain(&arguments.must_gather);
    let contexts = contexts(arguments).into_iter().map(|asked| asked.name);
    let mut names = read.map(|cluster| cluster.name.clone()).chain(contexts);
    match names.find(|name| !seen.insert(name.clone())) {
        None => Ok(()),
        Some(twice) => {
            miette::bail!(help = "name each: `eu=PATH`", "two clusters are called `{twice}`")
        }
    }
}

/// A release that is given and that the tables do not know is a mistake.
fn require_known(known: &[&str], arguments: &Telemetry) -> miette::Result<()> {
    let target = &arguments.target;
    let mut given = [&target.release, &target.upgrade_to].into_iter().flatten();
    match given.find(|release| !known.contains(&release.as_str())) {
        None => Ok(()),
        Some(release) => miette::bail!(
            help = "name one of these, or use a newer rollgate",
            "release `{release}` is not known; the tables know `{}` to `{}`",
            known.first().copied().unwrap_or_default(),
            known.last().copied().unwrap_or_default()
        ),
    }
}
