//! Faults that show only with another target, with parameters, or beside other faults.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Status;
use rollgate_engine::{Gate, GivenImage, ImageRole, Input, Settings};
use rollgate_testkit::image::{Compression, Image, Layer};
use serde_json::{Value, json};

use crate::faults;
use crate::judged::evidence;

/// Rules whose faults stand elsewhere: beside objects in `clusters`, here, or in headers of RPMs that are
/// made byte by byte (`tests/engine/rpm_database`).
const ELSEWHERE: &[&str] = &[
    "base_behind_release",
    "base_not_of_release",
    "dropped_on_import",
    "file_too_large",
    "initramfs_older_than_kernel",
    "override_overdue",
    "override_unexplained",
    "too_many_layers",
    "unknown_base",
    "unpinned_reference",
    "unsigned_header_entries",
    "zstd_layer_on_old_node",
];

const NEWER: &str = "release=4.20,stream=rhel-9,arch=x86_64,platform=none,day=1";
const OLDER: &str = "release=4.14,stream=rhel-9,arch=x86_64,platform=none,day=1";

#[test]
fn every_rule_on_images_has_an_image_with_its_fault() {
    let policies = PolicySet::embedded().unwrap();
    let shown: BTreeSet<String> = faults::all()
        .iter()
        .map(|fault| fault.rule)
        .chain(ELSEWHERE.iter().copied())
        .map(|rule| format!("image.{}", rule.replace('_', "-")))
        .collect();
    let rules = policies.rules().iter().map(|rule| rule.code.as_str());
    let without: Vec<_> =
        rules.filter(|code| code.starts_with("image.") && !shown.contains(*code)).collect();
    assert!(without.is_empty(), "rules without an image: {without:?}");
}

#[test]
fn a_folder_at_the_top_is_dropped_where_the_root_is_not_composed() {
    let base = || Image::rhcos().without("usr/lib/ostree/prepare-root.conf");
    let data = base().layer(file("/data/example"));
    assert!(finds(&data, NEWER, &[]).contains("image.dropped-on-import"));
    let usr = base().layer(file("/usr/share/example"));
    assert!(!finds(&usr, NEWER, &[]).contains("image.dropped-on-import"));
}

#[test]
fn a_kernel_needs_the_initramfs_of_its_build() {
    let rule = "image.initramfs-older-than-kernel";
    let kernel = |name: &str| format!("/{}/{name}", Image::rhcos().modules().trim_matches('/'));
    let vmlinuz = Layer::new().file(&kernel("vmlinuz"), 0o755, "MZ another");
    let both = vmlinuz.clone().file(&kernel("initramfs.img"), 0o600, "070701 another");
    assert!(finds(&Image::rhcos().layer(vmlinuz), NEWER, &[]).contains(rule));
    assert!(!finds(&Image::rhcos().layer(both), NEWER, &[]).contains(rule));
}

#[test]
fn an_image_does_not_pass_for_one_of_extensions() {
    let offer = "/usr/share/rpm-ostree/extensions.json";
    let layer = file("/var/log/build.log").file(offer, 0o644, "{\"usbguard\": \"1.0-1.x86_64\"}");
    let found = finds(&Image::rhcos().without_label("ostree.bootable").layer(layer), NEWER, &[]);
    assert!(found.contains("image.logs-in-image"), "{found:?}");
    assert!(found.contains("image.label-missing"), "{found:?}");
}

#[test]
fn a_label_that_names_no_layer() {
    let rule = "image.unknown-base";
    let squashed = Image::rhcos()
        .without_label("ostree.final-diffid")
        .with_label("ostree.final-diffid", &format!("sha256:{:064}", 1));
    assert!(finds(&squashed, NEWER, &[]).contains(rule));
    assert!(!finds(&Image::rhcos(), NEWER, &[]).contains(rule));
}

#[test]
fn layers_and_files_have_limits_of_the_site() {
    let few = Image::rhcos().layer(file("/usr/share/example"));
    let layers = "image.too-many-layers";
    assert!(finds(&few, NEWER, &[("max_layers", json!(3))]).contains(layers));
    assert!(!finds(&few, NEWER, &[]).contains(layers));
    let size = "image.file-too-large";
    assert!(finds(&few, NEWER, &[("max_file_bytes", json!(3))]).contains(size));
    assert!(!finds(&few, NEWER, &[]).contains(size));
}

#[test]
fn old_nodes_read_no_zstd() {
    let rule = "image.zstd-layer-on-old-node";
    let image = Image::rhcos().compression(Compression::Zstd).layer(file("/usr/share/example"));
    assert!(finds(&image, OLDER, &[]).contains(rule));
    assert!(!finds(&image, NEWER, &[]).contains(rule));
}

fn file(path: &str) -> Layer {
    Layer::new().file(path, 0o644, "example\n")
}

/// The codes of the rules that find something.
fn finds(image: &Image, target: &str, parameters: &[(&str, Value)]) -> BTreeSet<String> {
    let given: BTreeMap<String, Value> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let policies = PolicySet::embedded().unwrap().with_parameters(&given).unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let image = GivenImage::new(evidence(&gate, image, None), ImageRole::Subject);
    let input =
        Input { images: vec![image], target: target.parse().unwrap(), ..Input::new(Vec::new()) };
    let outcomes = gate.check(input).unwrap().outcomes.into_iter();
    let failed = outcomes.filter(|outcome| matches!(outcome.status, Status::Fail | Status::Warn));
    failed.map(|outcome| outcome.rule).collect()
}
