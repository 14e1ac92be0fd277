//! The systemd units of an image, and which of them a node starts.
//!
//! Owns what the files, links and presets of the unit folders come to (systemd.unit(5),
//! systemd.preset(5)). Must not know which units a node needs.
//!
//! `/usr/lib/systemd/system/sshd.service` with `/etc/systemd/system/sshd.service → /dev/null` → the
//! unit `sshd.service`, masked.

mod drop_ins;
mod folders;
mod preset;

use std::collections::BTreeMap;

use rollgate_facts::{FileKind, ImageUnit, UnitLink};

use self::drop_ins::DropIns;
use self::folders::{Folders, template};
use self::preset::Presets;
use super::reader::{Reader, name};
use crate::extract::image::TreeEntry;
use crate::extract::unit;

/// How many units may be in the folders: RHCOS has 500. Each is looked up in every line of the presets.
const MAX_UNITS: usize = 10_000;

/// The units by name, and the links by which units are enabled that lead to none.
pub(super) fn units(reader: &mut Reader<'_>) -> (BTreeMap<String, ImageUnit>, Vec<UnitLink>) {
    let folders = Folders::of(reader);
    if folders.units.len() + folders.wanted.len() > MAX_UNITS {
        reader.miss(format!("there are more than {MAX_UNITS} units and links to units"));
        return (BTreeMap::new(), Vec::new());
    }
    let presets = Presets::read(reader);
    let drop_ins = DropIns::of(reader);
    let mut units = BTreeMap::new();
    let mut dangling = Vec::new();
    for (name, entry) in &folders.units {
        match unit(reader, &folders, name, entry) {
            Some(unit) => {
                units.insert((*name).to_owned(), unit);
            }
            None => dangling.push(link(reader, name, entry)),
        }
    }
    enable(reader, &folders, &mut units, &mut dangling);
    for (name, unit) in &mut units {
        unit.preset = presets.of(name);
        let (found, in_base) = drop_ins.of_unit(reader, name);
        unit.drop_ins = found;
        unit.in_base &= in_base;
    }
    dangling.sort_by(|one, other| (&one.unit, &one.at).cmp(&(&other.unit, &other.at)));
    (units, dangling)
}

/// The unit that a file or link stands for; none where the link leads nowhere.
fn unit(
    reader: &mut Reader<'_>,
    folders: &Folders<'_>,
    name: &str,
    entry: &TreeEntry,
) -> Option<ImageUnit> {
    let mut unit = ImageUnit {
        at: reader.image.entry(&entry.path),
        masked: folders::is_null(entry),
        enabled: false,
        preset: None,
        installable: false,
        drop_ins: Vec::new(),
        in_base: reader.in_base(entry),
    };
    if unit.masked {
        return Some(unit);
    }
    let led = folders.led_to(reader.tree, entry)?;
    // A link by another name is an alias, which enables the unit where an administrator made it.
    unit.enabled = entry.kind == FileKind::Link
        && self::name(&led.path) != name
        && entry.path.starts_with("/etc/");
    unit.in_base &= reader.in_base(led);
    unit.masked = led.kind == FileKind::File && led.size == 0;
    unit.installable =
        !unit.masked && reader.text(&led.path).is_some_and(|file| has_install_section(&file.text));
    Some(unit)
}

/// Whether a unit file has an `[Install]` section; one that does not parse is looked through for it.
fn has_install_section(text: &str) -> bool {
    match unit::parse(text) {
        Ok(entries) => entries.iter().any(|entry| entry.section == "Install"),
        Err(_) => text.lines().any(|line| line.trim() == "[Install]"),
    }
}

/// Follows the links in `<unit>.wants`, `.requires` and `.upholds`. Their name tells which unit is
/// meant, wherever they lead (systemd `src/core/load-dropin.c`).
fn enable(
    reader: &Reader<'_>,
    folders: &Folders<'_>,
    units: &mut BTreeMap<String, ImageUnit>,
    dangling: &mut Vec<UnitLink>,
) {
    for entry in folders.wanted.iter().filter(|entry| !folders::is_null(entry)) {
        let wanted = name(&entry.path);
        let of_template = template(wanted).filter(|template| units.contains_key(template));
        if let Some(unit) = of_template.as_ref().and_then(|template| units.get_mut(template)) {
            unit.enabled = true;
            let instance = unit.clone();
            units.entry(wanted.to_owned()).or_insert(instance);
        }
        if let Some(unit) = units.get_mut(wanted) {
            unit.enabled = true;
            unit.in_base &= reader.in_base(entry);
        } else if folders::needs_file(wanted) {
            dangling.push(link(reader, wanted, entry));
        }
    }
    // What enables an alias enables the unit, and the other way round.
    let aliases: Vec<(&str, String)> = folders.aliases(reader.tree).collect();
    for (alias, unit) in aliases {
        let either = |name: &str| units.get(name).is_some_and(|unit| unit.enabled);
        let enabled = either(alias) || either(&unit);
        for name in [alias, &unit] {
            if let Some(unit) = units.get_mut(name).filter(|unit| !unit.masked) {
                unit.enabled |= enabled;
            }
        }
    }
}

