//! Addresses as Go's newer parser reads them, which takes zones and refuses zeros at the beginning, with its own words.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::quote::quoted;

/// An address, perhaps of a zone.
pub(super) struct Parsed<'a> {
    address: IpAddr,
    zone: &'a str,
}

/// What is wrong, and where.
type Wrong<'a> = (&'static str, &'a str);

impl<'a> Parsed<'a> {
    /// Reads an address.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        // upstream: Go's net/netip (ParseAddr)
        let parsed = match text.bytes().find(|byte| matches!(byte, b'.' | b':' | b'%')) {
            Some(b'.') => v4(text).map(|address| Self { address: IpAddr::V4(address), zone: "" }),
            Some(b':') => v6(text),
            Some(_) => Err(("missing IPv6 address", "")),
            None => Err(("unable to parse IP", "")),
        };
        parsed.map_err(|(message, at)| {
            let place = if at.is_empty() { String::new() } else { format!(" (at {})", quoted(at)) };
            format!("ParseAddr({}): {message}{place}", quoted(text))
        })
    }
}

impl fmt::Display for Parsed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.address)?;
        if self.zone.is_empty() { Ok(()) } else { write!(out, "%{}", self.zone) }
    }
}

fn v4(text: &str) -> Result<Ipv4Addr, Wrong<'_>> {
    // upstream: Go's net/netip (parseIPv4Fields)
    let mut octets = Vec::with_capacity(4);
    let (mut value, mut digits) = (0_u32, 0);
    let mut before = None;
    for (place, letter) in text.char_indices() {
        let rest = text.get(place..).unwrap_or_default();
        if let Some(digit) = letter.to_digit(10) {
            if digits == 1 && value == 0 {
                return Err(("IPv4 field has octet with leading zero", ""));
            }
            value = value * 10 + digit;
            digits += 1;
            if value > 255 {
                return Err(("IPv4 field has value >255", ""));
            }
        } else if letter == '.' {
            if matches!(before, None | Some('.')) || rest == "." {
                return Err(("IPv4 field must have at least one digit", rest));
            }
            if octets.len() == 3 {
                return Err(("IPv4 address too long", ""));
            }
            octets.push(value);
            (value, digits) = (0, 0);
        } else {
            return Err(("unexpected character", rest));
        }
        before = Some(letter);
    }
    octets.push(value);
    let mut octets = octets.into_iter().filter_map(|octet| u8::try_from(octet).ok());
    match (octets.next(), octets.next(), octets.next(), octets.next()) {
        (Some(a), Some(b), Some(c), Some(d)) => Ok(Ipv4Addr::new(a, b, c, d)),
        _ => Err(("IPv4 address too short", "")),
    }
}

fn v6(text: &str) -> Result<Parsed<'_>, Wrong<'_>> {
    // upstream: Go's net/netip (parseIPv6)
    let (whole, zone) = match text.split_once('%') {
        Some((_, "")) => return Err(("zone must be a non-empty string", "")),
        Some((whole, zone)) => (whole, zone),
        None => (text, ""),
    };
    let mut words: Vec<u16> = Vec::with_capacity(8);
    // How many words stand before the two colons.
    let mut gap = None;
    let mut rest = whole;
    if let Some(behind) = whole.strip_prefix("::") {
        gap = Some(0);
        rest = behind;
        if rest.is_empty() {
            return Ok(Parsed { address: IpAddr::V6(Ipv6Addr::UNSPECIFIED), zone });
        }
    }
    while words.len() < 8 {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (word, behind) = rest.split_at_checked(digits).unwrap_or_default();
        if digits > 4 {
            return Err(("each group must have 4 or less digits", rest));
        }
        let Ok(value) = u16::from_str_radix(word, 16) else {
            return Err(("each colon-separated field must have at least one digit", rest));
        };
        if behind.starts_with('.') {
            if gap.is_none() && words.len() != 6 {
                let message = "embedded IPv4 address must replace the final 2 fields of the address";
                return Err((message, rest));
            }
            if words.len() > 6 {
                let message = "too many hex fields to fit an embedded IPv4 at the end of the address";
                return Err((message, rest));
            }
            let [a, b, c, d] = v4(rest)?.octets();
            words.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
            rest = "";
            break;
        }
        words.push(value);
        rest = behind;
        if rest.is_empty() {
            break;
        }
        let Some(behind) = rest.strip_prefix(':') else {
            return Err(("unexpected character, want colon", rest));
        };
        if behind.is_empty() {
            return Err(("colon must be followed by more characters", rest));
        }
        rest = behind;
        if let Some(behind) = rest.strip_prefix(':') {
            if gap.is_some() {
                return Err(("multiple :: in address", rest));
            }
            gap = Some(words.len());
            rest = behind;
            if rest.is_empty() {
                break;
            }
        }
    }
    if !rest.is_empty() {
        return Err(("trailing garbage after address", rest));
    }
    match gap {
        None if words.len() < 8 => return Err(("address string too short", "")),
        Some(_) if words.len() == 8 => {
            return Err(("the :: must expand to at least one field of zeros", ""));
        }
        Some(gap) => {
            let behind = words.split_off(gap);
            words.resize(8 - behind.len(), 0);
            words.extend(behind);
        }
        None => {}
    }
    let words: [u16; 8] = words.try_into().map_err(|_| ("address string too short", ""))?;
    Ok(Parsed { address: IpAddr::V6(Ipv6Addr::from(words)), zone })
}
