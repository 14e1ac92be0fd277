//! What a scalar means in YAML 1.1, as the Kubernetes tools read it.
//!
//! Owns the typing of sigs.k8s.io/yaml (its `goyaml.v2/resolve.go` and the conversion to JSON in
//! `yaml.go`). Must not know where a scalar stands. `0644` is 420, `on` is `true`, `"on"` is a
//! string, `2001-01-01` is a string.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Value;

/// A scalar as the parser hands it over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scalar<'a> {
    /// Its text, escapes resolved and lines folded.
    pub(super) text: &'a str,
    /// Whether it is written without quotes and not as a block.
    pub(super) plain: bool,
    /// Its tag.
    pub(super) tag: Tag<'a>,
}

/// The tag of a scalar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// None.
    None,
    /// One of YAML's own, without its prefix: `int` for `!!int`.
    Core(&'a str),
    /// Any other; its values are strings.
    Foreign,
}

/// Why a scalar has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ScalarError {
    /// The text is not of the type that its tag demands.
    #[error("the value is not what its tag `!!{0}` says")]
    Mistagged(String),
    /// Infinity, or not a number.
    #[error("infinity and not-a-number cannot be written as JSON, which the API server demands")]
    NotFinite,
    /// A key that is `null`, a collection, or a whole number beyond 63 bits.
    #[error("a key must be a string, a number or a boolean")]
    Key,
}

/// Gives a scalar its type.
pub(super) fn resolve(scalar: Scalar<'_>) -> Result<Value, ScalarError> {
    let mistagged = |tag: &str| Err(ScalarError::Mistagged(tag.to_owned()));
    match scalar.tag {
        Tag::None if scalar.plain => by_text(scalar.text),
        Tag::Core("binary") => binary(scalar.text),
        Tag::Core(tag @ ("int" | "float" | "bool" | "null")) => {
            match (tag, by_text(scalar.text)?) {
                ("int", value @ Value::Integer(_))
                | ("float", value @ Value::Number(_))
                | ("bool", value @ Value::Boolean(_))
                | ("null", value @ Value::Null) => Ok(value),
                ("float", Value::Integer(whole)) => Ok(Value::Number(whole.to_string().into())),
                ("int", Value::Number(text)) if is_whole(&text) => Ok(Value::Number(text)),
                _ => mistagged(tag),
            }
        }
        Tag::None | Tag::Core(_) | Tag::Foreign => Ok(Value::String(scalar.text.into())),
    }
}

/// The string that a key becomes, as sigs.k8s.io/yaml converts it.
pub(super) fn key(value: &Value) -> Result<Box<str>, ScalarError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(whole) => Ok(whole.to_string().into()),
        Value::Boolean(truth) => Ok(truth.to_string().into()),
        Value::Number(text) if !is_whole(text) => Ok(float_key(text)),
        _ => Err(ScalarError::Key),
    }
}

/// Whether a plain string would be read as something else, or not at all.
pub(super) fn needs_quotes(text: &str) -> bool {
    !matches!(by_text(text), Ok(Value::String(_)))
}

fn by_text(text: &str) -> Result<Value, ScalarError> {
    if let Some(word) = by_word(text) {
        return word;
    }
    // The first character decides, so that most strings cost nothing.
    let number = match text.as_bytes().first() {
        Some(b'.') if underscores_are_between_digits(text) => float(&without_underscores(text)),
        Some(b'0'..=b'9' | b'+' | b'-') => {
            let plain = without_underscores(text);
            integer(&plain).or_else(|| float(&plain))
        }
        _ => None,
    };
    Ok(number.unwrap_or_else(|| Value::String(text.into())))
}

fn by_word(text: &str) -> Option<Result<Value, ScalarError>> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Ok(Value::Boolean(true))
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Ok(Value::Boolean(false))
        }
        "" | "~" | "null" | "Null" | "NULL" => Ok(Value::Null),
        ".nan" | ".NaN" | ".NAN" | ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF"
        | "-.inf" | "-.Inf" | "-.INF" => Err(ScalarError::NotFinite),
        _ => return None,
    })
}

