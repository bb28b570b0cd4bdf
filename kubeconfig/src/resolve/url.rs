//! Addresses as far as Go's `net/url` looks at them.
//!
//! upstream: Go's net/url (parse, getScheme, parseAuthority, setPath, shouldEscape); client-go
//! tools/clientcmd/helpers.go (parseProxyURL)

use std::fmt::Write as _;

/// The parts that matter here.
struct Url<'a> {
    scheme: String,
    /// User, host and port.
    authority: &'a str,
    path: &'a str,
    opaque: bool,
}

/// Whether a proxy can be used, or why not.
pub(super) fn proxy(text: &str) -> Result<(), String> {
    let without_fragment = text.split_once('#').map_or(text, |(before, _)| before);
    let fragment = text.split_once('#').map_or("", |(_, after)| after);
    let Some(url) = parse(without_fragment, false).filter(|_| escapes_are_whole(fragment)) else {
        return Err(format!("could not parse: {}", crate::secret::without_user(text)));
    };
    match url.scheme.as_str() {
        "http" | "https" | "socks5" => Ok(()),
        other => Err(format!(
            "unsupported scheme {}, must be http, https, or socks5",
            kubelogic_core::quote::quoted(other)
        )),
    }
}

/// The address of a server without query and fragment, when it has a path.
pub(super) fn server(text: &str) -> String {
    match parse(text, true) {
        Some(url) if !url.opaque && url.path.len() > 1 => {
            let scheme = if url.scheme.is_empty() { String::new() } else { format!("{}://", url.scheme) };
            format!("{scheme}{}{}", url.authority, written_path(url.path))
        }
        _ => text.to_owned(),
    }
}

/// Whether requests go over TLS: only then are credentials sent.
pub(super) fn is_tls(server: &str) -> bool {
    // upstream: client-go rest/url_utils.go (DefaultServerURL)
    let text = server.split_once('#').map_or(server, |(before, _)| before);
    parse(text, false).is_some_and(|url| {
        let host = url.authority.rsplit_once('@').map_or(url.authority, |(_, host)| host);
        url.scheme == "https" && !host.is_empty()
    })
}

fn parse(text: &str, request: bool) -> Option<Url<'_>> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) || (request && text.is_empty()) {
        return None;
    }
    let (scheme, rest) = scheme(text)?;
    let rest = rest.split_once('?').map_or(rest, |(before, _)| before);
    let mut url = Url { scheme: scheme.to_ascii_lowercase(), authority: "", path: rest, opaque: false };
    if text == "*" {
        return Some(url);
    }
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Some(Url { opaque: true, path: "", ..url });
        }
        let first = rest.split('/').next().unwrap_or_default();
        if request || first.contains(':') {
            return None;
        }
    }
    if (!scheme.is_empty() || (!request && !rest.starts_with("///")))
        && let Some(after) = rest.strip_prefix("//")
    {
        let end = after.find('/').unwrap_or(after.len());
        (url.authority, url.path) = after.split_at_checked(end)?;
        if !authority_is_good(url.authority) {
            return None;
        }
    }
    escapes_are_whole(url.path).then_some(url)
}

/// The scheme, empty for none; nothing when the text begins with a colon.
fn scheme(text: &str) -> Option<(&str, &str)> {
    for (at, letter) in text.char_indices() {
        match letter {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return None,
            ':' => return text.split_once(':'),
            _ => break,
        }
    }
    Some(("", text))
}

fn authority_is_good(authority: &str) -> bool {
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let user_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
    if !user.bytes().all(user_letter) || !escapes_are_whole(user) {
        return false;
    }
    let after_host = if let Some(inside) = host.strip_prefix('[') {
        match inside.rsplit_once(']') {
            Some((_, after)) => after,
            None => return false,
        }
    } else {
        host.rfind(':').and_then(|at| host.get(at..)).unwrap_or_default()
    };
    let port = after_host.strip_prefix(':').unwrap_or(after_host);
    if !after_host.is_empty()
        && (!after_host.starts_with(':') || !port.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return false;
    }
    // Escapes are allowed in hosts for what is not ASCII only.
    let host_letter =
        |byte: u8| byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte);
    host.bytes().all(host_letter)
}

fn escapes_are_whole(text: &str) -> bool {
    text.split('%').skip(1).all(|part| {
        let mut letters = part.bytes();
        let hex = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
        hex(letters.next()) && hex(letters.next())
    })
}

/// A path as Go writes it again: as it was, unless it has letters that a path may not have.
fn written_path(path: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:@[]/%".contains(&byte);
    if path.bytes().all(allowed) {
        return path.to_owned();
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte);
    let mut out = String::new();
    for byte in unescaped(path) {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn unescaped(path: &str) -> Vec<u8> {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.split_at_checked(2).map(|(hex, rest)| (u8::from_str_radix(hex, 16), rest)) {
            Some((Ok(byte), rest)) => {
                out.push(byte);
                out.extend(rest.as_bytes());
            }
            _ => out.extend(part.as_bytes()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_keeps_its_path_and_loses_the_query() {
        // Each right side was printed by Go.
        assert_eq!(server("https://a:6443/x/y?q=1"), "https://a:6443/x/y");
        assert_eq!(server("https://a/?q=1"), "https://a/?q=1");
        assert_eq!(server("a:6443/x?q"), "a:6443/x?q");
        assert_eq!(server("HTTPS://a/b c"), "https://a/b%20c");
    }

    #[test]
    fn only_https_with_a_host_is_tls() {
        for (text, expected) in [
            ("https://a", true),
            ("HTTPS://a:1", true),
            ("http://a", false),
            ("a:443", false),
            ("https:///x", false),
        ] {
            assert_eq!(is_tls(text), expected, "{text}");
        }
    }

    #[test]
    fn a_proxy_needs_a_scheme_that_is_known() {
        assert_eq!(proxy("socks5://a:1"), Ok(()));
        assert_eq!(
            proxy("ftp://x").unwrap_err(),
            "unsupported scheme \"ftp\", must be http, https, or socks5"
        );
        assert_eq!(proxy("http://x:port").unwrap_err(), "could not parse: http://x:port");
        assert_eq!(proxy("://x").unwrap_err(), "could not parse: ://x");
    }
}
