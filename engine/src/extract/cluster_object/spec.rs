//! The `spec` of each kind that people write, as the API gives it.
//!
//! Sources: the CRDs of openshift/api (`machineconfiguration/v1`, `config/v1`, `operator/v1`), the
//! fields of every feature set. A kind or version without a shape here is not checked.

use crate::extract::shape::Shape::{
    self, Any, Boolean, Fields, Integer, IntegerOrText, List, Map, OneOf, Text,
};

/// The shape of the `spec` of a kind in a version.
pub(super) fn shape(kind: &str, api_version: &str) -> Option<Shape> {
    let (_, version) = api_version.rsplit_once('/')?;
    Some(Fields(match (kind, version) {
        ("KubeletConfig", "v1") => KUBELET_CONFIG,
        ("ContainerRuntimeConfig", "v1") => CONTAINER_RUNTIME_CONFIG,
        ("MachineConfigPool", "v1") => MACHINE_CONFIG_POOL,
        ("MachineOSConfig", "v1") => MACHINE_OS_CONFIG,
        ("PinnedImageSet", _) => &[("pinnedImages", List(&NAMED))],
        ("OSImageStream", _) => &[("defaultStream", Text)],
        ("ClusterImagePolicy" | "ImagePolicy", _) => IMAGE_POLICY,
        ("ImageDigestMirrorSet", "v1") => &[("imageDigestMirrors", List(&MIRRORS))],
        ("ImageTagMirrorSet", "v1") => &[("imageTagMirrors", List(&MIRRORS))],
        ("Image", "v1") => IMAGE,
        ("ImageContentSourcePolicy", _) => &[("repositoryDigestMirrors", List(&SOURCE_MIRRORS))],
        ("Node", "v1") => NODE_CONFIG,
        ("MachineConfiguration", "v1") => MACHINE_CONFIGURATION,
        _ => return None,
    }))
}

const NAMED: Shape = Fields(&[("name", Text)]);

const SELECTOR: Shape = Fields(&[
    ("matchLabels", Map(&Text)),
    (
        "matchExpressions",
        List(&Fields(&[("key", Text), ("operator", Text), ("values", List(&Text))])),
    ),
]);

const TLS_VERSION: Shape = OneOf(&["VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"]);

const TLS_PROFILE: Shape = Fields(&[
    ("type", OneOf(&["Old", "Intermediate", "Modern", "Custom"])),
    ("old", Any),
    ("intermediate", Any),
    ("modern", Any),
    (
        "custom",
        Fields(&[
            ("ciphers", List(&Text)),
            ("groups", List(&Text)),
            ("minTLSVersion", TLS_VERSION),
        ]),
    ),
]);

const KUBELET_CONFIG: &[(&str, Shape)] = &[
    ("autoSizingReserved", Boolean),
    ("kubeletConfig", Map(&Any)),
    ("logLevel", Integer),
    ("machineConfigPoolSelector", SELECTOR),
    ("systemGomaxprocsBehavior", Text),
    ("tlsSecurityProfile", TLS_PROFILE),
];

const STORES: Shape = List(&Fields(&[("path", Text)]));

const CONTAINER_RUNTIME_CONFIG: &[(&str, Shape)] = &[
    (
        "containerRuntimeConfig",
        Fields(&[
            ("additionalArtifactStores", STORES),
            ("additionalImageStores", STORES),
            ("additionalLayerStores", STORES),
            ("containerGomaxprocsBehavior", Text),
            ("defaultRuntime", Text),
            ("logLevel", Text),
            ("logSizeMax", IntegerOrText),
            ("overlaySize", IntegerOrText),
            ("pidsLimit", Integer),
        ]),
    ),
    ("machineConfigPoolSelector", SELECTOR),
];

/// `configuration` is written by the operator.
const MACHINE_CONFIG_POOL: &[(&str, Shape)] = &[
    ("configuration", Any),
    ("machineConfigSelector", Any),
    ("maxUnavailable", Any),
    ("nodeSelector", Any),
    ("osImageStream", Any),
    ("paused", Any),
    ("pinnedImageSets", List(&NAMED)),
];

