//! Secrets: what of a text must not be shown to people.
//!
//! Owns which keys, paths and values hold secrets. Must not know how an excerpt is laid out. Errs
//! on the side of masking: `passwordHash: $6$salt$hash` reads `passwordHash: <masked>`, and so do a
//! private key, a pull secret and the contents of `/etc/shadow`.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use percent_encoding::percent_decode_str;
use regex::bytes::{Captures, Regex};

use super::{Node, Span, Value};

/// What stands in place of a secret.
pub const MASK: &str = "<masked>";

/// How the name of a key ends that holds a secret. (`keyFile` is a LUKS volume's.)
const KEY: &str = "password|password[-_]?hash|pass[-_]?phrase|pull[-_]?secret|dockerconfigjson|\
    dockercfg|token|secret|key[-_]?file|private[-_]?key|tls\\.key|api[-_]?key|access[-_]?key|\
    secret[-_]?key|client[-_]?key[-_]?data|credentials?|authorization|auths?|http_?headers";

/// Files whose contents are secret.
const PATH: &str = r"(?i-u)/\.docker/|/kubelet/config\.json$|auth\.json$|dockerconfigjson|dockercfg|/g?shadow-?$|\.(?:key|pem|p12|pfx|keytab|jks)$|/id_(?:rsa|dsa|ecdsa|ed25519)$|_key$|kubeconfig|token|passw(?:or)?d|secret|credential|\.netrc$|\.pgpass$|/system-connections/";

/// Reads base64 without padding, also where the last digit says more than fits.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&base64::alphabet::STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

static SECRET_KEY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("(?i-u)(?:{KEY})$")).ok());

static SECRET_PATH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATH).ok());

/// Secrets that show in the text itself; each alternative names what of it is to be hidden.
static SECRET_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pem = r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----(?s:(?<pem>.*?))(?:-----END|\z)";
    // crypt(5): `$6$salt$hash`, `$y$…`, `$2b$…`.
    let hash = r"(?<hash>\$(?:1|2[abxy]?|5|6|7|y|gy|md5|sha1)\$[A-Za-z0-9./$,=+-]{4,})";
    // The same secrets again in base64: `{"…` (a pull secret, a token) and `-----`.
    let encoded = r"\b(?<encoded>(?:eyJ|LS0tLS1CRUdJTi)[A-Za-z0-9+/=._-]{8,})";
    // `key: value`, `"key":"value"`, `KEY=value`; a block, an anchor or a collection is no value.
    let between = r#"(?:["'][ \t]*:[ \t]*|[ \t]*:[ \t]+|[ \t]*=[ \t]*)"#;
    let value = r#""(?:[^"\\\r\n]|\\.)*"?|'[^'\r\n]*'?|[^\s"'|>&*{\[,}\]#][^\s,}\]]*"#;
    // `Authorization: Bearer token`
    let scheme = r"(?:(?i:bearer|basic|digest)[ \t]+)?";
    let pair = format!(r"(?i:{KEY}){between}{scheme}(?<value>{value})");
    // `https://user:password@host`
    let url = r#"://[^/?#\s"'@:]*:(?<url>[^/?#\s"'@]+)@"#;
    // `ENV TOKEN value` of a Containerfile
    let set = format!(r"\b(?:ENV|env)[ \t]+[\w.-]*(?i:{KEY})[ \t]+(?<set>[^\s=][^\r\n]*)");
    // `curl -u user:password`
    let user =
        r#"\b(?:curl|wget)[^|;&\r\n]*?[ \t](?:-u|--user)[ \t=]*["']?[^\s:"']+:(?<user>[^\s"']+)"#;
    // `--token value`
    let option = format!(r#"--(?i:[a-z-]*(?:{KEY}))[ \t]+(?<option>[^\s"'|>&-][^\s"']*)"#);
    Regex::new(&format!("(?-u){pem}|{hash}|{encoded}|{url}|{option}|{set}|{user}|{pair}")).ok()
});

/// Hides what looks like a secret in a text for people.
pub fn mask(text: &str) -> Cow<'_, str> {
    without(text, in_text(text.as_bytes()))
}

/// The same of a script, where the name of a variable is no secret: `TOKEN=$(cat /run/token)`.
pub fn mask_script(text: &str) -> Cow<'_, str> {
    let mut secrets = in_text(text.as_bytes());
    secrets.retain(|secret| !text.get(secret.clone()).is_some_and(is_variable));
    without(text, secrets)
}

/// Whether a shell would put something in place of the whole value.
fn is_variable(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'']);
    let Some(name) = value.strip_prefix('$') else { return false };
    name.starts_with(['(', '{'])
        || name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn without(text: &str, secrets: Vec<Range<usize>>) -> Cow<'_, str> {
    if secrets.is_empty() {
        return text.into();
    }
    let mut masked = String::with_capacity(text.len());
    let mut shown = 0;
    for secret in secrets {
        masked.push_str(text.get(shown..secret.start).unwrap_or_default());
        masked.push_str(MASK);
        shown = secret.end;
    }
    masked.push_str(text.get(shown..).unwrap_or_default());
    masked.into()
}

