//! The audit daemon and its rules, and the crypto policy.
//!
//! Owns `auditd.conf`(5), the order of `rules.d` (augenrules(8): as `ls -v` sorts) and
//! `/etc/crypto-policies/config`.
//!
//! `rules.d/{10-b,9-a}.rules` → those of `9-a`, then those of `10-b`.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rollgate_facts::{FileKind, Text};

use super::reader::{Reader, lines};

/// What `auditd.conf` sets, by key in lower case.
pub(super) fn auditd(reader: &mut Reader<'_>) -> BTreeMap<String, Text> {
    let Some(file) = reader.text("/etc/audit/auditd.conf") else { return BTreeMap::new() };
    let pairs = lines(&file.text, &['#'])
        .filter_map(|(number, line)| line.split_once('=').map(|pair| (number, pair)));
    pairs
        .map(|(number, (key, value))| {
            (key.trim().to_lowercase(), Text::new(file.at.line(number), value.trim()))
        })
        .collect()
}

/// The rules in the order in which they are loaded.
pub(super) fn audit_rules(reader: &mut Reader<'_>) -> Vec<Text> {
    let mut paths: Vec<&str> = reader
        .children("/etc/audit/rules.d")
        .filter(|entry| entry.kind != FileKind::Directory && entry.path.ends_with(".rules"))
        .map(|entry| &*entry.path)
        .collect();
    paths.sort_by(|one, other| by_version(one, other));
    let mut rules = Vec::new();
    for path in paths {
        let Some(file) = reader.text(path) else { continue };
        let found = lines(&file.text, &['#']);
        rules.extend(found.map(|(number, line)| Text::new(file.at.line(number), line)));
    }
    rules
}

/// The crypto policy, `DEFAULT` or `FIPS:OSPP`.
pub(super) fn crypto_policy(reader: &mut Reader<'_>) -> Option<Text> {
    let file = reader.text("/etc/crypto-policies/config")?;
    let (number, line) = lines(&file.text, &['#']).next()?;
    Some(Text::new(file.at.line(number), line))
}

/// The order of `ls -v`: digits count as numbers.
fn by_version(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        let (digits, others) = (leading_digits(one), leading_digits(other));
        let order = match (digits.is_empty() || others.is_empty(), one.first(), other.first()) {
            (false, ..) => significant(digits).cmp(&significant(others)),
            (true, None, None) => return Ordering::Equal,
            (true, first, second) => first.cmp(&second),
        };
        if order.is_ne() {
            return order;
        }
        one = one.get(digits.len().max(1)..).unwrap_or_default();
        other = other.get(others.len().max(1)..).unwrap_or_default();
    }
}

fn leading_digits(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Compares as the number does: without leading zeros, the longer one is greater.
fn significant(digits: &[u8]) -> (usize, &[u8]) {
    let start = digits.iter().position(|byte| *byte != b'0').unwrap_or(digits.len());
    let digits = digits.get(start..).unwrap_or_default();
    (digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::{audit_rules, auditd, crypto_policy};
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn rules_are_loaded_in_the_order_of_numbers() {
        let tree = Sample::new()
            .file("/etc/audit/rules.d/10-b.rules", "-w /etc/b -p wa\n")
            .file("/etc/audit/rules.d/9-a.rules", "# first\n-D\n\n-b 8192\n")
            .file("/etc/audit/rules.d/note", "no")
            .file("/etc/audit/auditd.conf", "# c\nMax_Log_File = 8\nbroken\n")
            .file("/etc/crypto-policies/config", "# c\n\nFIPS:OSPP\n")
            .tree();
        let at = Locator::image("sha256:0");
        let mut reader = Reader::new(&tree, &at, None);
        let rules: Vec<_> = audit_rules(&mut reader).into_iter().map(|rule| rule.text).collect();
        assert_eq!(rules, ["-D", "-b 8192", "-w /etc/b -p wa"]);
        let size = auditd(&mut reader).remove("max_log_file").unwrap();
        assert_eq!((&*size.text, size.at.content_line()), ("8", Some(2)));
        let policy = crypto_policy(&mut reader).unwrap();
        assert_eq!((&*policy.text, policy.at.content_line()), ("FIPS:OSPP", Some(3)));
    }
}
