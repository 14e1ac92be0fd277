//! Telemetry: which extensions, kernels and operating system images clusters ask for and run.
//!
//! Owns the counting, and the document, table and CSV that come of it; the CLI prints them, the
//! webhook makes metrics of them. Must not judge: whether an extension is a good idea is a policy's.
//! What is counted is what the gate sees: the same objects, and pools rendered as the operator does.
//!
//! ```
//! use rollgate_engine::telemetry::{Answer, ClusterInput, Telemetry};
//! use rollgate_engine::{Artifact, Limits, policy::PolicySet};
//! let policies = PolicySet::embedded()?;
//! let artifact = Artifact::new("99.yaml", "\
//! apiVersion: machineconfiguration.openshift.io/v1
//! kind: MachineConfig
//! metadata: {name: 99-guard, labels: {machineconfiguration.openshift.io/role: worker}}
//! spec: {extensions: [usbguard]}
//! ");
//! let telemetry = Telemetry::new(&policies, &Limits::default())?;
//! let cluster = telemetry.cluster(&ClusterInput::new("lab"), [&artifact]);
//! let usbguard = &cluster.pools[0].extensions[0];
//! assert_eq!((usbguard.name.as_str(), usbguard.machine_configs), ("usbguard", Some(1)));
//! assert_eq!((usbguard.machines, usbguard.supported), (None, Answer::Unknown));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod age;
mod cluster;
mod csv;
mod human;
mod model;
mod pool;
mod running;
mod share;
mod tables;
mod totals;

use std::collections::BTreeSet;

use rollgate_facts::{FACTS_VERSION, Target};

use crate::policy::PolicySet;
use crate::report::Tool;
use crate::{Artifact, Limits};

pub use csv::csv;
pub use human::human;
pub use model::{
    Answer, ClusterTelemetry, ExtensionTelemetry, FleetTelemetry, ImageOverride,
    ImageReferenceKind, KernelTelemetry, MachineCounts, PoolTelemetry, TELEMETRY_VERSION, Unknown,
    UnknownPart, Unread,
};
pub use share::{OTHER, anonymous, closed_extensions};
pub use totals::{ExtensionTotal, ImageTotal, KernelTotal, ReleaseTotal, Totals};

use cluster::Reading;
use tables::Tables;

/// Counts what clusters ask for and run.
#[derive(Debug, Clone)]
pub struct Telemetry {
    tables: Tables,
    limits: Limits,
    policies: String,
}

/// What there is to say of one cluster besides its objects.
#[derive(Debug, Clone, Default)]
pub struct ClusterInput {
    /// What it is called.
    pub name: String,
    /// The target as far as it was given; the objects tell the rest.
    pub target: Target,
    /// The release of an upgrade, in place of the one that the ClusterVersion asks for.
    pub upgrade_to: Option<String>,
    /// What could not be read of it.
    pub unread: Vec<Unread>,
    /// Whether references of images are told.
    pub images: bool,
}

/// The values that labels and totals may have: what the tables know, and nothing that a user chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownNames {
    /// The extensions of all releases.
    pub extensions: BTreeSet<String>,
    /// The kernel types.
    pub kernel_types: BTreeSet<String>,
    /// The minor releases.
    pub releases: BTreeSet<String>,
}

/// The tables are not what telemetry reads: only those of another build could be.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the tables of extensions and releases cannot be read: {0}")]
pub struct TelemetryError(#[from] serde_json::Error);

impl ClusterInput {
    /// A cluster of this name, of which nothing was given but its objects.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

impl Telemetry {
    /// Counts by the tables of these policies.
    ///
    /// # Errors
    ///
    /// When the tables have another shape than the embedded ones.
    pub fn new(policies: &PolicySet, limits: &Limits) -> Result<Self, TelemetryError> {
        Ok(Self {
            tables: Tables::read(policies.tables())?,
            limits: limits.clone(),
            policies: policies.digest().to_string(),
        })
    }

    /// What the objects of one cluster ask for and run.
    pub fn cluster<'a>(
        &self,
        input: &ClusterInput,
        artifacts: impl IntoIterator<Item = &'a Artifact>,
    ) -> ClusterTelemetry {
        Reading::of(&self.limits, artifacts).tell(&self.tables, &self.limits, input)
    }

    /// What these clusters come to.
    pub fn fleet(&self, clusters: Vec<ClusterTelemetry>) -> FleetTelemetry {
        FleetTelemetry {
            version: TELEMETRY_VERSION.to_owned(),
            tool: Tool {
                name: "rollgate".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                facts_version: FACTS_VERSION.to_owned(),
                policies: self.policies.clone(),
            },
            totals: Totals::of(&clusters),
            clusters,
        }
    }

    /// What the tables know by name.
    pub fn known_names(&self) -> KnownNames {
        KnownNames {
            extensions: self.tables.extensions(),
            kernel_types: self.tables.kernel_types(),
            releases: self.tables.releases().into_iter().map(ToOwned::to_owned).collect(),
        }
    }

    /// The releases that the tables know, oldest first.
    pub fn releases(&self) -> Vec<&str> {
        self.tables.releases()
    }
}
