//! The files of an image, for policies that ask.
//!
//! Owns what a filter means, and what keeps an answer from being the whole truth: that is an error,
//! never an empty list. Must not know how an image was read, nor Rego.
//!
//! `{"under": ["/usr"], "mode_any": 3072}` finds what is setuid or setgid under `/usr`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use rollgate_facts::{FileFilter, ImageFile, LayerScope};

/// How many files one question is answered with. A rule that finds more has to ask for less: each of
/// them would be copied into the interpreter.
const MOST_FILES: usize = 10_000;

/// The files of an image. Cheap to clone.
#[derive(Clone, Default)]
pub struct ImageFiles(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// What is there, sorted by path.
    present: Vec<ImageFile>,
    /// What a later layer removed or replaced, sorted by path.
    removed: Vec<ImageFile>,
    /// Those of `present` that do not come from the base.
    derived: Vec<u32>,
    contents: BTreeMap<String, String>,
    /// Why it is not known which packages own the files.
    without_packages: Option<String>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageFilesError {
    /// The filter is none.
    #[error("`image.files` takes an object of the fields of a filter: {0}")]
    Filter(String),
    /// Too many files meet it.
    #[error("more than {MOST_FILES} files meet the filter: narrow it")]
    TooMany,
    /// Whose the files are is not known.
    #[error("whose the files are is not known: {0}")]
    WithoutPackages(String),
    /// The rule does not say that it reads this.
    #[error("`{0}` is not among what the rule `reads`")]
    NotDeclared(String),
    /// The contents were not kept when the image was read.
    #[error("`{0}` was not kept when the facts were gathered: gather them with this rule")]
    NotKept(String),
    /// There is no image at hand.
    #[error("no image is judged")]
    NoImage,
}

impl ImageFiles {
    /// Of these files, in any order, and the contents that were kept of some of them.
    pub fn new(
        files: Vec<ImageFile>,
        contents: BTreeMap<String, String>,
        without_packages: Option<String>,
    ) -> Self {
        let (mut removed, mut present): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| file.removed);
        // The extractor sorts them; sorting what is sorted costs one look at each.
        present.sort_by(|one, other| one.path.cmp(&other.path));
        removed.sort_by(|one, other| one.path.cmp(&other.path));
        let derived = (0..).zip(&present).filter(|(_, file)| !file.in_base);
        let derived = derived.map(|(index, _)| index).collect();
        Self(Arc::new(Inner { present, removed, derived, contents, without_packages }))
    }

    /// The file at an absolute path.
    pub fn file(&self, path: &str) -> Option<&ImageFile> {
        let found = self.0.present.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.0.present.get(found)
    }

    /// The files that meet a filter, sorted by path.
    pub fn files<'f>(&'f self, filter: &FileFilter) -> Result<Vec<&'f ImageFile>, ImageFilesError> {
        if let (Some(why), true) =
            (&self.0.without_packages, filter.owned.is_some() || filter.modified.is_some())
        {
            return Err(ImageFilesError::WithoutPackages(why.clone()));
        }
        let globs = glob_set(&filter.globs).map_err(ImageFilesError::Filter)?;
        let mut found = Vec::new();
        for file in self.candidates(filter) {
            if meets(filter, &globs, file) {
                if found.len() == MOST_FILES {
                    return Err(ImageFilesError::TooMany);
                }
                found.push(file);
            }
        }
        found.sort_by(|one, other| one.path.cmp(&other.path));
        found.dedup_by(|one, other| std::ptr::eq(*one, *other));
        Ok(found)
    }

    /// The text of the file at a path, for a rule that declared to read it.
    pub fn read(&self, path: &str, declared: &[String]) -> Result<Option<&str>, ImageFilesError> {
        let matches = |glob: &&String| matcher(glob).is_ok_and(|set| set.is_match(path));
        if !declared.iter().any(|glob| matches(&glob)) {
            return Err(ImageFilesError::NotDeclared(path.to_owned()));
        }
        if let Some(text) = self.0.contents.get(path) {
            return Ok(Some(text));
        }
        if self.file(path).is_none() {
            return Ok(None);
        }
        Err(ImageFilesError::NotKept(path.to_owned()))
    }

    /// The files that may meet the filter: as few as can be told.
    fn candidates<'q, 'f: 'q>(
        &'f self,
        filter: &'q FileFilter,
    ) -> Box<dyn Iterator<Item = &'f ImageFile> + 'q> {
        let Inner { present, removed, derived, .. } = &*self.0;
        if filter.removed == Some(true) {
            return Box::new(removed.iter());
        }
        if !filter.paths.is_empty() {
            return Box::new(filter.paths.iter().filter_map(|path| self.file(path)));
        }
        if filter.layers == LayerScope::Derived {
            return Box::new(derived.iter().filter_map(|&index| present.get(index as usize)));
        }
        let folders: Vec<&str> = match (filter.under.as_slice(), filter.globs.as_slice()) {
            ([], globs) => globs.iter().map(|glob| fixed_folder(glob)).collect(),
            (under, _) => under.iter().map(String::as_str).collect(),
        };
        if folders.is_empty() {
            return Box::new(present.iter());
        }
        Box::new(folders.into_iter().flat_map(|folder| self.under(folder)))
    }

    /// What stands under a folder.
    fn under(&self, folder: &str) -> &[ImageFile] {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let present = &self.0.present;
        let start = present.partition_point(|file| file.path < prefix);
        let behind = present.get(start..).unwrap_or_default();
        let count = behind.partition_point(|file| file.path.starts_with(&prefix));
        behind.get(..count).unwrap_or_default()
    }
}

