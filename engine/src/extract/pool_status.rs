//! How a pool fares: `status` of a MachineConfigPool as facts.
//!
//! What has another type than the API gives it is left out: no person wrote it. Must not know what
//! is too few or too late.

use rollgate_facts::{Certificate, Condition, Integer, Locator, PoolStatus, Text};

use crate::extract::object::Object;
use crate::text::{Node, Value};

/// The status of a pool, where it has one.
pub(super) fn pool_status(object: &Object<'_>) -> Option<PoolStatus> {
    let status = object.node.get("status").filter(|status| status.as_mapping().is_some())?;
    let at = object.at.key("status");
    let count = |key| count(status, &at, key);
    Some(PoolStatus {
        configuration: configuration(status, &at),
        machine_count: count("machineCount"),
        updated_machine_count: count("updatedMachineCount"),
        ready_machine_count: count("readyMachineCount"),
        unavailable_machine_count: count("unavailableMachineCount"),
        degraded_machine_count: count("degradedMachineCount"),
        conditions: each(status, &at, "conditions", condition),
        certificates: each(status, &at, "certExpirys", certificate),
    })
}

fn configuration(status: &Node, at: &Locator) -> Option<Text> {
    let name = text(status.get("configuration")?, "name").filter(|name| !name.is_empty())?;
    Some(Text::new(at.key("configuration").key("name"), name))
}

fn count(status: &Node, at: &Locator, key: &str) -> Option<Integer> {
    match status.get(key)?.value {
        Value::Integer(value) => Some(Integer::new(at.key(key), value)),
        _ => None,
    }
}

fn each<T>(
    status: &Node,
    at: &Locator,
    key: &str,
    read: fn(&Node, Locator) -> Option<T>,
) -> Vec<T> {
    let items = status.get(key).and_then(Node::as_sequence).unwrap_or_default();
    let at = at.key(key);
    items.iter().enumerate().filter_map(|(index, item)| read(item, at.index(index))).collect()
}

fn condition(node: &Node, at: Locator) -> Option<Condition> {
    Some(Condition {
        at,
        kind: text(node, "type")?,
        status: text(node, "status")?,
        reason: text(node, "reason").filter(|text| !text.is_empty()),
        message: text(node, "message").filter(|text| !text.is_empty()),
    })
}

fn certificate(node: &Node, at: Locator) -> Option<Certificate> {
    Some(Certificate {
        at,
        bundle: text(node, "bundle")?,
        subject: text(node, "subject")?,
        expiry: text(node, "expiry"),
        days_left: None,
    })
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get(key)?.as_str().map(ToOwned::to_owned)
}
