//! Templates that nobody rendered: `{{ … }}`, `{% … %}`, `${X}` and `$(X)` where a value should be.
//!
//! Owns what such a marker looks like, and in which values it cannot be meant as it stands: scripts,
//! units and other texts of several lines use the same signs. Must not know how a template renders.
//! `name: 99-${ROLE}` → the marker `${ROLE}`; `ExecStart=/bin/sh -c "echo ${HOME}"` → nothing.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::text::{Entry, Node, Span, Value};

/// How much of a marker is shown.
const SHOWN: usize = 60;

/// What to do about a template of any kind but OpenShift's.
pub(super) const RENDER: &str = "render it first (`helm template …`, `kustomize build …`, `oc process …`, `envsubst`) and \
     check the result";

/// Who would render the texts of an object.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Renderer<'a> {
    /// Nobody is known: a marker is one only where nothing else could be meant.
    #[default]
    Unknown,
    /// A policy of Advanced Cluster Management, which renders `{{ … }}` in every string.
    Policy,
    /// An OpenShift Template with these `parameters`, which are replaced in every string.
    Template(&'a Node),
}

/// A marker in an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unrendered {
    /// The value that has it.
    pub(super) value: Span,
    /// The marker itself.
    pub(super) marker: String,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// A marker: of a template language with its own brackets, or of a variable in braces or parentheses.
static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bracketed = r"\{\{[^\n]*?\}\}|\{%[^\n]*?%\}";
    let braced = r"\$\{\{?[A-Za-z_][A-Za-z0-9_.]*(?::?[-=?+][^}\n]*)?\}\}?";
    let called = r"\$\([A-Za-z_][A-Za-z0-9_.]*\)";
    Regex::new(&format!("(?<bracketed>{bracketed})|{braced}|(?<called>{called})")).ok()
});

/// The first marker in an object of this name for people.
pub(super) fn unrendered(renderer: Renderer<'_>, name: &str, object: &Node) -> Option<Unrendered> {
    let mut search = Search { renderer, found: None };
    search.object(object);
    let (value, marker) = search.found?;
    let by_parameter = match renderer {
        Renderer::Template(parameters) => parameter(parameters, &marker),
        _ => None,
    };
    let (message, help) = match by_parameter {
        Some(parameter) => (
            format!("{name} needs the parameter `{}` of its Template", parameter.name),
            parameter.help(),
        ),
        None => (message(name, &marker), RENDER.to_owned()),
    };
    Some(Unrendered { value, marker, message, help })
}

/// The marker that keeps a text from being read, and where it stands there: one in the line of the
/// error, or one that takes a line of its own.
pub(super) fn breaking(text: &str, error: usize) -> Option<(Span, String)> {
    let pattern = MARKER.as_ref()?;
    let bracketed = pattern.captures_iter(text).filter_map(|found| found.name("bracketed"));
    let line_at = |offset: usize| {
        let before = text.get(..offset).unwrap_or_default();
        before.bytes().filter(|&byte| byte == b'\n').count()
    };
    let error_line = line_at(error);
    let mut culprit = bracketed.filter(|found| {
        let before = text.get(..found.start()).unwrap_or_default();
        let lead = before.rsplit('\n').next().unwrap_or_default();
        let own_line = lead.trim_start_matches(['-', ' ', '\t']).is_empty();
        own_line || line_at(found.start()).abs_diff(error_line) <= 1
    });
    let found = culprit.next()?;
    Some((Span { start: found.start(), end: found.end() }, found.as_str().to_owned()))
}

/// The marker in a text of one line.
pub(super) fn marker(text: &str) -> Option<String> {
    MARKER.as_ref()?.find(text).map(|found| found.as_str().to_owned())
}

/// Says that something holds a marker.
pub(super) fn message(name: &str, marker: &str) -> String {
    format!("{name} holds the unrendered template `{}`", cropped(marker))
}

fn cropped(marker: &str) -> String {
    match marker.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", marker.get(..end).unwrap_or_default()),
        None => marker.to_owned(),
    }
}

/// A search for the first marker, in the order written.
struct Search<'a> {
    renderer: Renderer<'a>,
    found: Option<(Span, String)>,
}

impl Search<'_> {
    /// What a cluster says, and what tools note down, is nothing that anybody would render.
    fn object(&mut self, object: &Node) {
        for entry in object.as_mapping().unwrap_or_default() {
            match &*entry.key {
                "status" => {}
                "metadata" => {
                    let fields = entry.node.as_mapping().unwrap_or_default().iter();
                    fields
                        .filter(|field| !matches!(&*field.key, "annotations" | "managedFields"))
                        .for_each(|field| self.entry(field));
                }
                _ => self.entry(entry),
            }
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.text("", &entry.key, entry.key_span);
        self.value(&entry.key, &entry.node);
    }

    fn value(&mut self, key: &str, node: &Node) {
        match &node.value {
            _ if self.found.is_some() => {}
            Value::String(text) => self.text(key, text, node.span),
            Value::Sequence(items) => items.iter().for_each(|item| self.value(key, item)),
            Value::Mapping(entries) => entries.iter().for_each(|entry| self.entry(entry)),
            _ => {}
        }
    }

    fn text(&mut self, key: &str, text: &str, span: Span) {
        if self.found.is_none() {
            self.found = marker_in(self.renderer, key, text).map(|marker| (span, marker));
        }
    }
}

