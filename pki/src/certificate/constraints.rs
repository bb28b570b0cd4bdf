//! Name constraints: the subtrees in which a CA may, and may not, give out names.
//!
//! upstream: Go's crypto/x509 (`parseNameConstraintsExtension`, `domainNameValid`, `parseRFC2821Mailbox`)

mod mailbox;

use std::net::IpAddr;

use kubelogic_core::quote::quoted;

use crate::der::{Der, tag};

pub(crate) use mailbox::{Mailbox, mailbox};

/// What the extension says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameConstraints {
    pub(crate) permitted: Subtrees,
    pub(crate) excluded: Subtrees,
    /// Whether there is a kind of name that is not understood.
    pub(crate) has_unknown: bool,
}

/// Subtrees by kind of name, in the order of the certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Subtrees {
    pub(crate) dns: Vec<String>,
    pub(crate) addresses: Vec<IpNetwork>,
    pub(crate) emails: Vec<String>,
    pub(crate) uris: Vec<String>,
}

/// An address with a mask of leading ones. The address may have bits outside the mask.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct IpNetwork {
    pub(crate) address: Vec<u8>,
    pub(crate) mask: Vec<u8>,
}

impl IpNetwork {
    pub(crate) fn contains(&self, address: &[u8]) -> bool {
        // upstream: Go's net (`IPNet.Contains`): an IPv4 address inside an IPv6 one is meant as IPv4.
        let address = match address {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, four @ ..] => four,
            other => other,
        };
        let network = match self.address.as_slice() {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, four @ ..] => four,
            other => other,
        };
        let mask = match (self.mask.len(), network.len()) {
            (16, 4) => self.mask.get(12..).unwrap_or_default(),
            _ => &self.mask,
        };
        address.len() == network.len()
            && network
                .iter()
                .zip(address)
                .zip(mask)
                .all(|((network, byte), mask)| network & mask == byte & mask)
    }

    /// Go's way to print it.
    pub(crate) fn text(&self) -> String {
        let address = match self.address.as_slice() {
            [a, b, c, d] => IpAddr::from([*a, *b, *c, *d]).to_string(),
            other => <[u8; 16]>::try_from(other)
                .map_or_else(|_| String::new(), |sixteen| ip_text(IpAddr::from(sixteen))),
        };
        let ones: u32 = self.mask.iter().map(|byte| byte.leading_ones()).sum();
        format!("{address}/{ones}")
    }
}

/// An address as Go prints it: IPv4 inside IPv6 as IPv4.
pub(crate) fn ip_text(address: IpAddr) -> String {
    match address {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or_else(|| six.to_string(), |four| four.to_string()),
        IpAddr::V4(four) => four.to_string(),
    }
}

impl NameConstraints {
    pub(super) fn parse(value: &[u8]) -> Result<Self, String> {
        let invalid = "x509: invalid NameConstraints extension";
        let mut outer = Der::new(value);
        let mut fields = outer.sequence().filter(|_| outer.is_empty()).ok_or(invalid)?;
        let permitted = fields.optional(tag::constructed(0)).ok_or(invalid)?;
        let excluded = fields.optional(tag::constructed(1)).ok_or(invalid)?;
        if !fields.is_empty() {
            return Err(invalid.to_owned());
        }
        let (permitted, excluded) = (permitted.unwrap_or_default(), excluded.unwrap_or_default());
        if permitted.is_empty() && excluded.is_empty() {
            return Err("x509: empty name constraints extension".to_owned());
        }
        let mut has_unknown = false;
        Ok(Self {
            permitted: subtrees(permitted, &mut has_unknown)?,
            excluded: subtrees(excluded, &mut has_unknown)?,
            has_unknown,
        })
    }
}

