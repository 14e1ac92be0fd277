//! The inventory: everything that the documents of an input hold.
//!
//! Owns recognising kinds, and what becomes of every document: an object, one of a kind that nobody
//! judges, or a mistake. Must not read a `spec`. A wrapper is one of the others, and what it holds
//! is added beside it.

use std::collections::BTreeMap;

use rollgate_facts::ObjectId;

use crate::extract::kind::{Kind, Recognised};
use crate::extract::mistaken::Mistaken;
use crate::extract::object::{Found, Object, Seen};
use crate::extract::template;
use crate::extract::wrapped;
use crate::text::{Node, Source};

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
    /// Whether templates were looked for already.
    rendered: bool,
}

impl<'a> Inventory<'a> {
    /// Sorts the documents that could be read into objects, mistakes and counts.
    pub fn of(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        Self::default().filled(sources)
    }

    /// The same of objects that were taken in one by one, so that no template is among them: to look
    /// for one takes longer than all else.
    pub fn of_rendered(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        Self { rendered: true, ..Self::default() }.filled(sources)
    }

    fn filled(mut self, sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let mut seen = BTreeMap::new();
        for source in sources {
            self.add_source(&mut seen, source);
        }
        self
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
        if !self.rendered {
            let name = format!("{} `{}`", known.name, object.name);
            if let Some(unrendered) = template::unrendered(found.renderer, &name, found.node) {
                self.mistaken.push(Mistaken::unrendered(found.source, unrendered));
                return;
            }
        }
        if !served {
            object.refuse_api_version();
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

fn string<'a>(node: &'a Node, key: &str) -> &'a str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}
