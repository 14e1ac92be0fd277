//! `sshd_config` with what it includes.
//!
//! Owns the order in which sshd takes values: the first one wins, an `Include` is read in its place,
//! and what stands in a `Match` other than `Match all` is left out (`sshd_config`(5), OpenSSH
//! `servconf.c`).
//!
//! `Include a.conf\nPermitRootLogin yes` with `PermitRootLogin no` in `a.conf` → `no`, of `a.conf`.

use std::collections::BTreeMap;

use globset::GlobBuilder;
use rollgate_facts::Text;

use super::reader::{Reader, Text as File};

/// How deep files may include each other (OpenSSH `SERVCONF_MAX_DEPTH`).
const MAX_DEPTH: usize = 16;

/// How many files are read in all; two files that include a folder of each other would make more.
const MAX_FILES: usize = 256;

/// Keys that add to a list each time.
const LISTS: &[&str] = &[
    "acceptenv",
    "allowgroups",
    "allowusers",
    "denygroups",
    "denyusers",
    "hostcertificate",
    "hostkey",
    "listenaddress",
    "permitlisten",
    "permitopen",
    "port",
    "setenv",
    "subsystem",
];

/// What is set in the end, by key in lower case; of a list, all values with spaces between.
pub(super) fn sshd(reader: &mut Reader<'_>) -> BTreeMap<String, Text> {
    let mut taken = Taken { reader, set: BTreeMap::new(), files: 0 };
    if let Some(file) = taken.reader.text("/etc/ssh/sshd_config") {
        taken.file(&file, true, 0);
    }
    taken.set
}

struct Taken<'r, 'a> {
    reader: &'r mut Reader<'a>,
    set: BTreeMap<String, Text>,
    files: usize,
}

impl Taken<'_, '_> {
    /// A `Match` holds to the end of its file.
    fn file(&mut self, file: &File<'_>, mut active: bool, depth: usize) {
        self.files += 1;
        for (index, line) in file.text.lines().enumerate() {
            let Some((key, value)) = setting(line) else { continue };
            match key.as_str() {
                "match" => active = value.eq_ignore_ascii_case("all"),
                "include" => self.include(&value, active, depth + 1),
                _ if active => self.take(key, Text::new(file.at.line(index + 1), value)),
                _ => {}
            }
        }
    }

    fn take(&mut self, key: String, text: Text) {
        match self.set.get_mut(&key) {
            Some(first) if LISTS.contains(&key.as_str()) => {
                first.text = format!("{} {}", first.text, text.text);
            }
            Some(first) => first.overrides.push(text.at),
            None => {
                self.set.insert(key, text);
            }
        }
    }

    fn include(&mut self, patterns: &str, active: bool, depth: usize) {
        let patterns = patterns.split_whitespace().filter(|_| depth <= MAX_DEPTH);
        for pattern in patterns {
            for path in self.matching(pattern) {
                if self.files >= MAX_FILES {
                    return;
                }
                if let Some(file) = self.reader.text(&path) {
                    self.file(&file, active, depth);
                }
            }
        }
    }

    /// The files that a glob finds, sorted; only the last part of a path may have wildcards.
    fn matching(&self, pattern: &str) -> Vec<String> {
        let pattern = if pattern.starts_with('/') {
            pattern.to_owned()
        } else {
            format!("/etc/ssh/{pattern}")
        };
        if !pattern.contains(['*', '?', '[']) {
            return vec![pattern];
        }
        let Some((folder, _)) = pattern.rsplit_once('/') else { return Vec::new() };
        let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() else {
            return Vec::new();
        };
        let glob = glob.compile_matcher();
        let found = self.reader.children(folder).map(|entry| entry.path.to_string());
        found.filter(|path| glob.is_match(path)).collect()
    }
}

/// The key in lower case and the value without quotes; none of a line that has no value.
fn setting(line: &str) -> Option<(String, String)> {
    let line = line.trim();
    if line.starts_with('#') {
        return None;
    }
    let end = line.find(|character: char| character.is_whitespace() || character == '=')?;
    let (key, rest) = line.split_at_checked(end)?;
    let rest = rest.trim_start().strip_prefix('=').unwrap_or(rest).trim();
    let value = rest.split(" #").next().unwrap_or(rest).trim().trim_matches('"');
    (!value.is_empty()).then(|| (key.to_lowercase(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::sshd;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn the_first_value_wins_and_includes_stand_in_their_place() {
        let main = "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\nPort 22\nport=2222\nMatch User a\nX11Forwarding yes\nMatch all\nMaxAuthTries 4 # few\n";
        let tree = Sample::new()
            .file("/etc/ssh/sshd_config", main)
            .file(
                "/etc/ssh/sshd_config.d/50-a.conf",
                "#no\nPermitRootLogin \"no\"\nMatch Host b\nBanner none\n",
            )
            .file("/etc/ssh/sshd_config.d/60-loop.conf", "Include sshd_config.d/60-loop.conf\n")
            .tree();
        let at = Locator::image("sha256:0");
        let set = sshd(&mut Reader::new(&tree, &at, None));
        let set: Vec<_> =
            set.iter().map(|(key, it)| (&**key, &*it.text, it.at.content_line())).collect();
        let expected = [
            ("maxauthtries", "4", Some(8)),
            ("permitrootlogin", "no", Some(2)),
            ("port", "22 2222", Some(3)),
        ];
        assert_eq!(set, expected);
    }
}
