//! Paths as Go's `path` package sees them: text, never a file system.
//!
//! Owns `clean` and `join`, by which Ignition tells simplified paths from others. Must not know which
//! paths are good ones.
//!
//! `/etc//a/../b` → `/etc/b`.

/// The shortest path that names the same.
pub(in crate::extract) fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(&last)) if last != ".." => {
                parts.pop();
            }
            ("..", None) if rooted => {}
            _ => parts.push(part),
        }
    }
    match (rooted, parts.join("/")) {
        (true, rest) => format!("/{rest}"),
        (false, rest) if rest.is_empty() => ".".to_owned(),
        (false, rest) => rest,
    }
}

/// `path` under `base`, simplified.
pub(super) fn join(base: &str, path: &str) -> String {
    clean(&format!("{base}/{path}"))
}

/// The extension with its dot; empty where there is none.
pub(super) fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rfind('.').and_then(|dot| name.get(dot..)).unwrap_or_default()
}

/// The paths above `path`, from the root down: what stands before each of its slashes.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(slash, _)| path.get(..slash))
}

#[cfg(test)]
mod tests {
    use super::{ancestors, clean, extension, join};

    #[test]
    fn paths_are_simplified_as_in_go() {
        let cases = [
            ("/etc//a/../b", "/etc/b"),
            ("/..", "/"),
            ("", "."),
            ("a/..", "."),
            ("../a", "../a"),
            ("a/../../b", "../b"),
            ("/a/", "/a"),
            ("./a", "a"),
            ("/", "/"),
        ];
        for (path, cleaned) in cases {
            assert_eq!(clean(path), cleaned, "{path}");
        }
        assert_eq!(join("/", "etc/a"), "/etc/a");
        assert_eq!(extension("a.d/b.service"), ".service");
        assert_eq!(extension("a.d/b"), "");
        assert_eq!(ancestors("/etc/a").collect::<Vec<_>>(), ["", "/etc"]);
    }
}
