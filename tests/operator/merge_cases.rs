//! `mco-merge-cases.json`: the merge, case by case.

use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Verdict;
use serde_json::Value;

use crate::case::Case;

#[test]
fn merges_come_out_as_the_operator_makes_them() {
    let Some(corpus) = rollgate_testkit::shared_corpus("merge_cases") else { return };
    let text = std::fs::read_to_string(corpus.join("mco-merge-cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let policies = PolicySet::embedded().unwrap();
    let mut wrong = Vec::new();
    for value in &cases {
        let case = Case { policies: &policies, value };
        match case.said("merged_spec") {
            Value::Null => {
                if case.check().verdict != Verdict::Denied {
                    wrong.push(format!("{}: not denied", case.id()));
                }
            }
            expected => {
                let pool = case.render();
                let actual = pool.rendered.spec(&pool.images);
                if actual != *expected {
                    wrong.push(format!("{}:\n  {expected}\n  {actual}", case.id()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    println!("merge cases: {}", cases.len());
}
