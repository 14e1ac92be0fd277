//! Input that is too much: every limit is told, and nothing hangs.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use rollgate_testkit::{MachineConfig, encode};
use serde_json::json;

use crate::harness::Folder;
use crate::inputs::FAULTY;

#[test]
fn a_file_of_200_mb() {
    let folder = Folder::with(&[("good.yaml", FAULTY), ("large.yaml", "")]);
    let large = std::fs::File::options().write(true).open(folder.path().join("large.yaml"));
    large.unwrap().set_len(200_000_000).unwrap();
    assert_snapshot!(folder.check_by_one_rule("."));
}

#[test]
fn ten_thousand_levels() {
    const LEVELS: usize = 10_000;
    let flow = format!("kind: MachineConfig\nspec: {}{}\n", "[".repeat(LEVELS), "]".repeat(LEVELS));
    let block = format!("kind: MachineConfig\nspec:\n{}1\n", "- ".repeat(LEVELS));
    let json = format!("{{\"spec\": {}1{}}}", "{\"a\":".repeat(LEVELS), "}".repeat(LEVELS));
    let folder = Folder::with(&[("flow.yaml", &flow), ("block.yaml", &block), ("a.json", &json)]);
    folder.write("good.yaml", FAULTY);
    assert_snapshot!(folder.check_by_one_rule("."));
}

#[test]
fn an_alias_bomb() {
    let start = "kind: MachineConfig\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    let levels = (1..12).map(|level| {
        let alias = format!("*a{}", level - 1);
        format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "))
    });
    let bomb: String = std::iter::once(start.to_owned()).chain(levels).collect();
    let folder = Folder::with(&[("bomb.yaml", &bomb), ("good.yaml", FAULTY)]);
    assert_snapshot!(folder.check_by_one_rule("."));
}

#[test]
fn a_gzip_bomb_in_a_data_url() {
    let source = encode::base64_url(&encode::gzip_bomb(1 << 30));
    let bomb = MachineConfig::new("99-bomb").role("worker").ignition("3.4.0").file_entry(json!({
        "path": "/etc/bomb",
        "mode": 0o644,
        "contents": {"compression": "gzip", "source": source},
    }));
    let folder = Folder::with(&[("bomb.yaml", &bomb.yaml()), ("good.yaml", FAULTY)]);
    assert_snapshot!(folder.check("."));
}

#[test]
fn a_role_for_every_machine_config() {
    let folder = Folder::with(&[("rollgate.yaml", "limits: {pools: 2}\n")]);
    for role in ["infra", "storage", "worker"] {
        let name = format!("50-{role}");
        let machine_config = MachineConfig::new(&name).role(role).kernel_argument("audit=1");
        folder.write(&format!("{role}.yaml"), machine_config.yaml());
    }
    assert_snapshot!(folder.rollgate("check --date 2026-11-21 ."));
}

#[test]
fn a_fault_in_a_megabyte_on_one_line() {
    let filler = "x".repeat(500_000);
    let text = MachineConfig::new("99-worker")
        .role("worker")
        .annotation("before", &filler)
        .kernel_argument("mitigations=off")
        .spec("zz", filler.into())
        .json();
    assert_snapshot!(Folder::with(&[("a.json", &text)]).check("a.json"));
}

/// A policy that would run for ages is stopped, and the other rules still judge.
#[test]
fn a_policy_that_does_not_end() {
    const LIMIT: Duration = Duration::from_secs(2);
    let policy = crate::policies::rule(
        "endless",
        r#"deny contains finding if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == input.pool.kernel_arguments
	finding := result.fail(input.pool.at, "never")
}"#,
    );
    let folder = Folder::with(&[("policies/endless.rego", &policy), ("a.yaml", FAULTY)]);
    let start = Instant::now();
    let run = folder.check("--policy policies a.yaml");
    let elapsed = start.elapsed();
    assert!(elapsed < LIMIT + Duration::from_secs(2), "{elapsed:?}\n{run}");
    assert_snapshot!(run);
}
