//! Checks of disks, partitions, filesystems and RAID arrays (upstream `disk.go`, `partition.go`,
//! `filesystem.go`, `raid.go`, `device.go`).

use std::collections::BTreeSet;

use rollgate_facts::ProblemKind::InvalidStorage;

use super::Checks;
use super::files::check_path;
use crate::extract::ignition::Item;

/// The longest label of a GPT partition, in bytes as upstream counts.
const PARTITION_LABEL: usize = 36;

/// A disk: a device, and partitions that do not get in each other's way.
pub(in super::super) fn check_disk(checks: &mut Checks, disk: &Item) {
    let device = disk.text("device");
    if device.is_empty() {
        return checks.report(InvalidStorage, disk.at_of("device"), "a disk without a device");
    }
    check_path(checks, InvalidStorage, device, disk.at_of("device"));
    let partitions = disk.list("partitions");
    check_numbers(checks, partitions);
    check_labels(checks, partitions);
    check_overlaps(checks, partitions);
    let removes = |partition: &Item| partition.boolean("shouldExist") == Some(false);
    if partitions.iter().any(removes) && partitions.iter().any(|one| number(one) == 0) {
        let text = "a disk with partitions that should not exist needs a number for each partition";
        checks.report(InvalidStorage, disk.at_of("partitions"), text);
    }
}

fn number(partition: &Item) -> i64 {
    partition.integer("number").unwrap_or(0)
}

fn check_numbers(checks: &mut Checks, partitions: &[Item]) {
    let mut seen = BTreeSet::new();
    for partition in partitions.iter().filter(|partition| number(partition) != 0) {
        if !seen.insert(number(partition)) {
            let text = format!("two partitions have the number {}", number(partition));
            checks.report(InvalidStorage, &partition.at, text);
        }
    }
}

fn check_labels(checks: &mut Checks, partitions: &[Item]) {
    let mut seen = BTreeSet::new();
    for partition in partitions.iter().filter(|partition| partition.get("label").is_some()) {
        let label = partition.text("label");
        if !seen.insert(label) {
            let text = format!("two partitions have the label `{label}`");
            checks.report(InvalidStorage, &partition.at, text);
        }
    }
}

/// Partitions whose start and size are known must not overlap; a start of 0 is for the partitioner
/// to choose, and a size of 0 counts as its first sector only.
fn check_overlaps(checks: &mut Checks, partitions: &[Item]) {
    let extent = |partition| Some((extent(partition)?, partition));
    let mut extents: Vec<_> = partitions.iter().filter_map(extent).collect();
    extents.sort_by_key(|(extent, _)| *extent);
    let mut last_end = None;
    for ((start, end), partition) in extents {
        if last_end.is_some_and(|last| start <= last) {
            let text = "the partition overlaps another one of the disk";
            checks.report(InvalidStorage, &partition.at, text);
        }
        last_end = last_end.max(Some(end));
    }
}

fn extent(partition: &Item) -> Option<(i64, i64)> {
    let start = partition.integer("startMiB").filter(|start| *start != 0)?;
    let size = partition.integer("sizeMiB")?;
    let end = if size == 0 { start } else { start.saturating_add(size).saturating_sub(1) };
    Some((start, end))
}

/// A partition: a number or label, and nothing else where it should not exist.
pub(in super::super) fn check_partition(checks: &mut Checks, partition: &Item) {
    let has_label = partition.get("label").is_some();
    let has_others = has_label
        || ["typeGuid", "guid"].iter().any(|name| !partition.text(name).is_empty())
        || ["startMiB", "sizeMiB"].iter().any(|name| partition.get(name).is_some());
    if partition.boolean("shouldExist") == Some(false) && has_others {
        let text = "a partition that should not exist takes nothing but a number";
        checks.report(InvalidStorage, &partition.at, text);
    }
    if number(partition) == 0 && !has_label {
        let text = "a partition needs a number or a label";
        checks.report(InvalidStorage, &partition.at, text);
    }
    check_partition_label(checks, partition);
    for name in ["guid", "typeGuid"] {
        if !is_guid(partition.text(name)) {
            let text = format!("`{}` is no GUID", partition.text(name));
            checks.report(InvalidStorage, partition.at_of(name), text);
        }
    }
}

