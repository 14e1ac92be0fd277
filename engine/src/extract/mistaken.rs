//! Values that are no object as they stand, and were meant to be one.
//!
//! Owns telling a mistake from what is none of rollgate's business: what is passed over never makes
//! a run inconclusive, a mistake always does. Must not read a `spec`.
//!
//! `kind: machineconfig` → "no API serves the kind `machineconfig`"; `kind: Deployment` → nothing.

use crate::extract::kind::{KINDS, Kind, MACHINE_CONFIGURATION};
use crate::extract::template::{self, Unrendered};
use crate::extract::wrapped;
use crate::text::{Document, Node, ReadError, Source, Span};

/// A document, or a value in one, that has to be put right before it can be judged.
#[derive(Debug)]
pub struct Mistaken<'a> {
    /// The text that it stands in.
    pub source: &'a Source,
    /// Where it stands there.
    pub span: Span,
    /// What it is.
    pub message: String,
    /// How to put it right.
    pub help: String,
}

/// What is wrong, and how to put it right.
type Mistake = (String, String);

impl<'a> Mistaken<'a> {
    /// What is wrong with a value that is neither a `List` nor an object of a known kind.
    pub(super) fn value(source: &'a Source, node: &Node) -> Option<Self> {
        let kind = node.get("kind").and_then(Node::as_str);
        let (message, help) = match kind {
            _ if node.as_sequence().is_some() => bare_list(node),
            Some(_) if wrapped::raw_templates(node) => Some(raw_templates()),
            Some(kind) if template::marker(kind).is_some() => template_of_kind(kind),
            Some(kind) => list_without_items(node, kind).or_else(|| misspelt_kind(node, kind)),
            None => other_language(node).or_else(|| no_kind(node)),
        }?;
        Some(Self { source, span: node.span, message, help })
    }

    /// An object that nobody rendered.
    pub(super) fn unrendered(source: &'a Source, unrendered: Unrendered) -> Self {
        let Unrendered { value, marker, message, help } = unrendered;
        // An escape may hide it; then the whole value is shown.
        let bytes = source.artifact().bytes();
        let written = bytes.get(value.start..value.end).unwrap_or_default();
        let found = std::str::from_utf8(written).ok().and_then(|text| text.find(&marker));
        let span = found.map_or(value, |at| {
            let start = value.start + at;
            Span { start, end: start + marker.len() }
        });
        Self { source, span, message, help }
    }

    /// A text that cannot be read because nobody rendered it.
    pub(super) fn template(source: &'a Source, error: &ReadError) -> Option<Self> {
        let bytes = source.artifact().bytes();
        let start = bytes.get(..error.span.start)?;
        let start = start.windows(4).rposition(|four| four == b"\n---").map_or(0, |at| at + 1);
        let rest = bytes.get(start..)?;
        let end = rest.windows(4).position(|four| four == b"\n---");
        let text = std::str::from_utf8(rest.get(..end.unwrap_or(rest.len()))?).ok()?;
        let (span, marker) = template::breaking(text, error.span.start - start)?;
        Some(Self {
            source,
            span: Span { start: start + span.start, end: start + span.end },
            message: template::message("the text", &marker),
            help: template::RENDER.to_owned(),
        })
    }

    /// A text that cannot be read.
    pub(super) fn text(source: &'a Source, error: &ReadError) -> Self {
        let ReadError { span, message, help } = error.clone();
        Self { source, span, message, help }
    }

    /// Keys that say what a value is, and stand twice in one that is no object of a known kind: the
    /// one that lost may have held what was to be judged.
    pub(super) fn duplicates(
        source: &'a Source,
        document: &'a Document,
        pointer: &str,
    ) -> impl Iterator<Item = Self> {
        let decisive = move |found: &str| {
            let inside = found.strip_prefix(pointer);
            inside.is_some_and(|inside| matches!(inside, "/apiVersion" | "/kind" | "/items"))
        };
        let faults = document.faults.iter().filter(move |fault| decisive(&fault.pointer));
        faults.map(move |fault| Self {
            source,
            span: fault.span,
            message: fault.text.clone(),
            help: "remove one of the two".to_owned(),
        })
    }
}

fn mistake(message: impl Into<String>, help: impl Into<String>) -> Mistake {
    (message.into(), help.into())
}

fn bare_list(node: &Node) -> Option<Mistake> {
    let items = node.as_sequence().unwrap_or_default();
    items.iter().find(|item| item.get("kind").is_some())?;
    Some(mistake(
        "a bare list is no Kubernetes object",
        "write the objects as documents with `---` between them, or as the `items` of a `List`",
    ))
}

fn list_without_items(node: &Node, kind: &str) -> Option<Mistake> {
    let item_kind = kind.strip_suffix("List")?;
    let known = item_kind.is_empty() || KINDS.iter().any(|known| known.name == item_kind);
    let items = node.get("items").filter(|items| known && !items.is_null())?;
    let message = format!("`items` of a `{kind}` takes a list, not {}", items.describe());
    Some(mistake(message, "write each object as an item of a list"))
}

/// A ConfigurationPolicy whose objects only the cluster's own state makes.
fn raw_templates() -> Mistake {
    mistake(
        "`object-templates-raw` holds an unrendered template that names a kind which is judged",
        "render it first, as with `policytools template-resolver`, and check the result",
    )
}

fn template_of_kind(kind: &str) -> Option<Mistake> {
    let marker = template::marker(kind)?;
    Some(mistake(template::message("`kind`", &marker), template::RENDER))
}

/// A kind that differs from a known one in its case, or that nothing but a known one resembles.
fn misspelt_kind(node: &Node, kind: &str) -> Option<Mistake> {
    let group = group(node);
    let same = |known: &&Kind| known.name.eq_ignore_ascii_case(kind);
    let served = |known: &Kind| known.distinctive || known.group == group;
    let meant = match KINDS.iter().find(same) {
        Some(known) => Some(known.name).filter(|name| served(known) && *name != kind),
        None if group == MACHINE_CONFIGURATION => {
            crate::closest(kind, KINDS.iter().map(|known| known.name))
        }
        None => None,
    }?;
    Some(mistake(format!("no API serves the kind `{kind}`"), format!("write `kind: {meant}`")))
}

/// Butane is known by its `variant`, and a bare Ignition config by `ignition.version`.
fn other_language(node: &Node) -> Option<Mistake> {
    if node.get("variant").is_some() && node.get("version").is_some() {
        return Some(mistake(
            "this is a Butane config, not a MachineConfig",
            "translate it with `butane FILE.bu > FILE.yaml` (variant `openshift`) and check the \
             result",
        ));
    }
    node.get("ignition")?.get("version")?;
    Some(mistake(
        "this is a bare Ignition config, not a MachineConfig",
        "put it under `spec.config` of a MachineConfig and check that",
    ))
}

fn no_kind(node: &Node) -> Option<Mistake> {
    group(node).ends_with("openshift.io").then_some(())?;
    Some(mistake(
        "this has an `apiVersion` of OpenShift and no `kind`, so that nobody can tell what it is",
        "add the `kind`, written exactly so",
    ))
}

fn group(node: &Node) -> &str {
    let api_version = node.get("apiVersion").and_then(Node::as_str).unwrap_or_default();
    api_version.split_once('/').map_or("", |(group, _)| group)
}
