//! URIs as far as names and constraints look at them.
//!
//! upstream: Go's net/url (`Parse`)

use kubelogic_core::quote::quoted;

/// A URI that Go's parser takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uri {
    text: String,
    /// Host and port, escapes undone; empty when there is none.
    host: String,
}

impl Uri {
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// Takes a text apart, or says why not in Go's words.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let host = host_of(before).map_err(|why| format!("parse {}: {why}", quoted(before)))?;
        escapes(fragment, Part::Other).map_err(|why| format!("parse {}: {why}", quoted(text)))?;
        Ok(Self { host, text: written(text) })
    }
}

/// Go writes the scheme in small letters.
fn written(text: &str) -> String {
    match scheme(text) {
        Ok((scheme, rest)) if !scheme.is_empty() => format!("{}:{rest}", scheme.to_ascii_lowercase()),
        _ => text.to_owned(),
    }
}

fn host_of(text: &str) -> Result<String, String> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    if text == "*" {
        return Ok(String::new());
    }
    let (scheme, rest) = scheme(text)?;
    let rest = rest.split_once('?').map_or(rest, |(before, _)| before);
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Ok(String::new());
        }
        if rest.split('/').next().is_some_and(|first| first.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let mut host = String::new();
    let mut path = rest;
    if (!scheme.is_empty() || !rest.starts_with("///"))
        && let Some(after) = rest.strip_prefix("//")
    {
        let end = after.find('/').unwrap_or(after.len());
        let (authority, behind) = after.split_at_checked(end).unwrap_or_default();
        host = authority_host(&scheme.to_ascii_lowercase(), authority)?;
        path = behind;
    }
    escapes(path, Part::Other)?;
    Ok(host)
}

fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, letter) in text.char_indices() {
        match letter {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            ':' => return Ok(text.split_once(':').unwrap_or_default()),
            _ => break,
        }
    }
    Ok(("", text))
}

fn authority_host(scheme: &str, authority: &str) -> Result<String, String> {
    let (user, host) =
        authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let host = parse_host(scheme, host)?;
    if let Some(user) = user {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte);
        if !user.bytes().all(allowed) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        escapes(user, Part::Other)?;
    }
    Ok(host)
}

fn parse_host(scheme: &str, host: &str) -> Result<String, String> {
    match host.rfind('[') {
        Some(0) => {
            let (inside, port) = host
                .get(1..)
                .and_then(|rest| rest.rsplit_once(']'))
                .ok_or_else(|| "missing ']' in host".to_owned())?;
            check_port(port)?;
            let address = match inside.find("%25").and_then(|at| inside.split_at_checked(at)) {
                Some((address, zone)) => {
                    let address = escapes(address, Part::Host)?;
                    address + &escapes(zone, Part::Zone)?
                }
                None => escapes(inside, Part::Host)?,
            };
            let plain = address.split_once('%').map_or(address.as_str(), |(plain, _)| plain);
            if plain.parse::<std::net::Ipv4Addr>().is_ok() {
                return Err("invalid IP-literal".to_owned());
            }
            if plain.parse::<std::net::Ipv6Addr>().is_err() || address.ends_with('%') {
                return Err(format!("invalid host: ParseAddr({}): unable to parse IP", quoted(&address)));
            }
            return Ok(format!("[{address}]{port}"));
        }
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    let (first, last) = (host.find(':'), host.rfind(':'));
    // Several colons are an old habit of other schemes than these.
    let port = if matches!(scheme, "http" | "https") { first } else { last };
    check_port(port.and_then(|at| host.get(at..)).unwrap_or_default())?;
    escapes(host, Part::Host)
}

fn check_port(text: &str) -> Result<(), String> {
    let good = text.is_empty()
        || text.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    if good { Ok(()) } else { Err(format!("invalid port {} after host", quoted(text))) }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Host,
    Zone,
    Other,
}

fn allowed_in_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"".contains(&byte)
}

/// The text with its escapes undone.
fn escapes(text: &str, part: Part) -> Result<String, String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        if byte != b'%' {
            if part != Part::Other && byte < 0x80 && !allowed_in_host(byte) {
                let letter = char::from(byte).to_string();
                return Err(format!("invalid character {} in host name", quoted(&letter)));
            }
            out.push(byte);
            at += 1;
            continue;
        }
        let three = bytes.get(at..bytes.len().min(at + 3)).unwrap_or_default();
        let number = match three {
            [_, high, low] => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        let refused = |number: u8| match part {
            Part::Host => number < 0x80 && three != b"%25",
            Part::Zone => three != b"%25" && number != b' ' && !allowed_in_host(number),
            Part::Other => false,
        };
        match number {
            Some(number) if !refused(number) => out.push(number),
            _ => return Err(format!("invalid URL escape {}", quoted(&String::from_utf8_lossy(three)))),
        }
        at += 3;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Result<String, String> {
        Uri::parse(text).map(|uri| uri.host)
    }

    #[test]
    fn hosts_are_found() {
        assert_eq!(host("spiffe://cluster.local/ns/a").as_deref(), Ok("cluster.local"));
        assert_eq!(host("https://u:p@a.b:443/x").as_deref(), Ok("a.b:443"));
        assert_eq!(host("urn:uuid:1").as_deref(), Ok(""));
        assert_eq!(host("http://[::1]:8/").as_deref(), Ok("[::1]:8"));
    }

    #[test]
    fn refusals_have_go_s_words() {
        assert_eq!(host("http://a:b/").unwrap_err(), "parse \"http://a:b/\": invalid port \":b\" after host");
        assert_eq!(host(":a").unwrap_err(), "parse \":a\": missing protocol scheme");
        assert_eq!(
            host("http://a b/").unwrap_err(),
            "parse \"http://a b/\": invalid character \" \" in host name"
        );
        assert_eq!(host("http://a/%zz").unwrap_err(), "parse \"http://a/%zz\": invalid URL escape \"%zz\"");
    }
}
