//! `tmpfiles.d`: what a node makes of files and folders each time that it starts.
//!
//! Owns the lines of tmpfiles.d(5), and which paths they make.
//! `d /var/lib/a 0755 root root -` → `/var/lib/a` is made.

use std::collections::BTreeSet;

use rollgate_facts::TmpfilesLine;

use super::reader::{Reader, lines};

/// The specifiers of paths that are the same on every node.
const SPECIFIERS: &[(&str, &str)] = &[
    ("%S", "/var/lib"),
    ("%C", "/var/cache"),
    ("%L", "/var/log"),
    ("%V", "/var/tmp"),
    ("%t", "/run"),
    ("%T", "/tmp"),
    ("%%", "%"),
];

/// The lines of all files, in the order in which they are read.
pub(super) fn tmpfiles(reader: &mut Reader<'_>) -> Vec<TmpfilesLine> {
    let mut found = Vec::new();
    for file in reader.drop_ins("tmpfiles.d", ".conf") {
        for (number, line) in lines(&file.text, &['#']) {
            let (kind, rest) = word(line);
            let (path, _) = word(&rest);
            if !path.is_empty() {
                found.push(TmpfilesLine { at: file.at.line(number), kind, path });
            }
        }
    }
    found
}

/// The paths that lines make, and those below which they make what they copy.
#[derive(Debug, Default)]
pub(super) struct Made {
    paths: BTreeSet<String>,
    copied: BTreeSet<String>,
}

impl Made {
    pub(super) fn of(lines: &[TmpfilesLine]) -> Self {
        let mut made = Self::default();
        for line in lines {
            let path = expanded(&line.path);
            match line.kind.chars().next() {
                Some('d' | 'D' | 'v' | 'q' | 'Q' | 'f' | 'F' | 'L' | 'p' | 'c' | 'b') => {
                    made.paths.insert(path);
                }
                Some('C') => {
                    made.copied.insert(path);
                }
                _ => {}
            }
        }
        made
    }

    /// Whether the entry at a path is made.
    pub(super) fn makes(&self, path: &str) -> bool {
        let above = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        self.paths.contains(path) || above.chain([path]).any(|folder| self.copied.contains(folder))
    }
}

fn expanded(path: &str) -> String {
    let mut path = path.trim_end_matches('/').to_owned();
    for (specifier, value) in SPECIFIERS {
        path = path.replace(specifier, value);
    }
    path
}

/// The first word of a line, its quotes removed, and the rest.
pub(super) fn word(line: &str) -> (String, String) {
    let line = line.trim_start();
    let quote = line.chars().next().filter(|first| matches!(first, '"' | '\''));
    let (word, rest) = match quote {
        Some(quote) => {
            let inner = line.strip_prefix(quote).unwrap_or(line);
            inner.split_once(quote).unwrap_or((inner, ""))
        }
        None => line.split_once(char::is_whitespace).unwrap_or((line, "")),
    };
    (word.to_owned(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::{Made, tmpfiles};
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn lines_make_what_they_name_and_what_they_copy() {
        let text = "# c\nd /var/lib/a 0755 root root -\nL+ \"/var/b c\" - - - - x\nC /var/lib/d - - - - /usr/share/d\nd %S/e\nZ /var/lib/f\nr\n";
        let tree = Sample::new().file("/usr/lib/tmpfiles.d/a.conf", text).tree();
        let at = Locator::image("sha256:0");
        let lines = tmpfiles(&mut Reader::new(&tree, &at, None));
        let read: Vec<_> =
            lines.iter().map(|it| (&*it.kind, &*it.path, it.at.content_line())).collect();
        let expected = [
            ("d", "/var/lib/a", Some(2)),
            ("L+", "/var/b c", Some(3)),
            ("C", "/var/lib/d", Some(4)),
            ("d", "%S/e", Some(5)),
            ("Z", "/var/lib/f", Some(6)),
        ];
        assert_eq!(read, expected);
        let made = Made::of(&lines);
        for path in ["/var/lib/a", "/var/b c", "/var/lib/d", "/var/lib/d/x/y", "/var/lib/e"] {
            assert!(made.makes(path), "{path}");
        }
        for path in ["/var/lib", "/var/lib/a/x", "/var/lib/f", "/var/lib/dx"] {
            assert!(!made.makes(path), "{path}");
        }
    }
}
