//! From a node of YAML or JSON to a [`Config`]: types and field names checked, nothing else.
//!
//! Owns what Go's `encoding/json` makes of each value, and the problems `WrongType`, `UnknownField`,
//! `LeftoverField` and `IgnitionVersion`. Must not know which values are valid.
//!
//! `{"ignition": {"version": "3.4.0"}, "sytemd": {}}` → an empty config, and the problem that `sytemd`
//! is no field of a config (did they mean `systemd`?).

use rollgate_facts::{Locator, Problem, ProblemKind};

use super::problem::problem;
use super::schema::{Field, Kind, ObjectType, config_type};
use super::{Config, Item, Object, ParseVersionError, SpecVersion, Value};
use crate::text;

/// From how alike (Jaro-Winkler, 0 to 1) a known field is named as a likely misspelling.
const ALIKE: f64 = 0.85;

/// The longest key in bytes that is compared with known fields.
const LONGEST_KEY: usize = 64;

/// Reads the Ignition config that `node` holds (`spec.config` of a MachineConfig).
///
/// There is no config where the operator would refuse to parse it: the version is none that it
/// takes, or a value is not of its field's type. Unknown fields are problems too, although the
/// operator drops them silently.
pub fn read(at: &Locator, node: &text::Node) -> (Option<Config>, Vec<Problem>) {
    if node.as_mapping().is_none() {
        let text = format!("an Ignition config is a mapping, not {}", node.describe());
        return (None, vec![problem(ProblemKind::WrongType, at, text)]);
    }
    let version = match read_version(at, node) {
        Ok(version) => version,
        Err(problem) => return (None, vec![problem]),
    };
    let mut reader = Reader { version, refused: false, problems: Vec::new() };
    let root = reader.object(config_type(version), at, node);
    let config =
        (!reader.refused).then(|| Config { version, root: Item::object(at.clone(), root) });
    (config, reader.problems)
}

fn read_version(at: &Locator, node: &text::Node) -> Result<SpecVersion, Problem> {
    let present = |member: &(Locator, &text::Node)| !member.1.is_null();
    let missing = |at: &Locator| {
        let text = "`ignition.version` is missing; the operator refuses the config";
        problem(ProblemKind::IgnitionVersion, at, text)
    };
    let (ignition_at, ignition) =
        member(at, node, "ignition").filter(present).ok_or_else(|| missing(at))?;
    if ignition.as_mapping().is_none() {
        let text = format!("`ignition` takes a mapping, not {}", ignition.describe());
        return Err(problem(ProblemKind::WrongType, &ignition_at, text));
    }
    let (at, version) = member(&ignition_at, ignition, "version")
        .filter(present)
        .ok_or_else(|| missing(&ignition_at))?;
    let text = version.as_str().ok_or_else(|| {
        let text = format!("`version` takes a string, not {}", version.describe());
        problem(ProblemKind::WrongType, &at, text)
    })?;
    text.parse().map_err(|reason: ParseVersionError| {
        let text = format!("Ignition version `{text}` {reason}");
        problem(ProblemKind::IgnitionVersion, &at, text)
    })
}

/// The value under `name` as Go finds it: by exact spelling first, else in any case.
fn member<'a>(at: &Locator, node: &'a text::Node, name: &str) -> Option<(Locator, &'a text::Node)> {
    let entries = node.as_mapping()?;
    let exact = entries.iter().rfind(|entry| &*entry.key == name);
    let entry =
        exact.or_else(|| entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(name)))?;
    Some((at.key(&entry.key), &entry.node))
}

struct Reader {
    version: SpecVersion,
    /// Whether a value has the wrong type, so that Go's reader refuses the whole config.
    refused: bool,
    problems: Vec<Problem>,
}

impl Reader {
    fn object(&mut self, object_type: &ObjectType, at: &Locator, node: &text::Node) -> Object {
        self.report_unknown_fields(object_type, at, node);
        let mut object = Object::default();
        for field in object_type.fields_in(self.version) {
            let Some((at, value)) = member(at, node, field.name) else { continue };
            if let Some(value) = self.value(field, &at, value) {
                object.insert(field.name, Item::new(at, value));
            }
        }
        object
    }

    fn report_unknown_fields(&mut self, object_type: &ObjectType, at: &Locator, node: &text::Node) {
        for entry in node.as_mapping().unwrap_or_default() {
            if let Some(text) = unknown_field(object_type, self.version, &entry.key) {
                let at = at.key(&entry.key).named();
                self.problems.push(if is_leftover(entry) {
                    let text =
                        format!("`{}` is left over from Ignition 2 and does nothing", entry.key);
                    problem(ProblemKind::LeftoverField, &at, text)
                } else {
                    problem(ProblemKind::UnknownField, &at, text)
                });
            }
        }
    }

