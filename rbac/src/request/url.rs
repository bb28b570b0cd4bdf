//! URLs as Go's server reads them.

use std::fmt::Write as _;

use crate::error::RbacError;

/// The part of a request line between method and protocol, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestUrl {
    /// The path with its escapes resolved.
    pub(super) path: String,
    /// The path as it was written, where the usual way of escaping would write it differently.
    written: Option<String>,
    query: String,
    /// Whether it ends with a question mark and no query.
    empty_query: bool,
}

/// More parameters than this and Go's reader of queries gives up.
const PARAMETERS: usize = 10_000;

impl RequestUrl {
    /// Reads a path with a query. Scheme and host are passed over: the server of HTTP never sees them.
    pub(super) fn parse(text: &str) -> Result<Self, RbacError> {
        // upstream: Go's net/url (ParseRequestURI)
        let wrong = |reason: &str| RbacError::InvalidUrl { url: text.to_owned(), reason: reason.to_owned() };
        if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            return Err(wrong("holds a control character"));
        }
        if text == "*" {
            return Ok(Self { path: "*".into(), written: None, query: String::new(), empty_query: false });
        }
        let local = without_host(text).ok_or_else(|| wrong("does not begin with `/`"))?;
        let lone = local.ends_with('?') && local.bytes().filter(|byte| *byte == b'?').count() == 1;
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        let decoded = unescaped(path, false)
            .ok_or_else(|| wrong("has a `%` in its path without two hexadecimal digits"))?;
        let decoded = String::from_utf8(decoded).map_err(|_| wrong("has a path that is no UTF-8 text"))?;
        let written = (escaped(&decoded) != path).then(|| path.to_owned());
        Ok(Self { path: decoded, written, query: query.to_owned(), empty_query: lone })
    }

    /// The values of a parameter, in their order. What cannot be read is passed over.
    pub(super) fn values(&self, name: &str) -> Vec<String> {
        // upstream: Go's net/url (ParseQuery)
        if self.query.bytes().filter(|byte| *byte == b'&').count() >= PARAMETERS {
            return Vec::new();
        }
        let pairs = self.query.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';'));
        pairs
            .filter_map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                let (key, value) = (unescaped(key, true)?, unescaped(value, true)?);
                (key == name.as_bytes()).then(|| String::from_utf8_lossy(&value).into_owned())
            })
            .collect()
    }

    /// The first value of a parameter.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.values(name).into_iter().next()
    }

    /// The URL as Go prints it.
    pub(super) fn printed(&self) -> String {
        // upstream: Go's net/url (URL.String)
        let mut out = match &self.written {
            Some(written) if is_well_escaped(written) => written.clone(),
            _ if self.path == "*" => "*".to_owned(),
            _ => escaped(&self.path),
        };
        if self.empty_query || !self.query.is_empty() {
            out.push('?');
            out.push_str(&self.query);
        }
        out
    }
}

fn without_host(text: &str) -> Option<&str> {
    if text.starts_with('/') {
        return Some(text);
    }
    let scheme = |text: &str, scheme: &str| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    let start = ["https://", "http://"].into_iter().find(|start| scheme(text, start))?;
    let rest = text.get(start.len()..)?;
    Some(rest.find('/').and_then(|place| rest.get(place..)).unwrap_or("/"))
}

/// The bytes that are meant; in a query a plus is a space. `None` where an escape is broken.
pub(crate) fn unescaped(text: &str, query: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' if query => b' ',
            byte => byte,
        });
    }
    Some(out)
}

/// A path as Go escapes it.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn stays(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte)
}

fn is_well_escaped(path: &str) -> bool {
    path.bytes().all(|byte| stays(byte) || b"!'()*[]%".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_printed_as_go_prints_them() {
        // Each right side was printed by Go's url.URL.String after url.ParseRequestURI.
        let cases = [
            ("/api/v1/watch", "/api/v1/watch"),
            ("/a%2fb?x=%2f", "/a%2fb?x=%2f"),
            ("/a b", "/a%20b"),
            ("/a!b", "/a!b"),
            ("/a\"b%2f", "/a%22b/"),
            ("/a?", "/a?"),
            ("/é", "/%C3%A9"),
        ];
        for (text, expected) in cases {
            assert_eq!(RequestUrl::parse(text).map(|url| url.printed()).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn parameters_are_read_as_go_reads_them() {
        let url = RequestUrl::parse("/x?a=1&a=2&b+c=%41+b&;d=1&e=%zz&f").unwrap();
        assert_eq!(url.values("a"), ["1", "2"]);
        assert_eq!(url.value("b c").as_deref(), Some("A b"));
        assert_eq!((url.value("d"), url.value(";d"), url.value("e")), (None, None, None));
        assert_eq!(url.value("f").as_deref(), Some(""));
    }
}