/// Go's `strconv.ParseInt(text, 0, 64)`, then `ParseUint`: a leading `0` means octal.
fn integer(text: &str) -> Option<Value> {
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, digits.get(2..)?),
        [b'0', b'o' | b'O', ..] => (8, digits.get(2..)?),
        [b'0', b'b' | b'B', ..] => (2, digits.get(2..)?),
        [b'0', _, ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    if !digits.starts_with(|first: char| first.is_digit(radix)) {
        return None; // Rust would take a second sign here.
    }
    let magnitude = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -magnitude } else { magnitude };
    match i64::try_from(value) {
        Ok(whole) => Some(Value::Integer(whole)),
        Err(_) if negative => None,
        Err(_) => Some(Value::Number(value.to_string().into())),
    }
}

fn float(text: &str) -> Option<Value> {
    let looks = text.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let value: f64 = if looks { text.parse().ok()? } else { return None };
    if !value.is_finite() {
        return None;
    }
    // JSON wants a digit on both sides of the point and no `+`; where the text already is JSON it
    // stays as written.
    let json = match serde_json::from_str::<serde_json::Number>(text) {
        Ok(_) => text.to_owned(),
        Err(_) => serde_json::Number::from_f64(value)?.to_string(),
    };
    Some(Value::Number(json.into()))
}

fn without_underscores(text: &str) -> Cow<'_, str> {
    if text.contains('_') { text.replace('_', "").into() } else { text.into() }
}

/// Go's rule for floats, where a digit does not come first.
fn underscores_are_between_digits(text: &str) -> bool {
    text.split('_').skip(1).all(|after| after.starts_with(|first: char| first.is_ascii_digit()))
        && text
            .rsplit('_')
            .skip(1)
            .all(|before| before.ends_with(|last: char| last.is_ascii_digit()))
}

/// Whether a number is a whole one that takes all 64 bits; larger ones are floats.
fn is_whole(text: &str) -> bool {
    text.parse::<u64>().is_ok()
}

fn binary(text: &str) -> Result<Value, ScalarError> {
    let compact: String = text.split_ascii_whitespace().collect();
    match STANDARD.decode(compact) {
        // The conversion to JSON puts U+FFFD for what is not UTF-8.
        Ok(bytes) => Ok(Value::String(String::from_utf8_lossy(&bytes).into())),
        Err(_) => Err(ScalarError::Mistagged("binary".to_owned())),
    }
}

/// Go's `strconv.FormatFloat(value, 'g', -1, 32)`: the key `4.10` becomes `4.1`.
#[expect(clippy::cast_possible_truncation, reason = "upstream formats keys with 32 bits")]
fn float_key(text: &str) -> Box<str> {
    let Ok(value) = text.parse::<f64>() else { return text.into() };
    let value = value as f32;
    let scientific = format!("{value:e}");
    let exponent = scientific
        .split_once('e')
        .and_then(|(mantissa, exponent)| Some((mantissa, exponent.parse::<i32>().ok()?)));
    match exponent {
        Some((mantissa, exponent)) if !(-4..6).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{mantissa}e{sign}{:02}", exponent.abs()).into()
        }
        _ => value.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use crate::text::read;
    use crate::{Artifact, Limits};

    /// What upstream's own code made of each document; see the file's first line.
    const RECORDED: &str = include_str!("../../../tests/fixtures/yaml-1.1.tsv");

    #[test]
    fn scalars_mean_what_they_mean_upstream() {
        for line in RECORDED.lines().filter(|line| !line.starts_with('#')) {
            let (yaml, expected) = line.split_once('\t').unwrap();
            let yaml: String = serde_json::from_str(yaml).unwrap();
            let read = read(&Limits::default(), &Artifact::new("test.yaml", yaml.clone()));
            let value = read.into_iter().next().unwrap().map(|document| document.root.to_json());
            match value {
                Ok(value) => assert!(
                    same(&value, &serde_json::from_str(expected).unwrap()),
                    "{yaml}: {value}"
                ),
                Err(error) => assert_eq!(expected, "refused", "{yaml}: {error}"),
            }
        }
    }

    /// Equality that takes `8.0` for `8`: upstream's JSON does not show what was a float.
    fn same(left: &Json, right: &Json) -> bool {
        match (left, right) {
            (Json::Number(left), Json::Number(right)) => left.as_f64() == right.as_f64(),
            (Json::Object(left), Json::Object(right)) => {
                left.len() == right.len()
                    && left
                        .iter()
                        .all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
            }
            (Json::Array(left), Json::Array(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|(left, right)| same(left, right))
            }
            _ => left == right,
        }
    }
}
