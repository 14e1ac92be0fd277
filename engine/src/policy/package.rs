//! A policy file's package: what it is called and what kind of package that makes it.
//!
//! `package rollgate.pool.mitigations_disabled` is a rule of the embedded library;
//! `custom.lib.names` a user's library. Must not know what stands below the package line.

use super::bundle::PolicyFile;
use super::error::{LoadError, PolicyPlace};

/// Where policies come from, which decides the packages that they may define.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The embedded library: `rollgate.*`.
    Library,
    /// A user's root: `custom.*`.
    User,
}

/// What a package is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PackageKind {
    /// `<origin>.<domain>.<rule>`
    Rule,
    /// `<origin>.lib.<name>`
    Library,
    /// Either of them with `_test` behind it, in a file of such a name.
    Test,
}

/// The package of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    /// The path, as `rollgate.pool.mitigations_disabled`.
    pub(super) name: String,
    /// What it is for.
    pub(super) kind: PackageKind,
    /// The line of the `package` keyword, from 1.
    pub(super) line: usize,
}

impl Origin {
    /// The first part of every package of this origin.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Library => "rollgate",
            Self::User => "custom",
        }
    }
}

/// Reads the package line of a file.
pub(super) fn read(file: &PolicyFile, origin: Origin) -> Result<Package, LoadError> {
    let (line, name) = package_line(file)?;
    let place = PolicyPlace::new(&file.path, line, 1);
    let kind = kind_of(name, file, origin).ok_or_else(|| {
        let message = format!("`{name}` is not a package that may be defined here");
        LoadError::new(place.clone(), message, instead_of(name, origin.prefix()))
    })?;
    match origin {
        Origin::Library => check_folder(file, name, place)?,
        // A user's rules may lie as the user likes.
        Origin::User => {}
    }
    Ok(Package { name: name.to_owned(), kind, line })
}

fn instead_of(name: &str, prefix: &str) -> String {
    // What conftest judges by, and what its users try first.
    if name == "main" {
        return "policies for conftest are given with `rollgate check --conftest`; a rule is \
                `package custom.<domain>.<rule>`"
            .to_owned();
    }
    format!(
        "use `{prefix}.<domain>.<rule>` for a rule or `{prefix}.lib.<name>` for a library, in \
         lower case with `_`; tests have `_test` behind both the package and the file"
    )
}

/// The name on the package line of a file, whatever it is.
pub(super) fn name_of(file: &PolicyFile) -> Option<&str> {
    package_line(file).ok().map(|(_, name)| name)
}

fn package_line(file: &PolicyFile) -> Result<(usize, &str), LoadError> {
    let mut lines = file.text.lines().enumerate();
    let first = lines.find(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (line, text) = first.map_or((1, ""), |(index, text)| (index + 1, text));
    let name = text.strip_prefix("package ").map(|rest| rest.split('#').next().unwrap_or(rest));
    name.map(|name| (line, name.trim())).ok_or_else(|| {
        LoadError::new(
            PolicyPlace::new(&file.path, line, 1),
            "the file does not begin with a package",
            "write `package custom.<domain>.<rule>` below the METADATA",
        )
    })
}

fn kind_of(name: &str, file: &PolicyFile, origin: Origin) -> Option<PackageKind> {
    let parts: Vec<_> = name.split('.').collect();
    let [prefix, domain, rule] = parts.as_slice() else { return None };
    if *prefix != origin.prefix() || !is_word(domain) || !is_word(rule) {
        return None;
    }
    match (rule.ends_with("_test"), file.is_test(), *domain) {
        (true, true, _) => Some(PackageKind::Test),
        (false, false, "lib") => Some(PackageKind::Library),
        (false, false, _) => Some(PackageKind::Rule),
        _ => None,
    }
}

/// Whether users may have a rule `custom.<domain>.<rule>`.
pub(super) fn is_users_rule(domain: &str, rule: &str) -> bool {
    is_word(domain) && is_word(rule) && domain != "lib" && !rule.ends_with("_test")
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `rollgate.pool.x` and `rollgate.pool.x_test` belong in `pool/x/`.
fn check_folder(file: &PolicyFile, name: &str, place: PolicyPlace) -> Result<(), LoadError> {
    let package = name.strip_suffix("_test").unwrap_or(name);
    let wanted: Vec<_> = package.split('.').skip(1).collect();
    let wanted = wanted.join("/");
    let found = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    if found == wanted {
        return Ok(());
    }
    Err(LoadError::new(
        place,
        format!("package `{name}` does not belong in `{found}/`"),
        format!("move the file to `{wanted}/`"),
    ))
}
