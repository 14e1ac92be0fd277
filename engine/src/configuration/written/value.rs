//! Values as written: texts that say something, dates, sizes, numbers and durations.
//!
//! `64MiB` is a size, `2s` a duration; `0` of anything is refused, as it would let nothing in.

use std::time::Duration;

use bytesize::ByteSize;
use jiff::SignedDuration;
use jiff::civil::Date;
use rollgate_facts::Target;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::limits::MAX_DEPTH;

/// A text that says something.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", inline)]
pub(in crate::configuration) struct Filled(pub(in crate::configuration) String);

/// A date, as `2027-01-31`.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String", inline)]
pub(in crate::configuration) struct Until(pub(in crate::configuration) Date);

/// A number of bytes, as `64MiB` or plain.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "NumberOrText")]
#[schemars(with = "NumberOrText", inline)]
pub(super) struct Size(pub(super) usize);

/// How many.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "i64")]
#[schemars(with = "usize", inline)]
pub(super) struct Count(pub(super) usize);

/// How deep.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "Count")]
#[schemars(with = "usize", inline)]
pub(super) struct Depth(pub(super) usize);

/// How long, as `500ms` or `2s`.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "NumberOrText")]
#[schemars(with = "String", inline)]
pub(super) struct Time(pub(super) Duration);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "neither a number nor a text")]
#[schemars(inline)]
enum NumberOrText {
    Number(i64),
    Text(String),
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

pub(super) fn platform<'d, D: serde::Deserializer<'d>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let written = Option::<String>::deserialize(deserializer)?;
    written.map(|text| Target::platform_named(&text)).transpose().map_err(serde::de::Error::custom)
}
