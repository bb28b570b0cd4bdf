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

/// An absolute path as seen from an absolute directory.
pub(crate) fn relative(base: &str, path: &str) -> String {
    let (base, path) = (clean(base), clean(path));
    let parts =
        |path: &str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (base, path) = (parts(&base), parts(&path));
    let same = base.iter().zip(&path).take_while(|(one, other)| one == other).count();
    let up = base.iter().skip(same).map(|_| "..");
    let seen: Vec<&str> = up.chain(path.iter().skip(same).map(String::as_str)).collect();
    if seen.is_empty() { ".".to_owned() } else { seen.join("/") }
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
