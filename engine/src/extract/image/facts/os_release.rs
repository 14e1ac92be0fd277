//! `os-release`.
//!
//! Owns its quoting (os-release(5)). `NAME="Red Hat \"CoreOS\""` → `NAME`, `Red Hat "CoreOS"`.

use std::collections::BTreeMap;

use rollgate_facts::OsRelease;

use super::reader::{Reader, lines};

/// What `/usr/lib/os-release` says, else `/etc/os-release`.
pub(super) fn os_release(reader: &mut Reader<'_>) -> Option<OsRelease> {
    let file = match reader.text("/usr/lib/os-release") {
        None => reader.text("/etc/os-release")?,
        Some(file) => file,
    };
    Some(OsRelease { at: file.at, fields: fields(&file.text) })
}

fn fields(text: &str) -> BTreeMap<String, String> {
    let pairs = lines(text, &['#']).filter_map(|(_, line)| line.split_once('='));
    pairs.map(|(key, value)| (key.trim().to_owned(), unquoted(value.trim()))).collect()
}

/// A value as a shell would take it.
fn unquoted(value: &str) -> String {
    if let Some(literal) = value.strip_prefix('\'') {
        return literal.strip_suffix('\'').unwrap_or(literal).to_owned();
    }
    let quoted = value.strip_prefix('"').map(|rest| rest.strip_suffix('"').unwrap_or(rest));
    let mut characters = quoted.unwrap_or(value).chars();
    let mut plain = String::with_capacity(value.len());
    while let Some(character) = characters.next() {
        plain.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn quotes_are_those_of_a_shell() {
        let text = "# c\nA=\"x \\\"y\\\" \\$z\"\nB='a\\b'\nC=plain\n\nnothing\nD=\n";
        let fields: Vec<_> = fields(text).into_iter().collect();
        let expected = [("A", "x \"y\" $z"), ("B", "a\\b"), ("C", "plain"), ("D", "")];
        assert_eq!(fields, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}
