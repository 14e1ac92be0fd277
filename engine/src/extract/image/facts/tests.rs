use rollgate_facts::{Architecture, BaseEvidence, ImageProblemKind};

use super::sample::Sample;
use super::{base_layers, evidence, wanted};
use crate::extract::image::{ImageManifest, LayerDescriptor, LayerProblem};
use crate::limits::ImageLimits;

fn manifest(label: &str) -> ImageManifest {
    let layer = |diff_id: &str| LayerDescriptor {
        diff_id: diff_id.to_owned(),
        digest: format!("blob-{diff_id}"),
        media_type: "application/vnd.oci.image.layer.v1.tar+gzip".into(),
        size: 5,
        ..LayerDescriptor::default()
    };
    ImageManifest {
        reference: "quay.io/a/b:c".into(),
        digest: "sha256:0".into(),
        architecture: "arm64".into(),
        labels: [("ostree.final-diffid".to_owned(), label.to_owned())].into(),
        layers: ["a", "b", "b"].map(layer).into(),
        ..ImageManifest::default()
    }
}

#[test]
fn an_image_is_what_its_manifest_and_its_tree_say() {
    let mut tree = Sample::new()
        .file("/usr/lib/os-release", "ID=rhcos\n")
        .file(
            "/usr/lib/bootc/kargs.d/a.toml",
            "kargs = [\"quiet\"]\nmatch-architectures = [\"aarch64\"]\n",
        )
        .file("/usr/lib/bootc/kargs.d/b.toml", "kargs = 1\n")
        .file("/usr/share/rpm-ostree/extensions.json", "{\"usbguard\": \"1.0-1.el9.aarch64\"}")
        .file("/usr/lib/tmpfiles.d/a.conf", "d /var/lib/a\n")
        .folder("/var/lib/a")
        .layer(1)
        .unkept("/etc/passwd", 100)
        .tree();
    tree.problems = vec![
        (
            2,
            LayerProblem {
                kind: ImageProblemKind::SpecialFile,
                path: "dev/x".into(),
                text: "a device".into(),
            },
        ),
        (
            1,
            LayerProblem {
                kind: ImageProblemKind::AmbiguousLayer,
                path: "".into(),
                text: "a tail".into(),
            },
        ),
    ];
    let manifest = manifest("a");
    let base = base_layers(&manifest, None);
    assert_eq!(
        base.as_ref().map(|base| (base.layers, base.known_by)),
        Some((1, BaseEvidence::FinalDiffId))
    );
    let found = evidence(
        &manifest,
        base.as_ref(),
        &tree,
        &["/usr/lib/os-release".into()],
        &ImageLimits::default(),
    );
    let image = &found.image;
    assert_eq!(image.architecture, Some(Architecture::Aarch64));
    assert_eq!(image.layers[1].at.as_str(), "image/sha256:0#/rootfs/diff_ids/1");
    assert_eq!(image.layers.iter().map(|it| it.in_base).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(image.os_release.as_ref().unwrap().fields["ID"], "rhcos");
    assert_eq!(image.settings.kernel_arguments[0].text, "quiet");
    assert_eq!(image.extensions.as_ref().unwrap()["usbguard"], "1.0-1.el9.aarch64");
    let problems: Vec<_> =
        image.problems.iter().map(|it| (it.kind, it.at.as_str(), &*it.text)).collect();
    let expected = [
        (ImageProblemKind::SpecialFile, "image/sha256:0!/dev/x", "a device (layer 2)"),
        (ImageProblemKind::AmbiguousLayer, "image/sha256:0#/rootfs/diff_ids/1", "a tail (layer 1)"),
        (
            ImageProblemKind::DuplicateLayer,
            "image/sha256:0#/rootfs/diff_ids/2",
            "the layer `blob-b` stands in the image more than once",
        ),
    ];
    assert_eq!(problems[..3], expected);
    assert_eq!(problems[3].0, ImageProblemKind::InvalidFile);
    assert_eq!(image.not_collected["users"], "the contents of `/etc/passwd` were not kept");
    assert!(image.not_collected.contains_key("groups"));
    assert_eq!(image.not_collected["kernels"], "the image has no RPM database");
    assert_eq!(found.contents["/usr/lib/os-release"], "ID=rhcos\n");
    let made = found.files.iter().find(|file| file.path == "/var/lib/a").unwrap();
    assert_eq!(made.in_tmpfiles, Some(true));
}

#[test]
fn a_label_that_names_no_layer_leaves_the_base_unknown() {
    let manifest = manifest("z");
    let found = evidence(&manifest, None, &Sample::new().tree(), &[], &ImageLimits::default());
    let problem =
        found.image.problems.iter().find(|it| it.kind == ImageProblemKind::UnknownBase).unwrap();
    assert_eq!(problem.at.as_str(), "image/sha256:0#/config/Labels/ostree.final-diffid");
    assert!(found.image.not_collected.contains_key("base"));
}

#[test]
fn an_empty_tree_has_no_facts_and_lacks_none() {
    let found = evidence(
        &manifest("a"),
        None,
        &Sample::new().tree(),
        &["**".into()],
        &ImageLimits::default(),
    );
    assert_eq!(found.image.os_release, None);
    assert!(found.files.is_empty() && found.contents.is_empty());
    assert!(!found.image.not_collected.contains_key("contents"));
}

#[test]
fn the_wanted_files_are_globs_of_absolute_paths() {
    for glob in wanted() {
        assert!(glob.starts_with('/') && globset::Glob::new(glob).is_ok(), "{glob}");
    }
}

/// Files of every parser.
const PARSED: &[&str] = &[
    "/usr/lib/os-release",
    "/etc/passwd",
    "/etc/group",
    "/etc/shadow",
    "/usr/lib/sysusers.d/a.conf",
    "/usr/lib/tmpfiles.d/a.conf",
    "/etc/sysctl.d/a.conf",
    "/etc/modprobe.d/a.conf",
    "/etc/ssh/sshd_config",
    "/etc/audit/auditd.conf",
    "/etc/audit/rules.d/a.rules",
    "/etc/crypto-policies/config",
    "/etc/yum.repos.d/a.repo",
    "/usr/lib/systemd/system/a.service",
    "/usr/lib/systemd/system-preset/a.preset",
    "/usr/lib/bootc/kargs.d/a.toml",
    "/usr/lib/ostree/prepare-root.conf",
    "/usr/share/rpm-ostree/extensions.json",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    #[test]
    fn whatever_files_say_there_are_facts_and_they_are_read_back(
        text in "([a-z%/.*@\\[\\]\"'=: \t\\\\#!$-]{0,12}\n?){0,20}|\\PC{0,60}",
    ) {
        let sample = PARSED.iter().fold(Sample::new(), |sample, path| sample.file(path, &text));
        let limits = ImageLimits::default();
        let found = evidence(&manifest("a"), None, &sample.tree(), &["/etc/**".into()], &limits);
        let read = crate::extract::image::ImageEvidence::read(found.write().as_bytes(), &limits);
        proptest::prop_assert_eq!(read.unwrap(), found);
    }
}
