//! The configuration as written: the format, field by field.
//!
//! Owns which fields there are and which values they take. Must not know places or defaults of
//! other modules: `limits: {input_bytes: 64MiB}` is a limit given, and all others not given.

mod value;

use std::collections::BTreeMap;
use std::path::PathBuf;

use rollgate_facts::{Architecture, Day, Stream, SubjectKind, Target};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::OnInconclusive;
use crate::Limits;
use crate::admission::Mode;
use crate::report::Severity;
use crate::text::Node;
use value::{Count, Depth, Size, Time, platform};
pub(super) use value::{Filled, Until};

/// Why a value is not a configuration: the path to it and serde's words.
pub(super) type InvalidValue = serde_path_to_error::Error<serde_yaml::Error>;

/// What rollgate judges by.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
#[schemars(title = "rollgate.yaml")]
pub(super) struct Written {
    /// Which rules judge: `baseline`, `strict`, or a profile of your own as `./profile.yaml`,
    /// relative to this file.
    #[schemars(extend("default" = "baseline"))]
    pub(super) profile: Option<Filled>,
    /// What the change is meant for; flags win over it, and the objects tell the rest.
    #[serde(with = "WrittenTarget")]
    pub(super) target: Target,
    /// The severity from which a finding denies: `low`, `medium`, `high` or `critical`. Without it
    /// the profile says so.
    #[schemars(extend("default" = "medium"))]
    pub(super) fail_on: Option<Severity>,
    /// Whether what could not be decided blocks: `fail`, or `warn` to report it only.
    #[schemars(extend("default" = "fail"))]
    pub(super) on_inconclusive: OnInconclusive,
    /// Folders of your own policies (`package custom.…`), relative to this file.
    #[schemars(extend("default" = [], "examples" = [["./policies"]]))]
    pub(super) policies: Vec<PathBuf>,
    /// Values that rules leave to you; `rollgate policy list` shows which there are.
    #[schemars(extend("default" = {}, "examples" = [{"allowed_registries": ["quay.io/example"]}]))]
    pub(super) parameters: BTreeMap<String, serde_json::Value>,
    /// Rules besides or without those of the profile.
    pub(super) rules: WrittenRules,
    /// What is otherwise for some files only. Paths start in the folder of this file, `*` stays
    /// within a folder and `**` does not.
    #[schemars(extend("default" = [], "examples" = [[{
        "paths": ["legacy/**"],
        "disable": [{"rule": "machineconfig.unpinned-image", "reason": "retired in spring"}],
    }]]))]
    pub(super) overrides: Vec<WrittenOverride>,
    /// Findings that someone accepts, for a reason and until a date.
    #[schemars(extend("default" = [], "examples" = [[{
        "rule": "pool.mitigations-disabled",
        "subject": "MachineConfigPool/worker",
        "reason": "isolated benchmark nodes",
        "owner": "performance team",
        "until": "2027-01-31",
    }]]))]
    pub(super) waivers: Vec<WrittenWaiver>,
    /// What the admission webhook does about what the rules say; `rollgate check` passes it over.
    pub(super) admission: WrittenAdmission,
    /// How much is read and done before rollgate stops and says so.
    pub(super) limits: WrittenLimits,
}

/// Which rules judge.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenProfile {
    /// One line.
    pub(super) title: Filled,
    /// The profile from which it starts; without one, no rule judges that it does not include.
    #[serde(default)]
    pub(super) extends: Option<Filled>,
    /// The severity from which a finding denies.
    #[serde(default)]
    pub(super) fail_on: Option<Severity>,
    /// The rules.
    #[serde(default)]
    pub(super) rules: WrittenProfileRules,
}

/// The rules of a profile.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenProfileRules {
    /// Those that judge besides those of the profile from which it starts.
    pub(super) include: Vec<WrittenSelector>,
    /// Those that do not judge.
    pub(super) exclude: Vec<WrittenSelector>,
}

/// What the change is meant for.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(remote = "Target", deny_unknown_fields, expecting = "a mapping")]
struct WrittenTarget {
    /// The OpenShift or OKD release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["4.20"]))]
    release: Option<String>,
    /// The operating system stream: `rhel-9`, `rhel-10`, `centos-9`, `centos-10` or `fcos`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["rhel-9"]))]
    stream: Option<Stream>,
    /// The architecture: `x86_64`, `aarch64`, `ppc64le` or `s390x`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["x86_64"]))]
    architecture: Option<Architecture>,
    /// The platform, as `vsphere`, `baremetal` or `none`.
    #[serde(default, deserialize_with = "platform", skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = ["none"]))]
    platform: Option<String>,
    /// 1 where nodes are being installed, 2 where they run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("examples" = [2]))]
    day: Option<Day>,
}

/// Rules besides or without those of the profile.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenRules {
    /// Rules that judge besides those of the profile, by `rule`, `tag`, `severity` or `subject`.
    #[schemars(extend("default" = [], "examples" = [[
        {"tag": "strict", "reason": "a new cluster needs no ways around"},
    ]]))]
    pub(super) include: Vec<WrittenSelector>,
    /// Rules that are switched off, selected in the same way; every report lists them.
    #[schemars(extend("default" = [], "examples" = [[
        {"rule": "pool.paused-pool", "reason": "we pause pools on purpose"},
    ]]))]
    pub(super) disable: Vec<WrittenSelector>,
    /// Rules that weigh more or less here; every report lists them.
    #[schemars(extend("default" = [], "examples" = [[
        {"rule": "pool.paused-pool", "severity": "high", "reason": "a forgotten pause cost us a day"},
    ]]))]
    pub(super) severity: Vec<WrittenSeverity>,
}

