//! Masking of whole documents that are printed for people: rendered configs and facts.
//!
//! Owns which values of a document are hidden. What looks like a secret is the business of `mask`.

use serde_json::Value;

use super::mask::{MASK, content_is_secret, is_secret_key, is_secret_path, mask};

/// The fields that hold contents of files, in Ignition configs and in facts.
const CONTENTS: &[&str] = &["source", "inline", "text"];

/// Hides the secrets of a document: the values of keys that name secrets, the contents of files
/// that hold them, and what looks like one in any other text.
pub fn mask_json(document: &mut Value) {
    mask_value(document, false, false);
}

/// `secret` says that a key above names a secret, `file` that this belongs to a secret file.
fn mask_value(value: &mut Value, secret: bool, file: bool) {
    match value {
        Value::String(text) if secret || content_is_secret(text) => MASK.clone_into(text),
        Value::String(text) => {
            let masked = mask(text).into_owned();
            *text = masked;
        }
        Value::Number(_) if secret => *value = Value::String(MASK.to_owned()),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_value(item, secret, file)),
        Value::Object(fields) => {
            let path = fields.get("path").and_then(Value::as_str);
            let file = file || path.is_some_and(is_secret_path);
            let name = fields.get("name").or(fields.get("key")).and_then(Value::as_str);
            let named = name.is_some_and(is_secret_key);
            let pin = fields.contains_key("pin");
            for (key, value) in fields {
                let hidden = match key.as_str() {
                    // The name of a secret is none.
                    "name" => false,
                    // What is not text tells a reader nothing, and may be a compressed secret.
                    "base64" => true,
                    // What a Clevis pin is configured with may be the key itself.
                    "config" if pin => true,
                    // A header or a variable: `{name: Authorization, value: Bearer …}`.
                    "value" if named => true,
                    key => secret || file && CONTENTS.contains(&key) || is_secret_key(key),
                };
                mask_value(value, hidden, file);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MASK, mask_json};

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let mut document = json!({
            "passwd": {"users": [{"name": "core", "passwordHash": "$6$salt$abcdefgh"}]},
            "files": [
                {"path": "/root/.docker/config.json", "contents": {"source": "data:,x"}},
                {"path": "/etc/a", "contents": {"source": "data:,password%3Dhunter2"}},
                {"path": "/etc/b", "contents": {"source": "data:,plain", "size": 5}},
                {"path": "/etc/c", "contents": {"text": "a: 1\ntoken: abc\n"}},
                {"path": "/etc/d", "contents": {"source": "data:;base64,cGFzc3dvcmQ9aHVudGVyMg"}},
                {"path": "/etc/e", "contents": {
                    "source": "https://example.com/", "base64": "//4=",
                    "httpHeaders": [{"name": "X-Key", "value": "abc"}],
                }},
                {"httpHeaders": [{"name": "Authorization", "value": "Bearer x"}]},
            ],
            "luks": [{"name": "a", "clevis": {"custom": {"pin": "sss", "config": "{}"}}}],
        });
        mask_json(&mut document);
        let expected = json!({
            "passwd": {"users": [{"name": "core", "passwordHash": MASK}]},
            "files": [
                {"path": "/root/.docker/config.json", "contents": {"source": MASK}},
                {"path": "/etc/a", "contents": {"source": MASK}},
                {"path": "/etc/b", "contents": {"source": "data:,plain", "size": 5}},
                {"path": "/etc/c", "contents": {"text": "a: 1\ntoken: <masked>\n"}},
                {"path": "/etc/d", "contents": {"source": MASK}},
                {"path": "/etc/e", "contents": {
                    "source": "https://example.com/", "base64": MASK,
                    "httpHeaders": [{"name": "X-Key", "value": MASK}],
                }},
                {"httpHeaders": [{"name": "Authorization", "value": MASK}]},
            ],
            "luks": [{"name": "a", "clevis": {"custom": {"pin": "sss", "config": MASK}}}],
        });
        assert_eq!(document, expected);
    }
}
