//! The data tables of the embedded library: releases, extensions, owned paths, ….
//!
//! Owns `policies/data/*.yaml`, one file a table, shaped by `policies/data/schema.json`. Policies
//! see the table of `releases.yaml` at `data.rollgate_tables.releases`.

use serde_json::{Map, Value};

use super::bundle;
use super::error::{LoadError, LoadErrors, PolicyPlace};

/// Reads every table.
pub(super) fn read() -> Result<Value, LoadErrors> {
    let (mut tables, mut errors) = (Map::new(), Vec::new());
    for (name, yaml) in bundle::library_tables() {
        match serde_yaml::from_str(yaml) {
            Ok(table) => {
                tables.insert(name, table);
            }
            Err(error) => errors.push(not_a_table(&name, &error)),
        }
    }
    LoadErrors::result(errors)?;
    Ok(Value::Object(tables))
}

fn not_a_table(name: &str, error: &serde_yaml::Error) -> LoadError {
    let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
    LoadError::new(
        PolicyPlace::new(&format!("data/{name}.yaml"), line, column),
        error.to_string(),
        "a table is a YAML mapping or list with strings for keys",
    )
}
