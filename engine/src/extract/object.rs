//! Objects: documents and list items as Kubernetes objects of known kinds.
//!
//! Owns recognising kinds, unwrapping `List`s and numbering objects of one name. Must not read a
//! `spec`.

use std::collections::BTreeMap;

use rollgate_facts::{Locator, ObjectId, Problem, ProblemKind};

use crate::extract::fields::Fields;
use crate::extract::kind::{Kind, Recognised};
use crate::extract::mistaken::Mistaken;
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
    /// Those objects, for policies that judge any kind.
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
            for document in source.documents().iter().flatten() {
                inventory.add(&mut seen, &Found::document(source, document));
            }
        }
        inventory
    }

    /// Adds an object, or those of a list. Lists nest no deeper than the reader lets them.
    fn add(&mut self, seen: &mut Seen, found: &Found<'a>) {
        match found.items() {
            Some(items) => {
                self.note_duplicates(found);
                items.for_each(|item| self.add(seen, &item));
            }
            None => self.add_object(seen, found),
        }
    }

    fn add_object(&mut self, seen: &mut Seen, found: &Found<'a>) {
        let (api_version, kind) = found.recognised_by();
        let (known, served) = match Kind::recognise(api_version, kind) {
            Recognised::Known(known) => (known, true),
            Recognised::WrongVersion(known) => (known, false),
            Recognised::Other => return self.pass_over(kind, found),
        };
        let mut object = Object::read(seen, known, api_version, found);
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
}

impl<'a> Found<'a> {
    const fn document(source: &'a Source, document: &'a Document) -> Self {
        let node = &document.root;
        Self { source, document, node, pointer: String::new(), inherited: None }
    }

    /// The items, where this is a `List`, or a typed list as the API server returns it, whose items
    /// may leave their own type out.
    fn items(&self) -> Option<impl Iterator<Item = Self>> {
        let item_kind = string(self.node, "kind").strip_suffix("List")?;
        let items = self.node.get("items")?.as_sequence()?;
        let inherited =
            (!item_kind.is_empty()).then(|| (string(self.node, "apiVersion"), item_kind));
        let item = move |(index, node)| {
            let pointer = format!("{}/items/{index}", self.pointer);
            Self { source: self.source, document: self.document, node, pointer, inherited }
        };
        Some(items.iter().enumerate().map(item))
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
