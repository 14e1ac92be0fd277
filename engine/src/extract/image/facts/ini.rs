//! INI files: those of repositories, and `prepare-root.conf`.
//!
//! Owns sections, `key = value` and values that go on in indented lines. Must not know any key.
//!
//! `[a]\nb = 1\n  2` → section `a`, line 1; key `b`, value `1 2`, line 2.

/// A section of an INI file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Its name.
    pub(super) name: String,
    /// Its line, from 1.
    pub(super) line: usize,
    /// Its assignments, in order.
    pub(super) entries: Vec<Entry>,
}

/// An assignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key, in lower case.
    pub(super) key: String,
    /// The value, trimmed; its lines joined by one space.
    pub(super) value: String,
    /// Its line, from 1.
    pub(super) line: usize,
}

impl Section {
    /// The value of a key; the last one has effect.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.entries.iter().rev().find(|entry| entry.key == key).map(|entry| &*entry.value)
    }
}

/// The sections of a text; what stands before the first, and lines that assign nothing, are left out.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let line = raw.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.split(']').next()) {
            let name = name.trim().to_owned();
            sections.push(Section { name, line: index + 1, entries: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else { continue };
        match (raw.starts_with([' ', '\t']), section.entries.last_mut(), line.split_once('=')) {
            (true, Some(before), _) => {
                let gap = if before.value.is_empty() { "" } else { " " };
                before.value.push_str(gap);
                before.value.push_str(line);
            }
            (_, _, Some((key, value))) => {
                let (key, value) = (key.trim().to_lowercase(), value.trim().to_owned());
                section.entries.push(Entry { key, value, line: index + 1 });
            }
            _ => {}
        }
    }
    sections
}

/// A boolean as DNF and `GLib` write it.
pub(super) fn boolean(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "1" | "yes" | "true" | "on" => Some(true),
        "0" | "no" | "false" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{boolean, sections};

    #[test]
    fn values_go_on_in_indented_lines() {
        let text = "x=1\n# c\n[a]\nB = 1\n  2\nnothing\nb=3\n[c]\n";
        let sections = sections(text);
        let names: Vec<_> = sections.iter().map(|it| (it.name.as_str(), it.line)).collect();
        assert_eq!(names, [("a", 3), ("c", 8)]);
        let entries: Vec<_> = sections[0].entries.iter().map(|it| (&*it.value, it.line)).collect();
        assert_eq!(entries, [("1 2", 4), ("3", 7)]);
        assert_eq!(sections[0].get("b"), Some("3"));
    }

    #[test]
    fn booleans_are_those_of_dnf() {
        assert_eq!(
            ["1", "No", "TRUE", "maybe"].map(boolean),
            [Some(true), Some(false), Some(true), None]
        );
    }
}
