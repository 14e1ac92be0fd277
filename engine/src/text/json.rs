//! JSON: straight to a tree, by JSON's own rules.
//!
//! Owns JSON's grammar. Must not know how the tree is built. JSON is nearly YAML, but only nearly
//! (escapes, control characters, keys of any length), and a cluster dumped as JSON is read several
//! times faster this way. Nothing here recurses.

use super::tree::{Collection, Tree};
use super::{ReadError, Span, Value};
use crate::Limits;

/// Reads one document that starts at the byte `start` of its artifact; `None` where it is not JSON.
pub(super) fn read<'a>(
    limits: &'a Limits,
    text: &str,
    start: usize,
) -> Result<Option<Tree<'a>>, ReadError> {
    let mut tree = Tree::new(limits);
    let mut scanner = Scanner { text, at: 0 };
    let mut open: Vec<Collection> = Vec::new();
    let mut expected = Expected::Value;
    while let Some((token, from)) = scanner.next() {
        let span = Span { start: start + from, end: start + scanner.at };
        expected = match (expected, token) {
            (Expected::Value | Expected::FirstItem, Token::Open(collection)) => {
                tree.begin(collection, 0, span)?;
                open.push(collection);
                match collection {
                    Collection::Sequence => Expected::FirstItem,
                    Collection::Mapping => Expected::FirstKey,
                }
            }
            (Expected::Value | Expected::FirstItem, Token::Value(value)) => {
                tree.scalar(value, 0, span)?;
                Expected::Next
            }
            (Expected::Key | Expected::FirstKey, Token::Value(key @ Value::String(_))) => {
                tree.scalar(key, 0, span)?;
                Expected::Colon
            }
            (Expected::Colon, Token::Colon) => Expected::Value,
            (Expected::Next, Token::Comma) => match open.last() {
                Some(Collection::Sequence) => Expected::Value,
                Some(Collection::Mapping) => Expected::Key,
                None => return Ok(None),
            },
            (
                Expected::Next | Expected::FirstItem | Expected::FirstKey,
                Token::Close(collection),
            ) if open.last() == Some(&collection) => {
                open.pop();
                tree.end(span)?;
                Expected::Next
            }
            _ => return Ok(None),
        };
    }
    let whole = open.is_empty() && expected == Expected::Next && scanner.at == text.len();
    Ok(whole.then_some(tree))
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    FirstItem,
    Key,
    FirstKey,
    Colon,
    Next,
}

enum Token {
    Open(Collection),
    Close(Collection),
    Colon,
    Comma,
    Value(Value),
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// The next token and where it starts; `None` at the end, or where no token of JSON is.
    fn next(&mut self) -> Option<(Token, usize)> {
        let rest = self.text.get(self.at..)?;
        let token = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let start = self.at + rest.len() - token.len();
        self.at = start;
        let (token, length) = match *token.as_bytes().first()? {
            b'{' => (Token::Open(Collection::Mapping), 1),
            b'}' => (Token::Close(Collection::Mapping), 1),
            b'[' => (Token::Open(Collection::Sequence), 1),
            b']' => (Token::Close(Collection::Sequence), 1),
            b':' => (Token::Colon, 1),
            b',' => (Token::Comma, 1),
            b'"' => string(token)?,
            b'-' | b'0'..=b'9' => number(token)?,
            _ => word(token)?,
        };
        self.at += length;
        Some((token, start))
    }
}

/// The string at the start of a text, and its length there.
fn string(text: &str) -> Option<(Token, usize)> {
    let bytes = text.as_bytes();
    let mut end = 1;
    let mut escaped = false;
    loop {
        let special = |&byte: &u8| byte == b'"' || byte == b'\\' || byte < b' ';
        end += bytes.get(end..)?.iter().position(special)?;
        match bytes.get(end)? {
            b'"' => break,
            b'\\' => (escaped, end) = (true, end + 2),
            _ => return None,
        }
    }
    let value = if escaped {
        serde_json::from_str::<String>(text.get(..=end)?).ok()?.into()
    } else {
        text.get(1..end)?.into()
    };
    Some((Token::Value(Value::String(value)), end + 1))
}

fn number(text: &str) -> Option<(Token, usize)> {
    let part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let length = text.bytes().position(|byte| !part(byte)).unwrap_or(text.len());
    let text = text.get(..length)?;
    let number: serde_json::Number = serde_json::from_str(text).ok()?;
    let value = number.as_i64().map_or_else(|| Value::Number(text.into()), Value::Integer);
    Some((Token::Value(value), length))
}

fn word(text: &str) -> Option<(Token, usize)> {
    let words =
        [("null", Value::Null), ("true", Value::Boolean(true)), ("false", Value::Boolean(false))];
    let (word, value) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
    Some((Token::Value(value), word.len()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::text::read;
    use crate::{Artifact, Limits};

    #[test]
    fn json_is_read_by_its_own_rules_and_anything_else_as_yaml() {
        let key = "k".repeat(2_000);
        let texts = [
            format!("{{\"{key}\": [1, -2.50, true, null, {{}}, []]}}"),
            "{\n\t\"a\\/b\"\n:\"\\ud83d\\ude00\\u0000\u{7f}\u{2028}\"\n}".to_owned(),
            "{a: 0644, \"b\": on}".to_owned(),
            "{\"a\": 0644}".to_owned(),
            "{\"a\": 1,}".to_owned(),
        ];
        let values = texts.map(|text| {
            let read = read(&Limits::default(), &Artifact::new("test.json", text));
            read[0].as_ref().unwrap().root.to_json()
        });
        let expected = [
            json!({key: [1, -2.5, true, null, {}, []]}),
            json!({"a/b": "😀\0\u{7f}\u{2028}"}),
            json!({"a": 420, "b": true}),
            json!({"a": 420}),
            json!({"a": 1}),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn values_and_duplicates_have_their_place() {
        let text = "{\"a\": {\"b/c\": [0, \"x\"], \"b/c\": 420.0}}";
        let read = read(&Limits::default(), &Artifact::new("test.json", text));
        let document = read[0].as_ref().unwrap();
        let span = document.root.pointer("/a/b~1c").span();
        assert_eq!(text.get(span.start..span.end), Some("420.0"));
        let fault = &document.faults[0];
        assert_eq!((&*fault.pointer, fault.span.start), ("/a/b~1c", 24));
    }
}