fn check_partition_label(checks: &mut Checks, partition: &Item) {
    let label = partition.text("label");
    if label.len() > PARTITION_LABEL {
        let text = format!("partition label `{label}` is longer than {PARTITION_LABEL} bytes");
        checks.report(InvalidStorage, partition.at_of("label"), text);
    } else if label.contains(':') {
        let text = format!("partition label `{label}` contains a colon");
        checks.report(InvalidStorage, partition.at_of("label"), text);
    }
}

/// Whether the text is empty, or five groups of hexadecimal digits.
fn is_guid(text: &str) -> bool {
    let is_hex = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths = text.split('-').map(str::len);
    text.is_empty() || (lengths.eq([8, 4, 4, 4, 12]) && text.split('-').all(is_hex))
}

/// A filesystem: a device, a known format, and a label that fits it.
pub(in super::super) fn check_filesystem(checks: &mut Checks, filesystem: &Item) {
    if !filesystem.text("path").is_empty() {
        let at = filesystem.at_of("path");
        check_path(checks, InvalidStorage, filesystem.text("path"), at);
    }
    check_path(checks, InvalidStorage, filesystem.text("device"), filesystem.at_of("device"));
    check_format(checks, filesystem);
    check_label(checks, filesystem.text("format"), filesystem);
}

fn check_format(checks: &mut Checks, filesystem: &Item) {
    let text = match filesystem.text("format") {
        "" if has_settings(filesystem) => {
            "a filesystem needs a `format` where anything else is set".to_owned()
        }
        "" | "ext4" | "btrfs" | "xfs" | "swap" | "vfat" => return,
        "none" if checks.since(3) => return,
        format => format!("Ignition {} makes no filesystem of format `{format}`", checks.version),
    };
    checks.report(InvalidStorage, filesystem.at_of("format"), text);
}

fn has_settings(filesystem: &Item) -> bool {
    ["path", "label", "uuid"].iter().any(|name| !filesystem.text(name).is_empty())
        || filesystem.boolean("wipeFilesystem") == Some(true)
        || ["mountOptions", "options"].iter().any(|name| !filesystem.list(name).is_empty())
}

/// A label that the tool that makes the filesystem takes.
pub(super) fn check_label(checks: &mut Checks, format: &str, filesystem: &Item) {
    let label = filesystem.text("label");
    let longest = match format {
        "ext4" => 16,
        "btrfs" => 256,
        "xfs" => 12,
        "swap" => 15,
        "vfat" => 11,
        _ => return,
    };
    if label.len() > longest {
        let text = format!("label `{label}` is longer than the {longest} bytes of {format}");
        checks.report(InvalidStorage, filesystem.at_of("label"), text);
    }
}

/// A RAID array: a known level, and devices.
pub(in super::super) fn check_raid(checks: &mut Checks, raid: &Item) {
    check_level(checks, raid);
    if raid.list("devices").is_empty() && checks.since(0) {
        let text = format!("RAID array `{}` has no devices", raid.text("name"));
        checks.report(InvalidStorage, raid.at_of("devices"), text);
    }
    for device in raid.list("devices") {
        check_path(checks, InvalidStorage, device.as_str().unwrap_or_default(), &device.at);
    }
}

pub(super) fn check_level(checks: &mut Checks, raid: &Item) {
    let text = match raid.text("level") {
        "linear" | "raid0" | "0" | "stripe" => {
            if raid.integer("spares").unwrap_or(0) == 0 {
                return;
            }
            "a RAID array of this level takes no spares".to_owned()
        }
        "raid1" | "1" | "mirror" | "raid4" | "4" | "raid5" | "5" | "raid6" | "6" | "raid10"
        | "10" => return,
        "" => "a RAID array needs a `level`".to_owned(),
        level => format!("`{level}` is no RAID level"),
    };
    checks.report(InvalidStorage, raid.at_of("level"), text);
}
