//! What a key may be used for.

use std::fmt;

use crate::der::{Der, Oid};

/// The bits of the key usage extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Whether nothing is said, and so nothing is forbidden.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it may sign certificates.
    pub fn may_sign_certificates(self) -> bool {
        self.0 & (1 << 5) != 0
    }

    /// The names of the bits in their order, as the `CertificateSigningRequest` API writes them.
    ///
    /// ```
    /// # let certificate = kubelogic_pki::Certificate::from_pem(include_bytes!("../../tests/data/ann.crt")).unwrap();
    /// assert_eq!(certificate.key_usage().names(), ["digital signature", "key encipherment"]);
    /// ```
    pub fn names(self) -> Vec<&'static str> {
        const NAMES: [&str; 9] = [
            "digital signature",
            "content commitment",
            "key encipherment",
            "data encipherment",
            "key agreement",
            "cert sign",
            "crl sign",
            "encipher only",
            "decipher only",
        ];
        NAMES
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| self.0 & (1 << bit) != 0)
            .map(|(_, name)| name)
            .collect()
    }

    pub(super) fn parse(value: &[u8]) -> Result<Self, String> {
        let (_, bytes) = Der::new(value).bits().ok_or("x509: invalid key usage")?;
        let bit =
            |number: usize| bytes.get(number / 8).is_some_and(|byte| byte & (0x80 >> (number % 8)) != 0);
        Ok(Self((0..9).filter(|number| bit(*number)).fold(0, |bits, number| bits | 1 << number)))
    }
}

/// A purpose of the extended key usage extension.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExtendedKeyUsage(Oid);

/// Purposes with the names that the `CertificateSigningRequest` API and Go give them.
const NAMES: [(&[u32], &str); 14] = [
    (&[2, 5, 29, 37, 0], "any"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 1], "server auth"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 2], "client auth"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 3], "code signing"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 4], "email protection"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 5], "ipsec end system"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 6], "ipsec tunnel"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 7], "ipsec user"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 8], "timestamping"),
    (&[1, 3, 6, 1, 5, 5, 7, 3, 9], "ocsp signing"),
    (&[1, 3, 6, 1, 4, 1, 311, 10, 3, 3], "microsoft sgc"),
    (&[2, 16, 840, 1, 113_730, 4, 1], "netscape sgc"),
    (&[1, 3, 6, 1, 4, 1, 311, 2, 1, 22], "microsoft commercial code signing"),
    (&[1, 3, 6, 1, 4, 1, 311, 61, 1, 1], "microsoft kernel code signing"),
];

impl ExtendedKeyUsage {
    /// The name, when it has one.
    pub fn name(&self) -> Option<&'static str> {
        NAMES.iter().find(|(oid, _)| self.0.is(oid)).map(|(_, name)| *name)
    }

    pub(super) fn list(value: &[u8]) -> Result<Vec<Self>, String> {
        let invalid = "x509: invalid extended key usages";
        let mut list = Der::new(value).sequence().ok_or(invalid)?;
        let mut usages = Vec::new();
        while !list.is_empty() {
            usages.push(Self(list.oid().ok_or(invalid)?));
        }
        Ok(usages)
    }
}

/// The name, or the identifier with dots.
impl fmt::Display for ExtendedKeyUsage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => out.write_str(name),
            None => self.0.fmt(out),
        }
    }
}
