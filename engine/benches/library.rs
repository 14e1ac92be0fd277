//! `cargo bench -p rollgate-engine --bench library`: what the rules on images take, beside how many files
//! the image has.
//!
//! The testkit's small RHCOS is judged as it is, and with a hundred thousand files more, of which a
//! tenth stands outside the base. Facts of many files should not slow the rules down: they ask for
//! files through filters, and no more than what they find enters the interpreter.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a bench of images that are as they should be")]

use std::sync::Arc;
use std::time::Instant;

use globset::{Glob, GlobSetBuilder};
use jiff::civil::date;
use rollgate_engine::extract::image::{
    ImageEvidence, ImageManifest, LayerDescriptor, LayerRequest, Tree, base_layers, evidence,
    read_layer, wanted,
};
use rollgate_engine::policy::PolicySet;
use rollgate_engine::{Gate, GivenImage, ImageLimits, ImageRole, Input, Settings};
use rollgate_facts::{ImageFile, Locator};
use rollgate_testkit::image::Image;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many files more.
const MORE: usize = 100_000;

/// How often each is measured; the best counts, for neighbours only ever slow it down.
const ROUNDS: usize = 10;

fn main() {
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let small = sound();
    let mut large = small.clone();
    large.files.extend((0..MORE).map(|number| file(&large.image.at, number)));
    let [few, many] = [small, large].map(|evidence| {
        let count = evidence.files.len();
        let image = GivenImage::new(evidence, ImageRole::Subject);
        (count, best(&gate, &image))
    });
    for (files, time) in [few, many] {
        println!("{files:>7} files{time:>9.1} ms for all rules on the image");
    }
    println!("{:>7.2} times as long", many.1 / few.1);
}

/// The least that judging takes, in milliseconds.
fn best(gate: &Gate<'_>, image: &GivenImage) -> f64 {
    let judge = || {
        let input = Input {
            images: vec![image.clone()],
            target: "release=4.20,stream=rhel-9,arch=x86_64,platform=none,day=1".parse().unwrap(),
            ..Input::new(Vec::new())
        };
        let start = Instant::now();
        let report = gate.check(input).unwrap();
        assert!(report.counts.subjects == 1, "the image is judged");
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..ROUNDS).map(|_| judge()).fold(f64::MAX, f64::min)
}

/// What is known of an RHCOS that is as it should be.
fn sound() -> ImageEvidence {
    let built = Image::rhcos().build();
    let mut globs = GlobSetBuilder::new();
    for glob in wanted() {
        globs.add(Glob::new(glob).unwrap());
    }
    let (wanted, limits) = (globs.build().unwrap(), ImageLimits::default());
    let config: serde_json::Value = serde_json::from_slice(&built.config).unwrap();
    let mut manifest = ImageManifest {
        reference: "oci:os".to_owned(),
        digest: format!("sha256:{:064}", 0),
        architecture: "amd64".to_owned(),
        labels: serde_json::from_value(config.pointer("/config/Labels").cloned().unwrap()).unwrap(),
        ..ImageManifest::default()
    };
    let mut layers = Vec::new();
    for blob in &built.layers {
        let request = LayerRequest {
            media_type: &blob.media_type,
            digest: &blob.digest,
            diff_id: &blob.diff_id,
            inspect_files: true,
            wanted: &wanted,
            limits: &limits,
        };
        layers.push(Arc::new(read_layer(blob.bytes.as_deref().unwrap(), &request).unwrap()));
        manifest.layers.push(LayerDescriptor {
            digest: blob.digest.clone(),
            diff_id: blob.diff_id.clone(),
            media_type: blob.media_type.clone(),
            ..LayerDescriptor::default()
        });
    }
    let tree = Tree::of(layers, &limits).unwrap();
    let base = base_layers(&manifest, None);
    evidence(&manifest, base.as_ref(), &tree, &[], &limits)
}

/// One of the files more.
fn file(image: &Locator, number: usize) -> ImageFile {
    let path = format!("/usr/share/more/{}/{number}", number % 400);
    let file = serde_json::json!({
        "at": image.entry(&path), "path": path, "kind": "file", "mode": 420, "uid": 0, "gid": 0,
        "size": 1000, "layer": 0, "in_base": !number.is_multiple_of(10), "packages": ["more"],
        "import": "kept",
    });
    serde_json::from_value(file).unwrap()
}
