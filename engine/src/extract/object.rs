//! Objects: documents and list items as Kubernetes objects of known kinds.
//!
//! Owns what every object has: its type, its metadata, and a number where others have its name. Must
//! not read a `spec`, nor know what holds other objects (see `wrapped`).

use std::collections::BTreeMap;

use rollgate_facts::{Locator, ObjectId, Problem, ProblemKind};

use crate::extract::fields::Fields;
use crate::extract::indentation::Indentation;
use crate::extract::kind::Kind;
use crate::extract::machine_config::ROLE_LABEL;
use crate::extract::template::Renderer;
use crate::extract::wrapped::{self, ConfigMap};
use crate::text::{Document, Node, Source};

/// An object of a known kind.
#[derive(Debug)]
pub struct Object<'a> {
    /// Which object it is.
    pub id: ObjectId,
    /// Where the object stands.
    pub at: Locator,
    /// Its kind.
    pub kind: &'static Kind,
    /// `apiVersion` as written.
    pub api_version: &'a str,
    /// `metadata.name`.
    pub name: &'a str,
    /// `metadata.namespace`.
    pub namespace: Option<&'a str>,
    /// `metadata.labels`, and the role that HyperShift gives a MachineConfig of a NodePool.
    pub labels: BTreeMap<String, String>,
    /// `metadata.annotations`.
    pub annotations: BTreeMap<String, String>,
    /// The object itself.
    pub node: &'a Node,
    /// The text that it stands in.
    pub source: &'a Source,
    /// The ConfigMap of a NodePool that holds it, if one does.
    pub config_map: Option<ConfigMap>,
    /// What is wrong with its text and metadata.
    pub problems: Vec<Problem>,
    /// What of it lost its indentation.
    indentation: Indentation<'a>,
}

/// A document or list item that may be an object.
pub(super) struct Found<'a> {
    pub(super) source: &'a Source,
    pub(super) document: &'a Document,
    pub(super) node: &'a Node,
    /// The JSON pointer of the node in the document.
    pub(super) pointer: String,
    /// `apiVersion` and `kind` of an item that leaves them to its list.
    pub(super) inherited: Option<(&'a str, &'a str)>,
    /// The ConfigMap of a NodePool that holds it.
    pub(super) config_map: Option<ConfigMap>,
    /// Who would render the texts in it.
    pub(super) renderer: Renderer<'a>,
}

impl<'a> Found<'a> {
    pub(super) const fn document(source: &'a Source, document: &'a Document) -> Self {
        let node = &document.root;
        Self {
            source,
            document,
            node,
            pointer: String::new(),
            inherited: None,
            config_map: None,
            renderer: Renderer::Unknown,
        }
    }

    /// What this holds, where it is of a kind that holds objects. The items of a typed list, as the
    /// API server returns it, may leave their own type out.
    pub(super) fn held(&self) -> Option<Vec<Self>> {
        let item_kind = string(self.node, "kind").strip_suffix("List").unwrap_or_default();
        let inherited =
            (!item_kind.is_empty()).then(|| (string(self.node, "apiVersion"), item_kind));
        let held = wrapped::objects(self.node)?.into_iter().map(|(pointer, node)| Self {
            source: self.source,
            document: self.document,
            node,
            pointer: format!("{}{pointer}", self.pointer),
            inherited,
            config_map: self.config_map.clone(),
            renderer: wrapped::renderer(self.node).unwrap_or(self.renderer),
        });
        Some(held.collect())
    }

    pub(super) fn recognised_by(&self) -> (&'a str, &'a str) {
        match (string(self.node, "apiVersion"), string(self.node, "kind")) {
            ("", "") => self.inherited.unwrap_or_default(),
            written => written,
        }
    }
}

