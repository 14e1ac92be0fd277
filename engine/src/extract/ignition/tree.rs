//! The tree of an Ignition config: plain values, each with where it stands.
//!
//! Owns the values and the way to reach into them. Must not know which fields there are (the
//! schema does) or what they mean.
//!
//! `{"path": "/etc/a", "mode": 420}` → an object whose `mode` is 420 and stands at `…/mode`. A field
//! that is `null` is absent.

use std::collections::BTreeMap;
use std::sync::Arc;

use rollgate_facts::Locator;

use super::SpecVersion;

/// An Ignition config of one version, its values of the types that the version's schema says.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The version whose schema the tree follows: the one written, or the one translated to.
    pub version: SpecVersion,
    /// The config itself, an object.
    pub root: Item,
}

/// A value, where it stands, and what it overrode in a merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Where the value stands; after a merge, the value that won.
    pub at: Locator,
    /// Where the values stand that lost to this one, last loser first.
    pub overrides: Vec<Locator>,
    /// The value.
    pub value: Value,
}

/// A value of an Ignition config.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A string; shared, since contents are large and merges copy.
    String(Arc<str>),
    /// A list; its items are all of one type.
    List(Vec<Item>),
    /// An object.
    Object(Object),
}

/// The fields that an object has, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    fields: BTreeMap<&'static str, Item>,
}

impl Config {
    /// Where the config stands.
    pub const fn at(&self) -> &Locator {
        &self.root.at
    }

    /// Where the version stands.
    pub fn version_at(&self) -> &Locator {
        self.root.path(&["ignition", "version"]).map_or(&self.root.at, |version| &version.at)
    }
}

impl Item {
    /// A value that overrides nothing.
    pub const fn new(at: Locator, value: Value) -> Self {
        Self { at, overrides: Vec::new(), value }
    }

    /// A string that overrides nothing.
    pub fn string(at: Locator, text: &str) -> Self {
        Self::new(at, Value::String(text.into()))
    }

    /// An object that overrides nothing.
    pub const fn object(at: Locator, fields: Object) -> Self {
        Self::new(at, Value::Object(fields))
    }

    /// The field `name`, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// What stands at the end of the fields `names`, each inside the one before.
    pub fn path(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |item, name| item.get(name))
    }

    /// The string under `name`; empty where there is none, as Ignition reads it.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Self::as_str).unwrap_or_default()
    }

    /// The whole number under `name`.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(Self::as_i64)
    }

    /// The boolean under `name`.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.get(name).and_then(Self::as_bool)
    }

    /// The items of the list under `name`; none where there is no list.
    pub fn list(&self, name: &str) -> &[Self] {
        self.get(name).map_or(&[], Self::items)
    }

    /// The items of the list at the end of the fields `names`; none where there is no list.
    pub fn list_at(&self, names: &[&str]) -> &[Self] {
        self.path(names).map_or(&[], Self::items)
    }

    /// Where the field `name` stands, or the object where it lacks the field.
    pub fn at_of(&self, name: &str) -> &Locator {
        self.get(name).map_or(&self.at, |field| &field.at)
    }

    /// The fields, where this is an object.
    pub const fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The fields to change, where this is an object.
    pub const fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, where this is a list; else none.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// What stands at the end of the fields `names`, to change.
    pub fn path_mut(&mut self, names: &[&str]) -> Option<&mut Self> {
        names.iter().try_fold(self, |item, name| item.as_object_mut()?.get_mut(name))
    }

    /// The object at the end of the fields `names`, to change.
    pub fn object_mut(&mut self, names: &[&str]) -> Option<&mut Object> {
        self.path_mut(names)?.as_object_mut()
    }

    /// The items of the list at the end of the fields `names`, to change; none where there is none.
    pub fn list_mut(&mut self, names: &[&str]) -> &mut [Self] {
        match self.path_mut(names).map(|list| &mut list.value) {
            Some(Value::List(items)) => items,
            _ => &mut [],
        }
    }

    /// The string, where this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, where this is one.
    pub const fn as_i64(&self) -> Option<i64> {
        match self.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// The boolean, where this is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Boolean(boolean) => Some(boolean),
            _ => None,
        }
    }

    /// Whether this is a list or an object without anything in it, which counts as absent.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::List(items) => items.is_empty(),
            Value::Object(object) => object.iter().all(|(_, item)| item.is_empty()),
            _ => false,
        }
    }

    /// Whether both have the same value, wherever they stand.
    pub fn same_value(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::List(one), Value::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.same_value(two))
            }
            (Value::Object(one), Value::Object(two)) => {
                one.present().count() == two.present().count()
                    && one.present().all(|(name, item)| {
                        two.get(name).is_some_and(|other| item.same_value(other))
                    })
            }
            (one, two) => one == two,
        }
    }

    /// Whether both have the same value, wherever they stand; what is empty counts as absent.
    pub fn same_or_absent(one: Option<&Self>, two: Option<&Self>) -> bool {
        match (one, two) {
            (None, None) => true,
            (Some(one), Some(two)) => one.same_value(two),
            (Some(item), None) | (None, Some(item)) => item.is_empty(),
        }
    }

    /// This item as the winner over `loser`.
    #[must_use]
    pub fn overriding(mut self, at: Locator, overrides: Vec<Locator>) -> Self {
        self.overrides.reserve(overrides.len() + 1);
        self.overrides.push(at);
        self.overrides.extend(overrides);
        self
    }
}

impl Object {
    /// The field `name`.
    pub fn get(&self, name: &str) -> Option<&Item> {
        self.fields.get(name)
    }

    /// The field `name`, to change.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Item> {
        self.fields.get_mut(name)
    }

    /// Sets the field `name`.
    pub fn insert(&mut self, name: &'static str, item: Item) {
        self.fields.insert(name, item);
    }

    /// Takes the field `name` out.
    pub fn remove(&mut self, name: &str) -> Option<Item> {
        self.fields.remove(name)
    }

    /// The fields that hold something, in alphabetical order.
    fn present(&self) -> impl Iterator<Item = (&'static str, &Item)> {
        self.iter().filter(|(_, item)| !item.is_empty())
    }

    /// The fields in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Item)> {
        self.fields.iter().map(|(name, item)| (*name, item))
    }
}

impl FromIterator<(&'static str, Item)> for Object {
    fn from_iter<T: IntoIterator<Item = (&'static str, Item)>>(fields: T) -> Self {
        Self { fields: fields.into_iter().collect() }
    }
}
