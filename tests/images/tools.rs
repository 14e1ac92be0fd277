//! `skopeo`, `umoci` and `rpm` beside the images of the testkit.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use rollgate_testkit::image::{Compression, Image, Layer, Layout};
use rollgate_testkit::tool;

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
