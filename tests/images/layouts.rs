//! Images in folders and archives: which one is meant, and what is refused.

use std::fs;
use std::path::Path;

use rollgate_engine::extract::image::ImageEvidence;
use rollgate_facts::Architecture;
use rollgate_sources::image::{ImageOptions, ImageSource, read_image};
use rollgate_testkit::image::{Entry, Image, Layer, tar, write_oci_index};
use rollgate_testkit::tool;

use crate::reading::chain;

/// What an image comes to, or what is wrong with what remedy.
pub(crate) fn outcome(options: &ImageOptions, reference: &str) -> Result<ImageEvidence, String> {
    let source: ImageSource = match reference.parse() {
        Ok(source) => source,
        Err(error) => return Err(chain(&error)),
    };
    read_image(options, &source, None, &()).map_err(|error| {
        assert!(!error.help().is_empty(), "{error}");
        chain(&error)
    })
}

/// The fault without the folder of the test.
fn fault(options: &ImageOptions, folder: &Path, reference: &str) -> String {
    let fault = outcome(options, reference).unwrap_err();
    fault.replace(&folder.display().to_string(), "T")
}

fn derived() -> Image {
    Image::empty("amd64").layer(Layer::new().file("/etc/motd", 0o644, "hello\n"))
}

#[test]
fn one_image_is_the_same_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let image = Image::rhcos().layer(Layer::new().file("/etc/motd", 0o644, "hello\n"));
    let built = image.write_oci(&path("layout"), "4.19");
    image.write_oci_archive(&path("oci.tar"), "4.19");
    image.write_docker_archive(&path("docker.tar"), "quay.io/team/os:4.19");
    let options = ImageOptions::default();
    let at = folder.path().display();
    let layout = outcome(&options, &format!("oci:{at}/layout")).unwrap();
    assert_eq!(layout.image.digest, built.digest);
    assert_eq!(layout.image.reference, format!("oci:{at}/layout"));
    assert_eq!(layout.image.layers.len(), built.layers.len());
    assert!(layout.files.iter().any(|file| file.path == "/etc/motd"), "{:?}", layout.files);
    for reference in ["oci:T/layout:4.19", "oci:T/layout:@0", "oci-archive:T/oci.tar:4.19"] {
        let other = outcome(&options, &reference.replace('T', &at.to_string())).unwrap();
        assert_eq!(other.image.digest, built.digest, "{reference}");
        assert_eq!(other.files, layout.files, "{reference}");
    }
    let docker = outcome(&options, &format!("docker-archive:{at}/docker.tar:quay.io/team/os:4.19"));
    let paths = |evidence: &ImageEvidence| {
        evidence.files.iter().map(|file| file.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&docker.unwrap()), paths(&layout));
}

#[test]
fn a_docker_archive_has_the_digest_that_skopeo_computes() {
    let test = "a_docker_archive_has_the_digest_that_skopeo_computes";
    let Some(skopeo) = tool(test, "skopeo") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("docker.tar");
    derived().write_docker_archive(&file, "localhost/os:1");
    let reference = format!("docker-archive:{}", file.display());
    let mut inspect = std::process::Command::new(skopeo);
    let output = inspect.args(["inspect", "--format", "{{.Digest}}", &reference]).output().unwrap();
    let evidence = outcome(&ImageOptions::default(), &reference).unwrap();
    assert_eq!(evidence.image.digest, String::from_utf8(output.stdout).unwrap().trim());
}

#[test]
fn of_several_images_the_named_one_for_the_architecture_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (amd64, arm64) = (Image::empty("amd64"), Image::empty("arm64"));
    let built = write_oci_index(folder.path(), "multi", &[&amd64, &arm64]);
    derived().write_oci(folder.path(), "single");
    let at = folder.path().display();
    let options = |architecture| ImageOptions { architecture, ..ImageOptions::default() };
    let arm = options(Some(Architecture::Aarch64));
    let found = outcome(&arm, &format!("oci:{at}:multi")).unwrap();
    assert_eq!(found.image.digest, built[1].digest);
    let fault = |options: &ImageOptions, choice: &str| {
        let fault = fault(options, folder.path(), &format!("oci:{at}{choice}"));
        fault.replace(&built[0].digest, "D")
    };
    assert_eq!(fault(&arm, ""), "`oci:T` holds 2 images and not one: `multi`, `single`");
    assert_eq!(fault(&arm, ":other"), "`oci:T:other` holds no image `other`: `multi`, `single`");
    assert_eq!(fault(&arm, ":@2"), "`oci:T:@2` holds no image at 2: `multi`, `single`");
    let none = fault(&options(Some(Architecture::S390x)), ":multi");
    assert!(
        none.ends_with("has no image for `s390x`, but for these architectures: `amd64`, `arm64`"),
        "{none}"
    );
    let any = fault(&options(None), ":multi");
    assert!(any.ends_with("but for these architectures: `amd64`, `arm64`"), "{any}");
}

