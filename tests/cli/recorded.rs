//! The operator's recorded cases through the program, with files on disk: a plan says what the Machine
//! Config Daemon does.

use rollgate_testkit::{recorded, shared_corpus, to_yaml};
use serde_json::{Value, json};

use crate::harness::Folder;

#[test]
fn plans_over_files_say_what_the_operator_does() {
    let Some(corpus) = shared_corpus("plans over files") else { return };
    let text = std::fs::read_to_string(corpus.join("mco-cases.jsonl")).unwrap();
    let cases: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cases: Vec<&Value> =
        cases.iter().filter(|case| case["mco"]["effect"].is_object()).collect();
    let wrong: Vec<String> = cases.iter().filter_map(|case| complaint(case)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(!cases.is_empty(), "no case has an effect");
    println!("plans over files: {} cases", cases.len());
}

/// What the plan for a case says otherwise than the operator did.
fn complaint(case: &Value) -> Option<String> {
    let name = case["pool"].as_str().unwrap();
    let plan = folder(case, name).rollgate(
        "plan --no-config --release 5.0 --platform none --against before after --output json",
    );
    let pools = plan.json()["pools"].as_array().unwrap().clone();
    let pool = pools.into_iter().find(|pool| pool["name"] == name).unwrap();
    let operator = &case["mco"]["effect"];
    let names = |actions: &Value| -> Vec<Value> {
        actions.as_array().unwrap().iter().map(|action| action["type"].clone()).collect()
    };
    let expected = json!({
        "diff": operator["diff"],
        "actions": names(&operator["actions"]),
        "drain": operator["drain"],
        "reboot": names(&operator["actions"]).contains(&json!("Reboot")),
        "files": operator["files_changed"],
    });
    let actual = json!({
        "diff": pool["diff"],
        "actions": pool["actions"],
        "drain": pool["drain"],
        "reboot": pool["reboot"],
        "files": files(&pool["changes"]),
    });
    (actual != expected).then(|| format!("{}: {actual}\n  instead of {expected}", case["id"]))
}

/// The files among the changes, but for their order.
fn files(changes: &Value) -> Vec<&Value> {
    let changes = changes.as_array().unwrap().iter();
    let files =
        changes.filter(|change| change["kind"] == "file" && change["change"] != "reordered");
    files.map(|change| &change["item"]).collect()
}

/// The case as two folders of one file for each object.
fn folder(case: &Value, pool: &str) -> Folder {
    let folder = Folder::with(&[]);
    for (name, inputs, defaults) in
        [("before", "old_inputs", "old_defaults"), ("after", "inputs", "defaults")]
    {
        let objects = recorded::machine_configs(case, inputs).unwrap().into_iter();
        let objects = objects.chain(recorded::cluster(case, pool, defaults));
        for (index, object) in objects.enumerate() {
            folder.write(&format!("{name}/{index:02}.yaml"), to_yaml(&object));
        }
    }
    folder
}
