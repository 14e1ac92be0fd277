//! OS images: judged, inspected, saved and cached.

use insta::assert_snapshot;
use rollgate_testkit::image::{Image, Layer};

use crate::harness::{Folder, Run};

/// What the images are for.
const TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 1";

/// A folder with an image in `os`, which is as it should be but for what the layer brings.
fn folder(layer: Layer) -> Folder {
    let folder = Folder::with(&[]);
    Image::rhcos().layer(layer).write_oci(&folder.path().join("os"), "latest");
    Image::rhcos().write_oci(&folder.path().join("base"), "latest");
    folder
}

fn faulty() -> Layer {
    Layer::new()
        .file("/usr/bin/tool", 0o4755, b"\x7fELF")
        .file("/var/log/build.log", 0o644, b"built\n")
        .file(
            "/etc/yum.repos.d/x.repo",
            0o644,
            "[x]\nbaseurl=https://u:secret1@example.com/\ngpgcheck=0\n",
        )
}

fn sound() -> Layer {
    Layer::new().file("/usr/share/example", 0o644, b"example\n")
}

#[test]
fn an_image_is_denied_by_path_and_layer() {
    let folder = folder(faulty());
    assert_snapshot!(folder.check(&format!("--image oci:os --base oci:base {TARGET}")));
}

#[test]
fn a_sound_image_passes_with_and_without_its_base() {
    let folder = folder(sound());
    for base in ["", "--base oci:base", "--release-image oci:base"] {
        let run = folder.check(&format!("--image oci:os {base} {TARGET}"));
        assert_eq!(run.code, 0, "{run}");
        assert!(run.stdout.starts_with("pass:"), "{run}");
    }
}

#[test]
fn what_an_image_is() {
    let folder = folder(faulty());
    assert_snapshot!(folder.rollgate("inspect image oci:os --base oci:base"));
    let run = folder.rollgate("inspect image oci:os --json");
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let packages = document["packages"].as_array().unwrap();
    let kubelet = packages.iter().find(|package| package["name"] == "openshift-kubelet").unwrap();
    for field in ["epoch", "version", "release", "arch"] {
        assert!(!kubelet[field].is_null(), "{kubelet}");
    }
    assert_eq!(document["layers"].as_array().unwrap().len(), 5);
    assert!(!run.stdout.contains("secret1"), "a secret is shown");
}

#[test]
fn saved_facts_are_judged_as_the_image_is() {
    let folder = folder(faulty());
    let saved = folder.rollgate("facts --image oci:os --save image.json");
    assert_eq!(saved.code, 0, "{saved}");
    let text = std::fs::read_to_string(folder.path().join("image.json")).unwrap();
    assert!(!text.contains("secret1"), "a secret is saved");
    let json = |arguments: &str| {
        let run = folder.check(&format!("{arguments} {TARGET} --output json"));
        assert_eq!(run.code, 1, "{run}");
        run.stdout
    };
    assert_eq!(json("--image oci:os"), json("--image-facts image.json"));

    std::fs::write(folder.path().join("image.json"), text.replacen('{', "[", 1)).unwrap();
    let broken = folder.check("--image-facts image.json");
    assert_eq!(broken.code, 2, "{broken}");
    assert!(broken.stderr.contains("image.json"), "{broken}");
}

#[test]
fn several_targets_in_one_run() {
    let folder = folder(sound());
    folder.rollgate("facts --image oci:os --save image.json");
    let targets = "--target release=4.20,stream=rhel-9,arch=x86_64,platform=none,day=1 \
                   --target release=4.21,stream=rhel-9,arch=aarch64,platform=none,day=1";
    assert_snapshot!(folder.check(&format!("--image-facts image.json {targets}")));
}

#[test]
fn what_cannot_be_read_is_inconclusive() {
    let folder = folder(sound());
    let blobs = folder.path().join("os/blobs/sha256");
    let largest = std::fs::read_dir(&blobs).unwrap().map(|entry| entry.unwrap().path());
    let largest = largest.max_by_key(|path| std::fs::metadata(path).unwrap().len()).unwrap();
    let mut bytes = std::fs::read(&largest).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    std::fs::write(&largest, bytes).unwrap();
    let damaged = folder.check(&format!("--image oci:os {TARGET}"));
    assert_eq!(damaged.code, 3, "{damaged}");
    assert!(damaged.stdout.contains("sha256:"), "{damaged}");

    let runs: Vec<Run> = [
        "--image oci:nothing",
        "--image containers-storage:localhost/os",
        "--image registry.example.com/os:latest --offline",
        "--image short",
    ]
    .iter()
    .map(|arguments| folder.check(arguments))
    .collect();
    let told: Vec<_> = runs.iter().map(ToString::to_string).collect();
    assert_snapshot!(told.join("\n"));
}

#[test]
fn what_machine_configs_name_is_fetched() {
    let folder = folder(sound());
    let reference = format!("registry.invalid/os@sha256:{}", "1".repeat(64));
    folder.write(
        "worker.yaml",
        format!(
            "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfig\nmetadata:\n  \
             name: 99-worker-os\n  labels: {{machineconfiguration.openshift.io/role: worker}}\n\
             spec:\n  osImageURL: {reference}\n"
        ),
    );
    let named = folder.check(&format!("worker.yaml --images named --offline {TARGET}"));
    assert_eq!(named.code, 3, "{named}");
    assert!(named.stdout.contains(&reference), "{named}");
    assert!(named.stdout.contains("--offline"), "{named}");
    let given = folder.check(&format!("worker.yaml --images given {TARGET}"));
    assert_eq!(given.code, 0, "{given}");
}

#[test]
fn the_cache_is_told_of_and_emptied() {
    let folder = folder(sound());
    folder.check(&format!("--image oci:os {TARGET}"));
    let info = folder.rollgate("cache info --json");
    let document: serde_json::Value = serde_json::from_str(&info.stdout).unwrap();
    assert_eq!(document["layers"], 5, "{info}");
    let cleared = folder.rollgate("cache clear");
    assert!(cleared.stdout.starts_with("removed 5 layers"), "{cleared}");
    folder.check(&format!("--image oci:os --no-cache {TARGET}"));
    let info = folder.rollgate("cache info");
    assert!(info.stdout.contains("\n0 layers"), "{info}");
    let refused = folder.rollgate("cache prune --max-size many");
    assert_eq!(refused.code, 2, "{refused}");
}
