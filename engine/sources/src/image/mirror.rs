//! Mirrors, as the objects of a cluster name them.

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
