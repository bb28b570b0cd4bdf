//! Addresses: of networks, hosts, mailboxes and resources.

use std::net::Ipv6Addr;
use std::sync::OnceLock;

use regex::Regex;

use super::Verdict;

/// As Go's `url.ParseRequestURI` reads it.
pub(in super::super) fn is_uri(text: &str) -> bool {
    if text.is_empty() || text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return false;
    }
    if text == "*" {
        return true;
    }
    let Some((scheme, rest)) = scheme(text) else { return false };
    let rest = rest.split_once('?').map_or(rest, |(path, _)| path);
    if !rest.starts_with('/') {
        return !scheme.is_empty();
    }
    let mut path = rest;
    if !scheme.is_empty()
        && let Some(after) = rest.strip_prefix("//")
    {
        let end = after.find('/').unwrap_or(after.len());
        let (authority, rest) = after.split_at_checked(end).unwrap_or((after, ""));
        if !is_authority(&scheme.to_ascii_lowercase(), authority) {
            return false;
        }
        path = rest;
    }
    escapes_are_whole(path)
}

/// The scheme, empty when there is none, and what follows; nothing when the text begins with a colon.
pub(in super::super) fn scheme(text: &str) -> Option<(&str, &str)> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return None,
            b':' => return text.split_once(':'),
            _ => return Some(("", text)),
        }
    }
    Some(("", text))
}

/// Whether a user and a host are written as they may be.
pub(in super::super) fn is_authority(scheme: &str, authority: &str) -> bool {
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(letter);
    is_host(scheme, host) && user.chars().all(allowed) && user.splitn(2, ':').all(escapes_are_whole)
}

fn is_host(scheme: &str, host: &str) -> bool {
    match host.rfind('[') {
        Some(0) => return is_literal(host),
        Some(_) => return false,
        None => {}
    }
    if let Some((_, port)) = host.split_once(':') {
        // Colons in the name itself are an error in the two schemes of the web only.
        let port = match host.rsplit_once(':') {
            Some((_, last)) if !matches!(scheme, "http" | "https") => last,
            _ => port,
        };
        if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    is_host_text(host)
}

/// An address between brackets, with an optional port.
fn is_literal(host: &str) -> bool {
    let Some((inside, port)) = host.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) else {
        return false;
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    let (address, zone) = match inside.split_once("%25") {
        Some((address, zone)) => (address, Some(zone)),
        None => (inside, None),
    };
    port_fits
        && address.parse::<Ipv6Addr>().is_ok()
        && zone.is_none_or(|zone| !zone.is_empty() && is_host_text(zone))
}

fn is_host_text(text: &str) -> bool {
    let letters = text.bytes().all(|byte| {
        byte >= 0x80 || byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]<>\"%".contains(&byte)
    });
    // Only what is no ASCII may be escaped in a host.
    letters
        && escapes_are_whole(text)
        && escapes(text)
            .all(|escape| escape.starts_with(|c: char| !c.is_ascii_digit() || c >= '8') || escape == "25")
}

/// The two characters behind each percent sign.
fn escapes(text: &str) -> impl Iterator<Item = &str> {
    text.split('%').skip(1).map(|part| part.get(..2).unwrap_or(""))
}

