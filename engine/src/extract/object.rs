//! Objects: documents and list items as Kubernetes objects of known kinds.
//!
//! Owns recognising kinds, and numbering objects of one name. Must not read a `spec`, nor know what
//! holds other objects (see `wrapped`).

use std::collections::BTreeMap;

use rollgate_facts::{Locator, ObjectId, Problem, ProblemKind};

use crate::extract::fields::Fields;
use crate::extract::indentation::Indentation;
use crate::extract::kind::{Kind, Recognised};
use crate::extract::machine_config::ROLE_LABEL;
use crate::extract::mistaken::Mistaken;
use crate::extract::template::{self, Renderer};
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

/// An object of a kind that rollgate does not judge.
#[derive(Debug)]
pub struct OtherObject<'a> {
    /// Which object it is.
    pub id: ObjectId,
    /// The object itself.
    pub node: &'a Node,
    /// The text that it stands in.
    pub source: &'a Source,
}

/// What a set of documents holds.
#[derive(Debug, Default)]
pub struct Inventory<'a> {
    /// The objects of known kinds, in the order read.
    pub objects: Vec<Object<'a>>,
    /// How many objects of other kinds there are, by kind.
    pub passed_over: BTreeMap<String, usize>,
    /// Those objects, and those that hold others, for policies that judge any kind.
    pub others: Vec<OtherObject<'a>>,
    /// What has to be put right before it can be judged.
    pub mistaken: Vec<Mistaken<'a>>,
    /// How often each of the others has been seen.
    seen_others: BTreeMap<String, usize>,
}

impl<'a> Inventory<'a> {
    /// Sorts the documents that could be read into objects, mistakes and counts.
    pub fn of(sources: &'a [Source]) -> Self {
        let mut inventory = Self::default();
        let mut seen = BTreeMap::new();
        for source in sources {
            inventory.add_source(&mut seen, source);
        }
        inventory
    }

    /// Adds what the documents of a text hold. Where a template keeps them from being read, each
    /// would complain of the same.
    fn add_source(&mut self, seen: &mut Seen, source: &'a Source) {
        let mut is_template = false;
        for read in source.documents() {
            match read {
                Ok(document) => self.add(seen, &Found::document(source, document)),
                Err(_) if is_template => {}
                Err(error) => {
                    let template = Mistaken::template(source, error);
                    is_template = template.is_some();
                    let text = || Mistaken::text(source, error);
                    self.mistaken.push(template.unwrap_or_else(text));
                }
            }
        }
    }

    /// Adds an object, or those that it holds. They nest no deeper than the reader lets them.
    fn add(&mut self, seen: &mut Seen, found: &Found<'a>) {
        let texts = wrapped::texts(found.node);
        match found.held() {
            Some(held) => {
                self.note_duplicates(found);
                self.add_wrapper(found);
                for held in held {
                    self.add(seen, &held);
                }
            }
            None if !texts.is_empty() => {
                self.note_duplicates(found);
                self.add_wrapper(found);
                for pointer in &texts {
                    self.add_text(seen, found, pointer);
                }
            }
            None => self.add_object(seen, found),
        }
    }

    /// Adds the objects that stand as text in a string of an object.
    fn add_text(&mut self, seen: &mut Seen, found: &Found<'a>, pointer: &str) {
        let config_map = wrapped::node_pool_config(found.node, pointer);
        let inside = found.document.inside.get(&format!("{}{pointer}", found.pointer));
        for read in inside.into_iter().flatten() {
            match read {
                Ok(document) => {
                    let config_map = config_map.clone();
                    let (source, renderer) = (found.source, found.renderer);
                    let inner = Found { config_map, renderer, ..Found::document(source, document) };
                    self.add(seen, &inner);
                }
                Err(error) => {
                    let mistaken = Mistaken::template(found.source, error);
                    let mistaken = mistaken.unwrap_or_else(|| Mistaken::text(found.source, error));
                    self.mistaken.push(mistaken);
                }
            }
        }
    }