const MACHINE_OS_CONFIG: &[(&str, Shape)] = &[
    ("baseImagePullSecret", NAMED),
    ("containerFile", List(&Fields(&[("containerfileArch", Text), ("content", Text)]))),
    ("imageBuilder", Fields(&[("imageBuilderType", Text)])),
    ("machineConfigPool", NAMED),
    ("renderedImagePushSecret", NAMED),
    ("renderedImagePushSpec", Text),
];

const IMAGE_POLICY: &[(&str, Shape)] = &[
    ("scopes", List(&Text)),
    (
        "policy",
        Fields(&[
            (
                "rootOfTrust",
                Fields(&[
                    ("policyType", Text),
                    ("publicKey", Fields(&[("keyData", Text), ("rekorKeyData", Text)])),
                    (
                        "fulcioCAWithRekor",
                        Fields(&[
                            ("fulcioCAData", Text),
                            ("rekorKeyData", Text),
                            (
                                "fulcioSubject",
                                Fields(&[("oidcIssuer", Text), ("signedEmail", Text)]),
                            ),
                        ]),
                    ),
                    (
                        "pki",
                        Fields(&[
                            ("caRootsData", Text),
                            ("caIntermediatesData", Text),
                            (
                                "pkiCertificateSubject",
                                Fields(&[("email", Text), ("hostname", Text)]),
                            ),
                        ]),
                    ),
                ]),
            ),
            (
                "signedIdentity",
                Fields(&[
                    ("matchPolicy", Text),
                    ("exactRepository", Fields(&[("repository", Text)])),
                    ("remapIdentity", Fields(&[("prefix", Text), ("signedPrefix", Text)])),
                ]),
            ),
        ]),
    ),
];

const MIRRORS: Shape =
    Fields(&[("source", Text), ("mirrors", List(&Text)), ("mirrorSourcePolicy", SOURCE_POLICY)]);

const SOURCE_POLICY: Shape = OneOf(&["NeverContactSource", "AllowContactingSource"]);

const SOURCE_MIRRORS: Shape = Fields(&[("source", Text), ("mirrors", List(&Text))]);

const NODE_CONFIG: &[(&str, Shape)] = &[
    ("cgroupMode", OneOf(&["v1", "v2"])),
    ("minimumKubeletVersion", Text),
    ("workerLatencyProfile", LATENCY),
];

const LATENCY: Shape = OneOf(&["Default", "MediumUpdateAverageReaction", "LowUpdateSlowReaction"]);

const IMAGE: &[(&str, Shape)] = &[
    ("allowedRegistriesForImport", List(&Fields(&[("domainName", Text), ("insecure", Boolean)]))),
    ("externalRegistryHostnames", List(&Text)),
    ("additionalTrustedCA", NAMED),
    (
        "registrySources",
        Fields(&[
            ("insecureRegistries", List(&Text)),
            ("blockedRegistries", List(&Text)),
            ("allowedRegistries", List(&Text)),
            ("containerRuntimeSearchRegistries", List(&Text)),
        ]),
    ),
    ("imageStreamImportMode", Text),
];

const SERVICE: Shape = Fields(&[("serviceName", Text)]);

const ACTIONS: Shape = List(&Fields(&[("type", Text), ("reload", SERVICE), ("restart", SERVICE)]));

const LOG_LEVEL: Shape = OneOf(&["Normal", "Debug", "Trace", "TraceAll"]);

const MACHINE_CONFIGURATION: &[(&str, Shape)] = &[
    ("bootImageSkewEnforcement", Any),
    ("failedRevisionLimit", Integer),
    ("forceRedeploymentReason", Text),
    (
        "irreconcilableValidationOverrides",
        Fields(&[("storage", List(&OneOf(&["Disks", "FileSystems", "Raid"])))]),
    ),
    ("logLevel", LOG_LEVEL),
    ("managedBootImages", Any),
    ("managementState", OneOf(&["Managed", "Unmanaged", "Force", "Removed"])),
    (
        "nodeDisruptionPolicy",
        Fields(&[
            ("files", List(&Fields(&[("path", Text), ("actions", ACTIONS)]))),
            ("units", List(&Fields(&[("name", Text), ("actions", ACTIONS)]))),
            ("sshkey", Fields(&[("actions", ACTIONS)])),
        ]),
    ),
    ("observedConfig", Any),
    ("operatorLogLevel", LOG_LEVEL),
    ("succeededRevisionLimit", Integer),
    ("unsupportedConfigOverrides", Any),
];
