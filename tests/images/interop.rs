//! What `skopeo` and `umoci` write, rollgate reads.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rollgate_engine::extract::image::ImageEvidence;
use rollgate_facts::FileKind;
use rollgate_sources::image::{ImageOptions, read_image};
use rollgate_testkit::image::{Compression, Image, Layer, Layout, Package};
use rollgate_testkit::tool;

use crate::reading::chain;
use crate::tools::run;

/// An image with a package, a link and a removal on top.
fn image() -> Image {
    let layer = Layer::new()
        .file("/usr/bin/tool", 0o755, b"\x7fELF tool")
        .symlink("/usr/bin/alias", "tool")
        .hard_link("/usr/bin/other", "/usr/bin/tool")
        .whiteout("/usr/bin/podman")
        .erase("podman")
        .install(Package::new("tool", "1.0-1.el9").files(&["/usr/bin/tool"]));
    Image::rhcos().layout(Layout::Ostree).layer(layer)
}

fn read(reference: &str) -> ImageEvidence {
    let options = ImageOptions { offline: true, ..ImageOptions::default() };
    let read = read_image(&options, &reference.parse().unwrap(), None, &());
    read.unwrap_or_else(|error| panic!("{reference}: {}", chain(&error)))
}

/// What does not depend on how an image is stored: its files, and what is known of it.
fn told(evidence: &ImageEvidence) -> (BTreeMap<String, String>, serde_json::Value) {
    let file = |file: &rollgate_facts::ImageFile| {
        let size = if file.kind == FileKind::File { file.size } else { 0 };
        let about = (file.kind, file.mode, file.uid, file.gid, size, &file.target, &file.digest);
        (file.path.clone(), format!("{about:?} {:?} {:?}", file.layer, file.modified))
    };
    let mut image = serde_json::to_value(&evidence.image).unwrap();
    let fields = image.as_object_mut().unwrap();
    for stored in ["at", "reference", "digest", "annotations", "layers"] {
        fields.remove(stored);
    }
    let text = image.to_string().replace(&*evidence.image.digest, "sha256:0");
    (evidence.files.iter().map(file).collect(), serde_json::from_str(&text).unwrap())
}

#[test]
fn rollgate_reads_what_skopeo_copies() {
    let Some(skopeo) = tool("rollgate_reads_what_skopeo_copies", "skopeo") else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    image().write_oci(&folder.path().join("from"), "os");
    let source = format!("oci:{}:os", at("from"));
    let expected = told(&read(&source));
    for (target, more) in [
        (format!("oci:{}:os", at("oci")), &[][..]),
        (
            format!("oci:{}:os", at("zstd")),
            &["--dest-compress-format", "zstd", "--dest-compress"][..],
        ),
        (format!("oci:{}:os", at("plain")), &["--dest-decompress"][..]),
        (format!("oci-archive:{}:os", at("archive.tar")), &[][..]),
        (format!("docker-archive:{}:example.com/os:latest", at("docker.tar")), &[][..]),
    ] {
        let arguments =
            [&["--insecure-policy", "copy"][..], more, &[&*source, &*target][..]].concat();
        run(&skopeo, &arguments);
        assert_eq!(told(&read(&target)), expected, "{target}");
    }
}

/// The archives of the testkit are those of `skopeo`, to whoever reads them.
#[test]
fn skopeo_reads_archives_of_the_testkit() {
    let Some(skopeo) = tool("skopeo_reads_archives_of_the_testkit", "skopeo") else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let image = image().compression(Compression::Zstd);
    image.write_oci_archive(&at("archive.tar"), "os");
    image.write_docker_archive(&at("docker.tar"), "example.com/os:latest");
    let [oci, docker] = [
        format!("oci-archive:{}:os", at("archive.tar").display()),
        format!("docker-archive:{}:example.com/os:latest", at("docker.tar").display()),
    ];
    for source in [&oci, &docker] {
        let target = format!("oci:{}:os", at("copy").display());
        run(&skopeo, &["--insecure-policy", "copy", source, &target]);
        assert_eq!(told(&read(source)), told(&read(&target)), "{source}");
        fs::remove_dir_all(at("copy")).unwrap();
    }
}

#[test]
fn rollgate_reads_what_umoci_writes() {
    let Some(umoci) = tool("rollgate_reads_what_umoci_writes", "umoci") else { return };
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    image().layout(Layout::Chunks).write_oci(&folder.path().join("layout"), "os");
    let reference = format!("{}:os", at("layout"));
    let before = read(&format!("oci:{reference}"));

    run(&umoci, &["unpack", "--rootless", "--image", &reference, &at("bundle")]);
    let root = folder.path().join("bundle/rootfs");
    change(&root);
    run(&umoci, &["repack", "--image", &reference, &at("bundle")]);
    let repacked = read(&format!("oci:{reference}"));
    assert_eq!(content(&repacked, "/usr/bin/new"), Some(3));
    assert_eq!(content(&repacked, "/usr/bin/alias"), None);
    let bash = repacked.files.iter().find(|file| file.path == "/usr/bin/bash").unwrap();
    assert_eq!((bash.layer, bash.mode), (before.image.layers.len(), 0o700));
    assert_eq!(repacked.image.problems, []);
}

/// Adds a file, removes one, changes the mode of one that has two names.
fn change(root: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(root.join("usr/bin/new"), "new").unwrap();
    fs::remove_file(root.join("usr/bin/alias")).unwrap();
    let bash = root.join("usr/bin/bash");
    fs::set_permissions(bash, fs::Permissions::from_mode(0o700)).unwrap();
}

/// The size of a file that is there.
fn content(evidence: &ImageEvidence, path: &str) -> Option<u64> {
    let found = evidence.files.iter().find(|file| file.path == path && !file.removed);
    found.map(|file| file.size)
}
