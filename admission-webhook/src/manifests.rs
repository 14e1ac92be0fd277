//! The manifests of an installation, from the kustomizations under `deploy/`.
//!
//! Owns what can be chosen without kustomize: phase, configuration, image and namespace. Must not know
//! what the objects are for. kustomize itself runs in a test only, which keeps `deploy/rendered/` at what it
//! makes of the overlays, and holds what is printed here to what it makes of the same choices: so
//! there is one source, and neither kustomize nor a network is needed to install.
//!
//! `Manifests { overlay: Openshift, phase: Enforce, .. }` → the objects of
//! `deploy/rendered/openshift.yaml` with `failurePolicy: Fail` and the `rollgate.yaml` of
//! `deploy/components/enforce/`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use miette::{Diagnostic, MietteDiagnostic};
use rollgate_engine::Limits;
use serde::Deserialize as _;
use serde_json::{Value, json};
use thiserror::Error;

use crate::args::{Manifests, Overlay, Phase};
use crate::judging::Judging;

/// The namespace of the manifests as they are written.
const NAMESPACE: &str = "rollgate";
/// The ConfigMap that holds `rollgate.yaml`.
const CONFIGURATION: &str = "rollgate-config";
/// The annotation by which cert-manager finds the certificate, as `<namespace>/<name>`.
const INJECT: &str = "cert-manager.io/inject-ca-from";
/// The group of the kinds that the Prometheus operator brings.
const MONITORING_GROUP: &str = "monitoring.coreos.com/";
/// The label of dashboards of OpenShift's console.
const DASHBOARD: &str = "/metadata/labels/console.openshift.io~1dashboard";

/// What went wrong while the manifests were put together or printed.
#[derive(Debug, Error, Diagnostic)]
pub(crate) enum ManifestsError {
    /// The embedded text is not YAML: a bug, and not the user's.
    #[error("the built-in manifests are not valid YAML")]
    Unreadable(#[source] serde_yaml::Error),
    /// The configuration would not fit into a ConfigMap as it is.
    #[error("`{}` is not UTF-8", .0.display())]
    NotText(PathBuf),
    /// An object could not be written as YAML.
    #[error("an object cannot be written as YAML")]
    Unwritable(#[source] serde_yaml::Error),
    /// Nobody takes what is printed.
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
}

/// Prints the manifests that were asked for.
///
/// # Errors
///
/// Also where the configuration that is to be in them is one that the webhook would not load.
pub(crate) fn print(chosen: &Manifests) -> miette::Result<()> {
    let configuration = match &chosen.config {
        Some(file) => own_configuration(file)?,
        None => configuration(chosen.phase).to_owned(),
    };
    let text = text(chosen, &configuration)?;
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(ManifestsError::Output(error).into())
        }
        _ => Ok(()),
    }
}

/// The text of a configuration that loads.
fn own_configuration(file: &Path) -> miette::Result<String> {
    Judging::load(Some(file))?;
    let artifact = rollgate_sources::read_file(&Limits::default(), file)
        .map_err(|error| MietteDiagnostic::new(error.to_string()).with_help(error.help()))?;
    let text = std::str::from_utf8(artifact.bytes());
    Ok(text.map_err(|_| ManifestsError::NotText(file.to_owned()))?.to_owned())
}

/// The manifests as YAML, one document an object.
fn text(chosen: &Manifests, configuration: &str) -> Result<String, ManifestsError> {
    let mut objects = objects(rendered(chosen.overlay))?;
    if chosen.no_monitoring {
        objects.retain(|object| !of_monitoring(object));
    }
    let mut text = heading(chosen);
    for object in &mut objects {
        set_configuration(object, configuration);
        set_failure_policy(object, failure_policy(chosen.phase));
        if let Some(image) = &chosen.image {
            set_image(object, image);
        }
        set_namespace(object, &chosen.namespace);
        text.push_str("---\n");
        text.push_str(&serde_yaml::to_string(object).map_err(ManifestsError::Unwritable)?);
    }
    Ok(text)
}

/// What the reader of the output asks first: what made it, and what of it was chosen.
fn heading(chosen: &Manifests) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("# rollgate {version}: {:?}, phase {:?}\n", chosen.overlay, chosen.phase).to_lowercase()
}

