//! The kinds of object that bear on the node operating system, and the API versions that serve them.

/// A kind of Kubernetes object that rollgate knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// `kind`
    pub name: &'static str,
    /// The API group; empty for the core group.
    pub group: &'static str,
    /// The versions of the group that serve or served it.
    pub versions: &'static [&'static str],
    /// Whether the objects live in namespaces.
    pub namespaced: bool,
    /// Whether no other API group of a usual cluster has a kind of this name, so that another group
    /// is a mistake and not another thing.
    pub distinctive: bool,
}

/// The API group of the Machine Config Operator.
pub(super) const MACHINE_CONFIGURATION: &str = "machineconfiguration.openshift.io";
const CONFIG: &str = "config.openshift.io";
const HYPERSHIFT: &str = "hypershift.openshift.io";

const fn machine_configuration(name: &'static str, versions: &'static [&'static str]) -> Kind {
    Kind { name, group: MACHINE_CONFIGURATION, versions, namespaced: false, distinctive: true }
}

const fn config(name: &'static str, distinctive: bool) -> Kind {
    Kind { name, group: CONFIG, versions: &["v1"], namespaced: false, distinctive }
}

/// Every kind that is judged; others are passed over with a count. Versions: the CRDs of
/// openshift/api from 4.6 to 5.2.
pub const KINDS: &[Kind] = &[
    machine_configuration("MachineConfig", &["v1"]),
    machine_configuration("MachineConfigPool", &["v1"]),
    machine_configuration("KubeletConfig", &["v1"]),
    machine_configuration("ContainerRuntimeConfig", &["v1"]),
    machine_configuration("MachineOSConfig", &["v1", "v1alpha1"]),
    machine_configuration("MachineOSBuild", &["v1", "v1alpha1"]),
    machine_configuration("MachineConfigNode", &["v1", "v1alpha1"]),
    machine_configuration("ControllerConfig", &["v1"]),
    machine_configuration("OSImageStream", &["v1", "v1alpha1"]),
    machine_configuration("PinnedImageSet", &["v1", "v1alpha1"]),
    Kind {
        name: "MachineConfiguration",
        group: "operator.openshift.io",
        versions: &["v1"],
        namespaced: false,
        distinctive: true,
    },
    Kind {
        name: "ClusterImagePolicy",
        group: CONFIG,
        versions: &["v1", "v1alpha1"],
        namespaced: false,
        // sigstore's policy-controller has a kind of this name.
        distinctive: false,
    },
    Kind {
        name: "ImagePolicy",
        group: CONFIG,
        versions: &["v1", "v1alpha1"],
        namespaced: true,
        distinctive: false,
    },
    config("ImageDigestMirrorSet", true),
    config("ImageTagMirrorSet", true),
    config("ClusterVersion", true),
    config("Infrastructure", false),
    config("Image", false),
    // Beside the Node of the core group: how nodes are configured, one object called `cluster`.
    config("Node", false),
    Kind {
        name: "ImageContentSourcePolicy",
        group: "operator.openshift.io",
        versions: &["v1alpha1"],
        namespaced: false,
        distinctive: true,
    },
    Kind {
        name: "NodePool",
        group: HYPERSHIFT,
        versions: &["v1beta1", "v1alpha1"],
        namespaced: true,
        // Karpenter has a kind of this name.
        distinctive: false,
    },
    Kind { name: "Node", group: "", versions: &["v1"], namespaced: false, distinctive: false },
];

/// What an object's `apiVersion` and `kind` say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// A known kind in a version that serves it.
    Known(&'static Kind),
    /// A known kind under an `apiVersion` that does not serve it.
    WrongVersion(&'static Kind),
    /// Some other kind.
    Other,
}

impl Kind {
    /// Whether the objects are machines of a cluster, which another kind of this name configures.
    pub(super) fn is_machine(&self) -> bool {
        self.name == "Node" && self.group.is_empty()
    }

    /// Looks an object up by its `apiVersion` and `kind`.
    ///
    /// ```
    /// use rollgate_engine::extract::{Kind, Recognised};
    /// let recognised = Kind::recognise("machineconfiguration.openshift.io/v1", "MachineConfig");
    /// assert!(matches!(recognised, Recognised::Known(kind) if kind.name == "MachineConfig"));
    /// assert_eq!(Kind::recognise("image.openshift.io/v1", "Image"), Recognised::Other);
    /// ```
    pub fn recognise(api_version: &str, kind: &str) -> Recognised {
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        let mut named = KINDS.iter().filter(|known| known.name == kind);
        let of_group = named.clone().find(|known| known.group == group);
        let Some(known) = of_group.or_else(|| named.next()) else { return Recognised::Other };
        match (known.group == group, known.versions.contains(&version)) {
            (true, true) => Recognised::Known(known),
            (true, false) => Recognised::WrongVersion(known),
            (false, _) if known.distinctive => Recognised::WrongVersion(known),
            (false, _) => Recognised::Other,
        }
    }

    /// The `apiVersion` to write today.
    pub fn api_version(&self) -> String {
        let version = self.versions.first().copied().unwrap_or("v1");
        if self.group.is_empty() { version.to_owned() } else { format!("{}/{version}", self.group) }
    }
}

#[cfg(test)]
mod tests {
    use super::KINDS;

    #[test]
    fn policies_know_every_kind_that_is_judged() {
        let mut kinds: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
        kinds.retain(|kind| *kind != "MachineConfig");
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, rollgate_facts::CLUSTER_KINDS);
    }
}