#[test]
fn blobs_that_are_not_what_was_said_are_refused() {
    let options = ImageOptions::default();
    let with = |change: &dyn Fn(&Path, &str)| {
        let folder = tempfile::tempdir().unwrap();
        let built = derived().write_oci(folder.path(), "a");
        let blob = built.layers.last().unwrap().digest.replace("sha256:", "");
        change(
            &folder.path().join("blobs/sha256").join(&blob),
            &built.digest.replace("sha256:", ""),
        );
        fault(&options, folder.path(), &format!("oci:{}", folder.path().display()))
            .replace(&blob, "BLOB")
    };
    let changed = with(&|blob, _| {
        let mut bytes = fs::read(blob).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(blob, bytes).unwrap();
    });
    assert!(changed.starts_with("layer 1 of `oci:T` (`sha256:BLOB`) cannot be read"), "{changed}");
    let longer = with(&|blob, _| {
        let bytes = [fs::read(blob).unwrap(), vec![0]].concat();
        fs::write(blob, bytes).unwrap();
    });
    assert!(longer.starts_with("`T/blobs/sha256/BLOB` has "), "{longer}");
    let manifest = with(&|blob, manifest| {
        let path = blob.with_file_name(manifest);
        let text = fs::read_to_string(&path).unwrap().replace("layers\":", "layers\" :");
        fs::write(path, text).unwrap();
    });
    assert!(manifest.contains("has the digest `sha256:"), "{manifest}");
    #[cfg(unix)]
    {
        let outside = tempfile::NamedTempFile::new().unwrap();
        let link = with(&|blob, _| {
            fs::remove_file(blob).unwrap();
            std::os::unix::fs::symlink(outside.path(), blob).unwrap();
        });
        assert_eq!(link, "`T/blobs/sha256/BLOB` is a link that leads out of the layout");
    }
}

#[test]
fn what_is_no_layout_or_archive_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().display().to_string();
    let options = ImageOptions::default();
    let fault = |reference: &str| fault(&options, folder.path(), &reference.replace('T', &at));
    let archive = |entries: &[Entry]| fs::write(folder.path().join("a.tar"), tar(entries)).unwrap();
    assert_eq!(fault("oci:T"), "`T` is no OCI image layout: it has no `oci-layout`");
    assert!(fault("oci:T/none").starts_with("`T/none` cannot be read: "));
    assert_eq!(fault("oci-archive:T"), "`T` is no regular file, and so no archive");
    archive(&[]);
    assert_eq!(
        fault("oci-archive:T/a.tar"),
        "`T/a.tar` is no archive of an OCI image layout: it has no `oci-layout`"
    );
    archive(&[Entry::file("../x", 0o644, "")]);
    assert_eq!(fault("oci-archive:T/a.tar"), "`T/a.tar` has `../x`, which is no path inside of it");
    archive(&[Entry::file("x", 0o644, ""), Entry::file("./x", 0o644, "")]);
    assert_eq!(fault("oci-archive:T/a.tar"), "`T/a.tar` has `x` twice");
    archive(&[Entry::symlink("manifest.json", "../../etc/passwd")]);
    assert_eq!(
        fault("docker-archive:T/a.tar"),
        "`T/a.tar` has the link `manifest.json`, which leads out of it"
    );
    archive(&[Entry::symlink("manifest.json", "manifest.json")]);
    assert_eq!(
        fault("docker-archive:T/a.tar"),
        "`T/a.tar/manifest.json` cannot be read: its links do not end"
    );
    fs::write(folder.path().join("a.tar"), b"\x1f\x8b\x08").unwrap();
    let compressed = "`T/a.tar` is compressed as a whole, and can only be read from front to back";
    assert_eq!(fault("docker-archive:T/a.tar"), compressed);
    let offline = ImageOptions { offline: true, ..ImageOptions::default() };
    let refused = outcome(&offline, "quay.io/team/os:1").unwrap_err();
    assert_eq!(
        refused,
        "`docker://quay.io/team/os:1` is in a registry, and the network may not be used"
    );
}