fn subtrees(bytes: &[u8], has_unknown: &mut bool) -> Result<Subtrees, String> {
    let mut list = Der::new(bytes);
    let mut found = Subtrees::default();
    while !list.is_empty() {
        let base = list.sequence().and_then(|mut subtree| subtree.any());
        let base = base.ok_or("x509: invalid NameConstraints extension")?;
        let text = || {
            let shown = String::from_utf8_lossy(base.content).into_owned();
            if base.content.is_ascii() {
                Ok(shown)
            } else {
                let shown = quoted_bytes(base.content);
                Err(format!(
                    "x509: invalid constraint value: x509: {shown} cannot be encoded as an IA5String"
                ))
            }
        };
        match base.tag {
            number if number == tag::context(2) => {
                let domain = text()?;
                if !domain_is_valid(&domain, true) {
                    return Err(format!("x509: failed to parse dnsName constraint {}", quoted(&domain)));
                }
                found.dns.push(domain);
            }
            number if number == tag::context(7) => found.addresses.push(network(base.content)?),
            number if number == tag::context(1) => {
                let constraint = text()?;
                let good = if constraint.contains('@') {
                    mailbox(&constraint).is_some()
                } else {
                    domain_is_valid(&constraint, true)
                };
                if !good {
                    return Err(format!(
                        "x509: failed to parse rfc822Name constraint {}",
                        quoted(&constraint)
                    ));
                }
                found.emails.push(constraint);
            }
            number if number == tag::context(6) => {
                let domain = text()?;
                let shown = quoted(&domain);
                if domain.parse::<IpAddr>().is_ok() {
                    return Err(format!(
                        "x509: failed to parse URI constraint {shown}: cannot be IP address"
                    ));
                }
                if !domain_is_valid(&domain, true) {
                    return Err(format!("x509: failed to parse URI constraint {shown}"));
                }
                found.uris.push(domain);
            }
            _ => *has_unknown = true,
        }
    }
    Ok(found)
}

/// Bytes in quotes as Go writes them, those that are no text by number.
fn quoted_bytes(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let inside = quoted(chunk.valid());
        out.push_str(inside.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(&inside));
        out.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    out.push('"');
    out
}

fn network(bytes: &[u8]) -> Result<IpNetwork, String> {
    let length = bytes.len();
    if !matches!(length, 8 | 32) {
        return Err(format!("x509: IP constraint contained value of length {length}"));
    }
    let (address, mask) = bytes.split_at_checked(length / 2).unwrap_or_default();
    let ones: u32 = mask.iter().map(|byte| byte.leading_ones()).sum();
    let total: u32 = mask.iter().map(|byte| byte.count_ones()).sum();
    let leading = mask.iter().take_while(|byte| **byte == 0xff).count();
    let contiguous = ones == total && mask.iter().skip(leading + 1).all(|byte| *byte == 0);
    if !contiguous {
        let hex = crate::hexadecimal(mask);
        return Err(format!("x509: IP constraint contained invalid mask {hex}"));
    }
    Ok(IpNetwork { address: address.to_vec(), mask: mask.to_vec() })
}

/// Whether a domain has labels of visible letters and no dot at its end. The empty one is valid.
pub(crate) fn domain_is_valid(domain: &str, constraint: bool) -> bool {
    if domain.is_empty() {
        return true;
    }
    if domain.ends_with('.') {
        return false;
    }
    // The dot before a constraint means every name below.
    let labels = if constraint { domain.strip_prefix('.').unwrap_or(domain) } else { domain };
    labels.split('.').all(|label| !label.is_empty() && label.bytes().all(|byte| (33..=126).contains(&byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_leading_ones() {
        assert!(network(&[10, 0, 0, 0, 255, 255, 0, 0]).is_ok());
        assert_eq!(
            network(&[10, 0, 0, 0, 255, 0, 255, 0]).unwrap_err(),
            "x509: IP constraint contained invalid mask ff00ff00"
        );
        assert!(network(&[10, 0, 0, 0, 0, 255, 0, 0]).is_err());
    }

    #[test]
    fn domains_end_without_a_dot() {
        assert!(domain_is_valid(".a.b", true));
        assert!(!domain_is_valid(".a.b", false));
        assert!(!domain_is_valid("a..b", false));
        assert!(!domain_is_valid("a.", true));
    }
}
