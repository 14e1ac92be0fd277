//! What the gate says of each image with a fault, and of the same image without it.

use jiff::civil::date;
use rollgate_engine::extract::image::ImageEvidence;
use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::{Outcome, Status};
use rollgate_engine::{Gate, GivenImage, ImageRole, Input, Settings};
use rollgate_facts::{Architecture, Day, Stream, Target};
use rollgate_sources::image::{ImageOptions, ImageSource, read_image};
use rollgate_testkit::image::Image;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::faults::{self, Fault};
use crate::reading::chain;

#[test]
fn each_fault_is_denied_and_its_absence_is_not() {
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(date(2026, 11, 21)));
    let (mut told, mut wrong) = (String::new(), Vec::new());
    // Many faults are missing from the same image.
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut codes = |evidence: &ImageEvidence| {
        let found = known.entry(evidence.write()).or_insert_with(|| codes(&gate, evidence));
        found.clone()
    };
    for Fault { name, rule, with, without, base } in faults::all() {
        let code = format!("image.{}", rule.replace('_', "-"));
        let [with, without] = [with, without].map(|image| evidence(&gate, &image, base.as_ref()));
        let (found, not_found) = (codes(&with), codes(&without));
        writeln!(told, "{code}: {name}\n{}", listed(&found)).unwrap();
        if !not_found.is_empty() {
            writeln!(told, "  without the fault\n{}", listed(&not_found)).unwrap();
        }
        if !found.contains(&code) {
            wrong.push(format!("{code}: {name} is not denied"));
        }
        if !not_found.is_empty() {
            wrong.push(format!("{code}: without {name}: {not_found:?}"));
        }
    }
    insta::assert_snapshot!("judged", told);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is known of an image that stands in an OCI layout.
pub(crate) fn evidence(gate: &Gate<'_>, image: &Image, base: Option<&Image>) -> ImageEvidence {
    let folder = tempfile::tempdir().unwrap();
    image.write_oci(folder.path(), "os");
    let options =
        ImageOptions { reads: gate.image_reads(), offline: true, ..ImageOptions::default() };
    let source = |name: &str| -> ImageSource {
        format!("oci:{}:{name}", folder.path().display()).parse().unwrap()
    };
    let base = base.map(|base| base.write_oci(folder.path(), "base"));
    let base = base.map(|_| source("base"));
    let read = read_image(&options, &source("os"), base.as_ref(), &());
    let evidence = read.unwrap_or_else(|error| panic!("{}", chain(&error)));
    // The folder of the test is in the references.
    let text = evidence.write().replace(&folder.path().display().to_string(), "images");
    ImageEvidence::read(text.as_bytes(), &options.limits).unwrap()
}

/// The code of each rule that denies it or cannot judge it.
fn codes(gate: &Gate<'_>, evidence: &ImageEvidence) -> BTreeSet<String> {
    let mut input = Input::new(Vec::new());
    input.images.push(GivenImage::new(evidence.clone(), ImageRole::Subject));
    input.target = Target {
        release: Some("4.20".to_owned()),
        stream: Some(Stream::Rhel9),
        architecture: Some(Architecture::X86_64),
        platform: Some("none".to_owned()),
        day: Some(Day::Install),
    };
    let report = gate.check(input).unwrap_or_else(|error| panic!("{}", chain(&error)));
    let told = |outcome: &Outcome| match outcome.status {
        Status::Fail | Status::Warn => Some(outcome.rule.clone()),
        Status::Inconclusive => Some(format!("{}, inconclusive", outcome.rule)),
        _ => None,
    };
    let unjudged = report.unjudged.iter().map(|unjudged| format!("unjudged: {unjudged:?}"));
    report.outcomes.iter().filter_map(told).chain(unjudged).collect()
}

fn listed(codes: &BTreeSet<String>) -> String {
    codes.iter().fold(String::new(), |told, code| told + "    " + code + "\n")
}
