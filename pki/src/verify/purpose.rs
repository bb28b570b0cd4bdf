//! What a certificate is used for: each certificate of the chain must allow one and the same purpose.
//!
//! upstream: Go's crypto/x509 (`checkChainForKeyUsage`)

use crate::certificate::{Certificate, ExtendedKeyUsage};

/// A use that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Every one.
    Any,
    /// A TLS server.
    ServerAuth,
    /// A TLS client.
    ClientAuth,
    /// Signing programs.
    CodeSigning,
    /// Signing mail.
    EmailProtection,
    /// Signing times.
    TimeStamping,
    /// Signing answers about revocation.
    OcspSigning,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Any,
        Self::ServerAuth,
        Self::ClientAuth,
        Self::CodeSigning,
        Self::EmailProtection,
        Self::TimeStamping,
        Self::OcspSigning,
    ];

    /// The purpose of a name: `server auth`, `client auth`, `any`, …
    ///
    /// ```
    /// use kubelogic_pki::Purpose;
    /// assert_eq!(Purpose::named("client auth"), Some(Purpose::ClientAuth));
    /// assert_eq!(Purpose::named("clientAuth"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ServerAuth => "server auth",
            Self::ClientAuth => "client auth",
            Self::CodeSigning => "code signing",
            Self::EmailProtection => "email protection",
            Self::TimeStamping => "timestamping",
            Self::OcspSigning => "ocsp signing",
        }
    }
}

pub(super) fn holds(chain: &[&Certificate], purposes: &[Purpose]) -> bool {
    if purposes.contains(&Purpose::Any) {
        return true;
    }
    let mut left = purposes.to_vec();
    for certificate in chain.iter().rev() {
        let usages: Vec<&str> = certificate
            .extended_key_usages()
            .iter()
            .map(|usage| ExtendedKeyUsage::name(usage).unwrap_or(""))
            .collect();
        // No purpose at all means any.
        if usages.is_empty() || usages.contains(&"any") {
            continue;
        }
        left.retain(|purpose| usages.contains(&purpose.name()));
        if left.is_empty() {
            return false;
        }
    }
    true
}
