//! `skopeo`, `umoci` and `rpm` beside the images of the testkit.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use rollgate_testkit::image::{Compression, Image, Layer, Layout, Package};
use rollgate_testkit::tool;

use crate::unpacked::unpack;

/// What a program prints; its failure is the test's.
pub(crate) fn run(program: &Path, arguments: &[impl AsRef<OsStr>]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {}: {errors}", program.display(), output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn derived(layout: Layout) -> Image {
    let layer = Layer::new()
        .created_by("RUN dnf -y install tool")
        .directory("/usr/share/tool", 0o755)
        .file("/usr/bin/tool", 0o755, b"\x7fELF tool")
        .symlink("/usr/bin/alias", "tool")
        .hard_link("/usr/bin/other", "/usr/bin/tool")
        .whiteout("/usr/bin/podman")
        .opaque("/usr/lib/sysusers.d")
        .file("/usr/lib/sysusers.d/other.conf", 0o644, b"u tool - - /\n");
    Image::rhcos().layout(layout).layer(layer)
}

#[test]
fn skopeo_reads_what_the_testkit_writes() {
    let Some(skopeo) = tool("skopeo_reads_what_the_testkit_writes", "skopeo") else { return };
    for layout in [Layout::Chunks, Layout::Ostree] {
        for compression in [Compression::None, Compression::Gzip, Compression::Zstd] {
            let folder = tempfile::tempdir().unwrap();
            let built = derived(layout).compression(compression).write_oci(folder.path(), "os");
            let source = format!("oci:{}:os", folder.path().display());
            let told = run(&skopeo, &["inspect", &source]);
            let told: serde_json::Value = serde_json::from_str(&told).unwrap();
            assert_eq!(told["Digest"], built.digest);
            assert_eq!(told["Architecture"], "amd64");
            assert_eq!(told["Labels"]["containers.bootc"], "1");
            let target = format!("dir:{}", folder.path().join("copy").display());
            run(&skopeo, &["--insecure-policy", "copy", &source, &target]);
        }
    }
}

#[test]
fn umoci_reads_what_the_testkit_writes() {
    let Some(umoci) = tool("umoci_reads_what_the_testkit_writes", "umoci") else { return };
    let folder = tempfile::tempdir().unwrap();
    let built = derived(Layout::Ostree).write_oci(folder.path(), "os");
    let layout = folder.path().display().to_string();
    assert_eq!(run(&umoci, &["ls", "--layout", &layout]), "os\n");
    let told = run(&umoci, &["stat", "--json", "--image", &format!("{layout}:os")]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let history = told["history"].as_array().unwrap();
    let diff_ids: Vec<&str> = history.iter().filter_map(|it| it["diff_id"].as_str()).collect();
    let expected: Vec<&str> = built.layers.iter().map(|layer| &*layer.diff_id).collect();
    assert_eq!(diff_ids, expected);
    assert_eq!(history.last().unwrap()["created_by"], "RUN dnf -y install tool");
}

/// A base of objects and one of plain files come to the same tree, the repository apart.
#[test]
fn both_layouts_unpack_to_the_same_files() {
    let Some(umoci) = tool("both_layouts_unpack_to_the_same_files", "umoci") else { return };
    let [plain, objects] = [Layout::Chunks, Layout::Ostree].map(|layout| {
        let folder = tempfile::tempdir().unwrap();
        derived(layout).write_oci(folder.path(), "os");
        unpack(&umoci, folder.path(), "os")
    });
    assert!(
        objects
            .keys()
            .any(|path| Path::new(path).extension().is_some_and(|extension| extension == "file"))
    );
    let objects: BTreeMap<_, _> =
        objects.into_iter().filter(|(path, _)| !path.starts_with("/sysroot/ostree")).collect();
    assert_eq!(plain, objects);
    assert_eq!(plain["/usr/bin/sudo"].mode, 0o4111);
    assert!(!plain.contains_key("/usr/bin/podman"));
    assert!(!plain.contains_key("/usr/lib/sysusers.d/basic.conf"));
}

/// The real `rpm` reads the database of an image and finds in it what stands in the image.
#[test]
fn rpm_lists_the_packages_of_the_image() {
    let Some(rpm) = tool("rpm_lists_the_packages_of_the_image", "rpm") else { return };
    let folder = tempfile::tempdir().unwrap();
    let package = Package::new("tool", "2:1.0-1.el9").files(&["/usr/bin/tool", "/usr/bin/alias"]);
    let layer = Layer::new()
        .file("/usr/bin/tool", 0o755, b"\x7fELF tool")
        .symlink("/usr/bin/alias", "tool")
        .install(package)
        .erase("podman");
    let built = Image::rhcos().layer(layer).build();
    fs::write(folder.path().join("rpmdb.sqlite"), built.database.unwrap()).unwrap();
    let query = |arguments: &[&str]| {
        let database = ["--dbpath", folder.path().to_str().unwrap()];
        run(&rpm, &[&database, arguments].concat())
    };
    let names = query(&["-qa", "--qf", "%{NEVRA}\n"]);
    assert!(names.lines().any(|name| name == "tool-2:1.0-1.el9.x86_64"), "{names}");
    assert!(names.lines().all(|name| !name.starts_with("podman")), "{names}");
    assert_eq!(names.lines().count(), 30, "{names}");
    let files = query(&["-q", "tool", "--qf", "[%{FILENAMES} %{FILEMODES:octal} %{FILESIZES}\n]"]);
    assert_eq!(files, "/usr/bin/alias 120777 4\n/usr/bin/tool 100755 9\n");
}

#[test]
fn the_same_calls_make_the_same_bytes() {
    let build = || derived(Layout::Ostree).compression(Compression::Zstd).build();
    assert_eq!(build().digest, build().digest);
}
