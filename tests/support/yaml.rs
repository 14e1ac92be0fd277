//! JSON values as YAML that leaves nothing to a reader's taste: every string is quoted, those of
//! several lines are blocks.

use serde_json::Value;

/// Keys that YAML would not read as strings if they stood without quotes.
const WORDS: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "y"];

/// A value as a YAML document in block style.
pub fn to_yaml(value: &Value) -> String {
    let mut text = String::new();
    write(&mut text, value, 0);
    text
}

fn write(text: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                text.extend([&indent, &word(key), ":"]);
                write_field(text, value, depth);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let mut written = String::new();
                write(&mut written, item, depth + 1);
                text.extend([&indent, "- ", written.trim_start()]);
            }
        }
        scalar => text.extend([&indent, &scalar.to_string(), "\n"]),
    }
}

/// Writes what follows a `key:`.
fn write_field(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::String(lines) if is_block(lines) => {
            text.push_str(" |\n");
            for line in lines.lines() {
                let indent = if line.is_empty() { 0 } else { depth + 1 };
                text.extend([&"  ".repeat(indent), line, "\n"]);
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            text.push('\n');
            write(text, value, depth + 1);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            write(text, value, depth + 1);
        }
        scalar => text.extend([" ", &scalar.to_string(), "\n"]),
    }
}

fn word(key: &str) -> String {
    let plain = key.bytes().all(|byte| byte.is_ascii_alphabetic()) && !WORDS.contains(&key);
    if plain { key.to_owned() } else { Value::from(key).to_string() }
}

fn is_block(text: &str) -> bool {
    let plain = text.chars().all(|character| character == '\n' || !character.is_control());
    text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with([' ', '\n']) && plain
}
