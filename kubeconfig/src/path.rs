//! Paths as Go's `path/filepath` joins them, with slashes.

/// The shortest path with the same meaning, without looking at any file.
pub(crate) fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(".."),
            },
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

/// A path seen from a directory.
pub(crate) fn join(directory: &str, path: &str) -> String {
    if path.starts_with('/') { clean(path) } else { clean(&format!("{directory}/{path}")) }
}

/// All but the last part.
pub(crate) fn directory(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((before, _)) => clean(&format!("{before}/")),
        None => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_short_as_in_go() {
        // Each right side was printed by Go's filepath.Clean.
        for (path, expected) in [
            ("/a/./b/../c//", "/a/c"),
            ("/../a", "/a"),
            ("../../a", "../../a"),
            ("a/..", "."),
            ("", "."),
            ("/", "/"),
        ] {
            assert_eq!(clean(path), expected, "{path}");
        }
        assert_eq!(join("/w/x", "../ca.crt"), "/w/ca.crt");
        assert_eq!(directory("/config"), "/");
        assert_eq!(directory("config"), ".");
        assert_eq!(directory("d/e/config"), "d/e");
    }
}
