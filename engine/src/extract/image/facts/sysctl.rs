//! `sysctl.d`: what the kernel is told when a node starts.
//!
//! Owns the order of the files and the two ways to write a key (sysctl.d(5), systemd
//! `src/sysctl/sysctl.c`). A key with `*` stays as it is written, for what it reaches is known on a
//! node only. `/etc/sysctl.conf` has effect only where a link in `sysctl.d` leads to it.
//!
//! `-net/ipv4/conf/eth0.1/forwarding = 0` → `net.ipv4.conf.eth0/1.forwarding`, `0`.

use std::collections::BTreeMap;

use rollgate_facts::Text;

use super::reader::{Reader, lines};

/// What is set in the end, by key; what was set before is what it overrides.
pub(super) fn sysctl(reader: &mut Reader<'_>) -> BTreeMap<String, Text> {
    let mut set: BTreeMap<String, Text> = BTreeMap::new();
    for file in reader.drop_ins("sysctl.d", ".conf") {
        for (number, line) in lines(&file.text, &['#', ';']) {
            let Some((key, value)) = line.split_once('=') else { continue };
            let key = dotted(key.strip_prefix('-').unwrap_or(key).trim());
            let mut now = Text::new(file.at.line(number), value.trim());
            if let Some(before) = set.remove(&key) {
                now.overrides.push(before.at);
                now.overrides.extend(before.overrides);
            }
            set.insert(key, now);
        }
    }
    set
}

/// The key with dots; the first separator tells which of the two separates.
fn dotted(key: &str) -> String {
    match key.find(['.', '/']).and_then(|first| key.get(first..)) {
        Some(rest) if rest.starts_with('/') => {
            let swap = |character| match character {
                '/' => '.',
                '.' => '/',
                other => other,
            };
            key.chars().map(swap).collect()
        }
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::sysctl;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn the_last_file_by_name_wins() {
        let tree = Sample::new()
            .file(
                "/usr/lib/sysctl.d/10-a.conf",
                "kernel.kptr_restrict=1\n# c\n-net/ipv4/conf/eth0.1/x = 2\nnothing\n",
            )
            .file("/usr/lib/sysctl.d/50-b.conf", "kernel/kptr_restrict = 0\n")
            .file("/etc/sysctl.d/50-b.conf", "\n kernel.kptr_restrict = 2 \n")
            .file("/etc/sysctl.conf", "kernel.sysrq=1")
            .link("/etc/sysctl.d/99-sysctl.conf", "../sysctl.conf")
            .tree();
        let at = Locator::image("sha256:0");
        let set = sysctl(&mut Reader::new(&tree, &at, None));
        let keys: Vec<_> =
            set.iter().map(|(key, text)| (key.as_str(), text.text.as_str())).collect();
        let expected =
            [("kernel.kptr_restrict", "2"), ("kernel.sysrq", "1"), ("net.ipv4.conf.eth0/1.x", "2")];
        assert_eq!(keys, expected);
        let restrict = &set["kernel.kptr_restrict"];
        assert_eq!(restrict.at.as_str(), "image/sha256:0!/etc/sysctl.d/50-b.conf:2");
        assert_eq!(restrict.overrides[0].as_str(), "image/sha256:0!/usr/lib/sysctl.d/10-a.conf:1");
        assert_eq!(
            set["kernel.sysrq"].at.as_str(),
            "image/sha256:0!/etc/sysctl.d/99-sysctl.conf:1"
        );
    }
}
