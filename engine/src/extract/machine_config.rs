//! One MachineConfig: its own fields, and its Ignition config as parsed.
//!
//! Must not know pools: which of them select it is filled in where pools are known.

use rollgate_facts::{MachineConfig, Member, Problem, Text};

use crate::Limits;
use crate::extract::cluster_object::TOP_LEVEL;
use crate::extract::fields::Fields;
use crate::extract::hazard::hazards;
use crate::extract::ignition::{self, Config, ContentBudget, Translation};
use crate::extract::image_reference::image_reference;
use crate::extract::indentation::{CONFIG_FIELDS, METADATA_FIELDS};
use crate::extract::object::Object;
use crate::extract::wrapped::ConfigMap;

/// The label that says for which role a MachineConfig is meant.
pub const ROLE_LABEL: &str = "machineconfiguration.openshift.io/role";

/// The annotation that the operator's own controllers leave on what they make.
const GENERATED_BY: &str = "machineconfiguration.openshift.io/generated-by-controller-version";

/// The annotation that names the rules which have to pass before a remediation is applied.
const DEPENDS_ON: &str = "complianceascode.io/depends-on";

/// The roles whose pools the operator makes.
const OWN_ROLES: &[&str] = &["master", "worker", "arbiter"];

const SPEC_FIELDS: &[&str] = &[
    "osImageURL",
    "baseOSExtensionsContainerImage",
    "config",
    "kernelArguments",
    "extensions",
    "fips",
    "kernelType",
];

/// Where the fields of a MachineConfig belong that stand too high in it.
const ELSEWHERE: &[(&str, &[&str])] =
    &[("metadata", METADATA_FIELDS), ("spec.config", CONFIG_FIELDS), ("spec", SPEC_FIELDS)];

/// A MachineConfig as read.
#[derive(Debug, Clone)]
pub struct MachineConfigSource {
    /// The facts, without the pools that select it.
    pub facts: MachineConfig,
    /// Its Ignition config; absent where it has none, or one that the operator would not parse.
    pub config: Option<Config>,
    /// Why Ignition refuses the config in the version that it is written in.
    pub refused: Vec<Problem>,
    /// Whether it has a `spec.config` at all.
    pub has_config: bool,
    /// The pool that owns it, where it is a rendered config.
    pub rendered_for: Option<String>,
    /// Whether a later object of the input has the same name, so that this one has no effect.
    pub replaced: bool,
    /// The ConfigMap of a NodePool that holds it, if one does.
    pub config_map: Option<ConfigMap>,
    /// The rules of the Compliance Operator that it waits for.
    pub depends_on: Vec<String>,
}

impl MachineConfigSource {
    /// Whether this is what nodes run, and no part of it: a rendered config, or one that is meant
    /// for no role.
    pub fn is_rendered(&self) -> bool {
        self.facts.rendered || self.facts.role.is_none() || self.facts.name.starts_with("rendered-")
    }

    /// The MachineConfig as a part of a pool; `merged` is whether its Ignition config was.
    pub(super) fn member(&self, merged: bool) -> Member {
        Member {
            at: self.facts.at.clone(),
            name: self.facts.name.clone(),
            role: self.facts.role.as_ref().map(|role| role.text.clone()),
            generated: self.facts.generated,
            merged: merged || !self.has_config,
            depends_on: self.depends_on.clone(),
        }
    }
}

/// Reads a MachineConfig (openshift/api `machineconfiguration/v1/types.go`, `MachineConfigSpec`).
pub fn machine_config(
    limits: &Limits,
    budget: &mut ContentBudget,
    object: &Object<'_>,
) -> MachineConfigSource {
    let mut problems = object.problems.clone();
    Fields::new(Some(object.node), object.at.clone(), &mut problems).only(TOP_LEVEL, ELSEWHERE);
    let mut spec = Fields::new(object.node.get("spec"), object.at.key("spec"), &mut problems);
    spec.only(SPEC_FIELDS, ELSEWHERE);
    let own = own_facts(object, &mut spec);
    let config_node = spec.get("config");
    let config_at = spec.at().key("config");

    let (config, faults) =
        config_node.map_or((None, Vec::new()), |node| ignition::read(&config_at, node));
    problems.extend(faults);
    let refused = config.as_ref().map(ignition::validate).unwrap_or_default();
    problems.extend(refused.iter().cloned());
    let ignition = config.as_ref().map(|config| {
        if refused.is_empty() {
            // What the newest operator refuses; what only an older one does is told of the pool.
            problems.extend(ignition::accept_valid(config.clone(), Translation::NEWEST).1);
        }
        let (facts, faults) = ignition::facts(limits, budget, config);
        problems.extend(faults);
        problems.extend(hazards(&facts));
        facts
    });
    object.leave_out_explained(&mut problems);
    let facts = MachineConfig { ignition, problems: sorted(problems), ..own };
    let has_config = config_node.is_some();
    MachineConfigSource { config, refused, has_config, ..around(object, facts) }
}

