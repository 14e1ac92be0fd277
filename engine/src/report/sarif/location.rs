//! Places as SARIF writes them: `file:///` for an absolute path, else relative to the repository.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rollgate_facts::Locator;
use serde_json::{Value, json};

use crate::report::{Place, Repository};

/// The name that GitHub gives the root of the repository.
const ROOT: &str = "%SRCROOT%";

/// What a path may hold in a URI; a colon would make its first step a scheme.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What relative paths are relative to.
pub(super) fn base() -> Value {
    json!({ ROOT: { "description": {
        "text": "The root of the repository, in CI; else the folder in which rollgate ran.",
    }}})
}

/// A place, and the locator that says it in the words of Kubernetes.
pub(super) fn location(repository: &Repository, place: &Place, at: Option<&Locator>) -> Value {
    let mut location = json!({ "physicalLocation": physical(repository, place) });
    if let (Some(at), Some(fields)) = (at, location.as_object_mut()) {
        let logical = json!([{ "fullyQualifiedName": at.as_str() }]);
        fields.insert("logicalLocations".to_owned(), logical);
    }
    location
}

/// The start of an input.
pub(super) fn start_of(name: &str) -> Place {
    Place { name: name.to_owned(), line: 1, column: 1, end_line: 1, end_column: 1, excerpt: None }
}

fn physical(repository: &Repository, place: &Place) -> Value {
    json!({
        "artifactLocation": artifact(&repository.path_of(&place.name)),
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

fn artifact(name: &str) -> Value {
    let path = utf8_percent_encode(name, ESCAPED).to_string();
    if path.starts_with('/') {
        json!({ "uri": format!("file://{path}") })
    } else {
        json!({ "uri": path, "uriBaseId": ROOT })
    }
}
