//! The configuration as written: the format, field by field.
//!
//! Owns which fields there are and which values they take. Must not know places or defaults of
//! other modules: `limits: {input_bytes: 64MiB}` is a limit given, and all others not given.

use std::path::PathBuf;
use std::time::Duration;

use bytesize::ByteSize;
use jiff::SignedDuration;
use jiff::civil::Date;
use rollgate_facts::{Architecture, Day, Stream, Target};
use serde::Deserialize;

use super::OnInconclusive;
use crate::Limits;
use crate::limits::MAX_DEPTH;
use crate::report::Severity;
use crate::text::Node;

/// Why a value is not a configuration: the path to it and serde's words.
pub(super) type InvalidValue = serde_path_to_error::Error<serde_yaml::Error>;

/// `rollgate.yaml`
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct Written {
    #[serde(with = "WrittenTarget")]
    pub(super) target: Target,
    pub(super) fail_on: Option<Severity>,
    pub(super) on_inconclusive: OnInconclusive,
    pub(super) policies: Vec<PathBuf>,
    pub(super) rules: WrittenRules,
    pub(super) limits: WrittenLimits,
    pub(super) waivers: Vec<WrittenWaiver>,
}

/// The facts' target, without fields that nobody knows.
#[derive(Deserialize)]
#[serde(remote = "Target", deny_unknown_fields, expecting = "a mapping")]
struct WrittenTarget {
    #[serde(default)]
    release: Option<String>,
    #[serde(default)]
    stream: Option<Stream>,
    #[serde(default)]
    architecture: Option<Architecture>,
    #[serde(default, deserialize_with = "platform")]
    platform: Option<String>,
    #[serde(default)]
    day: Option<Day>,
}

/// `rules`
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenRules {
    pub(super) disable: Vec<WrittenDisabled>,
}

/// An item of `rules.disable`
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenDisabled {
    pub(super) rule: Filled,
    pub(super) reason: Filled,
}

/// An item of `waivers`
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenWaiver {
    pub(super) rule: Filled,
    pub(super) subject: Filled,
    #[serde(default)]
    pub(super) at: Option<Filled>,
    pub(super) reason: Filled,
    pub(super) owner: Filled,
    pub(super) until: Until,
}

/// `limits`
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "a mapping")]
pub(super) struct WrittenLimits {
    input_bytes: Option<Size>,
    documents: Option<Count>,
    pools: Option<Count>,
    depth: Option<Depth>,
    nodes: Option<Count>,
    content_bytes: Option<Size>,
    total_content_bytes: Option<Size>,
    findings_per_rule: Option<Count>,
    evaluation: Option<Time>,
}

/// A string that says something.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Filled(pub(super) String);

/// A date, as `2027-01-31`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Until(pub(super) Date);

/// A number of bytes, as `64MiB` or plain.
#[derive(Deserialize)]
#[serde(try_from = "NumberOrText")]
struct Size(usize);

/// How many.
#[derive(Deserialize)]
#[serde(try_from = "i64")]
struct Count(usize);

/// How deep.
#[derive(Deserialize)]
#[serde(try_from = "Count")]
struct Depth(usize);

/// How long, as `500ms` or `2s`.
#[derive(Deserialize)]
#[serde(try_from = "NumberOrText")]
struct Time(Duration);

#[derive(Deserialize)]
#[serde(untagged, expecting = "neither a number nor a text")]
enum NumberOrText {
    Number(i64),
    Text(String),
}

fn platform<'d, D: serde::Deserializer<'d>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let written = Option::<String>::deserialize(deserializer)?;
    written.map(|text| Target::platform_named(&text)).transpose().map_err(serde::de::Error::custom)
}

/// Reads a document. By way of a YAML value, as a JSON value takes a list for a mapping.
pub(super) fn read(root: &Node) -> Result<Written, InvalidValue> {
    serde_path_to_error::deserialize(to_yaml(root))
}

fn to_yaml(root: &Node) -> serde_yaml::Value {
    // Every JSON value is a YAML value.
    serde_yaml::to_value(root.to_json()).unwrap_or_default()
}

impl WrittenLimits {
    /// These limits, and `other` for those not given.
    pub(super) fn over(self, other: &Limits) -> Limits {
        let size = |given: Option<Size>, other| given.map_or(other, |size| size.0);
        let count = |given: Option<Count>, other| given.map_or(other, |count| count.0);
        Limits {
            input_bytes: size(self.input_bytes, other.input_bytes),
            documents: count(self.documents, other.documents),
            pools: count(self.pools, other.pools),
            depth: self.depth.map_or(other.depth, |depth| depth.0),
            nodes: count(self.nodes, other.nodes),
            content_bytes: size(self.content_bytes, other.content_bytes),
            total_content_bytes: size(self.total_content_bytes, other.total_content_bytes),
            findings_per_rule: count(self.findings_per_rule, other.findings_per_rule),
            evaluation: self.evaluation.map_or(other.evaluation, |time| time.0),
        }
    }
}

impl TryFrom<String> for Filled {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() { Err("the text is empty") } else { Ok(Self(text)) }
    }
}

impl TryFrom<String> for Until {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| format!("`{text}` is not a date such as `2027-01-31`"))
    }
}

impl TryFrom<NumberOrText> for Size {
    type Error = String;

    fn try_from(written: NumberOrText) -> Result<Self, Self::Error> {
        let bytes = match written {
            NumberOrText::Number(bytes) => bytes,
            NumberOrText::Text(text) => {
                let size: ByteSize =
                    text.parse().map_err(|_| format!("`{text}` is not a size such as `64MiB`"))?;
                i64::try_from(size.as_u64()).map_err(|_| format!("`{text}` is too much"))?
            }
        };
        Ok(Self(positive(bytes)?))
    }
}

impl TryFrom<i64> for Count {
    type Error = &'static str;

    fn try_from(count: i64) -> Result<Self, Self::Error> {
        positive(count).map(Self)
    }
}

impl TryFrom<Count> for Depth {
    type Error = String;

    fn try_from(Count(depth): Count) -> Result<Self, Self::Error> {
        if depth > MAX_DEPTH {
            Err(format!("the depth is more than {MAX_DEPTH}"))
        } else {
            Ok(Self(depth))
        }
    }
}

impl TryFrom<NumberOrText> for Time {
    type Error = String;

    fn try_from(written: NumberOrText) -> Result<Self, Self::Error> {
        let text = match written {
            NumberOrText::Number(number) => {
                return Err(format!("`{number}` lacks a unit, as in `2s`"));
            }
            NumberOrText::Text(text) => text,
        };
        let duration: SignedDuration =
            text.parse().map_err(|_| format!("`{text}` is not a duration such as `2s`"))?;
        let positive = Duration::try_from(duration).ok().filter(|duration| !duration.is_zero());
        positive.map(Self).ok_or_else(|| NOT_POSITIVE.to_owned())
    }
}

const NOT_POSITIVE: &str = "a limit of nothing would let nothing in";

fn positive(count: i64) -> Result<usize, &'static str> {
    usize::try_from(count).ok().filter(|count| *count > 0).ok_or(NOT_POSITIVE)
}
