//! Mirrors, as the objects of a cluster name them.
//!
//! Owns what an object says. Must not know where objects come from, or which mirror is asked.
//! `spec.imageDigestMirrors[].{source, mirrors}` of an `ImageDigestMirrorSet` is one [`Mirror`] each.

use serde_json::Value;

/// One source of an `ImageDigestMirrorSet`, `ImageTagMirrorSet` or `ImageContentSourcePolicy`.
///
/// Source: openshift/api, `config/v1/types_image_digest_mirror_set.go`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// What is mirrored: a registry, a namespace in one, or a repository; `*.example.com` is every host
    /// below.
    pub source: String,
    /// Where it is mirrored, the first asked first.
    pub mirrors: Vec<String>,
    /// Whether it serves references by tag (`ImageTagMirrorSet`), or else those by digest.
    pub tags: bool,
    /// Whether the source itself is never asked (`mirrorSourcePolicy: NeverContactSource`).
    pub never_source: bool,
}

/// The kinds of object that name mirrors, the list in their `spec`, and whether it is for tags.
const KINDS: [(&str, &str, bool); 3] = [
    ("ImageDigestMirrorSet", "imageDigestMirrors", false),
    ("ImageTagMirrorSet", "imageTagMirrors", true),
    ("ImageContentSourcePolicy", "repositoryDigestMirrors", false),
];

impl Mirror {
    /// The mirrors that an object names; none, where it is of another kind.
    pub fn of_object(object: &Value) -> Vec<Self> {
        let kind = object.get("kind").and_then(Value::as_str).unwrap_or_default();
        let Some((_, list, tags)) = KINDS.iter().find(|(found, ..)| *found == kind) else {
            return Vec::new();
        };
        let entries = object.get("spec").and_then(|spec| spec.get(list)).and_then(Value::as_array);
        entries.into_iter().flatten().filter_map(|entry| Self::of_entry(entry, *tags)).collect()
    }

    fn of_entry(entry: &Value, tags: bool) -> Option<Self> {
        let source = entry.get("source")?.as_str()?.to_owned();
        let mirrors = entry.get("mirrors").and_then(Value::as_array).into_iter().flatten();
        let policy = entry.get("mirrorSourcePolicy").and_then(Value::as_str);
        Some(Self {
            source,
            mirrors: mirrors.filter_map(|mirror| mirror.as_str().map(str::to_owned)).collect(),
            tags,
            never_source: policy == Some("NeverContactSource"),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_kind_of_mirror_set_names_its_mirrors() {
        let entry = json!({"source": "a.example.com/x", "mirrors": ["b.example.com/y"]});
        let never = json!({"source": "c.example.com", "mirrors": [], "mirrorSourcePolicy": "NeverContactSource"});
        let mirror = |source: &str, mirrors: &[&str], tags, never_source| Mirror {
            source: source.to_owned(),
            mirrors: mirrors.iter().map(|&mirror| mirror.to_owned()).collect(),
            tags,
            never_source,
        };
        for (kind, list, tags) in KINDS {
            let object = json!({"kind": kind, "spec": {list: [entry, never, {"mirrors": []}]}});
            let first = mirror("a.example.com/x", &["b.example.com/y"], tags, false);
            let expected = [first, mirror("c.example.com", &[], tags, true)];
            assert_eq!(Mirror::of_object(&object), expected);
        }
        assert_eq!(Mirror::of_object(&json!({"kind": "Pod", "spec": {}})), []);
    }
}
