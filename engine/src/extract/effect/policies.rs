//! Node disruption policies: what a change of one file or unit does to a node.
//!
//! Owns the built-in list of each release (`policies/data/node_disruption.yaml`), what a
//! MachineConfiguration says, and how both go together (`pkg/apihelpers/apihelpers.go`,
//! `MergeClusterPolicies`). Must not know what changes.
//!
//! `nodeDisruptionPolicy: {files: [{path: /etc/chrony.conf, actions: [{type: None}]}]}` → a change of
//! that file, or of one below a folder of that path, does nothing.

use std::collections::BTreeMap;

use rollgate_facts::{Locator, Problem, ProblemKind};
use serde::Deserialize;

use super::registries::SafeMirrors;
use super::{Action, Step};
use crate::extract::fields::Fields;
use crate::extract::ignition::clean_path;
use crate::extract::object::Object;

/// The name of the only MachineConfiguration that the operator reads.
const OPERATOR_KNOBS: &str = "cluster";

/// The table `node_disruption`: what each release does of its own accord.
#[derive(Debug, Clone, Deserialize)]
pub struct DisruptionTable {
    /// The first release that takes policies from MachineConfiguration.
    pub configurable: String,
    /// The first release that looks at `pull-from-mirror` of each mirror.
    pull_from_mirror: String,
    files: Vec<Row>,
    units: Vec<Row>,
    ssh_keys: Vec<Row>,
}

/// A row of the table; the key is a path, a unit, or absent for SSH keys.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(default, alias = "path", alias = "name")]
    key: String,
    from: String,
    to: Option<String>,
    actions: Vec<Step>,
}

/// The policies that nodes act by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisruptionPolicies {
    files: BTreeMap<String, DisruptionPolicy>,
    units: BTreeMap<String, DisruptionPolicy>,
    ssh_keys: Option<DisruptionPolicy>,
    /// What makes a mirror safe, where the action is `Special`.
    pub mirrors: SafeMirrors,
}

/// What a change of one item does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisruptionPolicy {
    /// The path or unit for which it is written; empty for SSH keys.
    pub key: String,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// Who says so.
    pub source: PolicySource,
}

/// Who says what a change does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicySource {
    /// The release.
    BuiltIn,
    /// A MachineConfiguration, there.
    Given(Locator),
}

/// What a MachineConfiguration says.
#[derive(Debug, Clone)]
pub struct GivenPolicies {
    /// Where the policies stand.
    pub at: Locator,
    /// Whether these are all policies, as the status lists them, or those of the user alone.
    whole: bool,
    policies: Written,
    /// What is wrong with them, for which the API server would refuse them.
    pub problems: Vec<Problem>,
}

/// Policies as a MachineConfiguration holds them.
#[derive(Debug, Clone)]
struct Written {
    files: BTreeMap<String, DisruptionPolicy>,
    units: BTreeMap<String, DisruptionPolicy>,
    ssh_keys: Option<DisruptionPolicy>,
}

impl DisruptionTable {
    /// What a release does, given the position of each release.
    pub fn of(&self, orders: &BTreeMap<String, u32>, release: &str) -> DisruptionPolicies {
        let order = |release: &str| orders.get(release).copied();
        let now = order(release);
        let holds = |row: &&Row| {
            order(&row.from) <= now
                && row.to.as_ref().is_none_or(|to| order(to).is_none_or(|to| Some(to) >= now))
        };
        let policies = |rows: &[Row]| -> BTreeMap<String, DisruptionPolicy> {
            rows.iter().filter(holds).map(|row| (row.key.clone(), row.policy())).collect()
        };
        DisruptionPolicies {
            files: policies(&self.files),
            units: policies(&self.units),
            ssh_keys: self.ssh_keys.iter().find(holds).map(Row::policy),
            mirrors: if order(&self.pull_from_mirror) <= now {
                SafeMirrors::ByMirror
            } else {
                SafeMirrors::ByRegistry
            },
        }
    }
}

impl Row {
    fn policy(&self) -> DisruptionPolicy {
        DisruptionPolicy {
            key: self.key.clone(),
            steps: self.actions.clone(),
            source: PolicySource::BuiltIn,
        }
    }
}

impl DisruptionPolicies {
    /// These policies, overridden by those of a MachineConfiguration.
    #[must_use]
    pub fn overridden(self, given: &GivenPolicies) -> Self {
        let Written { files, units, ssh_keys } = given.policies.clone();
        if given.whole {
            return Self { files, units, ssh_keys, mirrors: self.mirrors };
        }
        let mut all = self;
        all.files.extend(files);
        all.units.extend(units);
        all.ssh_keys = ssh_keys.or(all.ssh_keys);
        all
    }

