//! The names of the subject alternative name extension.

use std::net::IpAddr;

use super::constraints::domain_is_valid;
use super::uri::Uri;
use crate::der::{Der, tag};

/// The names for which a certificate is good, by kind, each in the order of the certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlternativeNames {
    pub(crate) dns: Vec<String>,
    pub(crate) addresses: Vec<IpAddr>,
    pub(crate) emails: Vec<String>,
    pub(crate) uris: Vec<Uri>,
}

impl AlternativeNames {
    /// Host names, wildcards included.
    pub fn dns(&self) -> &[String] {
        &self.dns
    }

    /// Addresses.
    pub fn addresses(&self) -> &[IpAddr] {
        &self.addresses
    }

    /// Mail addresses.
    pub fn emails(&self) -> &[String] {
        &self.emails
    }

    /// URIs as they are written.
    pub fn uris(&self) -> impl Iterator<Item = &str> {
        self.uris.iter().map(Uri::as_str)
    }

    /// Whether there is none that is understood.
    pub fn is_empty(&self) -> bool {
        self.dns.is_empty() && self.addresses.is_empty() && self.emails.is_empty() && self.uris.is_empty()
    }

    pub(super) fn parse(value: &[u8]) -> Result<Self, String> {
        let mut list = Der::new(value).sequence().ok_or("x509: invalid subject alternative names")?;
        let mut names = Self::default();
        while !list.is_empty() {
            let name = list.any().ok_or("x509: invalid subject alternative name")?;
            let text = |what: &str| {
                std::str::from_utf8(name.content)
                    .ok()
                    .filter(|text| text.is_ascii())
                    .map(str::to_owned)
                    .ok_or_else(|| format!("x509: SAN {what} is malformed"))
            };
            match name.tag {
                number if number == tag::context(1) => names.emails.push(text("rfc822Name")?),
                number if number == tag::context(2) => names.dns.push(text("dNSName")?),
                number if number == tag::context(6) => {
                    names.uris.push(uri(&text("uniformResourceIdentifier")?)?);
                }
                number if number == tag::context(7) => names.addresses.push(address(name.content)?),
                _ => {}
            }
        }
        Ok(names)
    }
}

fn uri(text: &str) -> Result<Uri, String> {
    let shown = kubelogic_core::quote::quoted(text);
    match Uri::parse(text) {
        Err(why) => Err(format!("x509: cannot parse URI {shown}: {why}")),
        Ok(uri) if !uri.host().is_empty() && !domain_is_valid(uri.host(), false) => {
            Err(format!("x509: cannot parse URI {shown}: invalid domain"))
        }
        Ok(uri) => Ok(uri),
    }
}

fn address(bytes: &[u8]) -> Result<IpAddr, String> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        Ok(IpAddr::from(four))
    } else if let Ok(sixteen) = <[u8; 16]>::try_from(bytes) {
        Ok(IpAddr::from(sixteen))
    } else {
        Err(format!("x509: cannot parse IP address of length {}", bytes.len()))
    }
}
