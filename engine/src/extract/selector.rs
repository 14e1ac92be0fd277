//! Label selectors (k8s.io/apimachinery `labels.Selector`).
//!
//! Owns what a pool selects, and what the operator does not take as a selector. Must not know where
//! a selector stands. `{matchLabels: {a: b}}` → every object whose label `a` is `b`.

use std::collections::BTreeMap;

use rollgate_facts::{
    LabelOperator as Operator, LabelRequirement as Requirement, LabelSelector, Locator, Problem,
    ProblemKind,
};

use crate::extract::fields::Fields;
use crate::text::Node;

/// What the label of a node's role starts with.
pub(super) const NODE_ROLE_PREFIX: &str = "node-role.kubernetes.io/";

/// Which objects a pool selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Nothing: no selector, or one that is not understood. In a pool, also one without
    /// requirements: the operator does not let a pool select everything.
    Nothing,
    /// Objects that meet all requirements.
    All(Vec<Requirement>),
}

impl Selector {
    /// Reads a `LabelSelector`. One that is not understood as a whole selects nothing: to leave a
    /// requirement out would be to select more.
    fn read(node: Option<&Node>, at: Locator) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut fields = Fields::new(node, at, &mut problems);
        let labels = fields.string_map("matchLabels").into_iter();
        let mut requirements: Vec<_> = labels.map(equals).collect();
        fields.each("matchExpressions", |fields| requirements.extend(requirement(fields)));
        let written = node.is_some_and(|node| !node.is_null());
        let selector =
            if written && problems.is_empty() { Self::All(requirements) } else { Self::Nothing };
        (selector, problems)
    }

    /// The selector as facts, where it is understood; one that is not written requires nothing.
    pub(super) fn facts(node: Option<&Node>, at: Locator) -> Option<LabelSelector> {
        let node = node.filter(|node| !node.is_null());
        match Self::read(node, at.clone()).0 {
            Self::All(requirements) => Some(LabelSelector { at, requirements }),
            Self::Nothing => node.is_none().then(|| LabelSelector { at, requirements: Vec::new() }),
        }
    }

    /// Reads the selector of a pool, or of pools: one without requirements selects nothing
    /// (machine-config-operator `pkg/controller/kubelet-config`, `getPoolsForKubeletConfig`).
    pub(super) fn of_pool(node: Option<&Node>, at: Locator) -> (Self, Vec<Problem>) {
        match Self::read(node, at) {
            (Self::All(requirements), problems) if requirements.is_empty() => {
                (Self::Nothing, problems)
            }
            read => read,
        }
    }

    /// Reads which MachineConfigs a pool selects; that it selects none is a problem.
    pub(super) fn of_machine_configs(node: Option<&Node>, at: Locator) -> (Self, Vec<Problem>) {
        let (selector, mut problems) = Self::of_pool(node, at.clone());
        if problems.is_empty() && selector == Self::Nothing {
            problems.push(selects_nothing(at));
        }
        (selector, problems)
    }

    /// The selector of the pool that a role label implies: its own role, and for a custom pool the
    /// role `worker` too.
    pub fn of_role(key: &str, role: &str) -> Self {
        let mut values = vec![role.to_owned()];
        if !crate::extract::pools::BUILT_IN.contains(&role) {
            values.push("worker".to_owned());
        }
        Self::All(vec![Requirement { key: key.to_owned(), operator: Operator::In, values }])
    }

    /// The selector of the nodes of a role.
    pub(super) fn of_nodes(role: &str) -> Self {
        let key = format!("{NODE_ROLE_PREFIX}{role}");
        Self::All(vec![Requirement { key, operator: Operator::Exists, values: Vec::new() }])
    }

    /// Whether an object with these labels is selected.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        match self {
            Self::Nothing => false,
            Self::All(requirements) => requirements.iter().all(|one| holds(one, labels)),
        }
    }
}

fn equals((key, value): (String, String)) -> Requirement {
    Requirement { key, operator: Operator::In, values: vec![value] }
}

fn requirement(fields: &mut Fields<'_, '_>) -> Option<Requirement> {
    let key = fields.required("key")?.to_owned();
    let (operator, takes_values) = match fields.required("operator")? {
        "In" => (Operator::In, true),
        "NotIn" => (Operator::NotIn, true),
        "Exists" => (Operator::Exists, false),
        "DoesNotExist" => (Operator::DoesNotExist, false),
        other => {
            let text = format!("`{other}` is no operator of a label selector");
            let at = fields.at().key("operator");
            fields.problem(ProblemKind::WrongType, at, text);
            return None;
        }
    };
    let values: Vec<_> = fields.texts("values").into_iter().map(|value| value.text).collect();
    if takes_values == values.is_empty() {
        let takes = if takes_values { "at least one value" } else { "no values" };
        let text = format!("the operator of this requirement takes {takes}");
        fields.problem(ProblemKind::WrongType, fields.at().clone(), text);
    }
    Some(Requirement { key, operator, values })
}

