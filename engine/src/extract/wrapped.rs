//! Wrapped objects: what other objects hold, as values or as text.
//!
//! Owns which kinds hold objects, and where, and which objects a deployment tool does not leave in a
//! cluster. Must not judge what they hold. A `List` holds its
//! `items`; a ConfigMap holds text, of which only what names a known kind is read:
//! `data: {config: "kind: MachineConfig…"}` → the MachineConfig, at its place in the ConfigMap.

use rollgate_facts::ObjectId;

use crate::extract::containerfile::is_containerfile;
use crate::extract::kind::KINDS;
use crate::extract::template::Renderer;
use crate::text::{Document, Node, Source, escape};
use crate::{Artifact, Limits};

/// The key of a ConfigMap that a NodePool reads (hypershift `controllers/nodepool/config.go`,
/// `TokenSecretConfigKey`).
const NODE_POOL_KEY: &str = "config";

/// The API group of the policies of Advanced Cluster Management.
const POLICY: &str = "policy.open-cluster-management.io";

/// The annotation that keeps a policy from being rendered.
const TEMPLATES_OFF: &str = "policy.open-cluster-management.io/disable-templates";

/// The hooks of deployment tools that leave nothing in a running cluster: they run when all is taken
/// down, in a test, or never (Argo CD resource hooks; Helm chart hooks).
const PASSING_HOOKS: &[(&str, &[&str])] = &[
    ("argocd.argoproj.io/hook", &["PreDelete", "PostDelete", "Skip"]),
    ("helm.sh/hook", &["pre-delete", "post-delete", "test", "test-success", "test-failure"]),
];

/// The ConfigMap of a NodePool, which holds what its nodes get.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigMap {
    /// `metadata.namespace`; empty where it is left to who applies it.
    pub namespace: String,
    /// `metadata.name`
    pub name: String,
}

impl ConfigMap {
    /// Which object it is.
    pub fn id(&self) -> ObjectId {
        let namespace = Some(&*self.namespace).filter(|namespace| !namespace.is_empty());
        ObjectId::new("ConfigMap", namespace, &self.name, 1)
    }
}

/// A value that an object holds, with its JSON pointer from there.
pub(super) type Held<'a> = (String, &'a Node);

/// Reads an artifact, and the objects that stand as text in its ConfigMaps. A Containerfile holds
/// none.
pub fn open(limits: &Limits, artifact: Artifact) -> Source {
    if is_containerfile(artifact.name()) {
        return Source::of_lines(artifact);
    }
    let mut source = Source::read(limits, artifact);
    source.read_inside(limits, |document: &Document| {
        let mut pointers = Vec::new();
        collect_texts(&document.root, "", &mut pointers);
        pointers
    });
    source
}

/// The objects that this one holds as values, where it is of a kind that does. Those of a list may
/// leave their own type out.
pub(super) fn objects(node: &Node) -> Option<Vec<Held<'_>>> {
    let (group, kind) = (group(node), string(node, "kind"));
    match (group, kind) {
        (POLICY, "Policy") => Some(each(node, "/spec/policy-templates", "/objectDefinition")),
        (POLICY, "ConfigurationPolicy") if !raw_templates(node) => {
            let mut held = each(node, "/spec/object-templates", "/objectDefinition");
            held.retain(|(pointer, _)| !is_forbidden(node, pointer));
            Some(held)
        }
        ("template.openshift.io" | "", "Template") => Some(each(node, "/objects", "")),
        ("work.open-cluster-management.io", "ManifestWork") => {
            Some(each(node, "/spec/workload/manifests", ""))
        }
        ("work.open-cluster-management.io", "ManifestWorkReplicaSet") => {
            Some(each(node, "/spec/manifestWorkTemplate/workload/manifests", ""))
        }
        ("hive.openshift.io", "SyncSet" | "SelectorSyncSet") => {
            Some(each(node, "/spec/resources", ""))
        }
        _ if kind.ends_with("List") => {
            node.get("items")?.as_sequence()?;
            Some(each(node, "/items", ""))
        }
        _ => None,
    }
}

/// Who renders the texts of what this holds, where that is known.
pub(super) fn renderer(node: &Node) -> Option<Renderer<'_>> {
    match (group(node), string(node, "kind")) {
        ("template.openshift.io" | "", "Template") => {
            node.get("parameters").map(Renderer::Template)
        }
        (POLICY, _) => {
            let annotations = node.get("metadata").and_then(|metadata| metadata.get("annotations"));
            let off = annotations.map(|annotations| string(annotations, TEMPLATES_OFF));
            Some(if off == Some("true") { Renderer::Unknown } else { Renderer::Policy })
        }
        _ => None,
    }
}

