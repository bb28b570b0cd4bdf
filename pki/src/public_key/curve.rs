//! NIST's curves: points and signatures.

use ring::signature;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::algorithm::Digest;
use crate::der::{Der, Oid};

/// An elliptic curve that Kubernetes' components know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// P-224
    P224,
    /// P-256
    P256,
    /// P-384
    P384,
    /// P-521
    P521,
}

impl std::fmt::Display for Curve {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "P-{}", self.bits())
    }
}

impl Curve {
    pub(crate) fn of(oid: &Oid) -> Option<Self> {
        match oid.numbers() {
            [1, 3, 132, 0, 33] => Some(Self::P224),
            [1, 2, 840, 10045, 3, 1, 7] => Some(Self::P256),
            [1, 3, 132, 0, 34] => Some(Self::P384),
            [1, 3, 132, 0, 35] => Some(Self::P521),
            _ => None,
        }
    }

    /// How many bits a coordinate has.
    pub fn bits(self) -> usize {
        match self {
            Self::P224 => 224,
            Self::P256 => 256,
            Self::P384 => 384,
            Self::P521 => 521,
        }
    }

    /// The bytes of a coordinate and of a private key.
    pub(crate) fn size(self) -> usize {
        self.bits().div_ceil(8)
    }

    /// Whether the bytes are an uncompressed point on the curve, or what Go says of them.
    pub(crate) fn check_point(self, data: &[u8]) -> Result<(), String> {
        if data.first() != Some(&4) {
            return Err("ecdsa: invalid uncompressed public key".to_owned());
        }
        let size = self.size();
        if data.len() != 1 + 2 * size {
            return Err(format!("invalid P{} point encoding", self.bits()));
        }
        for coordinate in data.get(1..).unwrap_or_default().chunks(size) {
            if coordinate >= self.prime().as_slice() {
                // Go has P-256 in assembly, with a text of its own.
                let blank = if self == Self::P256 { " element" } else { "Element" };
                return Err(format!("invalid P{}{blank} encoding", self.bits()));
            }
        }
        let good = match self {
            Self::P224 => p224::PublicKey::from_sec1_bytes(data).is_ok(),
            Self::P256 => p256::PublicKey::from_sec1_bytes(data).is_ok(),
            Self::P384 => p384::PublicKey::from_sec1_bytes(data).is_ok(),
            Self::P521 => p521::PublicKey::from_sec1_bytes(data).is_ok(),
        };
        good.then_some(()).ok_or_else(|| format!("P{} point not on curve", self.bits()))
    }

    /// The uncompressed public point of a private number; nothing when it is zero or not below the order.
    pub(crate) fn public_point(self, private: &[u8]) -> Option<Vec<u8>> {
        use p256::elliptic_curve::sec1::ToEncodedPoint as _;
        Some(match self {
            Self::P224 => p224::SecretKey::from_slice(private)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::P256 => p256::SecretKey::from_slice(private)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::P384 => p384::SecretKey::from_slice(private)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
            Self::P521 => p521::SecretKey::from_slice(private)
                .ok()?
                .public_key()
                .to_encoded_point(false)
                .as_bytes()
                .to_vec(),
        })
    }

    pub(super) fn verify(self, point: &[u8], digest: Digest, signed: &[u8], bytes: &[u8]) -> bool {
        // ring is faster and has two curves with two digests each.
        let fast: Option<&dyn signature::VerificationAlgorithm> = match (self, digest) {
            (Self::P256, Digest::Sha256) => Some(&signature::ECDSA_P256_SHA256_ASN1),
            (Self::P256, Digest::Sha384) => Some(&signature::ECDSA_P256_SHA384_ASN1),
            (Self::P384, Digest::Sha256) => Some(&signature::ECDSA_P384_SHA256_ASN1),
            (Self::P384, Digest::Sha384) => Some(&signature::ECDSA_P384_SHA384_ASN1),
            _ => None,
        };
        if let Some(algorithm) = fast {
            return signature::UnparsedPublicKey::new(algorithm, point).verify(signed, bytes).is_ok();
        }
        let hash = match digest {
            Digest::Sha256 => Sha256::digest(signed).to_vec(),
            Digest::Sha384 => Sha384::digest(signed).to_vec(),
            Digest::Sha512 => Sha512::digest(signed).to_vec(),
            _ => return false,
        };
        self.verify_any(point, &hash, bytes).unwrap_or(false)
    }

    fn verify_any(self, point: &[u8], hash: &[u8], bytes: &[u8]) -> Option<bool> {
        use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
        // Two numbers in a sequence, and nothing behind them.
        let mut outer = Der::new(bytes);
        let mut inner = outer.sequence()?;
        let (r, s) = (inner.integer()?, inner.integer()?);
        if !outer.is_empty() || !inner.is_empty() || r.is_negative() || s.is_negative() {
            return None;
        }
        let size = self.size();
        let mut both = Vec::with_capacity(2 * size);
        for number in [r.magnitude(), s.magnitude()] {
            both.extend(std::iter::repeat_n(0, size.checked_sub(number.len())?));
            both.extend(number);
        }
        Some(match self {
            Self::P224 => {
                let signature = p224::ecdsa::Signature::from_slice(&both).ok()?;
                p224::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .ok()?
                    .verify_prehash(hash, &signature)
                    .is_ok()
            }
            Self::P256 => {
                let signature = p256::ecdsa::Signature::from_slice(&both).ok()?;
                p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .ok()?
                    .verify_prehash(hash, &signature)
                    .is_ok()
            }
            Self::P384 => {
                let signature = p384::ecdsa::Signature::from_slice(&both).ok()?;
                p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .ok()?
                    .verify_prehash(hash, &signature)
                    .is_ok()
            }
            Self::P521 => {
                let signature = p521::ecdsa::Signature::from_slice(&both).ok()?;
                p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
                    .ok()?
                    .verify_prehash(hash, &signature)
                    .is_ok()
            }
        })
    }

    /// The field's prime, big-endian.
    fn prime(self) -> Vec<u8> {
        let mut prime = vec![0xff; self.size()];
        let mut set = |range: std::ops::Range<usize>, byte: u8| {
            prime.get_mut(range).unwrap_or_default().fill(byte);
        };
        match self {
            // 2²²⁴ - 2⁹⁶ + 1
            Self::P224 => {
                set(16..28, 0);
                set(27..28, 1);
            }
            // 2²⁵⁶ - 2²²⁴ + 2¹⁹² + 2⁹⁶ - 1
            Self::P256 => {
                set(4..20, 0);
                set(7..8, 1);
            }
            // 2³⁸⁴ - 2¹²⁸ - 2⁹⁶ + 2³² - 1
            Self::P384 => {
                set(31..32, 0xfe);
                set(36..44, 0);
            }
            // 2⁵²¹ - 1
            Self::P521 => set(0..1, 1),
        }
        prime
    }
}
