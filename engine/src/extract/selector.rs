//! Label selectors (k8s.io/apimachinery `labels.Selector`).

use std::collections::BTreeMap;

use crate::text::Node;

/// Which objects a pool selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// Nothing: no selector, or one without requirements. The operator refuses to render a pool
    /// that would select everything.
    Nothing,
    /// Objects that meet all requirements.
    All(Vec<Requirement>),
}

/// One requirement of a selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Selector {
    /// Reads a `LabelSelector`; `Err` names the requirement that cannot be understood.
    pub fn read(node: Option<&Node>) -> Result<Self, String> {
        let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Self::Nothing) };
        let mut requirements = Vec::new();
        let labels = node.get("matchLabels").and_then(Node::as_mapping).unwrap_or_default();
        for entry in labels {
            let value = entry.node.as_str().ok_or_else(|| {
                format!("`matchLabels.{}` takes a string, not {}", entry.key, entry.node.describe())
            })?;
            requirements.push(Requirement {
                key: entry.key.to_string(),
                operator: Operator::In,
                values: vec![value.to_owned()],
            });
        }
        let expressions = node.get("matchExpressions").and_then(Node::as_sequence);
        for expression in expressions.unwrap_or_default() {
            requirements.push(Requirement::read(expression)?);
        }
        Ok(if requirements.is_empty() { Self::Nothing } else { Self::All(requirements) })
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

    /// Whether an object with these labels is selected.
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        match self {
            Self::Nothing => false,
            Self::All(requirements) => requirements.iter().all(|one| one.matches(labels)),
        }
    }
}

impl Requirement {
    fn read(node: &Node) -> Result<Self, String> {
        let text = |key| node.get(key).and_then(Node::as_str);
        let key = text("key").ok_or("a `matchExpressions` entry lacks its `key`")?;
        let operator = match text("operator") {
            Some("In") => Operator::In,
            Some("NotIn") => Operator::NotIn,
            Some("Exists") => Operator::Exists,
            Some("DoesNotExist") => Operator::DoesNotExist,
            other => {
                let other = other.unwrap_or_default();
                return Err(format!("`{other}` is no operator of a label selector"));
            }
        };
        let values = node.get("values").and_then(Node::as_sequence).unwrap_or_default();
        let values = values.iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect();
        Ok(Self { key: key.to_owned(), operator, values })
    }

    fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let value = labels.get(&self.key);
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::NotIn => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}
