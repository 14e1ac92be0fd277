//! The merge of two configs of one version, a parent and a child that wins over it.
//!
//! Owns the rules of coreos/ignition `config/merge/merge.go`: objects are merged field by field,
//! lists by the keys of their items or by appending, and files, directories and links share one set
//! of keys. Must not know the order in which configs are merged: that is the operator's.
//!
//! Parent `{path: /etc/a, mode: 384}`, child `{path: /etc/a, contents: …}` → one file with the
//! child's contents and the parent's mode, standing at the child and overriding the parent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::schema::{Field, Key, Kind, ObjectType, config_type};
use super::{Config, Item, Object, Value};

/// Merges `child` over `parent`. Both are of one version (see `translate`).
#[must_use]
pub fn merge(parent: Config, child: Config) -> Config {
    let root = merge_items(Kind::Object(config_type(child.version)), parent.root, child.root);
    Config { version: child.version, root }
}

/// Two values of one type: objects become one, of other values the child's wins.
fn merge_items(kind: Kind, parent: Item, child: Item) -> Item {
    let Item { at, overrides, value } = child;
    let value = match (kind, parent.value, value) {
        (Kind::Object(object_type), Value::Object(parent), Value::Object(child)) => {
            Value::Object(merge_objects(object_type, parent, child))
        }
        (_, _, child) => child,
    };
    Item { at, overrides, value }.overriding(parent.at, parent.overrides)
}

fn merge_objects(object_type: &ObjectType, mut parent: Object, mut child: Object) -> Object {
    let taken: Vec<BTreeSet<ItemKey>> = object_type
        .fields
        .iter()
        .map(|field| taken_elsewhere(object_type, field, &child))
        .collect();
    let mut merged = Object::default();
    let mut removed = BTreeMap::new();
    for (field, taken) in object_type.fields.iter().zip(&taken) {
        let item = match (field.kind.key(), parent.remove(field.name), child.remove(field.name)) {
            (_, None, child) => child,
            (_, parent, None) if taken.is_empty() => parent,
            (Some(key), Some(parent), child) => {
                Some(Lists { field, key, taken, removed: &mut removed }.merge(parent, child))
            }
            (None, Some(parent), Some(child)) => Some(merge_items(field.kind, parent, child)),
            (None, parent, None) => parent,
        };
        if let Some(item) = item {
            merged.insert(field.name, item);
        }
    }
    if !removed.is_empty() {
        note_removals(object_type, &mut merged, removed);
    }
    merged
}

/// The keys that the child has in the other lists that share keys with this field.
fn taken_elsewhere(object_type: &ObjectType, field: &Field, child: &Object) -> BTreeSet<ItemKey> {
    let Some(handle) = field.keys_shared_in else { return BTreeSet::new() };
    let others = object_type
        .fields
        .iter()
        .filter(|other| other.keys_shared_in == Some(handle) && other.name != field.name);
    others
        .filter_map(|other| Some((other.kind.key()?, child.get(other.name)?)))
        .flat_map(|(key, list)| list.items().iter().map(move |item| ItemKey::of(key, item)))
        .collect()
}

/// One list of an object in parent and child.
struct Lists<'a> {
    field: &'static Field,
    key: Key,
    taken: &'a BTreeSet<ItemKey>,
    /// Items of the parent that a child's item in another list replaces.
    removed: &'a mut BTreeMap<ItemKey, Item>,
}

impl Lists<'_> {
    fn merge(&mut self, parent: Item, child: Option<Item>) -> Item {
        let at = child.as_ref().unwrap_or(&parent).at.clone();
        let (parent, child) = (into_items(parent), child.map(into_items).unwrap_or_default());
        let items = match self.key {
            Key::Nothing => parent.into_iter().chain(child).collect(),
            _ => self.merge_keyed(parent, child),
        };
        // The items say what they override; a list as such has no winner.
        Item::new(at, Value::List(items))
    }

    fn merge_keyed(&mut self, parent: Vec<Item>, child: Vec<Item>) -> Vec<Item> {
        let winners: BTreeMap<ItemKey, Item> =
            child.iter().map(|item| (ItemKey::of(self.key, item), item.clone())).collect();
        let mut seen = BTreeSet::new();
        let mut merged = Vec::with_capacity(parent.len() + child.len());
        for item in parent {
            let key = ItemKey::of(self.key, &item);
            if let Some(winner) = winners.get(&key) {
                seen.insert(key);
                if !self.removes_header(winner) {
                    merged.push(merge_items(self.item_kind(), item, winner.clone()));
                }
            } else if self.taken.contains(&key) {
                self.removed.insert(key, item);
            } else {
                merged.push(item);
            }
        }
        let new = child.into_iter().filter(|item| !seen.contains(&ItemKey::of(self.key, item)));
        merged.extend(new);
        merged
    }

    fn item_kind(&self) -> Kind {
        match self.field.kind {
            Kind::Objects(object_type, _) => Kind::Object(object_type),
            _ => Kind::String,
        }
    }

    /// A header without a value is how a child takes a parent's header away.
    fn removes_header(&self, winner: &Item) -> bool {
        self.field.name == "httpHeaders" && winner.get("value").is_none()
    }
}

fn into_items(list: Item) -> Vec<Item> {
    match list.value {
        Value::List(items) => items,
        _ => Vec::new(),
    }
}

/// Lets the items that replaced some of another list say so. No object has more than one set of
/// lists that share their keys.
fn note_removals(
    object_type: &ObjectType,
    merged: &mut Object,
    mut removed: BTreeMap<ItemKey, Item>,
) {
    let sharing = object_type.fields.iter().filter(|field| field.keys_shared_in.is_some());
    for field in sharing {
        let list = merged.get_mut(field.name).map(|list| &mut list.value);
        let (Some(key), Some(Value::List(items))) = (field.kind.key(), list) else { continue };
        for winner in items {
            if let Some(loser) = removed.remove(&ItemKey::of(key, winner)) {
                winner.overrides.push(loser.at);
                winner.overrides.extend(loser.overrides);
            }
        }
    }
}

/// What an item of a list is known by (upstream's `Key` methods).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ItemKey {
    Text(Arc<str>),
    Number(i64),
    Label(Arc<str>),
}

impl ItemKey {
    pub(super) fn of(key: Key, item: &Item) -> Self {
        match key {
            Key::Nothing => Self::Text("".into()),
            Key::Itself => Self::Text(shared_text(Some(item))),
            Key::Field(name) => Self::Text(shared_text(item.get(name))),
            Key::Partition => match item.integer("number") {
                Some(number) if number != 0 => Self::Number(number),
                _ if item.get("label").is_some() => Self::Label(shared_text(item.get("label"))),
                _ => Self::Text("".into()),
            },
        }
    }
}

fn shared_text(item: Option<&Item>) -> Arc<str> {
    match item.map(|item| &item.value) {
        Some(Value::String(text)) => Arc::clone(text),
        _ => "".into(),
    }
}
