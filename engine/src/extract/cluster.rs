//! What the objects of a cluster say about the target and the images of the release.
//!
//! Only fields that the API documents are read; what contradicts itself says nothing.

use rollgate_facts::{Architecture, Stream, Target, Text};

use crate::extract::object::Object;
use crate::text::Node;

/// The images of the release, which a pool gets where no MachineConfig overrides them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReleaseImages {
    /// The operating system image.
    pub os_image: Option<String>,
    /// The image of the extensions.
    pub extensions_image: Option<String>,
}

/// The target as far as ClusterVersion, Infrastructure, ControllerConfig, OSImageStream and Node
/// objects tell it. The day is never told by objects.
pub fn target(objects: &[Object<'_>]) -> Target {
    Target {
        release: agreed(objects, "ClusterVersion", release),
        stream: agreed(objects, "OSImageStream", default_stream)
            .or_else(|| agreed(objects, "Node", node_stream)),
        architecture: agreed(objects, "Node", architecture),
        platform: agreed(objects, "Infrastructure", infrastructure_platform)
            .or_else(|| agreed(objects, "ControllerConfig", controller_platform)),
        day: None,
    }
}

/// The images that a pool of this OS image stream (or the default one) gets from the release.
pub fn release_images(objects: &[Object<'_>], stream: Option<&str>) -> ReleaseImages {
    of_kind(objects, "OSImageStream")
        .find_map(|object| stream_images(object, stream))
        .or_else(|| of_kind(objects, "ControllerConfig").map(controller_images).next())
        .unwrap_or_default()
}

/// The image of the release that the ClusterVersion runs or is asked to run.
pub(super) fn release_image(objects: &[Object<'_>]) -> Option<Text> {
    let paths = [["spec", "desiredUpdate", "image"], ["status", "desired", "image"]];
    let image = |object: &Object<'_>| {
        let mut found = paths.iter().filter_map(|path| Some((path, text(object, path)?)));
        let (path, image) = found.find(|(_, image)| !image.is_empty())?;
        let at = path.iter().fold(object.at.clone(), |at, key| at.key(key));
        Some(Text::new(at, image))
    };
    of_kind(objects, "ClusterVersion").find_map(image)
}

/// The names of the streams that the OSImageStream offers.
pub fn available_streams(objects: &[Object<'_>]) -> Option<Vec<String>> {
    let streams = |object: &Object<'_>| {
        let streams = at(object, &["status", "availableStreams"])?.as_sequence()?;
        let name = |stream: &Node| stream.get("name")?.as_str().map(ToOwned::to_owned);
        Some(streams.iter().filter_map(name).collect())
    };
    of_kind(objects, "OSImageStream").find_map(streams)
}

/// The names in `MachineConfiguration.spec.irreconcilableValidationOverrides.storage`.
pub fn irreconcilable_overrides(objects: &[Object<'_>]) -> Vec<String> {
    of_kind(objects, "MachineConfiguration")
        .filter_map(|object| {
            at(object, &["spec", "irreconcilableValidationOverrides", "storage"])?.as_sequence()
        })
        .flatten()
        .filter_map(Node::as_str)
        .map(ToOwned::to_owned)
        .collect()
}

/// The pool for which a MachineOSConfig builds an image.
pub fn layered_pool<'a>(object: &Object<'a>) -> Option<&'a str> {
    text(object, &["spec", "machineConfigPool", "name"])
        .filter(|_| object.kind.name == "MachineOSConfig")
}

/// Whether the control plane is a single node. In such a cluster no node is drained
/// (`pkg/daemon/drain.go`, `drainRequired`).
pub fn single_control_plane(objects: &[Object<'_>]) -> bool {
    let topology = agreed(objects, "Infrastructure", |object| {
        text(object, &["status", "controlPlaneTopology"]).map(ToOwned::to_owned)
    });
    let topology = topology.or_else(|| {
        agreed(objects, "ControllerConfig", |object| {
            text(object, &["spec", "infra", "status", "controlPlaneTopology"])
                .map(ToOwned::to_owned)
        })
    });
    topology.is_some_and(|topology| topology == "SingleReplica")
}

/// What all objects of a kind that say something agree on.
fn agreed<T: PartialEq>(
    objects: &[Object<'_>],
    kind: &str,
    of: fn(&Object<'_>) -> Option<T>,
) -> Option<T> {
    let mut told = of_kind(objects, kind).filter_map(of);
    let first = told.next()?;
    told.all(|other| other == first).then_some(first)
}

fn of_kind<'o, 'a>(objects: &'o [Object<'a>], kind: &str) -> impl Iterator<Item = &'o Object<'a>> {
    objects.iter().filter(move |object| object.kind.name == kind)
}

/// The minor release of `status.desired.version`, or of the update that is asked for.
fn release(object: &Object<'_>) -> Option<String> {
    let version = text(object, &["spec", "desiredUpdate", "version"])
        .filter(|version| !version.is_empty())
        .or_else(|| text(object, &["status", "desired", "version"]))?;
    let mut parts = version.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (numeric(major) && numeric(minor)).then(|| format!("{major}.{minor}"))
}

fn default_stream(object: &Object<'_>) -> Option<Stream> {
    text(object, &["status", "defaultStream"])?.parse().ok()
}

/// The stream that `status.nodeInfo.osImage` names, as `Red Hat Enterprise Linux CoreOS 9.6.…`.
fn node_stream(object: &Object<'_>) -> Option<Stream> {
    let image = text(object, &["status", "nodeInfo", "osImage"])?;
    let version = |prefix: &str| {
        let version = image.strip_prefix(prefix)?.trim_start();
        version.split(['.', ' ']).next()?.parse::<u32>().ok()
    };
    let rhel = version("Red Hat Enterprise Linux CoreOS");
    let centos = version("CentOS Stream CoreOS");
    match (rhel, centos) {
        // Up to 4.18 the version of RHCOS is that of the release, as in 418.94.…: RHEL 9.
        (Some(9 | 413..=499), _) => Some(Stream::Rhel9),
        (Some(10), _) => Some(Stream::Rhel10),
        (_, Some(9 | 413..=499)) => Some(Stream::Centos9),
        (_, Some(10)) => Some(Stream::Centos10),
        _ if image.starts_with("Fedora CoreOS") => Some(Stream::Fcos),
        _ => None,
    }
}

/// `status.nodeInfo.architecture`, which is Go's name of it.
pub(super) fn architecture(object: &Object<'_>) -> Option<Architecture> {
    match text(object, &["status", "nodeInfo", "architecture"])? {
        "amd64" => Some(Architecture::X86_64),
        "arm64" => Some(Architecture::Aarch64),
        other => other.parse().ok(),
    }
}

fn infrastructure_platform(object: &Object<'_>) -> Option<String> {
    text(object, &["status", "platformStatus", "type"])
        .or_else(|| text(object, &["status", "platform"]))
        .map(str::to_lowercase)
}

fn controller_platform(object: &Object<'_>) -> Option<String> {
    text(object, &["spec", "infra", "status", "platformStatus", "type"])
        .or_else(|| text(object, &["spec", "platform"]))
        .map(str::to_lowercase)
}

fn stream_images(object: &Object<'_>, stream: Option<&str>) -> Option<ReleaseImages> {
    let name = stream.or_else(|| text(object, &["status", "defaultStream"]))?;
    let streams = at(object, &["status", "availableStreams"])?.as_sequence()?;
    let found =
        streams.iter().find(|stream| stream.get("name").and_then(Node::as_str) == Some(name))?;
    let image = |key| found.get(key).and_then(Node::as_str).map(ToOwned::to_owned);
    Some(ReleaseImages { os_image: image("osImage"), extensions_image: image("osExtensionsImage") })
}

fn controller_images(object: &Object<'_>) -> ReleaseImages {
    let image = |key| text(object, &["spec", key]).map(ToOwned::to_owned);
    ReleaseImages {
        os_image: image("baseOSContainerImage"),
        extensions_image: image("baseOSExtensionsContainerImage"),
    }
}

fn at<'a>(object: &Object<'a>, path: &[&str]) -> Option<&'a Node> {
    path.iter().try_fold(object.node, |node, key| node.get(key))
}

fn text<'a>(object: &Object<'a>, path: &[&str]) -> Option<&'a str> {
    at(object, path)?.as_str()
}
