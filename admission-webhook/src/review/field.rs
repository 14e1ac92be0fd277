//! Fields: a locator as the path that `kubectl` shows.
//!
//! `#/spec/kernelArguments/1` → `spec.kernelArguments[1]`;
//! `#/spec/config/storage/files/0/contents:3` → `spec.config.storage.files[0].contents, line 3`.

use std::fmt::Write as _;

use rollgate_facts::Locator;

/// The path of a place in its object; empty where it is the whole object.
pub(crate) fn field(at: &Locator) -> String {
    let mut path = String::new();
    for step in at.pointer().split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            let _ = write!(path, "[{step}]");
        } else if step.contains(['.', '/', ':', ' ']) {
            let _ = write!(path, "[{step:?}]");
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
        }
    }
    match at.content_line() {
        Some(line) => format!("{path}, line {line}"),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::field;

    #[test]
    fn a_pointer_reads_as_a_path() {
        let cases = [
            ("MachineConfig/a#/spec/kernelArguments/1", "spec.kernelArguments[1]"),
            ("MachineConfig/a#", ""),
            ("MachineConfig/a#/metadata/labels/a.b~1c", "metadata.labels[\"a.b/c\"]"),
            (
                "MachineConfig/a#/spec/config/storage/files/0/contents:3",
                "spec.config.storage.files[0].contents, line 3",
            ),
        ];
        for (locator, path) in cases {
            let locator: Locator = locator.parse().unwrap();
            assert_eq!(field(&locator), path, "{locator}");
        }
    }
}
