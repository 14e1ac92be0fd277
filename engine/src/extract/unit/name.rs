//! Unit names that stand for paths (systemd.unit(5), "String Escaping for Inclusion in Unit Names").

/// The path that the name of a mount or automount unit stands for: `var-lib-a\x2db.mount` is
/// `/var/lib/a-b`. None for other units, and where the name stands for no path.
pub fn mount_point(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".mount").or_else(|| name.strip_suffix(".automount"))?;
    if stem == "-" {
        return Some("/".to_owned());
    }
    let mut path = vec![b'/'];
    let mut rest = stem.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'-' => path.push(b'/'),
            b'\\' => {
                let digits = std::str::from_utf8(after.get(1..3)?).ok()?;
                path.push(
                    u8::from_str_radix(digits, 16).ok().filter(|_| after.first() == Some(&b'x'))?,
                );
                rest = after.get(3..)?;
            }
            byte => path.push(byte),
        }
    }
    String::from_utf8(path).ok()
}

#[cfg(test)]
mod tests {
    use super::mount_point;

    #[test]
    fn the_name_of_a_mount_is_its_path() {
        assert_eq!(mount_point(r"var-lib-a\x2db.mount").as_deref(), Some("/var/lib/a-b"));
        assert_eq!(mount_point("-.mount").as_deref(), Some("/"));
        assert_eq!(mount_point("var-data.automount").as_deref(), Some("/var/data"));
        assert_eq!(mount_point("var.service"), None);
        for broken in [r"a\x2.mount", r"a\y2d.mount", r"a\.mount", r"a\xff.mount"] {
            assert_eq!(mount_point(broken), None, "{broken}");
        }
    }
}
