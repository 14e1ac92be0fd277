//! Walking a JSON Schema by the steps of a reference.
//!
//! Owns what a path can lead to: `$ref`, `anyOf`, `oneOf`, `properties`, `additionalProperties`,
//! `items`. An object that names its properties has no others. Must not know Rego.
//!
//! From `input.pool`, the step `kernel_arguments` leads to a list, the step `kernal_arguments`
//! nowhere.

use serde_json::Value;

/// How many nodes a shape may have before nothing is said about it any more.
const SHAPE_NODES: usize = 64;

/// How many `$ref`, `anyOf` and `oneOf` may stand behind one another.
const INDIRECTIONS: usize = 16;

/// What is known about a value.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::policy) enum Shape<'s> {
    /// Nothing yet.
    Unseen,
    /// One of these nodes of a schema.
    Nodes(Vec<Node<'s>>),
    /// A collection of such values.
    Collection(Box<Self>),
    /// Anything.
    Anything,
}

/// A node of a schema, and the path that leads there.
#[derive(Debug, Clone)]
pub(in crate::policy) struct Node<'s> {
    /// As policies write it: `input.pool.kernel_arguments[_]`.
    pub(in crate::policy) path: String,
    /// Whether it is there in every document that has what it stands in.
    pub(in crate::policy) always: bool,
    root: &'s Value,
    schema: &'s Value,
}

/// One step of a reference.
#[derive(Debug, Clone, Copy)]
pub(in crate::policy) enum Step<'a> {
    /// A name.
    Name(&'a str),
    /// A number, a variable, or whatever else is not known before evaluation.
    Any,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl<'s> Shape<'s> {
    /// The root of a schema.
    pub(in crate::policy) fn root(path: &str, root: &'s Value) -> Self {
        Self::Nodes(vec![Node { path: path.to_owned(), always: true, root, schema: root }])
    }

    /// Either of two shapes.
    pub(in crate::policy) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unseen, shape) | (shape, Self::Unseen) => shape,
            (Self::Nodes(mut nodes), Self::Nodes(others)) => {
                for node in others {
                    if !nodes.contains(&node) {
                        nodes.push(node);
                    }
                }
                if nodes.len() > SHAPE_NODES { Self::Anything } else { Self::Nodes(nodes) }
            }
            (Self::Collection(one), Self::Collection(other)) => {
                Self::Collection(Box::new(one.or(*other)))
            }
            _ => Self::Anything,
        }
    }

    /// What one step leads to; `None` for nowhere.
    pub(in crate::policy) fn step(&self, step: Step<'_>) -> Option<Self> {
        match self {
            Self::Unseen => Some(Self::Unseen),
            Self::Anything => Some(Self::Anything),
            Self::Collection(member) => Some((**member).clone()),
            Self::Nodes(nodes) => {
                let found = nodes.iter().filter_map(|node| node.step(step));
                found.reduce(Self::or)
            }
        }
    }

    /// The nodes, where it is known which.
    pub(in crate::policy) fn nodes(&self) -> &[Node<'s>] {
        match self {
            Self::Nodes(nodes) => nodes,
            _ => &[],
        }
    }

    /// The names that a step may have here, for suggestions.
    pub(in crate::policy) fn names(&self) -> Vec<&'s str> {
        let alternatives = self.nodes().iter().flat_map(Node::alternatives);
        let properties = alternatives.filter_map(|schema| schema.get("properties")?.as_object());
        properties.flat_map(|properties| properties.keys().map(String::as_str)).collect()
    }

    /// The texts that the value may be, where the schema lists them.
    pub(in crate::policy) fn texts(&self) -> Option<Vec<&'s str>> {
        let mut texts = Vec::new();
        for schema in self.nodes().iter().flat_map(Node::alternatives) {
            if schema.get("type").is_some_and(|kind| kind == "null") {
                continue;
            }
            match (schema.get("enum").and_then(Value::as_array), schema.get("const")) {
                (Some(list), _) => texts.extend(list.iter().filter_map(Value::as_str)),
                (None, Some(constant)) => texts.extend(constant.as_str()),
                (None, None) => return None,
            }
        }
        (!texts.is_empty()).then_some(texts)
    }
}

impl<'s> Node<'s> {
    fn step(&self, step: Step<'_>) -> Option<Shape<'s>> {
        let found = self.alternatives().into_iter().filter_map(|schema| match step {
            Step::Name(name) => self.property(schema, name),
            Step::Any => self.members(schema),
        });
        found.reduce(Shape::or)
    }

    fn property(&self, schema: &'s Value, name: &str) -> Option<Shape<'s>> {
        if is_unconstrained(schema) {
            return Some(Shape::Anything);
        }
        let path = || format!("{}.{name}", self.path);
        if let Some(property) = schema.get("properties").and_then(|all| all.get(name)) {
            let required = schema.get("required").and_then(Value::as_array);
            let required = required.is_some_and(|names| names.iter().any(|n| n == name));
            // What has a default is written whether it was given or not.
            let always = required || property.get("default").is_some();
            return Some(self.child(path(), always, property));
        }
        let additional = schema.get("additionalProperties").filter(|more| **more != false)?;
        Some(self.child(path(), false, additional))
    }

    fn members(&self, schema: &'s Value) -> Option<Shape<'s>> {
        if is_unconstrained(schema) {
            return Some(Shape::Anything);
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        let named = properties.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
        let named = named.map(|(name, schema)| (format!("{}.{name}", self.path), schema));
        let rest = ["items", "additionalProperties"].into_iter();
        let rest = rest.filter_map(|key| schema.get(key)).filter(|schema| **schema != false);
        let rest = rest.map(|schema| (format!("{}[_]", self.path), schema));
        named.chain(rest).map(|(path, schema)| self.child(path, false, schema)).reduce(Shape::or)
    }

    fn child(&self, path: String, always: bool, schema: &'s Value) -> Shape<'s> {
        if is_unconstrained(schema) {
            return Shape::Anything;
        }
        Shape::Nodes(vec![Node { path, always, root: self.root, schema }])
    }

    /// The schemas of which a value must meet one (or several).
    fn alternatives(&self) -> Vec<&'s Value> {
        let (mut found, mut open) = (Vec::new(), vec![(self.schema, 0)]);
        while let Some((schema, depth)) = open.pop() {
            if depth > INDIRECTIONS {
                continue;
            }
            let target = schema.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|target| target.strip_prefix('#'));
            open.extend(target.and_then(|at| self.root.pointer(at)).map(|to| (to, depth + 1)));
            let lists = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| schema.get(key));
            let before = open.len();
            open.extend(lists.filter_map(Value::as_array).flatten().map(|one| (one, depth + 1)));
            let only_a_choice = before < open.len() && schema.get("properties").is_none();
            if target.is_none() && !only_a_choice {
                found.push(schema);
            }
        }
        found
    }
}

/// Whether the schema says nothing about the value.
fn is_unconstrained(schema: &Value) -> bool {
    let says = ["$ref", "type", "properties", "items", "additionalProperties"];
    let chooses = ["anyOf", "oneOf", "allOf", "enum", "const"];
    *schema == Value::Bool(true)
        || schema
            .as_object()
            .is_some_and(|schema| !says.iter().chain(&chooses).any(|key| schema.contains_key(*key)))
}