fn link(reader: &Reader<'_>, unit: &str, entry: &TreeEntry) -> UnitLink {
    UnitLink {
        at: reader.image.entry(&entry.path),
        unit: unit.to_owned(),
        target: entry.target.as_deref().unwrap_or_default().to_owned(),
        in_base: reader.in_base(entry),
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::{ImageUnit, Locator};

    use super::units;
    use crate::extract::image::Tree;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    const INSTALL: &str = "[Service]\nExecStart=/a\n[Install]\nWantedBy=multi-user.target\n";

    pub(super) fn sample() -> Tree {
        let vendor = "/usr/lib/systemd/system";
        Sample::new()
            .file(&format!("{vendor}/sshd.service"), INSTALL)
            .file(&format!("{vendor}/crio.service"), INSTALL)
            .file(&format!("{vendor}/static.service"), "[Service]\nExecStart=/a\n")
            .file(&format!("{vendor}/getty@.service"), INSTALL)
            .file(&format!("{vendor}/gone.service"), "")
            .file(&format!("{vendor}/real.service"), INSTALL)
            .link(&format!("{vendor}/sub.target.wants/static.service"), "../static.service")
            .file(
                "/usr/lib/systemd/system-preset/90-a.preset",
                "enable crio.*\nenable getty@.service tty1\ndisable *\n",
            )
            .file("/usr/lib/systemd/system-preset/99-b.preset", "enable sshd.service\n")
            .file("/usr/lib/systemd/system/service.d/10-all.conf", "[Service]\n")
            .file("/usr/lib/systemd/system/crio.service.d/20-a.conf", "[Service]\n")
            .file("/usr/lib/systemd/system/crio.service.d/30-off.conf", "[Service]\n")
            .link(
                "/etc/systemd/system/multi-user.target.wants/sshd.service",
                "/usr/lib/systemd/system/sshd.service",
            )
            .link(
                "/etc/systemd/system/getty.target.wants/getty@tty1.service",
                "/usr/lib/systemd/system/getty@.service",
            )
            .layer(3)
            .file("/etc/systemd/system/crio.service.d/20-a.conf", "[Service]\n")
            .link("/etc/systemd/system/crio.service.d/30-off.conf", "/dev/null")
            .link("/etc/systemd/system/static.service", "../../../dev/null")
            .link(
                "/etc/systemd/system/multi-user.target.wants/lost.service",
                "/usr/lib/systemd/system/lost.service",
            )
            .link("/etc/systemd/system/broken.service", "/opt/broken.service")
            .link("/etc/systemd/system/alias.service", "/usr/lib/systemd/system/real.service")
            .tree()
    }

    fn found(unit: &ImageUnit) -> (bool, bool, Option<bool>, bool, bool) {
        (unit.masked, unit.enabled, unit.preset, unit.installable, unit.in_base)
    }

    #[test]
    fn units_are_what_files_links_and_presets_come_to() {
        let (tree, at) = (sample(), Locator::image("sha256:0"));
        let mut reader = Reader::new(&tree, &at, Some(3));
        let (units, dangling) = units(&mut reader);
        let names: Vec<_> = units.keys().map(String::as_str).collect();
        let expected = [
            "alias.service",
            "crio.service",
            "getty@.service",
            "getty@tty1.service",
            "gone.service",
            "real.service",
            "sshd.service",
            "static.service",
        ];
        assert_eq!(names, expected);
        assert_eq!(found(&units["sshd.service"]), (false, true, Some(false), true, true));
        assert_eq!(found(&units["crio.service"]), (false, false, Some(true), true, false));
        assert_eq!(found(&units["getty@tty1.service"]), (false, true, Some(true), true, true));
        assert!(units["static.service"].masked && !units["static.service"].in_base);
        assert!(units["gone.service"].masked && units["gone.service"].in_base);
        assert!(units["real.service"].enabled && units["alias.service"].enabled);
        let drop_ins: Vec<_> = units["crio.service"].drop_ins.iter().map(Locator::as_str).collect();
        let expected = [
            "image/sha256:0!/usr/lib/systemd/system/service.d/10-all.conf",
            "image/sha256:0!/etc/systemd/system/crio.service.d/20-a.conf",
        ];
        assert_eq!(drop_ins, expected);
        let dangling: Vec<_> = dangling.iter().map(|it| (&*it.unit, it.in_base)).collect();
        assert_eq!(dangling, [("broken.service", false), ("lost.service", false)]);
        assert_eq!(reader.missing(), None);
    }
}

#[cfg(test)]
mod oracle;
