//! What commands read, what it is meant for, and what they judge by, as typed.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use rollgate_facts::{Architecture, Day, Stream, SubjectKind, Target};

use super::check::SeverityArgument;

/// What to read, and what it is meant for.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Files, directories (searched for .yaml, .yml, .json and Containerfiles) or `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    #[command(flatten)]
    pub(crate) configuration: ConfigurationArguments,
}

/// What has to be given of what is judged.
pub(super) fn required(arguments: &[&'static str]) -> ArgGroup {
    ArgGroup::new("input").args(arguments.iter().copied()).required(true).multiple(true)
}

/// What the change is meant for.
#[derive(Debug, Args)]
#[command(next_help_heading = "Target")]
pub(crate) struct TargetArguments {
    /// The OpenShift or OKD release, as `4.20`
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) release: Option<String>,
    /// The operating system stream: `rhel-9`, `rhel-10`, `centos-9`, `centos-10` or `fcos`
    #[arg(long, value_name = "STREAM")]
    pub(crate) stream: Option<Stream>,
    /// The architecture: `x86_64`, `aarch64`, `ppc64le` or `s390x`
    #[arg(long, value_name = "ARCHITECTURE")]
    pub(crate) arch: Option<Architecture>,
    /// The platform, as `vsphere`, `baremetal` or `none`
    #[arg(long, value_name = "PLATFORM", value_parser = Target::platform_named)]
    pub(crate) platform: Option<String>,
    /// 1 where nodes are being installed, 2 where they run
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) day: Option<Day>,
    /// What runs now: a rendered MachineConfig for each pool, or the objects before; repeatable
    #[arg(long, value_name = "PATH")]
    pub(crate) against: Vec<PathBuf>,
}

/// Which configuration to use.
#[derive(Debug, Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigurationArguments {
    /// The configuration [default: rollgate.yaml here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(crate) no_config: bool,
    /// The only configuration that counts: what the tree under judgement says of itself is ignored,
    /// and the report says so
    #[arg(long, value_name = "FILE", conflicts_with_all = ["config", "no_config"])]
    pub(crate) trusted_config: Option<PathBuf>,
}

/// Which rules judge.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct SelectionArguments {
    /// The profile that selects rules: `baseline`, `strict` or a file [default: baseline]
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
    /// Judge by this rule of the profile only; `*` stands for any characters; repeatable
    #[arg(long = "rule", value_name = "CODE")]
    pub(crate) rules: Vec<String>,
    /// Switch this rule off, which the report says; repeatable
    #[arg(long = "skip-rule", value_name = "CODE")]
    pub(crate) skipped: Vec<String>,
    /// Judge by rules with this tag only; repeatable
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Judge by rules for this kind of subject only: `machine_config`, `pool` or `cluster_object`;
    /// repeatable
    #[arg(long = "subject", value_name = "KIND", value_parser = subject)]
    pub(crate) subjects: Vec<SubjectKind>,
    /// Judge by rules of at least this severity only
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) min_severity: Option<SeverityArgument>,
}

/// Which policies to use besides the built-in ones.
#[derive(Debug, Args)]
#[command(next_help_heading = "Policies")]
pub(crate) struct PolicyArguments {
    /// A folder or OPA bundle of your own policies (`package custom.…`); repeatable
    #[arg(long = "policy", value_name = "DIR")]
    pub(crate) roots: Vec<PathBuf>,
    /// A folder of conftest policies, which judge every object as it is written; repeatable
    #[arg(long, value_name = "DIR")]
    pub(crate) conftest: Vec<PathBuf>,
    /// A namespace of the conftest policies [default: main]; repeatable
    #[arg(long, value_name = "PACKAGE", requires = "conftest")]
    pub(crate) conftest_namespace: Vec<String>,
    /// A folder of data for the conftest policies; repeatable
    #[arg(long, value_name = "DIR", requires = "conftest")]
    pub(crate) conftest_data: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) bundles: BundleArguments,
}

/// Whose OPA bundles load.
#[derive(Debug, Args)]
pub(crate) struct BundleArguments {
    /// Load only OPA bundles that the owner of this public key signed (PEM, RSA or elliptic curve)
    #[arg(long, value_name = "FILE")]
    pub(crate) bundle_verification_key: Option<PathBuf>,
    /// The scope that the bundles must be signed for
    #[arg(long, value_name = "SCOPE", requires = "bundle_verification_key")]
    pub(crate) bundle_scope: Option<String>,
    /// Load signed OPA bundles, checking only that their files are those that were signed
    #[arg(long, conflicts_with = "bundle_verification_key")]
    pub(crate) skip_bundle_verification: bool,
}

/// `4.20`, also from `4.20.3`.
pub(super) fn release(text: &str) -> Result<String, String> {
    let mut parts = text.split('.');
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
    match (number(parts.next()), number(parts.next())) {
        (Some(major), Some(minor)) => Ok(format!("{major}.{minor}")),
        _ => Err("a release is written as 4.20".to_owned()),
    }
}

fn subject(text: &str) -> Result<SubjectKind, String> {
    let wanted = text.replace('-', "_");
    SubjectKind::ALL.iter().copied().find(|kind| kind.key() == wanted).ok_or_else(|| {
        let known: Vec<_> = SubjectKind::ALL.iter().map(|kind| kind.key()).collect();
        format!("there are {}", known.join(", "))
    })
}

fn day(text: &str) -> Result<Day, String> {
    let number: u8 = text.parse().map_err(|_| format!("`{text}` is no day: write 1 or 2"))?;
    Day::try_from(number)
}