/// Whether the value under a key of this name is a secret.
pub fn is_secret_key(key: &str) -> bool {
    SECRET_KEY.as_ref().is_none_or(|pattern| pattern.is_match(key.as_bytes()))
}

/// Whether a file at this path holds secrets.
pub fn is_secret_path(path: &str) -> bool {
    SECRET_PATH.as_ref().is_none_or(|pattern| pattern.is_match(path.as_bytes()))
}

/// Where secrets stand that the text itself shows, in order.
pub(super) fn in_text(text: &[u8]) -> Vec<Range<usize>> {
    // A pattern that does not compile hides everything; a test sees to it that it does.
    match SECRET_TEXT.as_ref() {
        Some(pattern) => {
            pattern.captures_iter(text).filter_map(|found| secret_of(&found)).collect()
        }
        None => std::iter::once(0..text.len()).collect(),
    }
}

/// Where secrets stand in a document.
pub(super) fn in_tree(root: &Node) -> Vec<Span> {
    let mut secrets = Vec::new();
    collect(root, Around::default(), &mut secrets);
    secrets
}

/// What the surroundings say of a value.
#[derive(Clone, Copy, Default)]
struct Around {
    /// A key above it names a secret.
    secret: bool,
    /// It belongs to a file whose contents are secret.
    file: bool,
}

fn collect(node: &Node, around: Around, secrets: &mut Vec<Span>) {
    match &node.value {
        Value::String(text) if around.secret || content_is_secret(text) => secrets.push(node.span),
        Value::Integer(_) | Value::Number(_) if around.secret => secrets.push(node.span),
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, around, secrets)),
        Value::Mapping(entries) => {
            let text = |key| node.get(key).and_then(Node::as_str);
            let object = text("kind") == Some("Secret");
            let named = text("name").or(text("key")).is_some_and(is_secret_key);
            let file = around.file || text("path").is_some_and(is_secret_path);
            for entry in entries {
                let key = &*entry.key;
                let secret = match key {
                    // The name of a secret is none: `pullSecret: {name: …}`.
                    "name" | "namespace" | "key" => false,
                    "source" | "inline" if file => true,
                    // What a Clevis pin is configured with may be the key itself.
                    "config" if node.get("pin").is_some() => true,
                    "data" | "stringData" if object => true,
                    // A header or a variable: `{name: Authorization, value: Bearer …}`.
                    "value" if named => true,
                    _ => around.secret || is_secret_key(key),
                };
                collect(&entry.node, Around { secret, file }, secrets);
            }
        }
        _ => {}
    }
}

/// Whether a text is a secret, or a data URL that holds one, also in a line of its content.
pub(super) fn content_is_secret(text: &str) -> bool {
    match decoded(text) {
        Some(Content::Text(content)) => {
            is_secret_text(&content) || !in_text(content.as_bytes()).is_empty()
        }
        // What is not text tells a reader nothing, and may be a compressed secret.
        Some(Content::Bytes) => true,
        None => is_secret_text(text),
    }
}

/// What a data URL holds.
enum Content {
    Text(String),
    Bytes,
}

/// The content of a data URL, as far as it can be decoded; enough to look for secrets.
fn decoded(text: &str) -> Option<Content> {
    let (header, payload) = text.strip_prefix("data:")?.split_once(',')?;
    if !header.ends_with(";base64") {
        let content = percent_decode_str(payload).decode_utf8_lossy().into_owned();
        return Some(Content::Text(content));
    }
    // One that is refused for its padding or a stray character holds its secret all the same.
    let digits: Vec<u8> = payload
        .bytes()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
        .collect();
    let Ok(bytes) = LENIENT.decode(digits) else { return Some(Content::Bytes) };
    Some(String::from_utf8(bytes).map_or(Content::Bytes, Content::Text))
}

/// Whether a text is a secret as a whole, rather than having one in one of its lines.
fn is_secret_text(text: &str) -> bool {
    text.contains("PRIVATE KEY-----") || text.contains("\"auth\"") || text.contains("\"auths\"")
}

fn secret_of(found: &Captures<'_>) -> Option<Range<usize>> {
    let names = ["pem", "hash", "encoded", "url", "option", "set", "user", "value"];
    let secret = names.iter().find_map(|name| found.name(name))?;
    let harmless: [&[u8]; 7] = [b"", b"true", b"false", b"null", b"~", b"\"\"", b"''"];
    let (bytes, Range { start, end }) = (secret.as_bytes(), secret.range());
    // The quote that ends a text around the pair is no part of the value.
    let quote = match (bytes.first(), bytes.last()) {
        (Some(b'"' | b'\''), _) => 0,
        (_, Some(b'"' | b'\'')) => 1,
        _ => 0,
    };
    (!harmless.contains(&bytes)).then_some(start..end - quote)
}
