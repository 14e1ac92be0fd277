//! Changes: what differs between two rendered configs, item by item, with where both values stand.
//!
//! Owns the description of each item. Must not decide what is done about it: the policies do.

mod side;
mod verdict;

use std::collections::BTreeMap;

use rollgate_facts::{Locator, Text};

use crate::extract::effect::{self, Changed, Difference, DisruptionPolicies, FILES, UNITS};
use crate::extract::ignition::{Item, Object};
use crate::gate::OriginPlace;
use crate::plan::{Change, ChangeKind, ChangeSide, ChangeWay};
use crate::text::mask;

use super::half::Half;
use verdict::Verdict;

/// The sections of an Ignition config that running nodes never look at again.
const SECTIONS: &[&[&str]] = &[
    &["ignition", "config"],
    &["ignition", "proxy"],
    &["ignition", "security"],
    &["ignition", "timeouts"],
    &["kernelArguments"],
    &["storage", "directories"],
    &["storage", "disks"],
    &["storage", "filesystems"],
    &["storage", "links"],
    &["storage", "luks"],
    &["storage", "raid"],
];

/// Where a locator of either half points.
type Find<'f> = &'f dyn Fn(&Locator) -> OriginPlace;

/// What differs between two halves.
pub(super) struct Changes<'h> {
    old: &'h Half<'h>,
    new: &'h Half<'h>,
    /// What differs at all.
    pub(super) difference: Difference,
    /// The files that differ.
    pub(super) files: Vec<Changed<'h>>,
    /// The units that differ.
    pub(super) units: Vec<Changed<'h>>,
}

impl<'h> Changes<'h> {
    pub(super) fn between(old: &'h Half<'_>, new: &'h Half<'_>) -> Self {
        let configs = (&old.rendered.config, &new.rendered.config);
        Self {
            old,
            new,
            difference: Difference::of(&old.side(), &new.side()),
            files: effect::changed(configs.0, configs.1, FILES, "path"),
            units: effect::changed(configs.0, configs.1, UNITS, "name"),
        }
    }

    /// Every change, in the order of [`ChangeKind`].
    pub(super) fn list(&self, policies: &DisruptionPolicies, find: Find<'_>) -> Vec<Change> {
        let mut changes: Vec<Change> = self.scalars();
        changes.extend(self.texts(ChangeKind::KernelArgument));
        changes.extend(self.texts(ChangeKind::Extension));
        changes.extend(self.files.iter().map(|file| {
            let verdict = Verdict::of("file", policies.file(file.name), find);
            self.entry(ChangeKind::File, file, verdict)
        }));
        changes.extend(self.units.iter().map(|unit| {
            let verdict = Verdict::of("unit", policies.unit(unit.name), find);
            self.entry(ChangeKind::Unit, unit, verdict)
        }));
        changes.extend(self.accounts(policies, find));
        changes.extend(self.orders());
        changes.extend(SECTIONS.iter().filter_map(|path| self.section(path)));
        changes
    }

