//! Policy files: the embedded library, and the roots that users add.
//!
//! Owns which files there are and what each is for. Must not parse Rego: a file tells what it is
//! by its name (`x.rego`, `x_test.rego`, `data/x.yaml`).

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, File, include_dir};

use crate::Digest;

static LIBRARY: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../policies");

/// Policies of one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRoot {
    /// What people call it: a directory.
    pub name: String,
    /// Its files, in any order: policies, their tests, and the examples beside them.
    pub files: Vec<PolicyFile>,
}

/// A policy file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyFile {
    /// The path, as messages name it.
    pub path: String,
    /// The text.
    pub text: String,
}

impl PolicyFile {
    /// Whether the file is Rego.
    pub fn is_policy(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rego")
    }

    /// Whether the file holds tests only.
    pub fn is_test(&self) -> bool {
        is_test(&self.path)
    }
}

impl From<(&str, &str)> for PolicyFile {
    fn from((path, text): (&str, &str)) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }
}

fn is_test(path: &str) -> bool {
    path.ends_with("_test.rego")
}

/// The Rego files of users' roots.
pub(super) fn policies_of(roots: &[PolicyRoot]) -> Vec<PolicyFile> {
    roots.iter().flat_map(|root| &root.files).filter(|file| file.is_policy()).cloned().collect()
}

/// The Rego files of the embedded library, sorted by path.
pub(super) fn library() -> Vec<PolicyFile> {
    texts_with_extension(&LIBRARY, "rego").into_iter().map(PolicyFile::from).collect()
}

/// Those of them that judge, tests left out.
pub(super) fn library_without_tests() -> Vec<PolicyFile> {
    library_policies().map(PolicyFile::from).collect()
}

fn library_policies<'a>() -> impl Iterator<Item = (&'a str, &'a str)> {
    let texts = texts_with_extension(&LIBRARY, "rego").into_iter();
    texts.filter(|(path, _)| !is_test(path))
}

/// What users' policies may refer to: the libraries.
pub(super) fn library_for_users() -> Vec<PolicyFile> {
    let mut files = library();
    files.retain(|file| file.path.starts_with("lib/") && !file.is_test());
    files
}

/// The data tables of the embedded library as `(name, YAML)`, sorted by name.
pub(super) fn library_tables() -> Vec<(String, &'static str)> {
    texts_in("data")
}

/// The profiles of the embedded library as `(name, YAML)`, sorted by name.
pub(crate) fn library_profiles() -> Vec<(String, &'static str)> {
    texts_in("profiles")
}

/// The YAML files of a folder by the names that they have without `.yaml`, sorted.
fn texts_in(folder: &str) -> Vec<(String, &'static str)> {
    let files = LIBRARY.get_dir(folder).map(Dir::files).into_iter().flatten();
    let mut texts: Vec<_> = files
        .filter(|file| has_extension(file, "yaml"))
        .filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), text(file)?)))
        .collect();
    texts.sort();
    texts
}

/// A file of the embedded library that is neither Rego nor a table, as `data/schema.json`.
pub(super) fn library_text(path: &str) -> Option<&'static str> {
    text(LIBRARY.get_file(path)?)
}

/// The inputs of a rule's folder that it denies (`denied`) or lets pass (`allowed`), sorted.
pub(super) fn library_examples(folder: &str, kind: &str) -> Vec<PolicyFile> {
    let directory = LIBRARY.get_dir(format!("{folder}/{kind}"));
    let files = directory.map(Dir::files).into_iter().flatten();
    let mut texts: Vec<_> =
        files.filter_map(|file| Some((file.path().to_str()?, text(file)?))).collect();
    texts.sort_unstable();
    texts.into_iter().map(PolicyFile::from).collect()
}

/// The digest of everything that bears on a verdict: policies, tables and profiles, not tests or
/// examples.
pub fn library_digest() -> Digest {
    static DIGEST: LazyLock<Digest> = LazyLock::new(digest_of_library);
    *DIGEST
}

fn digest_of_library() -> Digest {
    let tables = library_tables();
    let tables = tables.iter().map(|(name, text)| (name.as_str(), *text));
    let profiles = library_profiles();
    let profiles = profiles.iter().map(|(name, text)| (name.as_str(), *text));
    digest(library_policies().chain(tables).chain(profiles))
}

/// The digest of named texts, in this order.
pub(super) fn digest<'a>(texts: impl Iterator<Item = (&'a str, &'a str)>) -> Digest {
    // With their lengths in front, no two sets of texts run together to the same bytes.
    let heads = |(name, text): (&'a str, &'a str)| {
        [format!("{} {} {name}\n", name.len(), text.len()).into(), Cow::Borrowed(text)]
    };
    Digest::of_parts(texts.flat_map(heads))
}

/// The texts of these files at any depth as `(path, text)`, sorted by path.
fn texts_with_extension(
    directory: &'static Dir<'static>,
    extension: &str,
) -> Vec<(&'static str, &'static str)> {
    let deeper = directory.dirs().flat_map(|child| texts_with_extension(child, extension));
    let here = directory.files().filter(|file| has_extension(file, extension));
    let here = here.filter_map(|file| Some((file.path().to_str()?, text(file)?)));
    let mut texts: Vec<_> = here.chain(deeper).collect();
    texts.sort_unstable();
    texts
}

fn has_extension(file: &File<'_>, extension: &str) -> bool {
    file.path().extension().is_some_and(|found| found == extension)
}

fn text(file: &'static File<'static>) -> Option<&'static str> {
    file.contents_utf8()
}
