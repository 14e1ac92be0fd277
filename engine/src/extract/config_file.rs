//! Configuration files that a node cannot work without reading: whether they parse, and what they
//! hold.
//!
//! Owns which file is in which language. Must not judge what they say; a file that is not listed
//! here is anybody's.
//!
//! `/etc/containers/registries.conf` with `a = ` → line 1 is no TOML.

use serde_json::Value;

use crate::{Artifact, Limits, text};

/// The language of a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Json,
    Toml,
    Yaml,
    /// `key = value` lines of sysctl.d(5).
    Sysctl,
}

/// Why a configuration file does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unparsable {
    /// The line, from 1, where one is known.
    pub(super) line: Option<usize>,
    /// What is wrong; never a value.
    pub(super) reason: String,
}

/// Files by their whole path.
const FILES: &[(&str, Language)] = &[
    ("/etc/containers/containers.conf", Language::Toml),
    ("/etc/containers/policy.json", Language::Json),
    ("/etc/containers/registries.conf", Language::Toml),
    ("/etc/containers/storage.conf", Language::Toml),
    ("/etc/crio/crio.conf", Language::Toml),
    ("/etc/kubernetes/kubelet.conf", Language::Yaml),
    ("/etc/sysctl.conf", Language::Sysctl),
    ("/var/lib/kubelet/config.json", Language::Json),
];

/// Files by their folder and ending. CRI-O reads every file of its folder, whatever its name.
const FOLDERS: &[(&str, &str, Language)] = &[
    ("/etc/containers/containers.conf.d/", ".conf", Language::Toml),
    ("/etc/containers/registries.conf.d/", ".conf", Language::Toml),
    ("/etc/containers/registries.d/", ".yaml", Language::Yaml),
    ("/etc/containers/storage.conf.d/", ".conf", Language::Toml),
    ("/etc/crio/crio.conf.d/", "", Language::Toml),
    ("/etc/crio/policies/", ".json", Language::Json),
    ("/etc/kubernetes/kubelet.conf.d/", ".conf", Language::Yaml),
    ("/etc/sysctl.d/", ".conf", Language::Sysctl),
];

/// Holds passwords, which must not become facts.
const SECRET: &str = "/var/lib/kubelet/config.json";

/// What the file at `path` holds; none where it is in no language that is known here, or one that
/// has no values.
///
/// # Errors
///
/// Where its reader would not take it.
pub(super) fn parse(limits: &Limits, path: &str, text: &str) -> Result<Option<Value>, Unparsable> {
    let Some(language) = language(path) else { return Ok(None) };
    let value = match language {
        Language::Json => json(text)?,
        Language::Toml => toml(text)?,
        Language::Yaml => yaml(limits, path, text)?,
        Language::Sysctl => return sysctl(text).map(|()| None),
    };
    Ok(value.filter(|_| path != SECRET))
}

/// Whether the reader of the file takes nothing but UTF-8, as those of TOML and YAML.
pub(super) fn needs_utf8(path: &str) -> bool {
    matches!(language(path), Some(Language::Toml | Language::Yaml))
}

fn language(path: &str) -> Option<Language> {
    let whole = FILES.iter().find(|(file, _)| *file == path).map(|(_, language)| *language);
    let inside = |(folder, ending, _): &&(&str, &str, Language)| {
        let name = path.strip_prefix(folder);
        name.is_some_and(|name| !name.contains('/') && name.ends_with(ending))
    };
    whole.or_else(|| FOLDERS.iter().find(inside).map(|(_, _, language)| *language))
}

fn json(text: &str) -> Result<Option<Value>, Unparsable> {
    serde_json::from_str(text).map(Some).map_err(|error| {
        // The message ends with the place, which is told beside it.
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Unparsable { line: Some(error.line()), reason: format!("not JSON: {reason}") }
    })
}

fn toml(text: &str) -> Result<Option<Value>, Unparsable> {
    toml::from_str(text).map(Some).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| before.bytes().filter(|byte| *byte == b'\n').count() + 1);
        let reason = error.message().lines().next().unwrap_or_default();
        Unparsable { line, reason: format!("not TOML: {reason}") }
    })
}

fn yaml(limits: &Limits, path: &str, text: &str) -> Result<Option<Value>, Unparsable> {
    let artifact = Artifact::new(path, text);
    match text::read(limits, &artifact).into_iter().next() {
        None => Ok(None),
        Some(Ok(document)) => Ok(Some(document.root.to_json())),
        Some(Err(error)) => {
            let line = text::place(&artifact, error.span).line;
            Err(Unparsable { line: Some(line), reason: format!("not YAML: {}", error.message) })
        }
    }
}

/// Like `systemd-sysctl`, which passes over a line that it cannot read.
fn sysctl(text: &str) -> Result<(), Unparsable> {
    let assigns =
        |line: &str| line.is_empty() || line.starts_with(['#', ';', '-']) || line.contains('=');
    let broken = text.lines().position(|line| !assigns(line.trim()));
    broken.map_or(Ok(()), |index| {
        let reason = "the line has no `=` after its key".to_owned();
        Err(Unparsable { line: Some(index + 1), reason })
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;
    use crate::Limits;

    #[test]
    fn files_of_a_known_language_become_values() {
        let read = |path, text| parse(&Limits::default(), path, text).unwrap();
        let toml = "[crio.runtime]\ndefault_runtime = \"crun\"\n";
        let value = json!({"crio": {"runtime": {"default_runtime": "crun"}}});
        assert_eq!(read("/etc/crio/crio.conf.d/99-site", toml), Some(value));
        assert_eq!(read("/etc/containers/policy.json", "{}"), Some(json!({})));
        let kubelet = "maxPods: 250\n";
        assert_eq!(read("/etc/kubernetes/kubelet.conf", kubelet), Some(json!({"maxPods": 250})));
        assert_eq!(read("/var/lib/kubelet/config.json", r#"{"auths": {}}"#), None);
        assert_eq!(read("/etc/sysctl.d/99-site.conf", "# a\n; b\n-c\n\nd = 1\n"), None);
        assert_eq!(read("/etc/motd", "{"), None);
        assert_eq!(read("/etc/containers/registries.d/a.txt", "{"), None);
    }

    #[test]
    fn what_does_not_parse_is_told_with_its_line() {
        let files = [
            ("/etc/containers/policy.json", "{\n\"default\": [}\n", 2, "not JSON: expected value"),
            ("/etc/crio/crio.conf.d/a", "[crio]\na = \n", 2, "not TOML: "),
            ("/etc/kubernetes/kubelet.conf", "a: b\nc: [d\n", 2, "not YAML: "),
            ("/etc/sysctl.conf", "a=1\nb 2\n", 2, "the line has no `=` after its key"),
        ];
        for (path, text, line, reason) in files {
            let error = parse(&Limits::default(), path, text).unwrap_err();
            assert_eq!(error.line, Some(line), "{path}: {error:?}");
            assert!(error.reason.starts_with(reason), "{path}: {error:?}");
        }
    }
}
