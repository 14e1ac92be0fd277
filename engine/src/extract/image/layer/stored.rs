//! Contents as the cache stores them: byte for byte, and not number by number.
//!
//! Owns how bytes are given to serde. Must not know the cache.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

type Contents = Vec<(u32, Vec<u8>)>;

pub(super) fn serialize<S: Serializer>(contents: &Contents, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(contents.iter().map(|(entry, bytes)| (entry, Borrowed(bytes))))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Contents, D::Error> {
    let contents = Vec::<(u32, Owned)>::deserialize(from)?;
    Ok(contents.into_iter().map(|(entry, Owned(bytes))| (entry, bytes)).collect())
}

struct Borrowed<'a>(&'a [u8]);

impl Serialize for Borrowed<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.0)
    }
}

struct Owned(Vec<u8>);

impl<'de> Deserialize<'de> for Owned {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Owned;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Owned, E> {
                Ok(Owned(bytes.to_vec()))
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Owned, E> {
                Ok(Owned(bytes))
            }
        }
        from.deserialize_byte_buf(Bytes)
    }
}
