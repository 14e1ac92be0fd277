use rollgate_facts::PoolImage;

use super::super::{ImageEvidence, ImageManifest, LayerDescriptor, Tree, evidence};
use super::SavedError;
use crate::limits::ImageLimits;

fn sample() -> ImageEvidence {
    let layer = LayerDescriptor { diff_id: "sha256:d".into(), ..LayerDescriptor::default() };
    let manifest = ImageManifest {
        reference: "quay.io/a/b:c".into(),
        digest: "sha256:0".into(),
        architecture: "amd64".into(),
        layers: vec![layer],
        ..ImageManifest::default()
    };
    let mut tree = Tree::default();
    for path in ["/etc/a", "/etc/b"] {
        tree.entries.push(super::super::TreeEntry {
            path: path.into(),
            kind: rollgate_facts::FileKind::File,
            mode: 0o644,
            uid: 0,
            gid: 0,
            size: 2,
            target: None,
            digest: Some([7; 32]),
            capabilities: None,
            secret: None,
            layer: 0,
            content: Some((*b"a\n").into()),
        });
    }
    evidence(&manifest, None, &tree, &["/etc/a".into()], &ImageLimits::default())
}

#[test]
fn what_was_saved_is_read_back() {
    let evidence = sample();
    let text = evidence.write();
    assert_eq!(ImageEvidence::read(text.as_bytes(), &ImageLimits::default()).unwrap(), evidence);
    let files: Vec<_> = text.lines().filter(|line| line.contains("\"path\"")).collect();
    assert_eq!(files.len(), 2, "{text}");
    assert!(text.contains("\n\"/etc/a\": \"a\\n\"\n"), "{text}");
}

#[test]
fn what_is_no_saved_evidence_is_refused_with_its_place() {
    let limits = ImageLimits::default();
    let text = sample().write();
    let refused = [
        ("{", "EOF while parsing"),
        ("[]", "invalid length"),
        ("{\"version\": \"99\"}", "the facts have version `99`"),
        ("{\"version\": \"1\"}", "missing field `image`"),
        (&text.replace("\"size\":0", "\"size\":-1"), "at `image.layers[0].size` (line 2"),
        (&text.replace("/etc/b", "/etc/0"), "`/etc/0` stands out of order"),
        (&format!("{text}{{}}"), "trailing characters"),
    ];
    for (text, reason) in refused {
        let error = ImageEvidence::read(text.as_bytes(), &limits).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    let small = ImageLimits { total_content_bytes: 10, ..ImageLimits::default() };
    assert!(matches!(
        ImageEvidence::read(text.as_bytes(), &small),
        Err(SavedError::TooLarge { .. })
    ));
    let few = ImageLimits { total_entries: 1, ..limits };
    assert!(matches!(
        ImageEvidence::read(text.as_bytes(), &few),
        Err(SavedError::TooManyFiles { .. })
    ));
}

#[test]
fn a_pool_is_told_of_an_image_what_it_is() {
    let pool = PoolImage::of(&sample().image);
    assert_eq!(pool.diff_ids, ["sha256:d"]);
    assert_eq!(pool.reference, "quay.io/a/b:c");
    assert_eq!(pool.packages, None);
}
