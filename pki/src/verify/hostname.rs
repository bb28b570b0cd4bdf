//! Is a certificate good for a host?
//!
//! upstream: Go's crypto/x509 (`VerifyHostname`, `HostnameError`)

use std::net::IpAddr;

use super::{Cause, VerifyError};
use crate::certificate::{Certificate, ip_text};

pub(super) fn check(certificate: &Certificate, host: &str) -> Result<(), VerifyError> {
    let names = certificate.alternative_names();
    let inside =
        host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|inside| !inside.is_empty());
    let address = inside.unwrap_or(host);
    if let Some(wanted) = parse_ip(address) {
        return if names.addresses().iter().any(|own| own.to_canonical() == wanted.to_canonical()) {
            Ok(())
        } else {
            Err(VerifyError::new(Cause::WrongHost, refusal(certificate, address)))
        };
    }
    let wanted = host.to_ascii_lowercase();
    let is_host = is_host_name(&wanted, false);
    let found = names.dns().iter().any(|own| {
        if is_host && is_host_name(own, true) {
            matches(own, &wanted)
        } else {
            // Names that are none for a host are compared as they are.
            !matches!(own.as_str(), "" | ".")
                && !matches!(host, "" | ".")
                && own.eq_ignore_ascii_case(&wanted)
        }
    });
    if found { Ok(()) } else { Err(VerifyError::new(Cause::WrongHost, refusal(certificate, host))) }
}

/// An address without a zone, as Go's `net.ParseIP` takes it.
fn parse_ip(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

fn refusal(certificate: &Certificate, host: &str) -> String {
    const MOST: usize = 100;
    let names = certificate.alternative_names();
    let has_names = certificate.extension(&[2, 5, 29, 17]).is_some();
    if !has_names && matches(certificate.subject().common_name(), host) {
        return "x509: certificate relies on legacy Common Name field, use SANs instead".to_owned();
    }
    let valid = if parse_ip(host).is_some() {
        let addresses = names.addresses();
        if addresses.is_empty() {
            return format!(
                "x509: cannot validate certificate for {host} because it doesn't contain any IP SANs"
            );
        }
        if addresses.len() >= MOST {
            return format!(
                "x509: certificate is valid for {} IP SANs, but none matched {host}",
                addresses.len()
            );
        }
        addresses.iter().map(|address| ip_text(*address)).collect::<Vec<_>>().join(", ")
    } else {
        if names.dns().len() >= MOST {
            return format!(
                "x509: certificate is valid for {} names, but none matched {host}",
                names.dns().len()
            );
        }
        names.dns().join(", ")
    };
    if valid.is_empty() {
        format!("x509: certificate is not valid for any names, but wanted to match {host}")
    } else {
        format!("x509: certificate is valid for {valid}, not {host}")
    }
}

/// Letters, digits, hyphens that do not begin a label, and underscores; a pattern may begin with `*`.
fn is_host_name(host: &str, pattern: bool) -> bool {
    let host = if pattern { host } else { host.strip_suffix('.').unwrap_or(host) };
    if host.is_empty() || host == "*" {
        return false;
    }
    host.split('.').enumerate().all(|(at, label)| {
        (pattern && at == 0 && label == "*")
            || (!label.is_empty()
                && !label.starts_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
    })
}

/// Label by label; a first label `*` of the pattern fits any one.
fn matches(pattern: &str, host: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if pattern.is_empty() {
        return false;
    }
    let (patterns, labels) = (pattern.split('.'), host.split('.'));
    patterns.clone().count() == labels.clone().count()
        && patterns
            .zip(labels)
            .enumerate()
            .all(|(at, (pattern, label))| (at == 0 && pattern == "*") || pattern == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_label() {
        assert!(matches("*.a.b", "x.A.b."));
        assert!(!matches("*.a.b", "x.y.a.b"));
        assert!(!matches("*.a.b", "a.b"));
        assert!(!is_host_name("*", true));
        assert!(is_host_name("_dns.a-b.c", false));
        assert!(!is_host_name("-a", false));
    }
}
