//! The contents of files that policies want.
//!
//! Owns which files that is, and that no secret is in what is handed out.
//!
//! `reads` of `/etc/a/*.conf` with `/etc/a/b.conf` → its text, under that path.

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rollgate_facts::FileKind;

use super::reader::Reader;
use crate::extract::image::redact;
use crate::limits::ImageLimits;

/// How many paths a reason names.
const NAMED: usize = 5;

/// The contents by path, and why those of other files are not among them.
pub(super) fn contents(
    reader: &mut Reader<'_>,
    reads: &[String],
    limits: &ImageLimits,
) -> (BTreeMap<String, String>, Option<String>) {
    if reads.is_empty() {
        return (BTreeMap::new(), None);
    }
    let globs = match globs(reads) {
        Ok(globs) => globs,
        Err(error) => return (BTreeMap::new(), Some(format!("a glob cannot be used: {error}"))),
    };
    let (mut contents, mut unread) = (BTreeMap::new(), Vec::new());
    let mut left = limits.total_content_bytes;
    let entries = reader.tree.entries.iter().filter(|entry| globs.is_match(&*entry.path));
    for entry in entries {
        let path = &*entry.path;
        let file = reader.tree.resolve(path).filter(|file| file.kind == FileKind::File);
        let Some(file) = file else { continue };
        let content = match reader.tree.content(path) {
            None if file.size == 0 => Some(&[][..]),
            content => content,
        };
        let text = content.and_then(|content| std::str::from_utf8(content).ok());
        let text = text.filter(|text| !text.contains('\0'));
        let size = text.map_or(0, |text| text.len() as u64);
        match (text, left.checked_sub(size)) {
            (Some(text), Some(rest)) => {
                left = rest;
                contents.insert(path.to_owned(), shown(path, text));
            }
            (Some(_), None) => unread.push(format!("`{path}` (more than is kept of an image)")),
            (None, _) if content.is_some() => unread.push(format!("`{path}` (not text)")),
            (None, _) => unread.push(format!("`{path}` (not kept)")),
        }
    }
    (contents, reason(&unread))
}

fn globs(reads: &[String]) -> Result<GlobSet, globset::Error> {
    let mut globs = GlobSetBuilder::new();
    for read in reads {
        globs.add(GlobBuilder::new(read).literal_separator(true).build()?);
    }
    globs.build()
}

/// A text without secrets.
fn shown(path: &str, text: &str) -> String {
    String::from_utf8_lossy(&redact(path, text.into())).into_owned()
}

fn reason(unread: &[String]) -> Option<String> {
    let named = unread.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match unread.len().saturating_sub(NAMED) {
        _ if unread.is_empty() => None,
        0 => Some(format!("contents could not be read: {named}")),
        more => Some(format!("contents could not be read: {named} and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::contents;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;
    use crate::limits::ImageLimits;

    #[test]
    fn contents_are_text_without_secrets() {
        let tree = Sample::new()
            .file("/etc/a/b.conf", "user=u\npassword=hunter2\n")
            .file("/etc/a/deep/c.conf", "no")
            .file("/etc/a/shadow", "root:$6$salt$hash:1::\n")
            .file("/etc/a/x.bin", "a\0b")
            .link("/etc/a/e.conf", "b.conf")
            .unkept("/etc/a/f.conf", 7)
            .unkept("/etc/a/g.conf", 0)
            .tree();
        let at = Locator::image("sha256:0");
        let mut reader = Reader::new(&tree, &at, None);
        let (kept, unread) = contents(&mut reader, &["/etc/a/*".into()], &ImageLimits::default());
        let kept: Vec<_> = kept.iter().map(|(path, text)| (&**path, &**text)).collect();
        let expected = [
            ("/etc/a/b.conf", "user=u\npassword=<masked>\n"),
            ("/etc/a/e.conf", "user=u\npassword=<masked>\n"),
            ("/etc/a/g.conf", ""),
            ("/etc/a/shadow", "root:$\n"),
        ];
        assert_eq!(kept, expected);
        let told =
            "contents could not be read: `/etc/a/f.conf` (not kept), `/etc/a/x.bin` (not text)";
        assert_eq!(unread.as_deref(), Some(told));
        let few = ImageLimits { total_content_bytes: 8, ..ImageLimits::default() };
        let (kept, unread) = contents(&mut reader, &["/etc/a/{b,g}.conf".into()], &few);
        assert_eq!(kept.len(), 1);
        assert!(unread.unwrap().contains("more than is kept of an image"));
    }
}
