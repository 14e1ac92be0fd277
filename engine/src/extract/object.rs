//! Objects: documents and list items as Kubernetes objects of known kinds.
//!
//! Owns recognising kinds, unwrapping `List`s, naming what has to be translated or corrected first,
//! and numbering objects of one name. Must not read a `spec`.

use std::collections::BTreeMap;

use rollgate_facts::{Locator, ObjectId, Problem, ProblemKind};

use crate::extract::fields::Fields;
use crate::extract::kind::{Kind, Recognised};
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
    /// `metadata.labels`.
    pub labels: BTreeMap<String, String>,
    /// `metadata.annotations`.
    pub annotations: BTreeMap<String, String>,
    /// The object itself.
    pub node: &'a Node,
    /// The text that it stands in.
    pub source: &'a Source,
    /// What is wrong with its text and metadata.
    pub problems: Vec<Problem>,
}

/// What a set of documents holds.
#[derive(Debug, Default)]
pub struct Inventory<'a> {
    /// The objects of known kinds, in the order read.
    pub objects: Vec<Object<'a>>,
    /// How many objects of other kinds there are, by kind.
    pub passed_over: BTreeMap<String, usize>,
    /// Documents and items that have to be translated or corrected before they can be judged.
    pub foreign: Vec<Foreign<'a>>,
}

/// A document or list item that has to be translated or corrected first.
#[derive(Debug)]
pub struct Foreign<'a> {
    /// The text that it stands in.
    pub source: &'a Source,
    /// The document or item.
    pub root: &'a Node,
    /// What it is.
    pub message: String,
    /// How to translate or correct it.
    pub help: String,
}

impl<'a> Inventory<'a> {
    /// Sorts the documents that could be read into objects, counts and foreign files.
    pub fn of(sources: &'a [Source]) -> Self {
        let mut inventory = Self::default();
        let mut seen = BTreeMap::new();
        for source in sources {
            for document in source.documents().iter().flatten() {
                inventory.add(&mut seen, &Found::document(source, document));
            }
        }
        inventory
    }

    /// Adds an object, or every item of a list. Lists nest no deeper than the reader lets them.
    fn add(&mut self, seen: &mut Seen, found: &Found<'a>) {
        let Some((item_kind, items)) = found.list() else {
            match Foreign::of(found) {
                Some(foreign) => self.foreign.push(foreign),
                None => self.add_object(seen, found),
            }
            return;
        };
        let Found { source, document, node, .. } = *found;
        // Items of a typed list, as the API server returns it, may leave their own type out.
        let inherited = (!item_kind.is_empty()).then(|| (string(node, "apiVersion"), item_kind));
        for (index, node) in items.iter().enumerate() {
            let pointer = format!("{}/items/{index}", found.pointer);
            self.add(seen, &Found { source, document, node, pointer, inherited });
        }
    }

    fn add_object(&mut self, seen: &mut Seen, found: &Found<'a>) {
        let (api_version, kind) = found.recognised_by();
        let (known, served) = match Kind::recognise(api_version, kind) {
            Recognised::Known(known) => (known, true),
            Recognised::WrongVersion(known) => (known, false),
            Recognised::Other => {
                let kind = if kind.is_empty() { "untyped document" } else { kind };
                *self.passed_over.entry(kind.to_owned()).or_default() += 1;
                return;
            }
        };
        let mut object = Object::read(seen, known, api_version, found);
        if !served {
            object.problems.push(unknown_api_version(&object));
        }
        object.adopt_faults(found);
        self.objects.push(object);
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
}

impl<'a> Found<'a> {
    const fn document(source: &'a Source, document: &'a Document) -> Self {
        let node = &document.root;
        Self { source, document, node, pointer: String::new(), inherited: None }
    }

    /// The kind of the items, empty in a plain `List`, and the items.
    fn list(&self) -> Option<(&'a str, &'a [Node])> {
        let item_kind = string(self.node, "kind").strip_suffix("List")?;
        Some((item_kind, self.node.get("items")?.as_sequence()?))
    }

    fn recognised_by(&self) -> (&'a str, &'a str) {
        match (string(self.node, "apiVersion"), string(self.node, "kind")) {
            ("", "") => self.inherited.unwrap_or_default(),
            written => written,
        }
    }
}

/// How often each kind, namespace and name has been seen.
type Seen = BTreeMap<(&'static str, String, String), usize>;

impl<'a> Object<'a> {
    fn read(seen: &mut Seen, kind: &'static Kind, api_version: &'a str, found: &Found<'a>) -> Self {
        let (source, node) = (found.source, found.node);
        let metadata = node.get("metadata");
        let name = metadata.map_or("", |metadata| string(metadata, "name"));
        let namespace = metadata.map(|metadata| string(metadata, "namespace"));
        let namespace = namespace.filter(|text| kind.namespaced && !text.is_empty());
        let nth = seen
            .entry((kind.name, namespace.unwrap_or_default().to_owned(), name.to_owned()))
            .and_modify(|nth| *nth += 1)
            .or_insert(1);
        let id = ObjectId::new(kind.name, namespace, name, *nth);
        let at = Locator::object(&id);
        let mut problems = Vec::new();
        let mut fields = Fields::new(metadata, at.key("metadata"), &mut problems);
        let labels = fields.string_map("labels");
        let annotations = fields.string_map("annotations");
        fields.str("name");
        if name.is_empty() {
            let at = if metadata.is_some() { at.key("metadata") } else { at.clone() };
            let text = format!("this {} has no `metadata.name`", kind.name);
            fields.problem(ProblemKind::MissingName, at, text);
        } else if *nth > 1 {
            let at = at.key("metadata").key("name");
            let text = format!(
                "another {} of the name `{name}` is in the input; whichever is applied last wins",
                kind.name
            );
            fields.problem(ProblemKind::DuplicateObject, at, text);
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
            problems,
        }
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

impl<'a> Foreign<'a> {
    /// Recognises Butane by `variant`, a bare Ignition config by `ignition.version`, and what was
    /// meant to be a kind that is judged.
    fn of(found: &Found<'a>) -> Option<Self> {
        let Found { source, node: root, .. } = *found;
        let foreign = |message: &str, help: &str| {
            Some(Self { source, root, message: message.to_owned(), help: help.to_owned() })
        };
        let (api_version, kind) = found.recognised_by();
        if kind == "List" && root.get("items").is_some() {
            return foreign("the `items` of this List are no list", "list the objects under it");
        }
        if let Some(meant) = Kind::meant(api_version, kind) {
            let message = format!("`{api_version}` has no kind `{kind}`");
            return foreign(&message, &format!("did you mean `{}`?", meant.name));
        }
        if root.get("kind").is_some() {
            return None;
        }
        if root.get("variant").is_some() && root.get("version").is_some() {
            return foreign(
                "this is a Butane config, not a MachineConfig",
                "translate it with `butane FILE.bu > FILE.yaml` (variant `openshift`) and check \
                 the result",
            );
        }
        root.get("ignition")?.get("version")?;
        foreign(
            "this is a bare Ignition config, not a MachineConfig",
            "put it under `spec.config` of a MachineConfig and check that",
        )
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
