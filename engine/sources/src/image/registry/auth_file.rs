//! Files of credentials: `auth.json` and Docker's `config.json`.
//!
//! Owns which credentials are a repository's (containers-auth.json(5)): the longest key wins, and a file
//! without any is followed by the next. Helpers are programs, and are not run.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::file::{self, Unread};
use crate::image::error::ImageError;

/// The size of such a file, in bytes; a cluster's pull secret has 3 KB.
const FILE_BYTES: usize = 1 << 20;

/// A user and a password. They are never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) user: String,
    pub(crate) password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credentials")
    }
}

/// A file of credentials.
#[derive(Debug, Default)]
pub struct AuthFile {
    entries: BTreeMap<String, Credentials>,
    /// What a helper would be asked for, and its name.
    helpers: BTreeMap<String, String>,
    /// The helper that would be asked for everything.
    store: Option<String>,
}

/// What a file says of a repository.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// These.
    Credentials(Credentials),
    /// A program would have to be asked.
    Helper(String),
    /// Nothing.
    Nothing,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawFile {
    auths: Option<BTreeMap<String, RawEntry>>,
    cred_helpers: Option<BTreeMap<String, String>>,
    creds_store: Option<String>,
}

#[derive(Deserialize)]
struct RawEntry {
    #[serde(default)]
    auth: Option<String>,
}

impl AuthFile {
    /// Reads a file; one that is not there has no credentials, unless it was named.
    pub(crate) fn read(path: &Path, named: bool) -> Result<Self, ImageError> {
        if !named && !path.exists() {
            return Ok(Self::default());
        }
        let invalid =
            |unread: Unread| ImageError::Invalid { place: unread.name, message: unread.message };
        let artifact = file::read(FILE_BYTES, path).map_err(invalid)?;
        Self::parse(artifact.bytes())
            .map_err(|message| ImageError::invalid(artifact.name(), message))
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// When it is none; no message shows what is in it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        // What `serde_json` says of a wrong value may show it.
        let broken = |error: serde_json::Error| {
            let (line, column) = (error.line(), error.column());
            format!(
                "is no file of credentials: line {line}, column {column} is not as it should be"
            )
        };
        let raw: RawFile = serde_json::from_slice(bytes).map_err(broken)?;
        let mut entries = BTreeMap::new();
        for (key, entry) in raw.auths.unwrap_or_default() {
            let Some(auth) = entry.auth.filter(|auth| !auth.is_empty()) else { continue };
            let credentials = decode(&auth).ok_or_else(|| {
                "has an `auth` that is not the base64 of a user and a password".to_owned()
            })?;
            entries.insert(normal(&key), credentials);
        }
        let helpers = raw.cred_helpers.unwrap_or_default();
        let helpers = helpers.into_iter().map(|(key, helper)| (normal(&key), helper)).collect();
        Ok(Self { entries, helpers, store: raw.creds_store.filter(|store| !store.is_empty()) })
    }

    /// The credentials for a repository, `host/path`.
    pub(crate) fn find(&self, repository: &str) -> Found {
        let mut key = repository;
        loop {
            if let Some(credentials) = self.entries.get(key) {
                return Found::Credentials(credentials.clone());
            }
            if let Some(helper) = self.helpers.get(key) {
                return Found::Helper(helper.clone());
            }
            match key.rsplit_once('/') {
                Some((shorter, _)) => key = shorter,
                None => break,
            }
        }
        self.store.clone().map_or(Found::Nothing, Found::Helper)
    }
}

fn decode(auth: &str) -> Option<Credentials> {
    let text = String::from_utf8(STANDARD.decode(auth.trim()).ok()?).ok()?;
    let (user, password) = text.split_once(':')?;
    // Docker pads what it writes.
    let password = password.trim_end_matches('\0');
    Some(Credentials { user: user.to_owned(), password: password.to_owned() })
}

/// A key as it is looked up: Docker's has a scheme and a path of its API, which are no part of it.
fn normal(key: &str) -> String {
    let bare = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://"));
    let name = match bare {
        Some(address) => address.split('/').next().unwrap_or_default(),
        None => key.trim_end_matches('/'),
    };
    match name {
        "index.docker.io" | "registry-1.docker.io" => "docker.io".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_key_wins_and_nothing_secret_is_shown() {
        let auth = |text: &str| STANDARD.encode(text);
        let text = format!(
            r#"{{"auths":{{"quay.io":{{"auth":"{}"}},"quay.io/team":{{"auth":"{}"}},"https://index.docker.io/v1/":{{"auth":"{}"}},"empty.io":{{}}}},"credHelpers":{{"gcr.io":"gcloud"}}}}"#,
            auth("a:1"),
            auth("b:2:3"),
            auth("c:4"),
        );
        let file = AuthFile::parse(text.as_bytes()).unwrap();
        let shown = |repository: &str| match file.find(repository) {
            Found::Credentials(found) => format!("{} {}", found.user, found.password),
            Found::Helper(helper) => format!("helper {helper}"),
            Found::Nothing => String::new(),
        };
        assert_eq!(shown("quay.io/team/os"), "b 2:3");
        assert_eq!(shown("quay.io/teams/os"), "a 1");
        assert_eq!(shown("docker.io/library/a"), "c 4");
        assert_eq!(shown("gcr.io/a"), "helper gcloud");
        assert_eq!(shown("quay.io:443/team"), "");
        assert!(!format!("{file:?}").contains("2:3"));
        let wrong = AuthFile::parse(br#"{"auths":{"a":"hunter2"}}"#).unwrap_err();
        assert!(!wrong.contains("hunter2"), "{wrong}");
        let wrong = AuthFile::parse(br#"{"auths":{"a":{"auth":"hunter2"}}}"#).unwrap_err();
        assert!(!wrong.contains("hunter2"), "{wrong}");
    }
}