/// The objects seen of each kind, namespace and name: for each the ConfigMap that holds it.
pub(super) type Seen = BTreeMap<(&'static str, String, String), Vec<Option<ConfigMap>>>;

impl<'a> Object<'a> {
    pub(super) fn read(
        seen: &mut Seen,
        kind: &'static Kind,
        api_version: &'a str,
        found: &Found<'a>,
    ) -> Self {
        let (source, node, config_map) = (found.source, found.node, &found.config_map);
        let metadata = node.get("metadata");
        let indentation = Indentation::of(node);
        let text = |field| {
            let written = metadata.map_or("", |metadata| string(metadata, field));
            let meant = || indentation.metadata(field).and_then(Node::as_str);
            if written.is_empty() { meant().unwrap_or_default() } else { written }
        };
        let name = text("name");
        let namespace = Some(text("namespace")).filter(|text| kind.namespaced && !text.is_empty());
        let key = (kind.name, namespace.unwrap_or_default().to_owned(), name.to_owned());
        let namesakes = seen.entry(key).or_default();
        let duplicate = namesakes.contains(config_map);
        namesakes.push(config_map.clone());
        let nth = namesakes.len();
        let id = ObjectId::new(kind.name, namespace, name, nth);
        let at = Locator::object(&id);
        let mut problems: Vec<Problem> = indentation.problems(&at).collect();
        let mut fields = Fields::new(metadata, at.key("metadata"), &mut problems);
        let mut labels = fields.string_map("labels");
        let annotations = fields.string_map("annotations");
        fields.str("name");
        if name.is_empty() {
            let at = if metadata.is_some() { at.key("metadata") } else { at.clone() };
            let text = format!("this {} has no `metadata.name`", kind.name);
            fields.problem(ProblemKind::MissingName, at, text);
        } else if duplicate {
            let at = at.key("metadata").key("name");
            let text = format!(
                "another {} of the name `{name}` is in the input; whichever is applied last wins",
                kind.name
            );
            fields.problem(ProblemKind::DuplicateObject, at, text);
        }
        labels.extend(indentation.labels());
        if config_map.is_some() && kind.name == "MachineConfig" {
            // hypershift `controllers/nodepool/config.go`, `defaultAndValidateConfigManifest`.
            labels.insert(ROLE_LABEL.to_owned(), "worker".to_owned());
        }
        Self {
            id,
            at,
            kind,
            api_version,
            name,
            namespace,
            labels,
            annotations,
            node,
            source,
            config_map: config_map.clone(),
            problems,
            indentation,
        }
    }

    /// Leaves out the problems that say no more than that the indentation is lost.
    pub(super) fn leave_out_explained(&self, problems: &mut Vec<Problem>) {
        problems.retain(|problem| !self.indentation.explains(&self.at, problem));
    }

    /// Says that no API serves the kind by its `apiVersion`.
    pub(super) fn refuse_api_version(&mut self) {
        let (name, right) = (self.kind.name, self.kind.api_version());
        let text = match self.api_version {
            "" => format!("this {name} has no `apiVersion`; write `{right}`"),
            other => format!("`{other}` does not serve the kind {name}; write `{right}`"),
        };
        let at = self.at.key("apiVersion");
        self.problems.push(Problem { kind: ProblemKind::UnknownApiVersion, at, text });
    }

    /// Takes over the faults of the document's text that stand inside this object.
    pub(super) fn adopt_faults(&mut self, found: &Found<'_>) {
        for fault in &found.document.faults {
            let Some(inside) = fault.pointer.strip_prefix(&found.pointer) else { continue };
            if inside.is_empty() || inside.starts_with('/') {
                let at = inside
                    .split('/')
                    .skip(1)
                    .fold(self.at.clone(), |at, key| at.key(&unescape(key)));
                self.problems.push(Problem {
                    kind: ProblemKind::DuplicateKey,
                    at,
                    text: fault.text.clone(),
                });
            }
        }
    }
}

fn string<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// Undoes the escapes of a JSON pointer (RFC 6901 section 4).
fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
