//! Images beside the objects that name them: the image of the release, overrides, and what a pool asks of
//! its images.

use std::collections::BTreeSet;

use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Status;
use rollgate_engine::{Artifact, Gate, GivenImage, ImageRole, Input, Settings};
use rollgate_facts::Target;
use rollgate_testkit::image::{Image, Layer};

use crate::judged::evidence;

/// How the objects name the images.
const OS: &str = "registry.example.com/os@sha256:";
const EXTENSIONS: &str = "registry.example.com/extensions@sha256:";
const DIGEST: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// The kernel of the testkit's RHCOS, as extensions images write versions.
const KERNEL: &str = "5.14.0-570.42.1.el9_6.x86_64";

/// What is judged: objects and images.
struct Case {
    annotations: &'static str,
    spec: &'static str,
    os: Image,
    extensions: Option<Image>,
    release: Option<Image>,
    pinned: Option<bool>,
}

fn case() -> Case {
    Case {
        annotations: "",
        spec: "",
        os: Image::rhcos().layer(tool()),
        extensions: None,
        release: None,
        pinned: None,
    }
}

fn tool() -> Layer {
    Layer::new().file("/usr/share/example", 0o644, "example\n")
}

/// An extensions image that offers these packages.
fn offering(packages: &[(&str, &str)]) -> Image {
    let packages: Vec<_> =
        packages.iter().map(|(name, version)| format!("\"{name}\": \"{version}\"")).collect();
    let json = format!("{{{}}}", packages.join(", "));
    Image::empty("amd64").with_label("io.openshift.os.extensions", "true").layer(Layer::new().file(
        "/usr/share/rpm-ostree/extensions.json",
        0o644,
        json,
    ))
}

#[test]
fn overrides_say_why_and_until_when() {
    let explained =
        "rollgate.io/override-reason: a driver, rollgate.io/override-until: '2027-03-01'";
    let unexplained = "image.override-unexplained";
    assert!(finds(&case()).contains(unexplained));
    let said = Case { annotations: explained, ..case() };
    assert!(!finds(&said).contains(unexplained));

    let overdue = "image.override-overdue";
    assert!(!finds(&said).contains(overdue));
    let late = "rollgate.io/override-reason: a driver, rollgate.io/override-until: '2026-01-01'";
    assert!(finds(&Case { annotations: late, ..case() }).contains(overdue));
}

#[test]
fn an_image_is_built_on_that_of_the_release() {
    let release = || Some(Image::rhcos());
    let other = "image.base-not-of-release";
    assert!(!finds(&Case { release: release(), ..case() }).contains(other));
    let foreign = Image::rhcos().os_release("VERSION", "9.6.20250101-0").layer(tool());
    assert!(finds(&Case { release: release(), os: foreign, ..case() }).contains(other));

    let behind = "image.base-behind-release";
    assert!(!finds(&Case { release: release(), ..case() }).contains(behind));
    let newer = Some(Image::rhcos().with_label("version", "9.6.20991231-0"));
    assert!(finds(&Case { release: newer, ..case() }).contains(behind));
}

#[test]
fn a_tag_may_move() {
    let rule = "image.unpinned-reference";
    assert!(finds(&Case { pinned: Some(false), ..case() }).contains(rule));
    assert!(!finds(&Case { pinned: Some(true), ..case() }).contains(rule));
}

#[test]
fn the_extensions_image_has_what_the_pool_asks_for() {
    let asks = |spec, packages: &[(&str, &str)]| {
        finds(&Case { spec, extensions: Some(offering(packages)), ..case() })
    };
    let missing = "pool.extension-package-missing";
    let usbguard = "  extensions: [usbguard]\n";
    assert!(asks(usbguard, &[("kernel-devel", KERNEL)]).contains(missing));
    assert!(!asks(usbguard, &[("usbguard", "1.0.0-15.el9.x86_64")]).contains(missing));

    let other = "pool.extension-kernel-mismatch";
    let devel = "  extensions: [kernel-devel]\n";
    let of = |kernel| [("kernel-devel", kernel), ("kernel-headers", kernel)];
    assert!(asks(devel, &of("5.14.0-427.1.1.el9_4.x86_64")).contains(other));
    assert!(!asks(devel, &of(KERNEL)).contains(other));

    let kernel = "pool.kernel-type-package-missing";
    let realtime = "  kernelType: realtime\n";
    assert!(asks(realtime, &[("kernel-rt-core", KERNEL)]).contains(kernel));
    let parts = ["core", "modules", "modules-core", "modules-extra", "kvm"];
    let names: Vec<_> = parts.iter().map(|part| format!("kernel-rt-{part}")).collect();
    let whole: Vec<_> = names.iter().map(|name| (name.as_str(), KERNEL)).collect();
    assert!(!asks(realtime, &whole).contains(kernel));
}

#[test]
fn an_extensions_image_that_does_not_tell_is_inconclusive() {
    let silent = Image::empty("amd64").layer(tool());
    let found =
        finds(&Case { spec: "  extensions: [usbguard]\n", extensions: Some(silent), ..case() });
    let told =
        |text: &String| text.starts_with("the extensions image does not tell what it offers");
    assert!(found.iter().any(told), "{found:?}");
    assert!(!finds(&case()).iter().any(told));
}

/// The codes of the rules that find something, and what could not be judged.
fn finds(case: &Case) -> BTreeSet<String> {
    let policies = PolicySet::embedded().unwrap();
    let gate = Gate::new(&policies, Settings::on(jiff::civil::date(2026, 11, 21)));
    let mut os = evidence(&gate, &case.os, None);
    os.image.pinned = case.pinned;
    let mut os = GivenImage::new(os, ImageRole::Subject);
    os.names.push(format!("{OS}{DIGEST}"));
    let extensions = case.extensions.as_ref().map(|image| {
        let evidence = evidence(&gate, image, None);
        let mut image = GivenImage::new(evidence, ImageRole::Subject);
        image.names.push(format!("{EXTENSIONS}{DIGEST}"));
        image
    });
    let release = case.release.as_ref();
    let release =
        release.map(|image| GivenImage::new(evidence(&gate, image, None), ImageRole::Release));
    let input = Input {
        images: [Some(os), extensions, release].into_iter().flatten().collect(),
        target: "release=4.20,stream=rhel-9,arch=x86_64,platform=none,day=1"
            .parse::<Target>()
            .unwrap(),
        ..Input::new(vec![Artifact::new("worker.yaml", machine_config(case))])
    };
    let report = gate.check(input).unwrap();
    let unjudged = report.unjudged.iter().map(|unjudged| unjudged.message.clone());
    let unjudged: Vec<_> = unjudged.collect();
    let failed = report.outcomes.into_iter();
    let failed = failed.filter(|outcome| matches!(outcome.status, Status::Fail | Status::Warn));
    failed.map(|outcome| outcome.rule).chain(unjudged).collect()
}

/// The MachineConfig that puts the images on the nodes of a pool.
fn machine_config(case: &Case) -> String {
    let Case { annotations, spec, .. } = case;
    format!(
        "apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker-image
  labels: {{machineconfiguration.openshift.io/role: worker}}
  annotations: {{{annotations}}}
spec:
  osImageURL: {OS}{DIGEST}
  baseOSExtensionsContainerImage: {EXTENSIONS}{DIGEST}
{spec}"
    )
}
