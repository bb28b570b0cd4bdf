//! IP addresses and blocks of them, as strictly as each version reads them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::other::invalid;
use crate::quote::quoted;
use crate::version::KubeVersion;

/// The first minor version that knows strict addresses.
pub(super) const STRICT_SINCE: u16 = 33;

const NO_ADDRESS: &str = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const NO_BLOCK: &str = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/// For fields that are new enough to take only the canonical form.
pub(super) fn ip(text: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (IsValidIP); before 1.33 it was not strict.
    let problems = legacy_ip(text, version.minor() >= STRICT_SINCE);
    match sloppy(text) {
        Some(address) if problems.is_empty() && version.minor() >= STRICT_SINCE => {
            not_canonical(text, &printed(address)).into_iter().collect()
        }
        _ => problems,
    }
}

/// What is wrong with an address in canonical form, without the address.
pub(super) fn ip_details(text: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (IsValidIP)
    let Some(address) = sloppy(text) else { return vec![NO_ADDRESS.to_owned()] };
    if let Some(problem) = not_strict(text) {
        return vec![problem.to_owned()];
    }
    let canonical = printed(address);
    if text == canonical {
        return Vec::new();
    }
    vec![format!("must be in canonical form ({})", quoted(&canonical))]
}

/// Why an address is read differently by different programs.
fn not_strict(text: &str) -> Option<&'static str> {
    match text.parse::<IpAddr>() {
        Err(_) => Some("must not have leading 0s"),
        Ok(address) if is_mapped(address) => Some("must not be an IPv4-mapped IPv6 address"),
        Ok(_) => None,
    }
}

/// For older fields: any form is taken, and without `strict` also those that different programs read differently.
pub(super) fn legacy_ip(text: &str, strict: bool) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (parseIP)
    let Some(_) = sloppy(text) else { return vec![invalid(text, NO_ADDRESS)] };
    if !strict {
        return Vec::new();
    }
    not_strict(text).map(|problem| invalid(text, problem)).into_iter().collect()
}

/// For fields that are new enough to take only the canonical form.
pub(super) fn cidr(text: &str, version: KubeVersion) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (IsValidCIDR); before 1.33 it was not strict.
    let problems = legacy_cidr(text, version.minor() >= STRICT_SINCE);
    match Block::read(text) {
        Some(block) if problems.is_empty() && version.minor() >= STRICT_SINCE => {
            not_canonical(text, &block.printed()).into_iter().collect()
        }
        _ => problems,
    }
}

/// For older fields.
pub(super) fn legacy_cidr(text: &str, strict: bool) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (parseCIDR)
    let Some(block) = Block::read(text) else { return vec![invalid(text, NO_BLOCK)] };
    if !strict {
        return Vec::new();
    }
    let problem = if !block.is_strict(text) {
        "must not have leading 0s in IP or prefix length"
    } else if is_mapped(block.address) {
        "must not have an IPv4-mapped IPv6 address"
    } else if block.masked() != block.bits() {
        "must not have bits set beyond the prefix length"
    } else {
        return Vec::new();
    };
    vec![invalid(text, problem)]
}

/// An address with the length of the block that it is in.
pub(super) fn interface_address(text: &str) -> Vec<String> {
    // upstream: apimachinery pkg/util/validation/ip.go (IsValidInterfaceAddress)
    let Some(block) = Block::read(text) else {
        let rule = "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";
        return vec![invalid(text, rule)];
    };
    let is_v4 = matches!(block.address, IpAddr::V4(_)) || is_mapped(block.address);
    // Go makes a negative number of a block that is larger than all addresses of four bytes.
    let length = i64::from(block.length) - if is_v4 && block.length > 32 { 96 } else { 0 };
    not_canonical(text, &format!("{}/{length}", printed(block.address))).into_iter().collect()
}

fn not_canonical(text: &str, canonical: &str) -> Option<String> {
    (text != canonical).then(|| invalid(text, &format!("must be in canonical form ({})", quoted(canonical))))
}

pub(in crate::meta) fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// As Go prints it: an address that only stands for one of four bytes is printed as that.
pub(in crate::meta) fn printed(address: IpAddr) -> String {
    match address {
        IpAddr::V6(long) => long.to_ipv4_mapped().map_or_else(|| long.to_string(), |short| short.to_string()),
        IpAddr::V4(short) => short.to_string(),
    }
}

/// A block of addresses, and the address that was written.
pub(in crate::meta) struct Block {
    pub(in crate::meta) address: IpAddr,
    pub(in crate::meta) length: u32,
}