    fn scalars(&self) -> Vec<Change> {
        let (old, new) = (self.old, self.new);
        let image =
            |half: &Half<'_>, image: Option<&str>, own: Option<&rollgate_facts::ImageReference>| {
                ChangeSide {
                    origin: own.map(|own| OriginPlace::find(half.places, &own.at)),
                    overrides: own.map(|own| half.all(&own.overrides)).unwrap_or_default(),
                    value: image.map(|image| mask(image).into_owned()),
                    ..ChangeSide::default()
                }
            };
        let os =
            |half: &Half<'_>| image(half, half.os_image(), half.rendered.os_image_url.as_ref());
        let extensions = |half: &Half<'_>| {
            let own = half.rendered.base_os_extensions_container_image.as_ref();
            image(half, half.extensions_image(), own)
        };
        let fips = |half: &Half<'_>| {
            let flag = half.rendered.fips.as_ref();
            let value = flag.is_some_and(|flag| flag.value).to_string();
            half.scalar(value, flag.map(|flag| (&flag.at, flag.overrides.as_slice())))
        };
        let kernel = |half: &Half<'_>| {
            let kind = half.rendered.kernel_type.as_ref();
            let own = kind.map(|kind| (&kind.at, kind.overrides.as_slice()));
            half.scalar(half.rendered.kernel_type().to_owned(), own)
        };
        let known = old.extensions_image().is_some() && new.extensions_image().is_some();
        let extensions_image = known && old.extensions_image() != new.extensions_image();
        let later = Verdict {
            steps: Vec::new(),
            because: "it is used when extensions or the kernel change next".to_owned(),
        };
        let diff = self.difference;
        let reboots = Verdict::reboots;
        let rows = [
            (
                diff.os_update,
                ChangeKind::OsImage,
                "osImageURL",
                os(old),
                os(new),
                reboots("the operating system image"),
            ),
            (
                extensions_image,
                ChangeKind::ExtensionsImage,
                "baseOSExtensionsContainerImage",
                extensions(old),
                extensions(new),
                later,
            ),
            (diff.fips, ChangeKind::Fips, "fips", fips(old), fips(new), reboots("FIPS mode")),
            (
                diff.kernel_type,
                ChangeKind::KernelType,
                "kernelType",
                kernel(old),
                kernel(new),
                reboots("the kernel"),
            ),
        ];
        let rows = rows.into_iter().filter(|(differs, ..)| *differs);
        rows.map(|(_, kind, item, old, new, verdict)| {
            verdict.change(kind, item.to_owned(), ChangeWay::Modified, Some(old), Some(new))
        })
        .collect()
    }

    /// Kernel arguments or extensions that come and go, or else their new order.
    fn texts(&self, kind: ChangeKind) -> Vec<Change> {
        let of = |half: &'h Half<'h>| match kind {
            ChangeKind::KernelArgument => &half.rendered.kernel_arguments,
            _ => &half.rendered.extensions,
        };
        let (old, new) = (of(self.old), of(self.new));
        let same = |(one, two): (&Text, &Text)| one.text == two.text;
        if old.len() == new.len() && old.iter().zip(new).all(same) {
            return Vec::new();
        }
        let name =
            if kind == ChangeKind::KernelArgument { "kernel arguments" } else { "extensions" };
        let verdict = || Verdict::reboots(name);
        let change = |text: &Text, way, half: &Half<'_>| {
            let side = Some(half.text(text));
            let (before, after) = if way == ChangeWay::Added { (None, side) } else { (side, None) };
            verdict().change(kind, mask(&text.text).into_owned(), way, before, after)
        };
        let gone = missing_from(old, new).into_iter();
        let gone = gone.map(|text| change(text, ChangeWay::Removed, self.old));
        let added = missing_from(new, old).into_iter();
        let mut changes: Vec<Change> =
            gone.chain(added.map(|text| change(text, ChangeWay::Added, self.new))).collect();
        if changes.is_empty() {
            let order = |texts: &[Text]| ChangeSide {
                value: Some(
                    texts.iter().map(|text| mask(&text.text)).collect::<Vec<_>>().join(" "),
                ),
                ..ChangeSide::default()
            };
            let (old, new) = (Some(order(old)), Some(order(new)));
            changes.push(verdict().change(kind, name.to_owned(), ChangeWay::Reordered, old, new));
        }
        changes
    }

    fn accounts(&self, policies: &DisruptionPolicies, find: Find<'_>) -> Vec<Change> {
        let (old, new) = (&self.old.rendered.config, &self.new.rendered.config);
        let lists = ["users", "groups"]
            .iter()
            .flat_map(|list| effect::changed(old, new, &["passwd", list], "name"));
        lists
            .map(|account| {
                let verdict = Verdict::of("account", policies.ssh_keys(), find);
                self.entry(ChangeKind::User, &account, verdict)
            })
            .collect()
    }

    /// Lists of which nothing differs but the order.
    fn orders(&self) -> Vec<Change> {
        let diff = self.difference;
        let rows = [
            (diff.files && self.files.is_empty(), ChangeKind::File, "storage.files"),
            (diff.units && self.units.is_empty(), ChangeKind::Unit, "systemd.units"),
        ];
        let rows = rows.into_iter().filter(|(differs, ..)| *differs);
        rows.map(|(_, kind, item)| {
            let because = "their order does not matter to a node".to_owned();
            Verdict { steps: Vec::new(), because }.change(
                kind,
                item.to_owned(),
                ChangeWay::Reordered,
                None,
                None,
            )
        })
        .collect()
    }

    fn section(&self, path: &[&str]) -> Option<Change> {
        let old = self.old.rendered.config.root.path(path);
        let new = self.new.rendered.config.root.path(path);
        if Item::same_or_absent(old, new) {
            return None;
        }
        let side = |half: &Half<'_>, item: &Item| ChangeSide {
            origin: Some(OriginPlace::find(half.places, &item.at)),
            ..ChangeSide::default()
        };
        let present = |item: &&Item| !item.is_empty();
        let old = old.filter(present).map(|item| side(self.old, item));
        let new = new.filter(present).map(|item| side(self.new, item));
        let because = "running nodes keep what they have; only new nodes get it".to_owned();
        let verdict = Verdict { steps: Vec::new(), because };
        Some(verdict.change(
            ChangeKind::Section,
            path.join("."),
            way(old.as_ref(), new.as_ref()),
            old,
            new,
        ))
    }

    fn entry(&self, kind: ChangeKind, entry: &Changed<'_>, verdict: Verdict) -> Change {
        let fields = match (entry.old, entry.new) {
            (Some(old), Some(new)) => differing(old, new),
            _ => Vec::new(),
        };
        let side = |half: &Half<'_>, item: &Item| half.entry(kind, item, &fields);
        let old = entry.old.map(|item| side(self.old, item));
        let new = entry.new.map(|item| side(self.new, item));
        let mut change =
            verdict.change(kind, entry.name.to_owned(), way(old.as_ref(), new.as_ref()), old, new);
        change.fields = fields.into_iter().map(ToOwned::to_owned).collect();
        change
    }
}

/// The texts of one list that the other has not, or not as often.
fn missing_from<'t>(one: &'t [Text], other: &[Text]) -> Vec<&'t Text> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in other {
        *counts.entry(&text.text).or_default() += 1;
    }
    let missing = |text: &&Text| match counts.get_mut(text.text.as_str()) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    one.iter().filter(missing).collect()
}

/// The fields in which two objects differ.
fn differing(old: &Item, new: &Item) -> Vec<&'static str> {
    let fields = |item: &Item| -> Vec<&'static str> {
        item.as_object().into_iter().flat_map(Object::iter).map(|(name, _)| name).collect()
    };
    let mut names = fields(old);
    names.extend(fields(new));
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !Item::same_or_absent(old.get(name), new.get(name)));
    names
}

fn way(old: Option<&ChangeSide>, new: Option<&ChangeSide>) -> ChangeWay {
    match (old, new) {
        (None, _) => ChangeWay::Added,
        (_, None) => ChangeWay::Removed,
        _ => ChangeWay::Modified,
    }
}