fn holds(requirement: &Requirement, labels: &BTreeMap<String, String>) -> bool {
    let Requirement { key, operator, values } = requirement;
    let value = labels.get(key);
    match operator {
        Operator::In => value.is_some_and(|value| values.contains(value)),
        Operator::NotIn => value.is_none_or(|value| !values.contains(value)),
        Operator::Exists => value.is_some(),
        Operator::DoesNotExist => value.is_none(),
    }
}

fn selects_nothing(at: Locator) -> Problem {
    let text = "a selector without requirements selects nothing: the operator does not render the \
                pool";
    Problem { kind: ProblemKind::EmptySelector, at, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;
    use crate::{Artifact, Limits};

    /// Whether a MachineConfig of role `worker` is selected, and what is wrong with the selector.
    fn outcome(selector: &str) -> (bool, Vec<String>) {
        let source = Source::read(&Limits::default(), Artifact::new("s", selector));
        let root = source.documents().first().map(|document| &document.as_ref().unwrap().root);
        let at = Locator::object(&rollgate_facts::ObjectId::new("MachineConfigPool", None, "p", 1));
        let (selector, problems) = Selector::of_machine_configs(root, at);
        let labels = BTreeMap::from([("role".to_owned(), "worker".to_owned())]);
        (selector.matches(&labels), problems.into_iter().map(|problem| problem.text).collect())
    }

    #[test]
    fn a_selector_that_is_not_understood_selects_nothing_and_says_why() {
        let refused = [
            "{}",
            "[role]",
            "matchLabel: {role: worker}",
            "matchLabels: [role]",
            "{matchLabels: {role: worker}, matchExpressions: {key: role}}",
            "matchExpressions: [{key: role, operator: In, values: []}]",
            "matchExpressions: [{key: role, operator: In, values: worker}]",
            "matchExpressions: [{key: role, operator: Exists, values: [worker]}]",
            "matchExpressions: [{key: role, operator: Is, values: [worker]}]",
            "matchExpressions: [{operator: Exists}]",
        ];
        let texts: Vec<_> = refused
            .map(|selector| {
                let (selected, problems) = outcome(selector);
                assert!(!selected, "{selector}");
                format!("{selector} -> {}", problems.join(", "))
            })
            .into();
        insta::assert_snapshot!(texts.join("\n"), @r"
        {} -> a selector without requirements selects nothing: the operator does not render the pool
        [role] -> `` takes a mapping, not a list
        matchLabel: {role: worker} -> a selector without requirements selects nothing: the operator does not render the pool
        matchLabels: [role] -> `matchLabels` takes a mapping, not a list
        {matchLabels: {role: worker}, matchExpressions: {key: role}} -> `matchExpressions` takes a list of mappings, not a mapping
        matchExpressions: [{key: role, operator: In, values: []}] -> the operator of this requirement takes at least one value
        matchExpressions: [{key: role, operator: In, values: worker}] -> `values` takes a list of strings, not a string, the operator of this requirement takes at least one value
        matchExpressions: [{key: role, operator: Exists, values: [worker]}] -> the operator of this requirement takes no values
        matchExpressions: [{key: role, operator: Is, values: [worker]}] -> `Is` is no operator of a label selector
        matchExpressions: [{operator: Exists}] -> `key` is missing
        ");
    }

    #[test]
    fn every_requirement_counts() {
        let cases = [
            ("matchLabels: {role: worker}", true),
            ("matchLabels: {role: worker, zone: a}", false),
            ("matchExpressions: [{key: role, operator: In, values: [worker, infra]}]", true),
            ("matchExpressions: [{key: role, operator: NotIn, values: [worker]}]", false),
            ("matchExpressions: [{key: zone, operator: DoesNotExist}]", true),
            (
                "{matchLabels: {role: worker}, matchExpressions: [{key: zone, operator: Exists}]}",
                false,
            ),
        ];
        for (selector, expected) in cases {
            assert_eq!(outcome(selector), (expected, Vec::new()), "{selector}");
        }
    }
}