/// The overlay as kustomize renders it, in the phase `report`.
fn rendered(overlay: Overlay) -> &'static str {
    match overlay {
        Overlay::Openshift => include_str!("../deploy/rendered/openshift.yaml"),
        Overlay::Kubernetes => include_str!("../deploy/rendered/kubernetes.yaml"),
    }
}

/// The configuration with which a phase begins.
fn configuration(phase: Phase) -> &'static str {
    match phase {
        Phase::Report => include_str!("../deploy/components/report/rollgate.yaml"),
        Phase::Warn => include_str!("../deploy/components/warn/rollgate.yaml"),
        Phase::Enforce => include_str!("../deploy/components/enforce/rollgate.yaml"),
    }
}

/// What the API server does in a phase where no replica answers.
fn failure_policy(phase: Phase) -> &'static str {
    match phase {
        Phase::Report | Phase::Warn => "Ignore",
        Phase::Enforce => "Fail",
    }
}

/// The documents of a YAML text.
fn objects(text: &str) -> Result<Vec<Value>, ManifestsError> {
    let documents = serde_yaml::Deserializer::from_str(text);
    documents.map(Value::deserialize).collect::<Result<_, _>>().map_err(ManifestsError::Unreadable)
}

/// Whether an object is of a kind of the Prometheus operator, or a dashboard of what it scrapes.
fn of_monitoring(object: &Value) -> bool {
    let version = object.get("apiVersion").and_then(Value::as_str);
    version.is_some_and(|version| version.starts_with(MONITORING_GROUP))
        || object.pointer(DASHBOARD).is_some()
}

/// The configuration in its ConfigMap.
fn set_configuration(object: &mut Value, configuration: &str) {
    if name(object) == Some(CONFIGURATION)
        && let Some(file) = object.pointer_mut("/data/rollgate.yaml")
    {
        *file = json!(configuration);
    }
}

/// Whether the API server goes on without an answer.
fn set_failure_policy(object: &mut Value, failure_policy: &str) {
    for webhook in items_mut(object, "/webhooks") {
        if let Some(policy) = webhook.get_mut("failurePolicy") {
            *policy = json!(failure_policy);
        }
    }
}

/// The image of every container, all of which run the one binary.
fn set_image(object: &mut Value, image: &str) {
    for container in items_mut(object, "/spec/template/spec/containers") {
        if let Some(written) = container.get_mut("image") {
            *written = json!(image);
        }
    }
}

/// The namespace, wherever it is spoken of.
fn set_namespace(object: &mut Value, namespace: &str) {
    if object.get("kind").and_then(Value::as_str) == Some("Namespace")
        && let Some(name) = object.pointer_mut("/metadata/name")
    {
        *name = json!(namespace);
    }
    set_namespace_within(object, namespace);
}

/// Fields named `namespace`, what cert-manager finds by it, names of Services in DNS, and queries.
fn set_namespace_within(value: &mut Value, namespace: &str) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "namespace" && field == NAMESPACE {
                    *field = json!(namespace);
                }
                if let (INJECT, Some(path)) = (key.as_str(), field.as_str())
                    && let Some((NAMESPACE, certificate)) = path.split_once('/')
                {
                    *field = json!(format!("{namespace}/{certificate}"));
                }
                set_namespace_within(field, namespace);
            }
        }
        Value::Array(items) => {
            for item in items {
                set_namespace_within(item, namespace);
            }
        }
        Value::String(text) => *text = in_namespace(text, namespace),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text that names the namespace within.
fn in_namespace(text: &str, namespace: &str) -> String {
    text.replace(&format!(".{NAMESPACE}.svc"), &format!(".{namespace}.svc"))
        .replace(&format!("namespace=\"{NAMESPACE}\""), &format!("namespace=\"{namespace}\""))
}

/// `metadata.name`.
fn name(object: &Value) -> Option<&str> {
    object.pointer("/metadata/name").and_then(Value::as_str)
}

/// The items of the list at a JSON pointer; none, where there is no list.
fn items_mut<'object>(
    object: &'object mut Value,
    pointer: &str,
) -> impl Iterator<Item = &'object mut Value> {
    object.pointer_mut(pointer).and_then(Value::as_array_mut).into_iter().flatten()
}
