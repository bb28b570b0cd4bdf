//! Signature algorithms.
//!
//! upstream: Go's crypto/x509 (`getSignatureAlgorithmFromAI`, `signatureAlgorithmDetails`)

use std::fmt;

use crate::der::{Der, Oid, tag};
use crate::public_key::KeyKind;

/// How a signature was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// None that Kubernetes' components know.
    Unknown,
    /// MD5 with RSA, never accepted.
    Md5WithRsa,
    /// SHA-1 with RSA, never accepted.
    Sha1WithRsa,
    /// SHA-256 with RSA, PKCS #1 1.5.
    Sha256WithRsa,
    /// SHA-384 with RSA, PKCS #1 1.5.
    Sha384WithRsa,
    /// SHA-512 with RSA, PKCS #1 1.5.
    Sha512WithRsa,
    /// SHA-256 with RSA, PSS.
    Sha256WithRsaPss,
    /// SHA-384 with RSA, PSS.
    Sha384WithRsaPss,
    /// SHA-512 with RSA, PSS.
    Sha512WithRsaPss,
    /// SHA-1 with DSA, never accepted.
    DsaWithSha1,
    /// SHA-256 with DSA, never accepted.
    DsaWithSha256,
    /// SHA-1 with ECDSA, never accepted.
    EcdsaWithSha1,
    /// SHA-256 with ECDSA.
    EcdsaWithSha256,
    /// SHA-384 with ECDSA.
    EcdsaWithSha384,
    /// SHA-512 with ECDSA.
    EcdsaWithSha512,
    /// Ed25519, which hashes by itself.
    Ed25519,
}

/// The digest that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digest {
    None,
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

use SignatureAlgorithm as S;

const KNOWN: [(S, &[u32]); 14] = [
    (S::Md5WithRsa, &[1, 2, 840, 113_549, 1, 1, 4]),
    (S::Sha1WithRsa, &[1, 2, 840, 113_549, 1, 1, 5]),
    (S::Sha1WithRsa, &[1, 3, 14, 3, 2, 29]),
    (S::Sha256WithRsa, &[1, 2, 840, 113_549, 1, 1, 11]),
    (S::Sha384WithRsa, &[1, 2, 840, 113_549, 1, 1, 12]),
    (S::Sha512WithRsa, &[1, 2, 840, 113_549, 1, 1, 13]),
    (S::DsaWithSha1, &[1, 2, 840, 10040, 4, 3]),
    (S::DsaWithSha256, &[2, 16, 840, 1, 101, 3, 4, 3, 2]),
    (S::EcdsaWithSha1, &[1, 2, 840, 10045, 4, 1]),
    (S::EcdsaWithSha256, &[1, 2, 840, 10045, 4, 3, 2]),
    (S::EcdsaWithSha384, &[1, 2, 840, 10045, 4, 3, 3]),
    (S::EcdsaWithSha512, &[1, 2, 840, 10045, 4, 3, 4]),
    (S::Ed25519, &[1, 3, 101, 112]),
    (S::Unknown, &[]),
];

const PSS: [u32; 7] = [1, 2, 840, 113_549, 1, 1, 10];
const MGF1: [u32; 7] = [1, 2, 840, 113_549, 1, 1, 8];

impl SignatureAlgorithm {
    /// The algorithm by its identifier and the element of its parameters.
    pub(crate) fn of(identifier: &AlgorithmIdentifier<'_>) -> Self {
        if identifier.oid.is(&PSS) {
            return pss(identifier.parameters).unwrap_or(Self::Unknown);
        }
        let found =
            KNOWN.iter().find(|(_, oid)| identifier.oid.is(oid)).map_or(Self::Unknown, |(found, _)| *found);
        match found {
            Self::Ed25519 if !identifier.parameters.is_empty() => Self::Unknown,
            found => found,
        }
    }

    pub(crate) fn digest(self) -> Digest {
        match self {
            Self::Unknown | Self::Ed25519 => Digest::None,
            Self::Md5WithRsa => Digest::Md5,
            Self::Sha1WithRsa | Self::DsaWithSha1 | Self::EcdsaWithSha1 => Digest::Sha1,
            Self::Sha256WithRsa | Self::Sha256WithRsaPss | Self::DsaWithSha256 | Self::EcdsaWithSha256 => {
                Digest::Sha256
            }
            Self::Sha384WithRsa | Self::Sha384WithRsaPss | Self::EcdsaWithSha384 => Digest::Sha384,
            Self::Sha512WithRsa | Self::Sha512WithRsaPss | Self::EcdsaWithSha512 => Digest::Sha512,
        }
    }

