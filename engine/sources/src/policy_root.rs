//! Policy roots: folders and bundles of policies, as the engine loads them.
//!
//! Must not know what a policy says.

use std::path::{Path, PathBuf};

use rollgate_engine::Limits;
use rollgate_engine::policy::{
    BundleFile, BundleTrust, LoadErrors, PolicyFile, PolicyRoot, open_bundle,
};

use crate::configuration::{FolderFile, read_policies};
use crate::input::SourceError;

/// A policy root that is of no use.
#[derive(Debug, thiserror::Error)]
pub enum PolicyRootError {
    /// It cannot be read.
    #[error(transparent)]
    Unread(#[from] SourceError),
    /// It is a bundle that is not trusted.
    #[error(transparent)]
    NotTrusted(#[from] LoadErrors),
    /// It is a folder of something else.
    #[error("`{0}` holds no policy")]
    Empty(String),
}

/// The policies in these folders and bundles.
pub fn policy_roots(
    limits: &Limits,
    folders: &[PathBuf],
    trust: &BundleTrust,
) -> Result<Vec<PolicyRoot>, PolicyRootError> {
    let roots = folders.iter().map(|folder| {
        let root = policy_root(limits, folder, trust)?;
        if !root.files.iter().any(PolicyFile::is_policy) {
            return Err(PolicyRootError::Empty(root.name));
        }
        Ok(root)
    });
    roots.collect()
}

/// Everything in a folder or bundle that has to do with policies.
pub fn policy_root(
    limits: &Limits,
    folder: &Path,
    trust: &BundleTrust,
) -> Result<PolicyRoot, PolicyRootError> {
    let files = read_policies(limits, folder)?;
    let name = folder.display().to_string();
    let file = |FolderFile { path, artifact }| BundleFile { path, artifact };
    let files: Vec<_> = files.into_iter().map(file).collect();
    let files = open_bundle(&name, &files, trust)?;
    Ok(PolicyRoot { name, files })
}
