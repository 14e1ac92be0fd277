//! The printer: a JSON value as YAML that every reader takes alike.
//!
//! Owns which strings need quotes: all that YAML 1.1 or 1.2 would type, among them `on`, `0600`,
//! `1_000`, `12:30` and `2001-01-01`. Must not know what it prints. Text of several lines becomes a
//! block, so that a unit reads as a unit; lists stand as `oc` writes them.
//!
//! `{"mode": "0600", "args": ["a"]}` is printed as `mode: "0600"`, `args:`, `- a`.

use serde_json::{Map, Value};

use super::scalar;

/// How long a key may be on one line with its value: YAML 1.2.2 §8.2.2 gives it 1024 characters.
const LONGEST_KEY: usize = 1_000;

/// A value as YAML in block style.
pub fn print(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(fields) if !fields.is_empty() => print_fields(&mut text, fields, 0),
        Value::Array(items) if !items.is_empty() => print_items(&mut text, items, 0),
        scalar => text.extend([&inline(scalar), "\n"]),
    }
    text
}

fn print_fields(text: &mut String, fields: &Map<String, Value>, indent: usize) {
    for (index, (key, value)) in fields.iter().enumerate() {
        // The first field stands where the caller is: behind the `-` of a list.
        if index > 0 {
            text.push_str(&" ".repeat(indent));
        }
        let key = word(key);
        if key.len() > LONGEST_KEY {
            text.extend(["? ", &key, "\n", &" ".repeat(indent), ":"]);
        } else {
            text.extend([&key, ":"]);
        }
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                text.extend(["\n", &" ".repeat(indent + 2)]);
                print_fields(text, fields, indent + 2);
            }
            Value::Array(items) if !items.is_empty() => {
                text.extend(["\n", &" ".repeat(indent)]);
                print_items(text, items, indent);
            }
            scalar => print_scalar(text, scalar, indent + 2),
        }
    }
}

fn print_items(text: &mut String, items: &[Value], indent: usize) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(&" ".repeat(indent));
        }
        text.push('-');
        match item {
            Value::Object(fields) if !fields.is_empty() => {
                text.push(' ');
                print_fields(text, fields, indent + 2);
            }
            Value::Array(items) if !items.is_empty() => {
                text.push(' ');
                print_items(text, items, indent + 2);
            }
            scalar => print_scalar(text, scalar, indent + 2),
        }
    }
}

/// Prints what follows a `:` or a `-`, and the line break after it.
fn print_scalar(text: &mut String, value: &Value, indent: usize) {
    match value {
        Value::String(lines) if is_block(lines) => print_block(text, lines, indent),
        scalar => text.extend([" ", &inline(scalar), "\n"]),
    }
}

fn print_block(text: &mut String, lines: &str, indent: usize) {
    text.push_str(match lines.strip_suffix('\n') {
        None => " |-\n",
        Some(rest) if rest.ends_with('\n') => " |+\n",
        Some(_) => " |\n",
    });
    for line in lines.lines() {
        let indent = if line.is_empty() { 0 } else { indent };
        text.extend([&" ".repeat(indent), line, "\n"]);
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => word(text),
        other => other.to_string(),
    }
}

/// A string on one line, in quotes unless it is beyond doubt.
fn word(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    // JSON leaves as they are what YAML does not take or takes for a line break.
    let escape = |character| match character {
        character if is_printable(character) => String::from(character),
        other => format!("\\U{:08x}", u32::from(other)),
    };
    Value::from(text).to_string().chars().map(escape).collect()
}

fn is_plain(text: &str) -> bool {
    let starts_well = |first: char| first.is_alphanumeric() || matches!(first, '/' | '_' | '.');
    text.starts_with(starts_well)
        // At the start of a line that is the end of the document.
        && !text.starts_with("...")
        && text.chars().all(is_printable)
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !scalar::needs_quotes(text)
        && !looks_typed(text)
}

/// Whether another reader might take a string for a number, a date or a time.
fn looks_typed(text: &str) -> bool {
    let typed = |byte: u8| byte.is_ascii_hexdigit() || b"_.:+-xXoOtTzZ ".contains(&byte);
    text.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && text.bytes().all(typed)
}

fn is_block(text: &str) -> bool {
    let content = text.trim_start_matches('\n');
    let keeps_its_shape = |line: &str| line.is_empty() || !line.trim().is_empty();
    text.contains('\n')
        && !content.is_empty()
        && !content.starts_with([' ', '\t'])
        && text.split('\n').all(keeps_its_shape)
        && text.chars().all(|character| matches!(character, '\n' | '\t') || is_printable(character))
}

fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::text::read;
    use crate::{Artifact, Limits};

    #[test]
    fn a_string_that_would_end_the_document_is_quoted() {
        assert_eq!(print(&json!("... x")), "\"... x\"\n");
    }

    #[test]
    fn a_value_prints_as_an_engineer_would_write_it() {
        let value = json!({
            "metadata": {"name": "99-worker", "labels": {}},
            "spec": {
                "kernelArguments": ["audit=1", "on", "0600", "1_000", "12:30", "2001-01-01", "a: b"],
                "units": [{"name": "a.service", "contents": "[Unit]\n\nAfter=x\n", "mode": 420}],
                "matrix": [[1, 2.5], []],
                "text": "no end\n of line",
                "y": null
            }
        });
        let expected = "\
metadata:
  name: 99-worker
  labels: {}
spec:
  kernelArguments:
  - audit=1
  - \"on\"
  - \"0600\"
  - \"1_000\"
  - \"12:30\"
  - \"2001-01-01\"
  - \"a: b\"
  units:
  - name: a.service
    contents: |
      [Unit]

      After=x
    mode: 420
  matrix:
  - - 1
    - 2.5
  - []
  text: |-
    no end
     of line
  \"y\": null
";
        assert_eq!(print(&value), expected);
    }

    fn string() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]{0,8}",
            "[-+.0-9_xobeE:]{1,6}",
            "[ab \\n\\t#:\\r-]{0,10}",
            any::<String>(),
            prop::sample::select(vec![
                "on", "Y", "~", "<<", "---", "...", ".inf", "=", "\u{85}", "?"
            ])
            .prop_map(str::to_owned),
        ]
    }

    fn value() -> impl Strategy<Value = Value> {
        let scalar = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            string().prop_map(Value::from),
        ];
        scalar.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((string(), inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    fn reread(text: &str) -> Value {
        let read = read(&Limits::default(), &Artifact::new("printed.yaml", text));
        match read.into_iter().next() {
            None => Value::Null,
            Some(document) => {
                document.unwrap_or_else(|error| panic!("{error}:\n{text}")).root.to_json()
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(value in value()) {
            let text = print(&value);
            prop_assert_eq!(reread(&text), value, "{}", text);
        }

        #[test]
        fn json_reads_as_itself(value in value()) {
            prop_assert_eq!(&reread(&serde_json::to_string(&value).unwrap()), &value);
            prop_assert_eq!(reread(&serde_json::to_string_pretty(&value).unwrap()), value);
        }
    }
}
