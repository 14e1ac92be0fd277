//! Writes a small RHCOS with a layer on top as an OCI layout, to try things out on:
//! `cargo run -p rollgate-testkit --example image -- DIR`.

use std::path::Path;

use rollgate_testkit::image::{Image, Layer};

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "image".to_owned());
    let layer = Layer::new()
        .file("/usr/bin/tool", 0o4755, b"\x7fELF")
        .file("/var/log/build.log", 0o644, b"built\n")
        .file("/etc/pki/entitlement/1.pem", 0o600, b"-----BEGIN PRIVATE KEY-----\nMII\n");
    let image = Image::rhcos().layer(layer).build();
    image.write_oci(Path::new(&folder), "latest");
}
