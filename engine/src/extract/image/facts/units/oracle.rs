//! `systemctl --root` says of the same files what is said here of them.

#![expect(clippy::disallowed_methods, reason = "the tool reads files")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use rollgate_facts::Locator;
use rollgate_testkit::tool;

use super::tests::sample;
use super::units;
use crate::extract::image::TreeEntry;
use crate::extract::image::facts::reader::Reader;

/// What `systemctl` says of a unit: its state, and that of the presets.
type Said = BTreeMap<String, (String, String)>;

fn systemctl(root: &Path) -> Said {
    let output = Command::new("systemctl")
        .arg(format!("--root={}", root.display()))
        .args(["list-unit-files", "--all", "--no-legend", "--no-pager", "--plain"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| {
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().unwrap_or_default();
        (word(), (word(), word()))
    });
    lines.collect()
}

fn write(root: &Path, entry: &TreeEntry) {
    let path = root.join(entry.path.trim_start_matches('/'));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    match (&entry.target, &entry.content) {
        (Some(target), _) => std::os::unix::fs::symlink(&**target, path).unwrap(),
        (None, Some(content)) => std::fs::write(path, content).unwrap(),
        (None, None) => std::fs::create_dir_all(path).unwrap(),
    }
}

#[test]
fn systemctl_agrees() {
    if tool("systemctl_agrees", "systemctl").is_none() {
        return;
    }
    let (tree, at) = (sample(), Locator::image("sha256:0"));
    let root = tempfile::tempdir().unwrap();
    tree.entries.iter().for_each(|entry| write(root.path(), entry));
    let said = systemctl(root.path());
    let (units, _) = units(&mut Reader::new(&tree, &at, None));
    let mut compared = 0;
    for (name, unit) in &units {
        let Some((state, preset)) = said.get(name) else { continue };
        assert_eq!(unit.masked, state == "masked", "{name}: {state}");
        if !unit.masked {
            // `indirect`: not by its own name, but by that of an instance or an alias.
            let is_enabled = matches!(state.as_str(), "enabled" | "alias" | "indirect");
            assert_eq!(unit.enabled, is_enabled, "{name}: {state}");
            assert_eq!(unit.installable, state != "static", "{name}: {state}");
            // Without a line, a unit is enabled; templates are told as `systemctl` tells instances.
            let expected = if unit.preset.unwrap_or(true) { "enabled" } else { "disabled" };
            assert!(preset == expected || preset == "-", "{name}: {preset}");
        }
        compared += 1;
    }
    assert!(compared > 5, "{said:?}");
}
