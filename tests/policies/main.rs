//! The embedded policy library: loads, judges, and its generated files are up to date.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test, which reads files")]

mod evaluation;
mod examples;
mod opa;
mod patterns;
mod refused;
mod testing;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rollgate_engine::Limits;
use rollgate_engine::page;
use rollgate_engine::policy::{
    PolicyFile, PolicyRoot, PolicySet, Rule, check, generated_files, test,
};
use rollgate_facts::{Facts, Locator, ObjectId, Pool, Subject, SubjectKind, Target, Text};

#[test]
fn the_embedded_library_judges_a_pool() {
    let policies = PolicySet::embedded().unwrap();
    let rule = policies.rule("pool.mitigations-disabled").unwrap();
    let mut evaluator = policies.evaluator(&Limits::default());

    evaluator.set_subject(&pool_with_kernel_arguments(&["audit=1", "mitigations=off"])).unwrap();
    let findings = evaluator.evaluate(rule).unwrap();
    insta::assert_json_snapshot!(findings, @r#"
    [
      {
        "at": "MachineConfig/99-worker#/spec/kernelArguments/1",
        "message": "kernel argument `mitigations=off` disables CPU mitigations"
      }
    ]
    "#);

    evaluator.set_subject(&pool_with_kernel_arguments(&["audit=1"])).unwrap();
    assert_eq!(evaluator.evaluate(rule), Ok(vec![]));
}

#[test]
fn the_embedded_library_passes_every_check() {
    let errors = check(&[]).map_or_else(|errors| errors.to_string(), |_| String::new());
    assert_eq!(errors, "");
}

#[test]
fn the_embedded_library_passes_its_tests() {
    let report = test(&[], &Limits::default()).unwrap();
    let failures: Vec<_> = report.failures().collect();
    assert!(failures.is_empty(), "{failures:#?}");
    // Fixtures are there to be tested with.
    let policies = report.coverage.iter().filter(|file| !file.file.starts_with("lib/fixture/"));
    let untested: Vec<_> = policies.filter(|file| !file.missed.is_empty()).collect();
    assert!(untested.is_empty(), "{untested:#?}");
}

#[test]
fn the_tables_have_the_shape_of_their_schema() {
    let schema = std::fs::read_to_string(repository().join("policies/data/schema.json")).unwrap();
    let schema = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let policies = PolicySet::embedded().unwrap();
    let errors: Vec<_> = validator.iter_errors(policies.tables()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Written by `ROLLGATE_UPDATE=1 cargo test -p rollgate-engine --test policies`.
#[test]
fn generated_files_are_up_to_date() {
    let update = std::env::var_os("ROLLGATE_UPDATE").is_some();
    let mut stale = Vec::new();
    let mut pages = pages();
    let made = page::pages(&PolicySet::embedded().unwrap()).unwrap();
    for file in generated_files().unwrap().into_iter().chain(made) {
        let path = repository().join(&file.path);
        pages.remove(&path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == file.text) {
            continue;
        }
        if update {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, file.text).unwrap();
        } else {
            stale.push(path);
        }
    }
    if update {
        for page in pages {
            std::fs::remove_file(page).unwrap();
        }
    } else {
        stale.extend(pages);
    }
    assert!(stale.is_empty(), "run again with ROLLGATE_UPDATE=1; stale: {stale:#?}");
}

#[test]
fn the_rule_in_the_readme_loads() {
    let readme = std::fs::read_to_string(repository().join("policies/README.md")).unwrap();
    let text = readme.split("```").find_map(|block| block.strip_prefix("rego\n")).unwrap();
    let file = PolicyFile { path: "worst.rego".to_owned(), text: text.to_owned() };
    let root = PolicyRoot { name: "acme".to_owned(), files: vec![file] };
    assert_eq!(check(&[root]).unwrap()[0].code, "custom.acme.worst");
}

/// The pages of rules that there are, those of rules that are gone included.
fn pages() -> BTreeSet<PathBuf> {
    let files = walkdir::WalkDir::new(repository().join("docs/rules")).into_iter();
    let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.map(walkdir::DirEntry::into_path).collect()
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn pool_with_kernel_arguments(arguments: &[&str]) -> Facts {
    let machine_config = Locator::object(&ObjectId::new("MachineConfig", None, "99-worker", 1));
    let list = machine_config.key("spec").key("kernelArguments");
    let texts = arguments.iter().enumerate();
    let kernel_arguments = texts.map(|(index, text)| Text::new(list.index(index), *text)).collect();
    let mut pool: Pool = serde_json::from_value(serde_json::json!({
        "at": "MachineConfigPool/worker#", "name": "worker", "declared": false, "complete": true,
    }))
    .unwrap();
    pool.kernel_arguments = kernel_arguments;
    Facts::new(Target::default(), Subject::Pool(Box::new(pool)))
}

/// The rules on pools that are about the images of their nodes.
const POOL_IMAGE_RULES: &[&str] = &[
    "pool.extension-kernel-mismatch",
    "pool.extension-package-missing",
    "pool.kernel-type-package-missing",
];

/// Whether the rule needs an image to find something.
fn judges_images(rule: &Rule) -> bool {
    rule.subject == SubjectKind::Image || POOL_IMAGE_RULES.contains(&rule.code.as_str())
}