/// Whether this is a ConfigurationPolicy whose objects are one template, a known kind in it.
pub(super) fn raw_templates(node: &Node) -> bool {
    let raw = node.get("spec").map_or("", |spec| string(spec, "object-templates-raw"));
    group(node) == POLICY && names_known_kind(raw)
}

/// The strings of a ConfigMap that hold objects as text, by their JSON pointers from there.
pub(super) fn texts(node: &Node) -> Vec<String> {
    if (group(node), string(node, "kind")) != ("", "ConfigMap") {
        return Vec::new();
    }
    let entries = node.get("data").and_then(Node::as_mapping).unwrap_or_default();
    let holds = |text: &str| names_known_kind(text) && begins_as_object(text);
    let named = entries.iter().filter(|entry| entry.node.as_str().is_some_and(holds));
    named.map(|entry| format!("/data/{}", escape(&entry.key))).collect()
}

/// The ConfigMap of a NodePool, where the string at this JSON pointer is what a NodePool reads.
pub(super) fn node_pool_config(node: &Node, pointer: &str) -> Option<ConfigMap> {
    let metadata = node.get("metadata")?;
    let text = |key| string(metadata, key).to_owned();
    let key = pointer.strip_prefix("/data/")?;
    (key == NODE_POOL_KEY).then(|| ConfigMap { namespace: text("namespace"), name: text("name") })
}

/// Whether a deployment tool leaves nothing of the object in a running cluster.
pub(super) fn is_passing(node: &Node) -> bool {
    let annotations = node.get("metadata").and_then(|metadata| metadata.get("annotations"));
    let hooks = |key| annotations.map_or("", |annotations| string(annotations, key));
    PASSING_HOOKS.iter().any(|(key, passing)| {
        let hooks = hooks(key);
        !hooks.is_empty() && hooks.split(',').all(|hook| passing.contains(&hook.trim()))
    })
}

/// Nests no deeper than the reader lets values nest.
fn collect_texts(node: &Node, at: &str, pointers: &mut Vec<String>) {
    for (pointer, held) in objects(node).unwrap_or_default() {
        collect_texts(held, &format!("{at}{pointer}"), pointers);
    }
    pointers.extend(texts(node).into_iter().map(|pointer| format!("{at}{pointer}")));
}

/// The values at `inner` in each item of the list at `list`.
fn each<'a>(node: &'a Node, list: &str, inner: &str) -> Vec<Held<'a>> {
    let list_node = node.pointer(list);
    let items = list_node.node.as_sequence().filter(|_| list_node.whole).unwrap_or_default();
    let held = items.iter().enumerate().filter_map(|(index, item)| {
        let reached = item.pointer(inner);
        reached.whole.then(|| (format!("{list}/{index}{inner}"), reached.node))
    });
    held.collect()
}

/// Whether an object template of a ConfigurationPolicy says what must not be there.
fn is_forbidden(policy: &Node, pointer: &str) -> bool {
    let template = pointer.strip_suffix("/objectDefinition").unwrap_or(pointer);
    let compliance = string(policy.pointer(template).node, "complianceType");
    compliance.eq_ignore_ascii_case("mustnothave")
}

/// Whether a line of the text says `kind:` with a kind that is known, or a list of it.
fn names_known_kind(text: &str) -> bool {
    text.match_indices("kind").any(|(start, found)| {
        let rest = text.get(start + found.len()..).unwrap_or_default();
        let rest = rest.trim_start_matches(['"', '\'']).trim_start_matches(' ');
        let Some(value) = rest.strip_prefix(':') else { return false };
        let value = value.trim_start_matches([' ', '"', '\'']);
        let end = value.find(|character: char| !character.is_ascii_alphanumeric());
        let kind = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
        let kind = kind.strip_suffix("List").unwrap_or(kind);
        KINDS.iter().any(|known| !known.group.is_empty() && known.name.eq_ignore_ascii_case(kind))
    })
}

/// Whether a document of the text begins as an object does; a script that writes objects does not.
fn begins_as_object(text: &str) -> bool {
    let meaningful = |line: &&str| !line.is_empty() && !line.starts_with('#') && *line != "---";
    text.split("\n---").any(|document| {
        let first = document.lines().map(str::trim).find(meaningful).unwrap_or_default();
        ["apiVersion", "kind", "metadata", "spec", "items", "- ", "{", "\""]
            .iter()
            .any(|beginning| first.starts_with(beginning))
    })
}

fn group(node: &Node) -> &str {
    string(node, "apiVersion").split_once('/').map_or("", |(group, _)| group)
}

fn string<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}