/// The fields of a MachineConfig around its Ignition config, which is left out: it is most of the
/// bytes, and whoever asks for extensions, kernels and images needs none of it.
pub fn machine_config_outline(object: &Object<'_>) -> MachineConfigSource {
    let mut problems = Vec::new();
    let mut spec = Fields::new(object.node.get("spec"), object.at.key("spec"), &mut problems);
    let facts = own_facts(object, &mut spec);
    let has_config = spec.get("config").is_some();
    MachineConfigSource { has_config, ..around(object, facts) }
}

/// The facts without those of the Ignition config.
fn own_facts(object: &Object<'_>, spec: &mut Fields<'_, '_>) -> MachineConfig {
    let generated = object.annotations.contains_key(GENERATED_BY);
    let role = role(object);
    MachineConfig {
        at: object.at.clone(),
        name: object.name.to_owned(),
        labels: object.labels.clone(),
        role_resembles: role.as_ref().and_then(|role| resembled_role(&role.text)),
        role,
        pools: Vec::new(),
        pools_declared: false,
        generated,
        rendered: generated && object.name.starts_with("rendered-"),
        os_image_url: spec.text("osImageURL").map(image_reference),
        base_os_extensions_container_image: spec
            .text("baseOSExtensionsContainerImage")
            .map(image_reference),
        kernel_arguments: spec.texts("kernelArguments"),
        extensions: spec.texts("extensions"),
        kernel_type: spec.text("kernelType"),
        fips: spec.flag("fips"),
        ignition: None,
        problems: Vec::new(),
    }
}

/// The facts with what else there is to know of the object.
fn around(object: &Object<'_>, facts: MachineConfig) -> MachineConfigSource {
    MachineConfigSource {
        facts,
        config: None,
        refused: Vec::new(),
        has_config: false,
        rendered_for: rendered_for(object),
        replaced: false,
        config_map: object.config_map.clone(),
        depends_on: depends_on(object),
    }
}

fn depends_on(object: &Object<'_>) -> Vec<String> {
    let rules = object.annotations.get(DEPENDS_ON).map_or("", String::as_str).split(',');
    rules.map(str::trim).filter(|rule| !rule.is_empty()).map(str::to_owned).collect()
}

fn role(object: &Object<'_>) -> Option<Text> {
    let role = object.labels.get(ROLE_LABEL)?;
    Some(Text::new(object.at.key("metadata").key("labels").key(ROLE_LABEL), role))
}

/// The role of the operator's own that this one is a slip of; `worker2` is none.
fn resembled_role(role: &str) -> Option<String> {
    let letters = role.bytes().all(|byte| byte.is_ascii_alphabetic());
    let slip = |own: &&&str| {
        own.eq_ignore_ascii_case(role) || letters && strsim::osa_distance(own, role) == 1
    };
    let own = OWN_ROLES.iter().find(slip).filter(|own| **own != role)?;
    Some((*own).to_owned())
}

/// The pool of a rendered config: its owner, or what its name says.
fn rendered_for(object: &Object<'_>) -> Option<String> {
    let owners = object.node.get("metadata")?.get("ownerReferences");
    let owner =
        owners.and_then(|owners| owners.as_sequence()).unwrap_or_default().iter().find(|owner| {
            owner.get("kind").and_then(|kind| kind.as_str()) == Some("MachineConfigPool")
        });
    let owner = owner.and_then(|owner| owner.get("name")).and_then(|name| name.as_str());
    let named = || {
        let name = object.name.strip_prefix("rendered-")?;
        let is_hash = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(name.rsplit_once('-').filter(|(_, hash)| is_hash(hash)).map_or(name, |(pool, _)| pool))
    };
    owner.or_else(named).map(ToOwned::to_owned)
}

fn sorted(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort();
    problems.dedup();
    problems
}
