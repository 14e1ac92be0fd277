//! Locators: the opaque strings by which a finding says where.
//!
//! `<kind>/[<namespace>/]<name>[~<n>]#<json-pointer>[:<line>]`, where `n` counts the second and
//! later objects of one kind and name, and `line` is a line inside decoded content. With a `#` at the
//! end, the key is meant, as in a relative JSON pointer. A file that is no object has lines alone:
//! `Containerfile/<name>#:<line>`. What a layer of an image holds is
//! `image/<digest>!<path>[:<line>]`. A rule copies a locator and never takes it apart; Rust resolves it to a file and line, or to a Kubernetes field.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The place of a value inside an object, as policies see it.
///
/// ```
/// use rollgate_facts::{Locator, ObjectId};
/// let object = ObjectId::new("MachineConfig", None, "99-worker", 1);
/// let at = Locator::object(&object).key("spec").key("kernelArguments").index(1);
/// assert_eq!(at.as_str(), "MachineConfig/99-worker#/spec/kernelArguments/1");
/// assert_eq!(at.pointer(), "/spec/kernelArguments/1");
/// ```
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Locator(#[schemars(with = "String")] Arc<str>);

/// Which object a locator points into: the part before the `#`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct ObjectId(#[schemars(with = "String")] Arc<str>);

/// A string that is not a locator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseLocatorError(String);

impl ObjectId {
    /// The id of the `nth` (from 1) object of this kind, namespace and name in the input.
    pub fn new(kind: &str, namespace: Option<&str>, name: &str, nth: usize) -> Self {
        let namespace = namespace.map(|namespace| format!("{namespace}/")).unwrap_or_default();
        let nth = if nth > 1 { format!("~{nth}") } else { String::new() };
        // A name that Kubernetes would refuse may hold a `#`; it must not end the object's part.
        let name = name.replace('#', "%23");
        Self(format!("{kind}/{namespace}{name}{nth}").into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Locator {
    /// The locator of a whole object.
    pub fn object(object: &ObjectId) -> Self {
        Self(format!("{}#", object.0).into())
    }

    /// The locator of an image.
    pub fn image(digest: &str) -> Self {
        Self(format!("image/{digest}#").into())
    }

    /// The locator of the entry at an absolute path in the image that this points into.
    #[must_use]
    pub fn entry(&self, path: &str) -> Self {
        Self(format!("{}!{path}", self.object_id()).into())
    }

    /// The path inside an image, where the locator names one.
    pub fn entry_path(&self) -> Option<&str> {
        let (_, path) = self.0.split_once('!').filter(|(image, _)| !image.contains('#'))?;
        match path.rsplit_once(':') {
            Some((path, line)) if is_line(line) => Some(path),
            _ => Some(path),
        }
    }

    /// The locator of the value under `key` of this value.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{escaped}", self.0).into())
    }

    /// The locator of the `index`th (from 0) item of this value.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// The locator of a line (from 1) of the decoded content that stands at this value.
    #[must_use]
    pub fn line(&self, line: usize) -> Self {
        Self(format!("{}:{line}", self.0).into())
    }

    /// The locator of this value's key, where that is what is wrong: a field that does not exist.
    #[must_use]
    pub fn named(&self) -> Self {
        Self(format!("{}#", self.0).into())
    }

    /// The locator as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which object this points into, as text; see [`ObjectId`].
    pub fn object_id(&self) -> &str {
        let end = self.0.find(['#', '!']).unwrap_or(self.0.len());
        let end = if self.0.starts_with("image/") { Some(end) } else { self.0.find('#') };
        end.and_then(|end| self.0.get(..end)).unwrap_or(&self.0)
    }

    /// Whether the key of the value is meant, not the value.
    pub fn is_key(&self) -> bool {
        self.0.split_once('#').is_some_and(|(_, pointer)| pointer.ends_with('#'))
    }

    /// The JSON pointer inside the object, without a line of decoded content.
    pub fn pointer(&self) -> &str {
        let pointer = self.0.split_once('#').map_or("", |(_, pointer)| pointer);
        let pointer = pointer.strip_suffix('#').unwrap_or(pointer);
        match pointer.rsplit_once(':') {
            Some((pointer, line)) if is_line(line) => pointer,
            _ => pointer,
        }
    }

    /// The line (from 1) of the decoded content, where the locator names one.
    pub fn content_line(&self) -> Option<usize> {
        let (_, line) = self.0.rsplit_once(':')?;
        is_line(line).then(|| line.parse().ok()).flatten()
    }
}

fn is_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl std::str::FromStr for Locator {
    type Err = ParseLocatorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("image/") && text.contains("!/") {
            return Ok(Self(text.into()));
        }
        match text.split_once('#') {
            Some((object, pointer))
                if object.contains('/')
                    && (pointer.is_empty()
                        || pointer.starts_with('/')
                        || pointer.strip_prefix(':').is_some_and(is_line)) =>
            {
                Ok(Self(text.into()))
            }
            _ => Err(ParseLocatorError(text.to_owned())),
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for ParseLocatorError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not a locator (`<kind>/<name>#<json-pointer>`)", self.0)
    }
}

impl std::error::Error for ParseLocatorError {}