/// Whether two hexadecimal digits follow each percent sign.
pub(in super::super) fn escapes_are_whole(text: &str) -> bool {
    escapes(text).all(|escape| escape.len() == 2 && escape.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// A plain address is told for certain; anything with quotes, comments or names is not.
pub(super) fn email(text: &str) -> Verdict {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let dotted = |part: &str| part.split('.').all(|atoms| !atoms.is_empty() && atoms.bytes().all(atom));
    match text.split_once('@') {
        None => Verdict::Differs,
        Some((local, domain)) if dotted(local) && dotted(domain) => Verdict::Fits,
        // A second sign between plain characters fits no form of an address.
        Some(_) if text.bytes().all(|byte| atom(byte) || matches!(byte, b'@' | b'.')) => Verdict::Differs,
        Some(_) => Verdict::Unknown,
    }
}

/// Letters, digits and symbols of any script; the last part of a name with dots has letters only.
pub(super) fn is_hostname(text: &str) -> bool {
    // upstream: kube-openapi pkg/validation/strfmt/default.go (HostnamePattern)
    if text.len() > 255 || text.split('.').any(|part| part.len() > 63) {
        return false;
    }
    if let Some((parts, last)) = text.rsplit_once('.') {
        let letters = last.chars().count();
        return (2..=63).contains(&letters)
            && last.chars().all(|letter| is_letter(letter, false))
            && parts.split('.').all(|part| {
                let inner = part.chars().all(|letter| letter == '-' || is_letter(letter, true));
                inner && !part.is_empty() && !part.starts_with('-') && !part.ends_with('-')
            });
    }
    // Without a dot a single hyphen may stand behind the first character.
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return false };
    let rest = letters.as_str();
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    is_letter(first, true) && rest.chars().count() <= 62 && rest.chars().all(|letter| is_letter(letter, true))
}

/// A letter of any script; with `more` a symbol or a digit of ASCII as well.
fn is_letter(letter: char, more: bool) -> bool {
    static LETTER: OnceLock<Option<Regex>> = OnceLock::new();
    static MORE: OnceLock<Option<Regex>> = OnceLock::new();
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic()
            || (more
                && (letter.is_ascii_digit()
                    || matches!(letter, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')));
    }
    let class = if more { &MORE } else { &LETTER };
    let class = class.get_or_init(|| Regex::new(if more { r"^[\p{S}\p{L}]$" } else { r"^\p{L}$" }).ok());
    class.as_ref().is_some_and(|class| class.is_match(letter.encode_utf8(&mut [0; 4])))
}

/// Leading zeros are taken, and so is an IPv6 address that ends like an IPv4 one.
pub(super) fn is_ipv4(text: &str) -> bool {
    match text.find(['.', ':']) {
        Some(at) if text.get(at..).is_some_and(|rest| rest.starts_with('.')) => is_plain_ipv4(text),
        Some(_) => text.contains('.') && is_sloppy_ipv6(text),
        None => false,
    }
}

pub(super) fn is_ipv6(text: &str) -> bool {
    text.contains(':') && text.parse::<Ipv6Addr>().is_ok()
}

pub(super) fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = if is_plain_ipv4(address) {
        32
    } else if is_sloppy_ipv6(address) {
        128
    } else {
        return false;
    };
    number(bits).is_some_and(|bits| bits <= most)
}

fn is_plain_ipv4(text: &str) -> bool {
    text.split('.').count() == 4 && text.split('.').all(|part| number(part).is_some_and(|part| part <= 255))
}

/// The part of IPv4 may have leading zeros.
fn is_sloppy_ipv6(text: &str) -> bool {
    if let Some((head, last)) = text.rsplit_once(':')
        && last.contains('.')
    {
        return is_plain_ipv4(last) && format!("{head}:1.2.3.4").parse::<Ipv6Addr>().is_ok();
    }
    text.parse::<Ipv6Addr>().is_ok()
}

/// Digits below 16 million.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let trimmed = text.trim_start_matches('0');
    digits
        .then(|| if trimmed.is_empty() { Some(0) } else { trimmed.parse().ok() })?
        .filter(|value| *value < 0xFF_FFFF)
}

/// 6, 8 or 20 bytes: `01:23:…`, `01-23-…`, `0123.4567.…` or all digits together.
pub(super) fn is_mac(text: &str) -> bool {
    let separator = text.chars().find(|letter| !letter.is_ascii_hexdigit());
    let width = if separator == Some('.') { 4 } else { 2 };
    let bytes = match separator {
        None if text.len().is_multiple_of(2) => text.len() / 2,
        Some(separator @ (':' | '-' | '.')) => {
            let hex = |part: &str| part.len() == width && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !text.split(separator).all(hex) {
                return false;
            }
            text.split(separator).count() * width / 2
        }
        _ => return false,
    };
    matches!(bytes, 6 | 8 | 20)
}