fn marker_in(renderer: Renderer<'_>, key: &str, text: &str) -> Option<String> {
    // Most strings have no sign of one, and some are long.
    if !text.contains('{') && !text.contains('$') {
        return None;
    }
    let markers = || MARKER.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    let first = |is_meant: &dyn Fn(&Captures<'_>) -> bool| {
        let found = markers().find(is_meant)?;
        Some(found.get(0)?.as_str().to_owned())
    };
    let bracketed = |found: &Captures<'_>| found.name("bracketed").is_some();
    match renderer {
        Renderer::Policy if first(&bracketed).is_some() => return first(&bracketed),
        Renderer::Template(parameters) => {
            let mut given = markers().filter_map(|found| Some(found.get(0)?.as_str()));
            let found = given.find(|marker| parameter(parameters, marker).is_some());
            if let Some(marker) = found {
                return Some(marker.to_owned());
            }
        }
        _ => {}
    }
    // A text for somebody else may use the same signs; one that is nothing but a marker is none.
    // A data URL has to escape braces, so that those in it are never meant as they stand.
    let is_text = matches!(key, "contents" | "content" | "containerfileContent" | "inline")
        || text.trim_end().contains('\n');
    let data = text.strip_prefix("data:").and_then(|url| url.split_once(','));
    let whole = |text: &str| MARKER.as_ref().is_some_and(|pattern| covers(pattern, text.trim()));
    match data {
        _ if whole(text) => first(&|_| true),
        _ if is_text => None,
        Some((_, data)) if !whole(data) => first(&|found| found.name("called").is_none()),
        _ => first(&|_| true),
    }
}

/// Whether the text is one match, and nothing beside it.
fn covers(pattern: &Regex, text: &str) -> bool {
    pattern.find(text).is_some_and(|found| found.len() == text.len())
}

/// A parameter of a Template.
struct Parameter<'a> {
    name: &'a str,
    has_default: bool,
}

impl Parameter<'_> {
    fn help(&self) -> String {
        let note = if self.has_default { "; its default is used only there" } else { "" };
        format!("render it with `oc process` and check the result{note}")
    }
}

/// The parameter that a marker `${NAME}` or `${{NAME}}` stands for.
fn parameter<'a>(parameters: &'a Node, marker: &str) -> Option<Parameter<'a>> {
    let name = marker.strip_prefix('$')?.trim_matches(['{', '}']);
    let text = |node: &'a Node, key| node.get(key).and_then(Node::as_str);
    let declared = parameters.as_sequence()?.iter();
    let mut same = declared.filter(|parameter| text(parameter, "name") == Some(name));
    same.next().and_then(|parameter| {
        let has_default = parameter.get("value").is_some() || parameter.get("generate").is_some();
        Some(Parameter { name: text(parameter, "name")?, has_default })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_use_the_same_signs_are_no_templates() {
        let cases = [
            ("name", "99-${ROLE}", Some("${ROLE}")),
            ("name", "{{ .Values.name }}", Some("{{ .Values.name }}")),
            ("path", "/etc/$(HOST).conf", Some("$(HOST)")),
            ("source", "https://{{ host }}/a", Some("{{ host }}")),
            ("source", "data:;base64,${PLACEHOLDER}", Some("${PLACEHOLDER}")),
            ("source", "data:,${CONTENT}", Some("${CONTENT}")),
            ("source", "data:,a={{.var_a}}", Some("{{.var_a}}")),
            ("source", "data:,PS1=${HOME}", Some("${HOME}")),
            ("source", "data:,PS1=$(hostname)", None),
            ("source", "data:,$(CONTENT)", Some("$(CONTENT)")),
            ("source", "https://$(HOST)/a", Some("$(HOST)")),
            ("contents", "${UNIT}", Some("${UNIT}")),
            ("contents", "[Service]\nExecStart=/bin/sh -c \"$${X} ${Y} {{.Names}}\"", None),
            ("contents", "[Service]", None),
            ("passwordHash", "$6$abc$def", None),
            ("config", "{\"a\":{\"b\":{}}}", None),
        ];
        for (key, text, expected) in cases {
            let found = marker_in(Renderer::Unknown, key, text);
            assert_eq!(found.as_deref(), expected, "{key}: {text}");
        }
    }
}
