//! The keys and certificates of an image policy: base64 of PEM.
//!
//! Owns what is no such thing. Must not know which key is the right one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rollgate_facts::{Locator, Problem, ProblemKind};

use crate::text::Node;

/// Where each stands under `spec.policy.rootOfTrust`, and what PEM calls it
/// (openshift/api `config/v1/types_image_policy.go`).
const FIELDS: &[(&str, &str, &str)] = &[
    ("publicKey", "keyData", "PUBLIC KEY"),
    ("publicKey", "rekorKeyData", "PUBLIC KEY"),
    ("fulcioCAWithRekor", "fulcioCAData", "CERTIFICATE"),
    ("fulcioCAWithRekor", "rekorKeyData", "PUBLIC KEY"),
    ("pki", "caRootsData", "CERTIFICATE"),
    ("pki", "caIntermediatesData", "CERTIFICATE"),
];

/// What is wrong with the keys of an image policy.
pub(super) fn check(object: &Node, at: &Locator, problems: &mut Vec<Problem>) {
    let path = ["spec", "policy", "rootOfTrust"];
    let Some(root) = path.iter().try_fold(object, |node, key| node.get(key)) else { return };
    let at = path.iter().fold(at.clone(), |at, key| at.key(key));
    for (group, field, label) in FIELDS {
        let value = root.get(group).and_then(|group| group.get(field)).and_then(Node::as_str);
        if let Some(fault) = value.and_then(|value| fault(value, label)) {
            let at = at.key(group).key(field);
            let text = format!("`{field}` is no {}: {fault}", label.to_lowercase());
            problems.push(Problem { kind: ProblemKind::InvalidKey, at, text });
        }
    }
}

fn fault(value: &str, label: &str) -> Option<String> {
    if value.trim_start().starts_with("-----BEGIN") {
        return Some("it is PEM as it stands, and has to be base64 of that".to_owned());
    }
    let bytes: Vec<u8> = value.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let Some(pem) = STANDARD.decode(bytes).ok().and_then(|bytes| String::from_utf8(bytes).ok())
    else {
        return Some("it is not base64 of text".to_owned());
    };
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    if !pem.starts_with(&begin) || !pem.trim_end_matches('\n').ends_with(&end) {
        return Some(format!("what it decodes to does not stand between `{begin}` and `{end}`"));
    }
    let inside = |block: &str| {
        let text: String = block.split_whitespace().collect();
        !text.is_empty() && STANDARD.decode(text).is_ok()
    };
    let mut blocks = pem.split(&begin).skip(1).map(|rest| rest.split(&end).next().unwrap_or(""));
    (!blocks.all(inside)).then(|| "what stands between its lines is not base64".to_owned())
}