    /// The policy of a file: of those for its path or a folder above it, that of the longest path.
    ///
    /// Both are simplified first (`pkg/controller/common/helpers.go`, `IsSubdirectory`); `/` covers
    /// no file, as the operator appends a slash to what is one already.
    pub fn file(&self, path: &str) -> Option<&DisruptionPolicy> {
        let simple = clean_path(path);
        let covers = |key: &str| key == path || simple.starts_with(&(clean_path(key) + "/"));
        self.files
            .values()
            .filter(|policy| covers(&policy.key))
            .max_by_key(|policy| policy.key.len())
    }

    /// The policy of a unit.
    pub fn unit(&self, name: &str) -> Option<&DisruptionPolicy> {
        self.units.get(name)
    }

    /// The policy of the SSH keys and the password of `core`.
    pub const fn ssh_keys(&self) -> Option<&DisruptionPolicy> {
        self.ssh_keys.as_ref()
    }
}

/// The MachineConfiguration of the objects that the operator looks at: the last one of that name.
pub fn operator_knobs<'o, 'a>(objects: &'o [Object<'a>]) -> Option<&'o Object<'a>> {
    let named = |object: &&Object<'_>| {
        object.kind.name == "MachineConfiguration" && object.name == OPERATOR_KNOBS
    };
    objects.iter().rfind(named)
}

/// The policies that a MachineConfiguration gives: those that the user wrote, or else those that the
/// operator published.
pub fn given_policies(object: &Object<'_>) -> Option<GivenPolicies> {
    let mut problems = Vec::new();
    let mut root = Fields::new(Some(object.node), object.at.clone(), &mut problems);
    let mut spec = root.mapping("spec");
    let (whole, at, policies) = if spec.get("nodeDisruptionPolicy").is_some() {
        let mut written = spec.mapping("nodeDisruptionPolicy");
        (false, written.at().clone(), read(&mut written, false))
    } else {
        let mut status = root.mapping("status");
        let mut status = status.mapping("nodeDisruptionPolicyStatus");
        status.get("clusterPolicies")?;
        let mut published = status.mapping("clusterPolicies");
        (true, published.at().clone(), read(&mut published, true))
    };
    Some(GivenPolicies { at, whole, policies, problems })
}

fn read(fields: &mut Fields<'_, '_>, status: bool) -> Written {
    let (mut files, mut units) = (BTreeMap::new(), BTreeMap::new());
    for (list, key, policies) in [("files", "path", &mut files), ("units", "name", &mut units)] {
        fields.each(list, |item| {
            let Some(name) = item.required(key) else { return };
            let policy = policy(item, name, status);
            if policies.insert(name.to_owned(), policy).is_some() {
                let text = format!("`{name}` stands twice in `{list}`");
                item.problem(ProblemKind::DuplicateEntry, item.at().key(key), text);
            }
        });
    }
    let ssh_keys = fields.get("sshkey").is_some().then(|| {
        let mut keys = fields.mapping("sshkey");
        policy(&mut keys, "", status)
    });
    let ssh_keys = ssh_keys.filter(|policy| !policy.steps.is_empty());
    Written { files, units, ssh_keys }
}

fn policy(fields: &mut Fields<'_, '_>, key: &str, status: bool) -> DisruptionPolicy {
    let source = PolicySource::Given(fields.at().clone());
    let mut steps = Vec::new();
    if fields.get("actions").is_none() {
        let text = "`actions` is missing".to_owned();
        fields.problem(ProblemKind::WrongType, fields.at().clone(), text);
    }
    fields.each("actions", |action| steps.extend(step(action, status)));
    let alone = |step: &Step| matches!(step.action, Action::Reboot | Action::None);
    if steps.len() > 1 && steps.iter().any(alone) {
        let text = "`Reboot` and `None` stand alone in `actions`".to_owned();
        fields.problem(ProblemKind::WrongType, fields.at().key("actions"), text);
    }
    DisruptionPolicy { key: key.to_owned(), steps, source }
}

fn step(fields: &mut Fields<'_, '_>, status: bool) -> Option<Step> {
    let name = fields.required("type")?;
    let known = |action: &Action| action.name() == name && (status || *action != Action::Special);
    let Some(action) = Action::ALL.into_iter().find(known) else {
        let text = format!(
            "`{name}` is no action; there are None, Reload, Restart, DaemonReload, Drain and Reboot"
        );
        fields.problem(ProblemKind::WrongType, fields.at().key("type"), text);
        return None;
    };
    let service = match action {
        Action::Reload => fields.mapping("reload").required("serviceName"),
        Action::Restart => fields.mapping("restart").required("serviceName"),
        _ => return Some(Step::plain(action)),
    };
    service.map(|service| Step { action, service: Some(service.to_owned()) })
}
