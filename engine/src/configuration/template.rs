//! The template: a `rollgate.yaml` that says of every key what it is for.
//!
//! Owns its layout. Must not know any key: all that it says comes from the JSON Schema, which is made
//! from the types that read the file.
//!
//! `fail_on`, of which the default is `medium`, is printed as `# fail_on: medium` below its
//! description.

use serde_json::{Map, Value};

use super::written;
use crate::text;

/// How wide comments are.
const WIDTH: usize = 96;

const HEAD: &str = "\
# yaml-language-server: $schema=https://raw.githubusercontent.com/rollgate/rollgate/main/policies/config.schema.json
#
# What rollgate judges by. It is found here or in a folder above the working directory. What is
# commented out shows its default, or an example where there is none. All keys:
# docs/configuration.md; the schema: `rollgate schema config`.
";

/// A configuration with a comment on every key, in which only these are set.
pub fn template(set: &Map<String, Value>) -> String {
    let schema = written::schema();
    let mut text = HEAD.to_owned();
    for (key, member) in members(&schema, &schema) {
        text.push('\n');
        Printer { schema: &schema, text: &mut text }.key(key, member, set.get(key), 0);
    }
    text
}

struct Printer<'a> {
    schema: &'a Value,
    text: &'a mut String,
}

impl Printer<'_> {
    fn key(&mut self, key: &str, member: &Value, given: Option<&Value>, indent: usize) {
        let description = member.get("description").and_then(Value::as_str).unwrap_or_default();
        let margin = " ".repeat(indent);
        for line in wrapped(description, WIDTH - indent) {
            self.line(&format!("{margin}# {line}"), indent == 0 || given.is_some());
        }
        let children = members(self.schema, resolved(self.schema, member));
        if children.is_empty() {
            let value = given.or_else(|| shown(member)).unwrap_or(&Value::Null);
            let mut field = Map::new();
            field.insert(key.to_owned(), value.clone());
            for line in text::print(&Value::Object(field)).lines() {
                self.line(&format!("{margin}{line}"), given.is_some());
            }
            return;
        }
        self.line(&format!("{margin}{key}:"), given.is_some());
        for (child, member) in children {
            self.key(child, member, given.and_then(|given| given.get(child)), indent + 2);
        }
    }

    /// A line, commented out unless it is set.
    fn line(&mut self, line: &str, set: bool) {
        self.text.extend([if set { "" } else { "# " }, line, "\n"]);
    }
}

/// What is shown of a key that is not set: an example, else the default.
fn shown(member: &Value) -> Option<&Value> {
    member.pointer("/examples/0").or_else(|| member.get("default"))
}

/// The keys of a mapping, in order.
fn members<'a>(schema: &'a Value, member: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let properties = resolved(schema, member).get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().map(|(key, member)| (key.as_str(), member)).collect()
}

/// A schema, or that to which it refers.
fn resolved<'a>(schema: &'a Value, member: &'a Value) -> &'a Value {
    let reference = member.get("$ref").and_then(Value::as_str);
    reference.and_then(|path| schema.pointer(path.strip_prefix('#')?)).unwrap_or(member)
}

/// A text in lines of at most `width` characters, where its words allow it.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() < width => {
                line.extend([" ", word]);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
