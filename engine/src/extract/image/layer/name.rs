//! Names in a layer.
//!
//! Owns how a name comes to a path below the root, and what is a whiteout. Must not know other
//! entries.
//!
//! `./usr//bin/` is `usr/bin`; `etc/.wh.motd` removes `etc/motd`; `../etc` is `etc` with a problem.

use std::borrow::Cow;

use rollgate_facts::ImageProblemKind;

/// What stands before a name to remove it.
///
/// Source: OCI image specification 1.1 `layer.md`, "Whiteouts".
const WHITEOUT: &str = ".wh.";

/// What empties the folder that it stands in.
const OPAQUE: &str = ".wh..wh..opq";

/// What stands before names that engines keep to themselves.
const META: &str = ".wh..wh.";

/// A path below the root, and what is wrong with how it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) path: String,
    pub(super) problems: Vec<(ImageProblemKind, &'static str)>,
}

impl Name {
    /// Takes a name as written. It is kept inside the root in any case, so that what it brings is
    /// seen.
    pub(super) fn of(written: &[u8]) -> Self {
        let mut problems = Vec::new();
        let text = String::from_utf8_lossy(written);
        if matches!(text, Cow::Owned(_)) {
            problems.push((ImageProblemKind::NameNotUtf8, "its name is not UTF-8"));
        }
        if text.starts_with('/') && text.contains(|character| character != '/') {
            problems.push((ImageProblemKind::EscapingName, "its name is absolute"));
        }
        let mut path = String::with_capacity(text.len());
        for step in text.split('/') {
            match step {
                "" | "." => {}
                ".." => {
                    if problems.last().is_none_or(|(_, text)| *text != "its name contains `..`") {
                        problems.push((ImageProblemKind::EscapingName, "its name contains `..`"));
                    }
                    path.truncate(path.rfind('/').unwrap_or_default());
                }
                _ => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(step);
                }
            }
        }
        Self { path, problems }
    }
}

/// What a path means for the layers below.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning<'a> {
    /// It is an entry.
    Entry,
    /// It removes the path.
    Removes(Cow<'a, str>),
    /// It empties the folder.
    Empties(&'a str),
    /// Readers differ on what it means.
    Unclear,
}

impl<'a> Meaning<'a> {
    pub(super) fn of(path: &'a str) -> Self {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if folder.split('/').any(|step| step.starts_with(WHITEOUT)) {
            return Self::Unclear;
        }
        match name.strip_prefix(WHITEOUT) {
            None => Self::Entry,
            _ if name == OPAQUE => Self::Empties(folder),
            Some("" | "." | "..") => Self::Unclear,
            Some(_) if name.starts_with(META) => Self::Unclear,
            Some(name) if folder.is_empty() => Self::Removes(Cow::Borrowed(name)),
            Some(name) => Self::Removes(Cow::Owned(format!("{folder}/{name}"))),
        }
    }
}
