//! Hazards of an Ignition config that is valid: what a node makes of its parts together.
//!
//! Owns what follows from paths and from the order in which systemd starts units. Must not know
//! whether the config was written or merged.
//!
//! A file `/etc/a` and a file `/etc/a/b` → the second cannot be written: its folder is a file.

mod boot_order;

use rollgate_facts::{Ignition, Problem, ProblemKind};

use boot_order::ordering_cycles;

/// What goes wrong on a node although Ignition and the operator accept the config.
pub fn hazards(ignition: &Ignition) -> Vec<Problem> {
    let mut problems: Vec<Problem> = paths_under_files(ignition).collect();
    problems.extend(ordering_cycles(&ignition.units));
    problems
}

/// Entries whose path leads through a file of the same config.
fn paths_under_files(ignition: &Ignition) -> impl Iterator<Item = Problem> {
    let files = ignition.files.values().map(|file| (&file.path, &file.at));
    let directories = ignition.directories.iter().map(|directory| (&directory.path, &directory.at));
    let links = ignition.links.iter().map(|link| (&link.path, &link.at));
    files.chain(directories).chain(links).filter_map(|(path, at)| {
        let above = above(path).find(|above| ignition.files.contains_key(*above))?;
        let text = format!("`{path}` cannot be written: `{above}` is a file of the same config");
        Some(Problem { kind: ProblemKind::PathUnderFile, at: at.clone(), text })
    })
}

/// The folders in which a path lies, nearest first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(parent, _)| parent))
        .skip(1)
        .filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn folders_are_named_nearest_first() {
        assert_eq!(above("/etc/a/b").collect::<Vec<_>>(), ["/etc/a", "/etc"]);
        assert_eq!(above("/etc").count(), 0);
    }
}