    fn add_object(&mut self, seen: &mut Seen, found: &Found<'a>) {
        let (api_version, kind) = found.recognised_by();
        let (known, served) = match Kind::recognise(api_version, kind) {
            _ if wrapped::is_passing(found.node) => return self.pass_over(kind, found),
            Recognised::Known(known) => (known, true),
            Recognised::WrongVersion(known) => (known, false),
            Recognised::Other => return self.pass_over(kind, found),
        };
        let mut object = Object::read(seen, known, api_version, found);
        let name = format!("{} `{}`", known.name, object.name);
        if let Some(unrendered) = template::unrendered(found.renderer, &name, found.node) {
            self.mistaken.push(Mistaken::unrendered(found.source, unrendered));
            return;
        }
        if !served {
            object.problems.push(unknown_api_version(&object));
        }
        object.adopt_faults(found);
        self.objects.push(object);
    }

    fn pass_over(&mut self, kind: &str, found: &Found<'a>) {
        self.note_duplicates(found);
        if let Some(mistaken) = Mistaken::value(found.source, found.node) {
            self.mistaken.push(mistaken);
            return;
        }
        let kind = if kind.is_empty() { "untyped document" } else { kind };
        self.add_other(kind, found);
        *self.passed_over.entry(kind.to_owned()).or_default() += 1;
    }

    /// Adds an object that holds others; a list is none itself.
    fn add_wrapper(&mut self, found: &Found<'a>) {
        let kind = string(found.node, "kind");
        if !kind.ends_with("List") {
            self.add_other(kind, found);
        }
    }

    fn add_other(&mut self, kind: &str, found: &Found<'a>) {
        let (source, node) = (found.source, found.node);
        let metadata = |key| node.get("metadata").map_or("", |metadata| string(metadata, key));
        let namespace = Some(metadata("namespace")).filter(|text| !text.is_empty());
        let id = |nth| ObjectId::new(kind, namespace, metadata("name"), nth);
        let nth = self.seen_others.entry(id(1).as_str().to_owned()).or_default();
        *nth += 1;
        self.others.push(OtherObject { id: id(*nth), node, source });
    }

    fn note_duplicates(&mut self, found: &Found<'a>) {
        let duplicates = Mistaken::duplicates(found.source, found.document, &found.pointer);
        self.mistaken.extend(duplicates);
    }
}

/// A document or list item that may be an object.
struct Found<'a> {
    source: &'a Source,
    document: &'a Document,
    node: &'a Node,
    /// The JSON pointer of the node in the document.
    pointer: String,
    /// `apiVersion` and `kind` of an item that leaves them to its list.
    inherited: Option<(&'a str, &'a str)>,
    /// The ConfigMap of a NodePool that holds it.
    config_map: Option<ConfigMap>,
    /// Who would render the texts in it.
    renderer: Renderer<'a>,
}

impl<'a> Found<'a> {
    const fn document(source: &'a Source, document: &'a Document) -> Self {
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
    fn held(&self) -> Option<Vec<Self>> {
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

    fn recognised_by(&self) -> (&'a str, &'a str) {
        match (string(self.node, "apiVersion"), string(self.node, "kind")) {
            ("", "") => self.inherited.unwrap_or_default(),
            written => written,
        }
    }
}

/// The objects seen of each kind, namespace and name: for each the ConfigMap that holds it.
type Seen = BTreeMap<(&'static str, String, String), Vec<Option<ConfigMap>>>;

impl<'a> Object<'a> {
    fn read(seen: &mut Seen, kind: &'static Kind, api_version: &'a str, found: &Found<'a>) -> Self {
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

    /// Takes over the faults of the document's text that stand inside this object.
    fn adopt_faults(&mut self, found: &Found<'_>) {
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

fn unknown_api_version(object: &Object<'_>) -> Problem {
    let kind = object.kind;
    let (name, right) = (kind.name, kind.api_version());
    let text = match object.api_version {
        "" => format!("this {name} has no `apiVersion`; write `{right}`"),
        other => format!("`{other}` does not serve the kind {name}; write `{right}`"),
    };
    Problem { kind: ProblemKind::UnknownApiVersion, at: object.at.key("apiVersion"), text }
}

fn string<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// Undoes the escapes of a JSON pointer (RFC 6901 section 4).
fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
