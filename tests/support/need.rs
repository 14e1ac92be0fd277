//! What a test needs from outside the repository, and what happens where it is missing: on a user's
//! machine the test says so and passes; with `ROLLGATE_REQUIRE_TOOLS=1`, as in CI, it fails.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::env;
use std::path::{Path, PathBuf};

/// The shared corpus at `../shared/corpus` beside the repository.
pub fn shared_corpus(test: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let corpus = root.parent()?.join("shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    skip(test, &format!("the corpus at {}", corpus.display()))
}

/// A program on the `PATH`, or where `go install` puts it.
pub fn tool(test: &str, name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let home = env::var_os("HOME").map(|home| Path::new(&home).join("go/bin"));
    let found = env::split_paths(&path).chain(home).map(|folder| folder.join(name));
    found.into_iter().find(|file| file.is_file()).or_else(|| skip(test, &format!("`{name}`")))
}

/// The folder of `etcd`, `kube-apiserver` and `kubectl`, which `KUBEBUILDER_ASSETS` names.
pub(crate) fn control_plane(test: &str) -> Option<PathBuf> {
    let folder = env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
    let whole = |folder: &PathBuf| {
        ["etcd", "kube-apiserver", "kubectl"].iter().all(|name| folder.join(name).is_file())
    };
    folder.filter(whole).or_else(|| {
        skip(test, "a folder of `etcd`, `kube-apiserver` and `kubectl` in `KUBEBUILDER_ASSETS`")
    })
}

fn skip(test: &str, what: &str) -> Option<PathBuf> {
    let required = env::var_os("ROLLGATE_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(!required, "{test}: {what} is missing, and ROLLGATE_REQUIRE_TOOLS is set");
    eprintln!("{test}: skipped, {what} is missing");
    None
}
