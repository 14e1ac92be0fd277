//! The recorded cases of the Machine Config Operator: which configs it refused, and what it made of
//! those that it merged.

use std::fs;

use rollgate_engine::extract::ignition::{self, Config, ContentBudget, SpecVersion, Translation};
use rollgate_engine::{Artifact, Limits, text};
use rollgate_facts::{Locator, ObjectId, Problem, ProblemKind};
use rollgate_testkit::shared_corpus;
use serde_json::{Value, json};

/// What the operator of the recorded cases, of release 5.0, makes of configs before it merges them.
const TRANSLATION: Translation = Translation { to: SpecVersion::V3_5, masks_special_bits: false };

#[test]
fn configs_are_refused_as_the_operator_refuses_them() {
    let Some(cases) = recorded_cases("configs_are_refused_as_the_operator_refuses_them") else {
        return;
    };
    let mut wrong = Vec::new();
    for case in &cases {
        let Some(verdicts) = case["mco"]["validate"].as_array() else { continue };
        for (input, verdict) in inputs(case).iter().zip(verdicts) {
            let refused = verdict.as_str().is_some_and(is_refusal);
            let (_, problems) = accept(input);
            let converts = case["mco"]["error"].is_null();
            if problems.is_empty() == refused && (refused || converts) {
                wrong.push(format!("{} {}: {verdict}\n  {problems:?}", case["id"], input["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn configs_merge_as_the_operator_merges_them() {
    let Some(cases) = recorded_cases("configs_merge_as_the_operator_merges_them") else { return };
    let mut wrong = Vec::new();
    for case in &cases {
        let expected = &case["mco"]["merged_spec"]["config"];
        if expected.is_null() {
            continue;
        }
        let Some(merged) = merge_case(case) else {
            wrong.push(format!("{}: does not merge", case["id"]));
            continue;
        };
        let actual = ignition::to_json(&merged);
        if actual != *expected {
            wrong.push(format!("{}\n  {actual}\n  {expected}", case["id"]));
        }
        let refused = case["mco"]["merged_reparse"].as_str();
        let problems = ignition::validate_merged(&merged);
        if problems.is_empty() != refused.is_none() {
            wrong.push(format!("{}: {refused:?}\n  {problems:?}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn contents_decode_as_on_a_node() {
    let Some(cases) = recorded_cases("contents_decode_as_on_a_node") else { return };
    let mut wrong = Vec::new();
    for case in &cases {
        let Some(verdicts) = case["mco"]["decode_files"].as_object() else { continue };
        let Some(merged) = merge_case(case) else { continue };
        let limits = Limits::default();
        let (facts, _) = ignition::facts(&limits, &mut ContentBudget::new(&limits), &merged);
        for (path, error) in verdicts {
            let contents = facts.files.get(path).and_then(|file| file.contents.as_ref());
            // A node writes an empty file where there is no source.
            let decoded = contents.map(|contents| (contents.size, contents.sha256.as_deref()));
            let expected = &case["mco"]["file_contents"][path];
            let expected = (expected["bytes"].as_u64(), expected["sha256"].as_str());
            let agrees = match decoded {
                Some((None, _)) => !error.is_null(),
                Some(decoded) => error.is_null() && decoded == expected,
                None => error.is_null() && expected.0 == Some(0),
            };
            if !agrees {
                wrong.push(format!("{} {path}: {error} {expected:?} {contents:?}", case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn real_configs_are_refused_as_the_operator_refuses_them() {
    let test = "real_configs_are_refused_as_the_operator_refuses_them";
    let Some(corpus) = shared_corpus(test) else { return };
    let mut wrong = Vec::new();
    for (table, folder) in
        [("machineconfigs/VERDICTS.tsv", "machineconfigs"), ("probes-verdicts.tsv", "probes")]
    {
        let table = fs::read_to_string(corpus.join(table)).expect("readable corpus");
        for row in table.lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [file, document, _, _, _, verdict, ..] = columns[..] else { continue };
            let yaml = fs::read(corpus.join(folder).join(file)).expect("readable corpus");
            let documents = text::read(&Limits::default(), &Artifact::new(file, yaml));
            let index: usize = document.parse().expect("a number");
            let root = &documents[index].as_ref().expect("valid YAML").root;
            let config = root.get("spec").and_then(|spec| spec.get("config"));
            let problems = config.map(|config| accept_node(file, config).1).unwrap_or_default();
            if problems.is_empty() == is_refusal(verdict) {
                wrong.push(format!("{file} {document}: {verdict}\n  {problems:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn hand_made_merges_are_those_of_the_operator() {
    let test = "hand_made_merges_are_those_of_the_operator";
    let Some(corpus) = shared_corpus(test) else { return };
    let cases = fs::read_to_string(corpus.join("mco-merge-cases.json")).expect("readable corpus");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("a list of cases");
    let mut wrong = Vec::new();
    for case in cases.iter().filter(|case| !case["merged_spec"]["config"].is_null()) {
        let mut all = inputs(case);
        let place = |input: &Value| (input["role"] != "worker", input["name"].to_string());
        all.sort_by_key(place);
        let configs = all.iter().filter(|input| !config(input).is_null());
        let configs: Vec<Config> = configs.filter_map(|input| accept(input).0).collect();
        let merged = ignition::merge_all(configs).map(|merged| ignition::to_json(&merged));
        // Where there is nothing to merge, the operator starts from a config that is empty.
        let merged = merged.unwrap_or_else(|| json!({"ignition": {"version": "3.5.0"}}));
        let expected = &case["merged_spec"]["config"];
        if merged != *expected {
            wrong.push(format!("{}\n  {merged}\n  {expected}", case["case"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a verdict refuses the Ignition config; kernel types and extensions are not Ignition's.
fn is_refusal(verdict: &str) -> bool {
    verdict.starts_with("parsing Ignition") || verdict.starts_with("invalid mode")
}

/// Merges the configs in the order that the operator used.
fn merge_case(case: &Value) -> Option<Config> {
    let order = case["mco"]["merge_order"].as_array()?;
    let all = inputs(case);
    let named = |name: &Value| all.iter().find(|input| input["name"] == *name);
    let configs = order.iter().filter_map(named).filter(|input| !config(input).is_null());
    let configs: Option<Vec<Config>> = configs.map(|input| accept(input).0).collect();
    ignition::merge_all(configs?)
}

fn recorded_cases(test: &str) -> Option<Vec<Value>> {
    let corpus = shared_corpus(test)?;
    let lines = fs::read_to_string(corpus.join("mco-cases.jsonl")).expect("readable corpus");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("a case a line")).collect())
}

fn inputs(case: &Value) -> Vec<Value> {
    case["inputs"].as_array().cloned().unwrap_or_default()
}

fn config(input: &Value) -> &Value {
    &input["spec"]["config"]
}

/// Reads and accepts the config of an input; one without a config is refused for nothing.
fn accept(input: &Value) -> (Option<Config>, Vec<Problem>) {
    if config(input).is_null() {
        return (None, Vec::new());
    }
    let artifact = Artifact::new("case.json", config(input).to_string());
    let document = text::read(&Limits::default(), &artifact).remove(0).expect("valid JSON");
    accept_node(input["name"].as_str().unwrap_or_default(), &document.root)
}

fn accept_node(name: &str, config: &text::Node) -> (Option<Config>, Vec<Problem>) {
    let at = Locator::object(&ObjectId::new("MachineConfig", None, name, 1)).key("spec");
    let (read, mut problems) = ignition::read(&at.key("config"), config);
    // Unknown fields are no reason for the operator.
    let unknown = [ProblemKind::UnknownField, ProblemKind::LeftoverField];
    problems.retain(|problem| !unknown.contains(&problem.kind));
    let Some(read) = read else { return (None, problems) };
    ignition::accept(read, TRANSLATION)
}
