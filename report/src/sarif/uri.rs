//! Paths as URI references.

use std::fmt::Write as _;

/// A path as a URI reference: relative ones stay relative, absolute ones become `file:` URIs. Standard input is
/// named `stdin`.
pub(super) fn uri(path: &str) -> String {
    if path == "-" {
        return "stdin".to_owned();
    }
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    let mut uri = match path {
        _ if drive => String::from("file:///"),
        path if path.starts_with('/') => String::from("file://"),
        _ => String::new(),
    };
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            // Only the colon behind a drive's letter is one.
            b':' if drive && at == 1 => uri.push(':'),
            other => {
                let _ = write!(uri, "%{other:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_references() {
        let cases = [
            ("a/b c.yaml", "a/b%20c.yaml"),
            ("-", "stdin"),
            ("/abs/é#.yaml", "file:///abs/%C3%A9%23.yaml"),
            ("C:/x/y.yaml", "file:///C:/x/y.yaml"),
            ("http://a/b", "http%3A//a/b"),
            ("../a%20.yaml", "../a%2520.yaml"),
        ];
        for (path, wanted) in cases {
            assert_eq!(uri(path), wanted);
        }
    }
}