    /// The value of a field; none where it is null (which is absent) or of the wrong type.
    fn value(&mut self, field: &Field, at: &Locator, node: &text::Node) -> Option<Value> {
        if node.is_null() {
            return None;
        }
        let value = match field.kind {
            Kind::Strings(_) | Kind::Objects(..) => {
                let items = node.as_sequence().map(|items| self.items(field, at, items));
                items.map(Value::List)
            }
            kind => self.single(kind, at, node),
        };
        if value.is_none() {
            self.wrong_type(&format!("`{}`", field.name), field.kind, at, node);
        }
        value
    }

    fn items(&mut self, field: &Field, at: &Locator, nodes: &[text::Node]) -> Vec<Item> {
        let kind = match field.kind {
            Kind::Objects(object_type, _) => Kind::Object(object_type),
            _ => Kind::String,
        };
        let mut items = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let at = at.index(index);
            match self.single(kind, &at, node) {
                Some(value) => items.push(Item::new(at, value)),
                None => {
                    self.wrong_type(&format!("an item of `{}`", field.name), kind, &at, node);
                }
            }
        }
        items
    }

    /// A value that is no list. Null is the empty value here: only a list's items come with it.
    fn single(&mut self, kind: Kind, at: &Locator, node: &text::Node) -> Option<Value> {
        match (kind, &node.value) {
            (Kind::Boolean, text::Value::Boolean(boolean)) => Some(Value::Boolean(*boolean)),
            (Kind::Integer, text::Value::Integer(number)) => Some(Value::Integer(*number)),
            (Kind::String, text::Value::String(text)) => Some(Value::String((&**text).into())),
            (Kind::String, text::Value::Null) => Some(Value::String("".into())),
            (Kind::Object(object_type), text::Value::Mapping(_) | text::Value::Null) => {
                Some(Value::Object(self.object(object_type, at, node)))
            }
            _ => None,
        }
    }

    fn wrong_type(&mut self, what: &str, kind: Kind, at: &Locator, node: &text::Node) {
        self.refused = true;
        let takes = match kind {
            Kind::Boolean => "a boolean",
            Kind::Integer => "a whole number",
            Kind::String => "a string",
            Kind::Object(_) => "a mapping",
            Kind::Strings(_) | Kind::Objects(..) => "a list",
        };
        let text = format!("{what} takes {takes}, not {}", node.describe());
        self.problems.push(problem(ProblemKind::WrongType, at, text));
    }
}

/// Whether an unknown field was required or usual in Ignition 2, and says what goes without saying:
/// configs that were translated by hand are full of these.
fn is_leftover(entry: &text::Entry) -> bool {
    match &*entry.key {
        "filesystem" => entry.node.as_str() == Some("root"),
        "networkd" => entry.node.as_mapping().is_some_and(<[_]>::is_empty),
        _ => false,
    }
}

/// What is wrong with the key of an object, if anything is.
fn unknown_field(object_type: &ObjectType, version: SpecVersion, key: &str) -> Option<String> {
    if let Some(field) = object_type.field(key) {
        return (!field.is_in(version)).then(|| {
            let (name, since) = (field.name, field.since);
            format!(
                "`{name}` came with Ignition 3.{since}.0; a config of {version} drops it silently"
            )
        });
    }
    let names = || object_type.fields_in(version).map(|field| field.name);
    if let Some(name) = names().find(|name| name.eq_ignore_ascii_case(key)) {
        return Some(format!("`{key}` is spelled `{name}`; only some readers take it in any case"));
    }
    if let Some(home) = home(object_type.name, key) {
        let name = object_type.name;
        return Some(format!(
            "{name} has no field `{key}`: it belongs under `{home}`, and is dropped here"
        ));
    }
    let hint = names()
        .filter(|_| key.len() <= LONGEST_KEY)
        .map(|name| (strsim::jaro_winkler(name, key), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| format!("; did you mean `{name}`?"))
        .unwrap_or_default();
    Some(format!("{} has no field `{key}`: it is dropped silently{hint}", object_type.name))
}

/// Where in `spec` a key belongs that stands at another level of the config.
fn home(object_type: &str, key: &str) -> Option<&'static str> {
    Some(match (object_type, key) {
        ("a config", "version") => "spec.config.ignition",
        (_, "ignition" | "passwd" | "storage" | "systemd") => "spec.config",
        (_, "files" | "directories" | "links" | "disks" | "filesystems" | "luks" | "raid") => {
            "spec.config.storage"
        }
        (_, "units") => "spec.config.systemd",
        ("a config" | "`ignition`", "users" | "groups") => "spec.config.passwd",
        (_, "extensions" | "fips" | "kernelType" | "osImageURL") => "spec",
        _ => return None,
    })
}