/// Rules that are meant: those that match in all that is given.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenSelector {
    /// The code of a rule, in which `*` stands for any characters.
    #[serde(default)]
    pub(super) rule: Option<Filled>,
    /// A tag.
    #[serde(default)]
    pub(super) tag: Option<Filled>,
    /// The rule's own severity.
    #[serde(default)]
    pub(super) severity: Option<Severity>,
    /// What the rule judges.
    #[serde(default)]
    pub(super) subject: Option<SubjectKind>,
    /// Why.
    pub(super) reason: Filled,
}

/// Rules that weigh more or less here.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenSeverity {
    /// The code of a rule, in which `*` stands for any characters.
    pub(super) rule: Filled,
    /// The severity of its findings.
    pub(super) severity: Severity,
    /// Why.
    pub(super) reason: Filled,
}

/// What is otherwise for some files.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenOverride {
    /// The files, as globs that start in the folder of this file.
    pub(super) paths: Vec<String>,
    /// Rules whose findings in these files do not count.
    #[serde(default)]
    pub(super) disable: Vec<WrittenSelector>,
    /// Rules whose findings in these files weigh more or less.
    #[serde(default)]
    pub(super) severity: Vec<WrittenSeverity>,
    /// Findings in these files that someone accepts.
    #[serde(default)]
    pub(super) waivers: Vec<WrittenWaiver>,
}

/// A finding that someone accepts.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenWaiver {
    /// The code of the rule.
    pub(super) rule: Filled,
    /// The subject, as `MachineConfigPool/worker`; `*` stands for any characters.
    pub(super) subject: Filled,
    /// Where the finding stands: its locator, or what that starts with.
    #[serde(default)]
    pub(super) at: Option<Filled>,
    /// Why it is accepted.
    pub(super) reason: Filled,
    /// Who answers for it.
    pub(super) owner: Filled,
    /// The last day on which it holds.
    pub(super) until: Until,
}

/// What the admission webhook does about what the rules say.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenAdmission {
    /// `enforce` refuses what denies, `warn` lets it through with warnings, and `report` counts it
    /// without a word.
    #[schemars(extend("default" = "enforce"))]
    pub(super) mode: Mode,
    /// Rules that are otherwise, some for a few subjects only. Of several that match, the first counts.
    #[schemars(extend("default" = [], "examples" = [[{
        "rules": ["pool.*"],
        "subjects": ["MachineConfigPool/infra"],
        "mode": "warn",
        "reason": "infra moves to new hardware until spring",
    }]]))]
    pub(super) modes: Vec<WrittenMode>,
}

/// Rules that are otherwise in admission.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenMode {
    /// The codes of rules, in which `*` stands for any characters; all where absent.
    #[serde(default)]
    pub(super) rules: Vec<Filled>,
    /// The subjects, as `MachineConfigPool/worker`, in which `*` stands for any characters; all
    /// where absent.
    #[serde(default)]
    pub(super) subjects: Vec<Filled>,
    /// What happens.
    pub(super) mode: Mode,
    /// Why.
    pub(super) reason: Filled,
}

/// How much is read and done before rollgate stops and says so.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenLimits {
    /// The size of one input.
    #[schemars(extend("default" = "32MiB"))]
    input_bytes: Option<Size>,
    /// How many documents one input may hold.
    #[schemars(extend("default" = 20_000))]
    documents: Option<Count>,
    /// How many pools are judged.
    #[schemars(extend("default" = 200))]
    pools: Option<Count>,
    /// How deep mappings and lists nest; at most 120.
    #[schemars(extend("default" = 100))]
    depth: Option<Depth>,
    /// How many values one document may expand to.
    #[schemars(extend("default" = 1_000_000))]
    nodes: Option<Count>,
    /// The decoded size of one file's contents.
    #[schemars(extend("default" = "8MiB"))]
    content_bytes: Option<Size>,
    /// The decoded size of all contents of one run.
    #[schemars(extend("default" = "256MiB"))]
    total_content_bytes: Option<Size>,
    /// How many findings one rule may make of one subject.
    #[schemars(extend("default" = 1_000))]
    findings_per_rule: Option<Count>,
    /// How long one rule may take on one subject.
    #[schemars(extend("default" = "2s"))]
    evaluation: Option<Time>,
}

/// The JSON Schema of `rollgate.yaml`.
pub(super) fn schema() -> serde_json::Value {
    schemars::schema_for!(Written).to_value()
}

/// Reads a document. By way of a YAML value, as a JSON value takes a list for a mapping.
pub(super) fn read<T: DeserializeOwned>(root: &Node) -> Result<T, InvalidValue> {
    serde_path_to_error::deserialize(to_yaml(root))
}

fn to_yaml(root: &Node) -> serde_yaml::Value {
    // Every JSON value is a YAML value.
    serde_yaml::to_value(root.to_json()).unwrap_or_default()
}

impl WrittenLimits {
    /// These limits, and `other` for those not given.
    pub(super) fn over(self, other: &Limits) -> Limits {
        let size = |given: Option<Size>, other| given.map_or(other, |size| size.0);
        let count = |given: Option<Count>, other| given.map_or(other, |count| count.0);
        Limits {
            input_bytes: size(self.input_bytes, other.input_bytes),
            documents: count(self.documents, other.documents),
            pools: count(self.pools, other.pools),
            depth: self.depth.map_or(other.depth, |depth| depth.0),
            nodes: count(self.nodes, other.nodes),
            content_bytes: size(self.content_bytes, other.content_bytes),
            total_content_bytes: size(self.total_content_bytes, other.total_content_bytes),
            findings_per_rule: count(self.findings_per_rule, other.findings_per_rule),
            evaluation: self.evaluation.map_or(other.evaluation, |time| time.0),
            image: other.image.clone(),
        }
    }
}
