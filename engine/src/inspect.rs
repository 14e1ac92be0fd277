//! What an image is, for people and for programs: `rollgate inspect image`.
//!
//! Owns which of the facts a person is told, and in which order. Must not judge.

use std::fmt::Write as _;

use bytesize::ByteSize;
use rollgate_facts::{Image, ImageFile, Package, PackageChange};
use serde::Serialize;

use crate::extract::image::ImageEvidence;
use crate::report::clean;

/// How many entries of a list a person is shown.
const SHOWN: usize = 10;

/// Everything that is known of an image, in the form that programs get.
#[derive(Debug, Serialize)]
pub struct InspectedImage<'e> {
    /// The version of the facts contract.
    version: &'e str,
    /// The facts, without the packages.
    #[serde(flatten)]
    image: Image,
    /// The packages; absent where they could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    packages: Option<&'e [Package]>,
    /// The files that are there, and those that a later layer removed or replaced.
    files: &'e [ImageFile],
}

impl<'e> InspectedImage<'e> {
    /// What is known of this image.
    pub fn of(evidence: &'e ImageEvidence) -> Self {
        let mut image = evidence.image.clone();
        image.packages = None;
        let packages = evidence.image.packages.as_ref().map(|set| set.packages.as_slice());
        Self { version: &evidence.version, image, packages, files: &evidence.files }
    }
}

/// A size as people read it.
pub fn bytes(size: u64) -> String {
    ByteSize::b(size).display().iec().to_string()
}

/// A size as people write it.
pub fn parse_bytes(text: &str) -> Option<u64> {
    text.parse::<ByteSize>().ok().map(|size| size.as_u64())
}

/// What an image is: a line for each thing that a person wants to know first.
pub fn summary(inspected: &InspectedImage<'_>) -> String {
    let mut summary = Summary::default();
    let image = &inspected.image;
    summary.line("image", &image.reference);
    summary.line("digest", &image.digest);
    summary.line("made", image.created.as_deref().unwrap_or("(not said)"));
    summary.line("system", &system(image));
    summary.line("architecture", &image.platform_architecture);
    summary.line("layers", &layers(image));
    summary.line("base", &base(image));
    summary.list(
        "kernels",
        image.kernels.iter().map(|kernel| {
            let lacks = [(kernel.vmlinuz, "vmlinuz"), (kernel.initramfs, "initramfs.img")];
            let lacks: Vec<_> =
                lacks.iter().filter(|(has, _)| !has).map(|(_, name)| *name).collect();
            let without = if lacks.is_empty() {
                String::new()
            } else {
                format!(", without {}", lacks.join(" and "))
            };
            format!("{}{without}", kernel.version)
        }),
    );
    match inspected.packages {
        Some(packages) => {
            summary.line("packages", &packages.len().to_string());
            let added = packages.iter().filter(|package| package.in_base == Some(false));
            if image.change.is_none() {
                summary.list("  not in the base", added.map(name));
            }
        }
        None => summary.line("packages", "(not known)"),
    }
    changes(&mut summary, image);
    let derived = inspected.files.iter().filter(|file| !file.in_base && !file.removed).count();
    summary.line("files", &format!("{}, {derived} outside the base", inspected.files.len()));
    summary.list("problems", image.problems.iter().map(|problem| problem.text.clone()));
    summary.list("secrets", image.secrets.iter().map(|secret| secret.path.clone()));
    summary
        .list("not known", image.not_collected.iter().map(|(what, why)| format!("{what}: {why}")));
    summary.text
}

fn system(image: &Image) -> String {
    let fields = image.os_release.as_ref().map(|release| &release.fields);
    let Some(fields) = fields else { return "(no os-release)".to_owned() };
    let of = |key: &str| fields.get(key).map(String::as_str);
    let name = of("PRETTY_NAME").or_else(|| of("NAME")).unwrap_or("(no name)");
    match of("OPENSHIFT_VERSION") {
        Some(release) => format!("{name}, for OpenShift {release}"),
        None => name.to_owned(),
    }
}

fn layers(image: &Image) -> String {
    let size: u64 = image.layers.iter().map(|layer| layer.size).fold(0, u64::saturating_add);
    format!("{}, {} as stored", image.layers.len(), bytes(size))
}

fn base(image: &Image) -> String {
    let Some(base) = &image.base else {
        return "(nothing tells which layers are the base's)".to_owned();
    };
    let own = image.layers.len().saturating_sub(base.layers);
    let reference = base.reference.as_deref().map(|text| format!(" of {text}")).unwrap_or_default();
    format!("the first {} layers{reference}; {own} on top", base.layers)
}

fn name(package: &Package) -> String {
    format!("{} {}", package.name, package.version_text())
}

fn changes(summary: &mut Summary, image: &Image) {
    let Some(change) = &image.change else { return };
    summary.line("compared with", &change.reference);
    let packages = change.packages.as_deref().unwrap_or_default();
    let only = |wanted: fn(&PackageChange) -> bool| packages.iter().filter(move |one| wanted(one));
    let old = |one: &PackageChange| one.before.as_ref().map(name).unwrap_or_default();
    let new = |one: &PackageChange| one.after.as_ref().map(name).unwrap_or_default();
    summary.list("  packages added", only(|one| one.before.is_none()).map(new));
    summary.list("  packages removed", only(|one| one.after.is_none()).map(old));
    let replaced = only(|one| one.before.is_some() && one.after.is_some());
    summary.list("  packages changed", replaced.map(|one| format!("{} → {}", old(one), new(one))));
    summary.list("  kernels added", change.kernels_added.iter().cloned());
    summary.list("  kernels removed", change.kernels_removed.iter().cloned());
    summary.list("  units enabled", change.units_enabled.iter().cloned());
    summary.list("  units disabled", change.units_disabled.iter().cloned());
    summary.list("  users added", change.users_added.iter().cloned());
    summary.list("  privileged files", change.privileged_added.iter().cloned());
    let (added, changed, removed) =
        (change.files_added, change.files_changed, change.files_removed);
    summary.line("  files", &format!("{added} added, {changed} changed, {removed} removed"));
}

/// Lines of a name and a value.
#[derive(Default)]
struct Summary {
    text: String,
}

impl Summary {
    fn line(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.text, "{name:<20} {}", clean(value));
    }

    /// The first entries of a list below each other; nothing, where it is empty.
    fn list(&mut self, name: &str, entries: impl Iterator<Item = String>) {
        let entries: Vec<_> = entries.collect();
        for (index, entry) in entries.iter().take(SHOWN).enumerate() {
            self.line(if index == 0 { name } else { "" }, entry);
        }
        if let Some(more @ 1..) = entries.len().checked_sub(SHOWN) {
            self.line("", &format!("and {more} more"));
        }
    }
}
