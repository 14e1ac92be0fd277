//! From a [`Config`] to JSON, as the operator prints a rendered config.
//!
//! Owns which unset fields are printed all the same. Must not know what fields mean.
//!
//! An object with only `name: a.service` of type unit → `{"name": "a.service"}`; an empty list or
//! object is not printed.

use serde_json::{Map, Value as Json};

use super::schema::{Kind, ObjectType, Presence, config_type};
use super::{Config, Item, SpecVersion, Value};

/// The config as JSON: fields in alphabetical order, what always stands printed even if unset, and
/// empty lists and objects left out.
pub fn to_json(config: &Config) -> Json {
    object(config_type(config.version), config.version, &config.root)
}

fn object(object_type: &ObjectType, version: SpecVersion, item: &Item) -> Json {
    let mut map = Map::new();
    for field in object_type.fields_in(version) {
        let always = match field.presence {
            Presence::Always => true,
            Presence::AlwaysBefore(minor) => version.minor < minor,
            Presence::Optional | Presence::NonZero => false,
        };
        let printed = item.get(field.name).map(|item| value(field.kind, version, item));
        let printed = match printed {
            Some(printed) if is_empty(&printed) => continue,
            Some(printed) if field.presence == Presence::NonZero && is_zero(&printed) => continue,
            Some(printed) => printed,
            None if always => Json::String(String::new()),
            None => continue,
        };
        map.insert(field.name.to_owned(), printed);
    }
    Json::Object(map)
}

fn value(kind: Kind, version: SpecVersion, item: &Item) -> Json {
    match (&item.value, kind) {
        (Value::Boolean(boolean), _) => (*boolean).into(),
        (Value::Integer(number), _) => (*number).into(),
        (Value::String(text), _) => (&**text).into(),
        (Value::List(items), Kind::Objects(object_type, _)) => {
            items.iter().map(|item| object(object_type, version, item)).collect()
        }
        (Value::List(items), _) => {
            items.iter().map(|item| value(Kind::String, version, item)).collect()
        }
        (Value::Object(_), Kind::Object(object_type)) => object(object_type, version, item),
        // Reading gives objects only to fields that take them.
        (Value::Object(_), _) => Json::Object(Map::new()),
    }
}

fn is_empty(json: &Json) -> bool {
    json.as_object().is_some_and(Map::is_empty) || json.as_array().is_some_and(Vec::is_empty)
}

fn is_zero(json: &Json) -> bool {
    json.as_str() == Some("") || json.as_i64() == Some(0)
}