impl fmt::Debug for ImageFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents may hold secrets, and the files are many.
        write!(formatter, "ImageFiles({})", self.0.present.len())
    }
}

/// A glob as rules write them: `*` stays within a folder, `**` does not.
pub(crate) fn matcher(glob: &str) -> Result<GlobSet, String> {
    glob_set(std::slice::from_ref(&glob.to_owned()))
}

fn glob_set(globs: &[String]) -> Result<GlobSet, String> {
    let one = |glob: &String| -> Result<Glob, globset::Error> {
        GlobBuilder::new(glob).literal_separator(true).build()
    };
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(one(glob).map_err(|error| error.to_string())?);
    }
    set.build().map_err(|error| error.to_string())
}

/// The folder under which everything stands that a glob matches.
fn fixed_folder(glob: &str) -> &str {
    let fixed = glob
        .find(['*', '?', '[', '{', '\\'])
        .map_or(glob, |end| glob.get(..end).unwrap_or_default());
    fixed.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file meets every field of the filter, the cheap ones first.
fn meets(filter: &FileFilter, globs: &GlobSet, file: &ImageFile) -> bool {
    let is = |wanted: Option<bool>, value: bool| wanted.is_none_or(|wanted| wanted == value);
    let owned = file.packages.as_ref().is_some_and(|packages| !packages.is_empty());
    let in_scope = match filter.layers {
        LayerScope::All => true,
        LayerScope::Base => file.in_base,
        LayerScope::Derived => !file.in_base,
    };
    let stands_under = |folder: &String| {
        let rest = file.path.strip_prefix(folder.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
    };
    in_scope
        && is(filter.removed.or(Some(false)), file.removed)
        && (filter.kinds.is_empty() || filter.kinds.contains(&file.kind))
        && filter.mode_any.is_none_or(|bits| file.mode & bits != 0)
        && is(filter.not_root, file.uid != 0 || file.gid != 0)
        && is(filter.capabilities, file.capabilities.is_some())
        && is(filter.owned, owned)
        && is(filter.modified, !file.modified.is_empty())
        && filter.min_size.is_none_or(|size| file.size >= size)
        && (filter.import.is_empty() || filter.import.contains(&file.import))
        && filter.in_tmpfiles.is_none_or(|wanted| file.in_tmpfiles == Some(wanted))
        && (filter.paths.is_empty() || filter.paths.contains(&file.path))
        && (filter.under.is_empty() || filter.under.iter().any(stands_under))
        && (filter.globs.is_empty() || globs.is_match(&file.path))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn image(files: &[(&str, serde_json::Value)]) -> ImageFiles {
        let file = |(path, more): &(&str, serde_json::Value)| {
            let mut file = json!({
                "at": format!("image/sha256:0!{path}"), "path": path, "kind": "file", "mode": 420,
                "uid": 0, "gid": 0, "layer": 0, "import": "kept",
            });
            file.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            serde_json::from_value(file).unwrap()
        };
        let contents = BTreeMap::from([("/etc/hosts".to_owned(), "localhost\n".to_owned())]);
        ImageFiles::new(files.iter().map(file).collect(), contents, None)
    }

    #[test]
    fn a_filter_finds_what_meets_all_of_it() {
        let files = image(&[
            ("/usr/lib64/b.so", json!({"layer": 3})),
            ("/usr/lib", json!({"kind": "directory", "in_base": true})),
            ("/usr/lib/a", json!({"mode": 0o4755, "in_base": true, "packages": ["a"]})),
            ("/usr/lib/x/y.pyc", json!({"uid": 7, "modified": ["digest"]})),
            ("/etc/hosts", json!({"import": "merged", "size": 10})),
            ("/root/key", json!({"removed": true})),
        ]);
        for (filter, expected) in [
            (json!({"under": ["/usr/lib"]}), "/usr/lib/a /usr/lib/x/y.pyc"),
            (json!({"under": ["/usr/lib/"], "layers": "derived"}), "/usr/lib/x/y.pyc"),
            (json!({"globs": ["/usr/*/*"]}), "/usr/lib/a /usr/lib64/b.so"),
            (json!({"globs": ["/usr/**/*.pyc"]}), "/usr/lib/x/y.pyc"),
            (json!({"globs": ["/usr/lib/*", "/usr/**"], "kinds": ["directory"]}), "/usr/lib"),
            (json!({"paths": ["/etc/hosts", "/nothing", "/root/key"]}), "/etc/hosts"),
            (json!({"removed": true}), "/root/key"),
            (json!({"mode_any": 0o6000}), "/usr/lib/a"),
            (json!({"not_root": true}), "/usr/lib/x/y.pyc"),
            (json!({"owned": true}), "/usr/lib/a"),
            (json!({"modified": true}), "/usr/lib/x/y.pyc"),
            (json!({"min_size": 10}), "/etc/hosts"),
            (json!({"import": ["merged"]}), "/etc/hosts"),
            (json!({"capabilities": true}), ""),
        ] {
            let wanted: FileFilter = serde_json::from_value(filter.clone()).unwrap();
            let found = files.files(&wanted).unwrap();
            let found: Vec<_> = found.iter().map(|file| file.path.as_str()).collect();
            assert_eq!(found.join(" "), expected, "{filter}");
        }
    }

    #[test]
    fn what_cannot_be_answered_is_an_error() {
        let many: Vec<_> = (0..=MOST_FILES).map(|number| format!("/usr/{number}")).collect();
        let many: Vec<_> = many.iter().map(|path| (path.as_str(), json!({}))).collect();
        let many = image(&many);
        assert_eq!(many.files(&FileFilter::default()).unwrap_err(), ImageFilesError::TooMany);

        let declared = ["/etc/*".to_owned()];
        let files = image(&[("/etc/hosts", json!({})), ("/etc/other", json!({}))]);
        assert_eq!(files.read("/etc/hosts", &declared), Ok(Some("localhost\n")));
        assert_eq!(files.read("/etc/none", &declared), Ok(None));
        let error = |path| files.read(path, &declared).unwrap_err().to_string();
        assert!(error("/etc/other").starts_with("`/etc/other` was not kept"));
        assert!(error("/etc/a/b").starts_with("`/etc/a/b` is not among what"));

        let unknown = ImageFiles::new(Vec::new(), BTreeMap::new(), Some("no database".to_owned()));
        let owned = FileFilter { owned: Some(false), ..FileFilter::default() };
        assert_eq!(
            unknown.files(&owned).unwrap_err().to_string(),
            "whose the files are is not known: no database"
        );
    }
}
