//! `docs/unsafe-patterns.md`: every pattern has rules and an example, or the reason why not; every
//! rule has a pattern.

use std::collections::BTreeSet;

use rollgate_engine::policy::PolicySet;

use crate::repository;

/// How many patterns are known: the 25 usual ones, the list that follows from the operator, and those
/// of Containerfiles.
const PATTERNS: usize = 49;

#[test]
fn every_unsafe_pattern_is_found_by_rules_or_says_why_not() {
    let policies = PolicySet::embedded().unwrap();
    let page = std::fs::read_to_string(repository().join("docs/unsafe-patterns.md")).unwrap();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| #"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), PATTERNS);
    let mut named = BTreeSet::new();
    for row in &rows {
        let [number, _, rules, example, decided] = row.as_slice() else { panic!("{row:?}") };
        let codes: Vec<&str> = rules.split('`').skip(1).step_by(2).collect();
        for rule in &codes {
            assert!(policies.rule(rule).is_some(), "pattern {number} names no rule: {rule}");
        }
        // That the rule finds something in it is what `examples` shows of every such file.
        for link in links(example) {
            let denied = |code: &&str| {
                let folder = code.replace('.', "/").replace('-', "_");
                link.starts_with(&format!("../policies/{folder}/denied/"))
            };
            let of_one = codes.iter().any(denied);
            assert!(of_one, "pattern {number}: {link} is an example of another rule");
        }
        named.extend(codes);
        for link in [rules, example].iter().flat_map(|cell| links(cell)) {
            let target = repository().join("docs").join(link);
            assert!(target.is_file(), "pattern {number} links to nothing: {link}");
        }
        let found = links(rules).count() > 0 && links(example).count() == 1;
        assert!(found || decided.starts_with("image: "), "{number}: {decided}");
    }
    // What is wrong with images has a table of its own, `tests/images/faults`.
    let rules = policies.rules().iter().filter(|rule| !crate::judges_images(rule));
    let rules = rules.map(|rule| rule.code.as_str());
    let unnamed: Vec<&str> = rules.filter(|rule| !named.contains(rule)).collect();
    assert!(unnamed.is_empty(), "rules of no pattern: {unnamed:?}");
}

fn links<'a>(cell: &&'a str) -> impl Iterator<Item = &'a str> + use<'a> {
    cell.split("](").skip(1).filter_map(|link| link.split(')').next())
}
