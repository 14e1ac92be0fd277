//! The kinds that are read from a cluster.

/// A kind of object that is read from a cluster. All of them live outside of namespaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// `kind`
    pub(super) name: &'static str,
    /// The API group; empty for the core group.
    pub(super) group: &'static str,
    /// The versions that serve it, the best first.
    pub(super) versions: &'static [&'static str],
    /// The resource, as roles name it.
    pub(super) plural: &'static str,
}

const MACHINE_CONFIGURATION: &str = "machineconfiguration.openshift.io";
const CONFIG: &str = "config.openshift.io";
const OPERATOR: &str = "operator.openshift.io";

const fn kind(
    group: &'static str,
    name: &'static str,
    plural: &'static str,
    versions: &'static [&'static str],
) -> Kind {
    Kind { name, group, versions, plural }
}

/// Everything that decides what nodes get and run. The roles that `deploy/` ships name the same.
pub(super) const KINDS: &[Kind] = &[
    kind(MACHINE_CONFIGURATION, "MachineConfig", "machineconfigs", &["v1"]),
    kind(MACHINE_CONFIGURATION, "MachineConfigPool", "machineconfigpools", &["v1"]),
    kind(MACHINE_CONFIGURATION, "KubeletConfig", "kubeletconfigs", &["v1"]),
    kind(MACHINE_CONFIGURATION, "ContainerRuntimeConfig", "containerruntimeconfigs", &["v1"]),
    kind(MACHINE_CONFIGURATION, "MachineOSConfig", "machineosconfigs", &["v1", "v1alpha1"]),
    kind(MACHINE_CONFIGURATION, "MachineOSBuild", "machineosbuilds", &["v1", "v1alpha1"]),
    kind(MACHINE_CONFIGURATION, "MachineConfigNode", "machineconfignodes", &["v1", "v1alpha1"]),
    kind(MACHINE_CONFIGURATION, "ControllerConfig", "controllerconfigs", &["v1"]),
    kind(MACHINE_CONFIGURATION, "OSImageStream", "osimagestreams", &["v1", "v1alpha1"]),
    kind(MACHINE_CONFIGURATION, "PinnedImageSet", "pinnedimagesets", &["v1", "v1alpha1"]),
    kind(OPERATOR, "MachineConfiguration", "machineconfigurations", &["v1"]),
    kind(OPERATOR, "ImageContentSourcePolicy", "imagecontentsourcepolicies", &["v1alpha1"]),
    kind(CONFIG, "ClusterVersion", "clusterversions", &["v1"]),
    kind(CONFIG, "Infrastructure", "infrastructures", &["v1"]),
    kind(CONFIG, "APIServer", "apiservers", &["v1"]),
    kind(CONFIG, "Image", "images", &["v1"]),
    kind(CONFIG, "ImageDigestMirrorSet", "imagedigestmirrorsets", &["v1"]),
    kind(CONFIG, "ImageTagMirrorSet", "imagetagmirrorsets", &["v1"]),
    kind(CONFIG, "ClusterImagePolicy", "clusterimagepolicies", &["v1", "v1alpha1"]),
    NODE,
];

/// The machines.
pub(super) const NODE: Kind = kind("", "Node", "nodes", &["v1"]);

impl Kind {
    /// The resource as people name it: `machineconfigs.machineconfiguration.openshift.io`.
    pub(super) fn resource(&self) -> String {
        if self.group.is_empty() {
            return self.plural.to_owned();
        }
        format!("{}.{}", self.plural, self.group)
    }

    /// The kind that an object says it is of; of whichever version.
    pub(super) fn of(api_version: &str, kind: &str) -> Option<&'static Self> {
        let group = api_version.rsplit_once('/').map_or("", |(group, _)| group);
        KINDS.iter().find(|known| known.name == kind && known.group == group)
    }
}
