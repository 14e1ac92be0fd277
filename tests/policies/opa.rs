//! The embedded library under the real OPA: what passes under one engine passes under the other.
//!
//! Needs `opa` on the `PATH`. Without it these tests say so and pass, unless
//! `ROLLGATE_REQUIRE_TOOLS` is set.

use std::path::Path;
use std::process::{Command, Output};

use rollgate_engine::policy::PolicySet;

use crate::repository;

#[test]
fn opa_agrees_with_the_library() {
    if Command::new("opa").arg("version").output().is_err() {
        assert!(std::env::var_os("ROLLGATE_REQUIRE_TOOLS").is_none(), "`opa` is not installed");
        println!("passed over: `opa` is not installed");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    lay_out(directory.path());
    let capabilities = repository().join("policies/capabilities.json");
    let capabilities = format!("--capabilities={}", capabilities.display());
    opa(&["check", "--strict", &capabilities], directory.path());
    opa(&["test", &capabilities], directory.path());
}

fn opa(arguments: &[&str], directory: &Path) {
    let Output { status, stdout, stderr } =
        Command::new("opa").args(arguments).arg(directory).output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    assert!(status.success(), "opa {arguments:?}\n{stdout}{stderr}");
}

/// OPA takes every YAML and JSON file of a folder for data, so it gets the policies alone, and the
/// tables where the engine puts them.
fn lay_out(directory: &Path) {
    for entry in walkdir::WalkDir::new(repository().join("policies")).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "rego") {
            std::fs::copy(entry.path(), directory.join(entry.file_name())).unwrap();
        }
    }
    let tables = PolicySet::embedded().unwrap().tables().clone();
    let data = serde_json::json!({ "rollgate_tables": tables });
    std::fs::write(directory.join("tables.json"), data.to_string()).unwrap();
}
