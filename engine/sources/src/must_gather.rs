//! A must-gather: the folder into which `oc adm must-gather` writes a cluster.
//!
//! Owns its layout, and which few of its gigabytes tell of pools and machines. Must not interpret them.
//! `must-gather.local.1/quay-io-…/cluster-scoped-resources/core/nodes/a.yaml` is a Node.

use std::path::{Path, PathBuf};

use rollgate_engine::Limits;
use walkdir::WalkDir;

use crate::file;
use crate::input::{self, Inputs, SourceError};

/// The folder of objects that are in no namespace.
const ROOT: &str = "cluster-scoped-resources";

/// What of it is read: a folder with a file for each object, or one file with a list of them
/// (openshift/oc `pkg/cli/admin/inspect`). Not `controllerconfigs`, which hold certificates.
const RESOURCES: &[&str] = &[
    "config.openshift.io/clusterversions",
    "core/nodes",
    "machineconfiguration.openshift.io/machineconfignodes",
    "machineconfiguration.openshift.io/machineconfigpools",
    "machineconfiguration.openshift.io/machineconfigs",
    "machineconfiguration.openshift.io/machineosconfigs",
    "machineconfiguration.openshift.io/osimagestreams",
];

/// Whether a folder is one, or holds the folders of its images.
pub fn is_must_gather(folder: &Path) -> bool {
    !roots(folder).is_empty()
}

/// Reads of a must-gather what tells of pools and machines.
///
/// # Errors
///
/// When the folder does not exist, or is no must-gather.
pub fn read_must_gather(limits: &Limits, folder: &Path) -> Result<Inputs, SourceError> {
    let roots = roots(folder);
    if roots.is_empty() {
        let name = file::display_name(folder);
        return Err(if folder.exists() {
            SourceError::NoMustGather(name)
        } else {
            SourceError::Missing(name)
        });
    }
    let candidates = |root: &PathBuf| {
        let root = root.clone();
        RESOURCES
            .iter()
            .flat_map(move |resource| [root.join(resource), root.join(format!("{resource}.yaml"))])
    };
    let paths: Vec<_> = roots.iter().flat_map(candidates).filter(|path| path.exists()).collect();
    input::read(limits, &paths)
}

/// The folders of objects: in the folder itself, or one folder below, one for each image that gathered.
fn roots(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).min_depth(1).max_depth(2).sort_by_file_name();
    let found = walk.into_iter().filter_map(Result::ok);
    let is_root =
        |entry: &walkdir::DirEntry| entry.file_name() == ROOT && entry.file_type().is_dir();
    found.filter(is_root).map(walkdir::DirEntry::into_path).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_what_tells_of_pools_and_machines_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("quay-io-image").join(ROOT);
        for path in [
            "core/nodes/a.yaml",
            "core/persistentvolumes/b.yaml",
            "config.openshift.io/clusterversions.yaml",
            "machineconfiguration.openshift.io/machineconfigs/00.yaml",
            "machineconfiguration.openshift.io/controllerconfigs/machine-config-controller.yaml",
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), "kind: X\n").unwrap();
        }
        let inputs = read_must_gather(&Limits::default(), folder.path()).unwrap();
        let start = format!("{}/", file::display_name(&root));
        let names: Vec<_> =
            inputs.artifacts.iter().map(|it| it.name().replace(&start, "")).collect();
        assert_eq!(
            names,
            [
                "config.openshift.io/clusterversions.yaml",
                "core/nodes/a.yaml",
                "machineconfiguration.openshift.io/machineconfigs/00.yaml",
            ]
        );
        assert!(is_must_gather(&folder.path().join("quay-io-image")));
        let error = read_must_gather(&Limits::default(), &root.join("core")).unwrap_err();
        assert!(matches!(error, SourceError::NoMustGather(_)), "{error}");
    }
}
