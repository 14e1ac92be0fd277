//! The types of Ignition configs, as data: tables that reading, validating, merging, translating and
//! printing walk, as upstream walks its Go types by reflection.
//!
//! Owns which fields there are, of which type, since which version, how lists are merged, and which
//! check an object goes through. Must not know what the checks look at.
//!
//! `storage.luks` → a list of objects with the key `name`, since 3.2.

mod v2;
mod v3;

use rollgate_facts::Locator;

use super::validate::Check;
use super::{Item, Object, SpecVersion, Value};

/// An object type: a name for messages, a check, and its fields.
#[derive(Debug)]
pub(super) struct ObjectType {
    /// What messages call such an object: `a file`.
    pub(super) name: &'static str,
    /// What validates such an object as a whole.
    pub(super) check: Option<Check>,
    /// The fields, in alphabetical order as upstream has them.
    pub(super) fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The minor version of spec 3 that brought the field.
    pub(super) since: u8,
    pub(super) presence: Presence,
    /// Lists of one object with the same name here share their keys: an entry of one list removes
    /// the entry of that key from the others.
    pub(super) keys_shared_in: Option<&'static str>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    Integer,
    String,
    Object(&'static ObjectType),
    Strings(Key),
    Objects(&'static ObjectType, Key),
}

/// What tells the items of a list apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    /// Nothing: such lists are appended to each other, and may repeat items.
    Nothing,
    /// The item itself, a string.
    Itself,
    /// The string in this field.
    Field(&'static str),
    /// A partition's number, or else its label.
    Partition,
}

/// Whether a field is printed where it is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Not set is not printed; set to a zero value is.
    Optional,
    /// Always printed.
    Always,
    /// Always printed (and so set, if only to nothing) before this minor version, optional since.
    AlwaysBefore(u8),
    /// Printed unless it is empty or zero.
    NonZero,
}

/// The type of a whole config of `version`.
pub(super) const fn config_type(version: SpecVersion) -> &'static ObjectType {
    if version.major == 2 { &v2::CONFIG } else { &v3::CONFIG }
}

impl Kind {
    /// What tells the items apart, where this is a list.
    pub(super) const fn key(self) -> Option<Key> {
        match self {
            Self::Strings(key) | Self::Objects(_, key) => Some(key),
            Self::Boolean | Self::Integer | Self::String | Self::Object(_) => None,
        }
    }
}

impl ObjectType {
    /// The fields that the type has in `version`.
    pub(super) fn fields_in(&self, version: SpecVersion) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| field.is_in(version))
    }

    /// The field `name`, of whatever version.
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Calls `visit` on the object and on every object inside it, outer ones first.
pub(super) fn for_each_object(
    object_type: &'static ObjectType,
    item: &mut Item,
    visit: &mut impl FnMut(&'static ObjectType, &Locator, &mut Object),
) {
    let Item { at, value: Value::Object(object), .. } = item else { return };
    visit(object_type, at, object);
    for field in object_type.fields {
        match (field.kind, object.get_mut(field.name)) {
            (Kind::Object(object_type), Some(item)) => for_each_object(object_type, item, visit),
            (Kind::Objects(object_type, _), Some(Item { value: Value::List(items), .. })) => {
                for item in items {
                    for_each_object(object_type, item, visit);
                }
            }
            _ => {}
        }
    }
}

impl Field {
    pub(super) const fn is_in(&self, version: SpecVersion) -> bool {
        version.major == 2 || self.since <= version.minor
    }

    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, since: 0, presence: Presence::Optional, keys_shared_in: None }
    }

    const fn since(mut self, minor: u8) -> Self {
        self.since = minor;
        self
    }

    const fn presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }

    const fn keys_shared_in(mut self, name: &'static str) -> Self {
        self.keys_shared_in = Some(name);
        self
    }
}

pub(super) const fn boolean(name: &'static str) -> Field {
    Field::new(name, Kind::Boolean)
}

pub(super) const fn integer(name: &'static str) -> Field {
    Field::new(name, Kind::Integer)
}

pub(super) const fn string(name: &'static str) -> Field {
    Field::new(name, Kind::String)
}

pub(super) const fn object(name: &'static str, object_type: &'static ObjectType) -> Field {
    Field::new(name, Kind::Object(object_type))
}

pub(super) const fn strings(name: &'static str, key: Key) -> Field {
    Field::new(name, Kind::Strings(key))
}

pub(super) const fn objects(
    name: &'static str,
    object_type: &'static ObjectType,
    key: Key,
) -> Field {
    Field::new(name, Kind::Objects(object_type, key))
}
