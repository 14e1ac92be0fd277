//! Spec versions of Ignition configs, as the Machine Config Operator tells them apart.
//!
//! Owns which versions exist for the operator. Must not know what changes between them: that is in
//! the schema.
//!
//! `"3.4.0"` → [`SpecVersion::V3_4`]; `"3.4"` → not a version; `"3.6.0"` → one that nobody takes.

use std::fmt;

/// A spec version that the Machine Config Operator reads: 2.2, or 3.0 to 3.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct SpecVersion {
    /// 2 or 3.
    pub major: u8,
    /// The minor version; the patch version is always 0.
    pub minor: u8,
}

/// Why a text is no [`SpecVersion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseVersionError {
    /// Not three numbers.
    #[error("is not of the form `3.4.0`")]
    Malformed,
    /// Three numbers, but none that the operator reads.
    #[error(
        "is a version that no Machine Config Operator takes (it takes 2.2.0 and 3.0.0 to 3.5.0)"
    )]
    Unknown,
}

impl SpecVersion {
    /// 2.2.0, the only one of the second generation.
    pub const V2_2: Self = Self { major: 2, minor: 2 };
    /// 3.0.0
    pub const V3_0: Self = Self { major: 3, minor: 0 };
    /// 3.1.0
    pub const V3_1: Self = Self { major: 3, minor: 1 };
    /// 3.2.0
    pub const V3_2: Self = Self { major: 3, minor: 2 };
    /// 3.3.0
    pub const V3_3: Self = Self { major: 3, minor: 3 };
    /// 3.4.0
    pub const V3_4: Self = Self { major: 3, minor: 4 };
    /// 3.5.0, the latest that any operator merges in.
    pub const V3_5: Self = Self { major: 3, minor: 5 };
}

impl std::str::FromStr for SpecVersion {
    type Err = ParseVersionError;

    /// Reads a version as coreos/go-semver does: three numbers, leading zeros allowed, then perhaps
    /// a pre-release or build (which no version that the operator reads has).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split(['-', '+']).next().unwrap_or_default();
        let parsed: Option<Vec<u64>> = numbers.splitn(3, '.').map(number).collect();
        let Some(&[major, minor, patch]) = parsed.as_deref() else {
            return Err(ParseVersionError::Malformed);
        };
        match (major, minor, patch) {
            _ if numbers.len() != text.len() => Err(ParseVersionError::Unknown),
            (2, 2, 0) => Ok(Self::V2_2),
            (3, 0..=5, 0) => Ok(Self { major: 3, minor: u8::try_from(minor).unwrap_or_default() }),
            _ => Err(ParseVersionError::Unknown),
        }
    }
}

impl TryFrom<String> for SpecVersion {
    type Error = ParseVersionError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

fn number(text: &str) -> Option<u64> {
    // `parse` alone would take a leading `+`.
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl fmt::Display for SpecVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.0", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::{ParseVersionError, SpecVersion};

    #[test]
    fn versions_are_told_apart_as_the_operator_does() {
        let parse = |text: &str| text.parse::<SpecVersion>();
        assert_eq!(parse("2.2.0"), Ok(SpecVersion::V2_2));
        assert_eq!(parse("3.05.0"), Ok(SpecVersion::V3_5));
        for text in ["3.6.0", "2.3.0", "1.0.0", "3.4.1", "3.6.0-experimental", "3.4.0+build"] {
            assert_eq!(parse(text), Err(ParseVersionError::Unknown), "{text}");
        }
        for text in ["", "3", "3.4", "3.4.", "three", "3.4.0.0", "+3.4.0", "3.x.0"] {
            assert_eq!(parse(text), Err(ParseVersionError::Malformed), "{text}");
        }
        assert_eq!(SpecVersion::V3_4.to_string(), "3.4.0");
    }
}
