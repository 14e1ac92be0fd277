//! What the parsers of an image's files read through.
//!
//! Owns where a configuration file stands, which of several files of one name has effect, and what was
//! wanted and not kept. Must not know what a file says.
//!
//! `sysctl.d` with `/etc/sysctl.d/50-a.conf` and `/usr/lib/sysctl.d/{10-b,50-a}.conf` → `10-b.conf`
//! of `/usr/lib`, then `50-a.conf` of `/etc`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rollgate_facts::{FileKind, Locator};

use crate::extract::image::{Tree, TreeEntry};

/// Where drop-ins of configuration stand, the strongest first. `/run` is not among them, for a node
/// gets nothing of it from an image.
const ROOTS: &[&str] = &["/etc", "/usr/etc", "/usr/local/lib", "/usr/lib"];

/// The files of an image, for those who parse them.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree,
    /// Where the image stands.
    pub(super) image: &'a Locator,
    /// How many layers are the base's; none where nothing tells.
    pub(super) base: Option<usize>,
    /// The files whose contents were asked for and not kept.
    missing: Vec<String>,
}

/// A text file of an image.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "the text of a file is no other word")]
pub(super) struct Text<'a> {
    /// Where it stands.
    pub(super) at: Locator,
    /// What it says; what is not UTF-8 is replaced.
    pub(super) text: Cow<'a, str>,
    /// Whether it comes from the base.
    pub(super) in_base: bool,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(tree: &'a Tree, image: &'a Locator, base: Option<usize>) -> Self {
        Self { tree, image, base, missing: Vec::new() }
    }

    /// Whether an entry comes from a layer of the base.
    pub(super) fn in_base(&self, entry: &TreeEntry) -> bool {
        self.base.is_some_and(|base| entry.layer < base)
    }

    /// The text of the file at a path, links followed; of `/etc`, also where `/usr/etc` holds it.
    pub(super) fn text(&mut self, path: &str) -> Option<Text<'a>> {
        match self.exact(path) {
            None if path.starts_with("/etc/") => self.exact(&format!("/usr{path}")),
            text => text,
        }
    }

    fn exact(&mut self, path: &str) -> Option<Text<'a>> {
        let (tree, image) = (self.tree, self.image);
        let entry = tree.resolve(path).filter(|entry| entry.kind == FileKind::File)?;
        let content = match tree.content(path) {
            Some(content) => content,
            None if entry.size == 0 => &[],
            None => {
                self.missing.push(path.to_owned());
                return None;
            }
        };
        Some(Text {
            at: image.entry(path),
            text: String::from_utf8_lossy(content),
            in_base: self.in_base(entry),
        })
    }

    /// The entries of a folder itself, sorted by path; links to the folder are followed.
    pub(super) fn children(&self, folder: &str) -> impl Iterator<Item = &'a TreeEntry> + use<'a> {
        let tree = self.tree;
        let folder = tree.resolve(folder).map_or("", |entry| &*entry.path);
        let length = folder.len() + 1;
        // Without a folder there is nothing under it, rather than everything under the root.
        let under = if folder.is_empty() { &[] } else { tree.under(folder) };
        under
            .iter()
            .filter(move |entry| entry.path.get(length..).is_some_and(|name| !name.contains('/')))
    }

    /// The files of a kind of drop-in folder (`sysctl.d`), in the order of their names; of several
    /// with one name, the strongest. One that leads to `/dev/null` takes the name and says nothing.
    ///
    /// Source: sysctl.d(5), tmpfiles.d(5), sysusers.d(5), modprobe.d(5), systemd.preset(5).
    pub(super) fn drop_ins(&mut self, folder: &str, ending: &str) -> Vec<Text<'a>> {
        let mut chosen: BTreeMap<&'a str, &'a str> = BTreeMap::new();
        for root in ROOTS {
            for entry in self.children(&format!("{root}/{folder}")) {
                let name = name(&entry.path);
                if name.ends_with(ending) && entry.kind != FileKind::Directory {
                    chosen.entry(name).or_insert(&entry.path);
                }
            }
        }
        chosen.into_values().filter_map(|path| self.exact(path)).collect()
    }

    /// What was asked for since the last time and was not kept, as a reason.
    pub(super) fn missing(&mut self) -> Option<String> {
        let missing = std::mem::take(&mut self.missing);
        let first = missing.first()?;
        Some(match missing.len() {
            1 => format!("the contents of `{first}` were not kept"),
            more => format!("the contents of `{first}` and {} more files were not kept", more - 1),
        })
    }
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The lines of a text that are no comments, trimmed, with their numbers from 1.
pub(super) fn lines<'t>(
    text: &'t str,
    comments: &'static [char],
) -> impl Iterator<Item = (usize, &'t str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(move |(_, line)| !line.is_empty() && !line.starts_with(comments))
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn of_files_with_one_name_the_strongest_has_effect() {
        let tree = Sample::new()
            .file("/etc/a.d/50-a.conf", "etc")
            .file("/etc/a.d/readme", "no")
            .link("/etc/a.d/70-null.conf", "/dev/null")
            .file("/usr/lib/a.d/10-b.conf", "vendor")
            .file("/usr/lib/a.d/50-a.conf", "vendor")
            .file("/usr/lib/a.d/70-null.conf", "vendor")
            .tree();
        let at = Locator::image("sha256:0");
        let mut reader = Reader::new(&tree, &at, None);
        let texts = reader.drop_ins("a.d", ".conf");
        let texts: Vec<_> = texts.iter().map(|file| (file.at.as_str(), &*file.text)).collect();
        assert_eq!(
            texts,
            [
                ("image/sha256:0!/usr/lib/a.d/10-b.conf", "vendor"),
                ("image/sha256:0!/etc/a.d/50-a.conf", "etc")
            ]
        );
        assert_eq!(reader.missing(), None);
    }

    #[test]
    fn what_was_not_kept_is_told() {
        let tree = Sample::new().unkept("/etc/a", 3).unkept("/etc/empty", 0).tree();
        let at = Locator::image("sha256:0");
        let mut reader = Reader::new(&tree, &at, None);
        assert!(reader.text("/etc/a").is_none());
        assert_eq!(
            reader.text("/etc/empty").map(|file| file.text.into_owned()),
            Some(String::new())
        );
        assert_eq!(reader.missing().as_deref(), Some("the contents of `/etc/a` were not kept"));
        assert_eq!(reader.missing(), None);
    }
}
