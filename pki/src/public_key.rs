//! Public keys and what they verify.
//!
//! upstream: Go's crypto/x509 (`parsePublicKey`, `checkSignature`), crypto/rsa, crypto/ecdsa, crypto/ed25519

mod curve;
mod rsa_key;

use crate::algorithm::{AlgorithmIdentifier, Digest, SignatureAlgorithm};
use crate::der::{Der, tag};

pub use curve::Curve;
pub(crate) use rsa_key::RsaKey;

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA
    Rsa,
    /// DSA, which nothing accepts.
    Dsa,
    /// ECDSA on one of NIST's curves.
    Ecdsa,
    /// Ed25519
    Ed25519,
}

impl std::fmt::Display for KeyKind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Rsa => "RSA",
            Self::Dsa => "DSA",
            Self::Ecdsa => "ECDSA",
            Self::Ed25519 => "Ed25519",
        })
    }
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub(crate) key: Key,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Rsa(RsaKey),
    Dsa,
    Ecdsa(Curve, Vec<u8>),
    Ed25519([u8; 32]),
}

const RSA: [u32; 7] = [1, 2, 840, 113_549, 1, 1, 1];
const DSA: [u32; 6] = [1, 2, 840, 10040, 4, 1];
const ECDSA: [u32; 6] = [1, 2, 840, 10045, 2, 1];
const ED25519: [u32; 4] = [1, 3, 101, 112];

impl PublicKey {
    /// The kind of the key.
    pub fn kind(&self) -> KeyKind {
        match &self.key {
            Key::Rsa(_) => KeyKind::Rsa,
            Key::Dsa => KeyKind::Dsa,
            Key::Ecdsa(..) => KeyKind::Ecdsa,
            Key::Ed25519(_) => KeyKind::Ed25519,
        }
    }

    /// The curve of an ECDSA key.
    pub fn curve(&self) -> Option<Curve> {
        match &self.key {
            Key::Ecdsa(curve, _) => Some(*curve),
            _ => None,
        }
    }

    /// How many bits the key has: of RSA the modulus, of the others the curve. DSA keys have none here.
    pub fn bits(&self) -> Option<usize> {
        match &self.key {
            Key::Rsa(key) => Some(key.bits()),
            Key::Dsa => None,
            Key::Ecdsa(curve, _) => Some(curve.bits()),
            Key::Ed25519(_) => Some(256),
        }
    }

    /// The key of a `SubjectPublicKeyInfo`; nothing for an algorithm that Go does not know.
    pub(crate) fn of(identifier: &AlgorithmIdentifier<'_>, data: &[u8]) -> Result<Option<Self>, String> {
        let key = match identifier.oid.numbers() {
            numbers if numbers == RSA => Key::Rsa(rsa_key::parse(identifier.parameters, data)?),
            numbers if numbers == ECDSA => {
                let oid = Der::new(identifier.parameters).oid().ok_or("x509: invalid ECDSA parameters")?;
                let curve = Curve::of(&oid).ok_or("x509: unsupported elliptic curve")?;
                curve.check_point(data)?;
                Key::Ecdsa(curve, data.to_vec())
            }
            numbers if numbers == ED25519 => {
                if !identifier.parameters.is_empty() {
                    return Err("x509: Ed25519 key encoded with illegal parameters".to_owned());
                }
                Key::Ed25519(data.try_into().map_err(|_| "x509: wrong Ed25519 public key size")?)
            }
            numbers if numbers == DSA => {
                dsa(identifier.parameters, data)?;
                Key::Dsa
            }
            _ => return Ok(None),
        };
        Ok(Some(Self { key }))
    }

    /// Whether the signature of a text is this key's, or why not in Go's words.
    pub(crate) fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), String> {
        match algorithm.digest() {
            Digest::None if algorithm != SignatureAlgorithm::Ed25519 => return Err(unsupported()),
            Digest::Md5 | Digest::Sha1 => {
                return Err(format!("x509: cannot verify signature: insecure algorithm {algorithm}"));
            }
            _ => {}
        }
        let wanted = algorithm.key_kind().ok_or_else(unsupported)?;
        let go_type = match &self.key {
            Key::Rsa(_) => "*rsa.PublicKey",
            Key::Ecdsa(..) => "*ecdsa.PublicKey",
            Key::Ed25519(_) => "ed25519.PublicKey",
            Key::Dsa => return Err(unsupported()),
        };
        if wanted != self.kind() {
            return Err(format!(
                "x509: signature algorithm specifies an {wanted} public key, but have public key of type {go_type}"
            ));
        }
        match &self.key {
            Key::Rsa(key) => key.verify(algorithm, signed, signature),
            Key::Ecdsa(curve, point) => curve
                .verify(point, algorithm.digest(), signed, signature)
                .then_some(())
                .ok_or_else(|| "x509: ECDSA verification failure".to_owned()),
            Key::Ed25519(point) => ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, point)
                .verify(signed, signature)
                .map_err(|_| "x509: Ed25519 verification failure".to_owned()),
            Key::Dsa => Err(unsupported()),
        }
    }
}

fn unsupported() -> String {
    "x509: cannot verify signature: algorithm unimplemented".to_owned()
}

/// A DSA key is parsed so that a malformed one is refused, and never used.
fn dsa(parameters: &[u8], data: &[u8]) -> Result<(), String> {
    let y = Der::new(data).integer().ok_or("x509: invalid DSA public key")?;
    let numbers = || {
        let mut fields = Der::new(Der::new(parameters).read(tag::SEQUENCE)?);
        Some([fields.integer()?, fields.integer()?, fields.integer()?])
    };
    let [p, q, g] = numbers().ok_or("x509: invalid DSA parameters")?;
    if [y, p, q, g].iter().any(|number| number.is_negative() || number.is_zero()) {
        return Err("x509: zero or negative DSA parameter".to_owned());
    }
    Ok(())
}