    pub(crate) fn is_pss(self) -> bool {
        matches!(self, Self::Sha256WithRsaPss | Self::Sha384WithRsaPss | Self::Sha512WithRsaPss)
    }

    /// The kind of key that makes such signatures.
    pub(crate) fn key_kind(self) -> Option<KeyKind> {
        Some(match self {
            Self::Unknown => return None,
            Self::DsaWithSha1 | Self::DsaWithSha256 => KeyKind::Dsa,
            Self::EcdsaWithSha1 | Self::EcdsaWithSha256 | Self::EcdsaWithSha384 | Self::EcdsaWithSha512 => {
                KeyKind::Ecdsa
            }
            Self::Ed25519 => KeyKind::Ed25519,
            _ => KeyKind::Rsa,
        })
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Unknown => "0",
            Self::Md5WithRsa => "MD5-RSA",
            Self::Sha1WithRsa => "SHA1-RSA",
            Self::Sha256WithRsa => "SHA256-RSA",
            Self::Sha384WithRsa => "SHA384-RSA",
            Self::Sha512WithRsa => "SHA512-RSA",
            Self::Sha256WithRsaPss => "SHA256-RSAPSS",
            Self::Sha384WithRsaPss => "SHA384-RSAPSS",
            Self::Sha512WithRsaPss => "SHA512-RSAPSS",
            Self::DsaWithSha1 => "DSA-SHA1",
            Self::DsaWithSha256 => "DSA-SHA256",
            Self::EcdsaWithSha1 => "ECDSA-SHA1",
            Self::EcdsaWithSha256 => "ECDSA-SHA256",
            Self::EcdsaWithSha384 => "ECDSA-SHA384",
            Self::EcdsaWithSha512 => "ECDSA-SHA512",
            Self::Ed25519 => "Ed25519",
        })
    }
}

/// An algorithm and, as one element with its header, its parameters.
#[derive(Clone, Debug)]
pub(crate) struct AlgorithmIdentifier<'a> {
    pub(crate) oid: Oid,
    pub(crate) parameters: &'a [u8],
}

impl<'a> AlgorithmIdentifier<'a> {
    pub(crate) fn parse(mut der: Der<'a>) -> Result<Self, &'static str> {
        let oid = der.oid().ok_or("x509: malformed OID")?;
        if der.is_empty() {
            return Ok(Self { oid, parameters: &[] });
        }
        let parameters = der.any().ok_or("x509: malformed parameters")?.whole;
        Ok(Self { oid, parameters })
    }
}

const NULL: [u8; 2] = [tag::NULL, 0];

/// PSS only with one digest for message and mask, a salt of its length and the usual trailer.
fn pss(parameters: &[u8]) -> Option<SignatureAlgorithm> {
    let mut fields = Der::new(parameters).sequence()?;
    let hash = AlgorithmIdentifier::parse(explicit(&mut fields, 0)?.sequence()?).ok()?;
    let mask = AlgorithmIdentifier::parse(explicit(&mut fields, 1)?.sequence()?).ok()?;
    let salt = explicit(&mut fields, 2)?.integer()?.signed()?;
    let trailer = match fields.optional(tag::constructed(3))? {
        Some(bytes) => Der::new(bytes).integer()?.signed()?,
        None => 1,
    };
    let mask_hash = AlgorithmIdentifier::parse(Der::new(mask.parameters).sequence()?).ok()?;
    let empty = |parameters: &[u8]| parameters.is_empty() || parameters == NULL;
    if !empty(hash.parameters)
        || !mask.oid.is(&MGF1)
        || mask_hash.oid != hash.oid
        || !empty(mask_hash.parameters)
        || trailer != 1
    {
        return None;
    }
    match (hash.oid.numbers(), salt) {
        ([2, 16, 840, 1, 101, 3, 4, 2, 1], 32) => Some(S::Sha256WithRsaPss),
        ([2, 16, 840, 1, 101, 3, 4, 2, 2], 48) => Some(S::Sha384WithRsaPss),
        ([2, 16, 840, 1, 101, 3, 4, 2, 3], 64) => Some(S::Sha512WithRsaPss),
        _ => None,
    }
}

fn explicit<'a>(fields: &mut Der<'a>, number: u8) -> Option<Der<'a>> {
    fields.read(tag::constructed(number)).map(Der::new)
}