impl Block {
    pub(in crate::meta) fn read(text: &str) -> Option<Self> {
        // upstream: k8s.io/utils net (ParseCIDRSloppy)
        let (address, length) = text.split_once('/')?;
        let address = sloppy_v4(address).map(IpAddr::V4).or_else(|| sloppy_v6(address).map(IpAddr::V6))?;
        let longest = if matches!(address, IpAddr::V4(_)) { 32 } else { 128 };
        let length = decimal(length)?;
        (length <= longest).then_some(Self { address, length })
    }

    /// How long a block of one address is.
    pub(in crate::meta) fn longest(&self) -> u32 {
        if matches!(self.address, IpAddr::V4(_)) { 32 } else { 128 }
    }

    /// Whether its text has no zeros at the beginning of a number.
    pub(in crate::meta) fn is_strict(&self, text: &str) -> bool {
        let (address, length) = text.rsplit_once('/').unwrap_or_default();
        let has_zeros = length.len() > 1 && length.starts_with('0');
        !has_zeros && address.parse::<IpAddr>() == Ok(self.address)
    }

    pub(in crate::meta) fn bits(&self) -> u128 {
        match self.address {
            IpAddr::V4(address) => u128::from(u32::from(address)) << 96,
            IpAddr::V6(address) => u128::from(address),
        }
    }

    pub(in crate::meta) fn masked(&self) -> u128 {
        let mask = u128::MAX.checked_shl(128 - self.length).unwrap_or(0);
        self.bits() & mask
    }

    pub(in crate::meta) fn printed(&self) -> String {
        // upstream: Go's IPNet.String
        let first = self.masked();
        match self.address {
            IpAddr::V4(_) => {
                let short = u32::try_from(first >> 96).unwrap_or_default();
                format!("{}/{}", Ipv4Addr::from(short), self.length)
            }
            IpAddr::V6(_) => {
                let long = Ipv6Addr::from(first);
                let short = long.to_ipv4_mapped().is_some();
                let length = if short { self.length.saturating_sub(96) } else { self.length };
                format!("{}/{length}", printed(IpAddr::V6(long)))
            }
        }
    }
}

/// Any address that Go once read: numbers may begin with zeros.
pub(in crate::meta) fn sloppy(text: &str) -> Option<IpAddr> {
    // upstream: k8s.io/utils net (ParseIPSloppy)
    match text.bytes().find(|byte| matches!(byte, b'.' | b':'))? {
        b'.' => sloppy_v4(text).map(IpAddr::V4),
        _ => sloppy_v6(text).map(IpAddr::V6),
    }
}

fn sloppy_v4(text: &str) -> Option<Ipv4Addr> {
    let mut parts = text.split('.').map(|part| decimal(part).and_then(|number| u8::try_from(number).ok()));
    let (a, b, c, d) = (parts.next()??, parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then(|| Ipv4Addr::new(a, b, c, d))
}

fn sloppy_v6(text: &str) -> Option<Ipv6Addr> {
    let (before, behind) = match text.split_once("::") {
        Some((before, behind)) => (before, Some(behind)),
        None => (text, None),
    };
    let mut words = Vec::new();
    let is_last = behind.is_none();
    read_words(before, is_last, &mut words)?;
    if let Some(behind) = behind {
        let mut tail = Vec::new();
        read_words(behind, true, &mut tail)?;
        // The two colons stand for one word at least.
        let missing = 8_usize.checked_sub(words.len() + tail.len()).filter(|missing| *missing > 0)?;
        words.extend(std::iter::repeat_n(0, missing));
        words.extend(tail);
    }
    let words: [u16; 8] = words.try_into().ok()?;
    Some(Ipv6Addr::from(words))
}

/// Words between colons; the last one may be an address of four bytes.
fn read_words(text: &str, may_end_short: bool, words: &mut Vec<u16>) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        if part.contains('.') {
            let short = sloppy_v4(part).filter(|_| may_end_short && parts.peek().is_none())?.octets();
            let [a, b, c, d] = short;
            words.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
        } else {
            let digits = part.trim_start_matches('0');
            let is_hexadecimal = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            let word = if digits.is_empty() { Some(0) } else { u16::from_str_radix(digits, 16).ok() };
            words.push(word.filter(|_| is_hexadecimal)?);
        }
    }
    Some(())
}

/// A number without a sign, zeros at its beginning allowed.
fn decimal(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches('0');
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits.is_empty() { Some(0) } else { digits.parse().ok() };
    number.filter(|_| is_number)
}
