//! RSA keys of any size that Go takes: from 1,024 bits.

use ring::signature::{self, RsaPublicKeyComponents};
use rsa::{BigUint, Pkcs1v15Sign, Pss};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::der::{Der, tag};

/// Modulus and exponent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RsaKey {
    /// Big-endian, without leading zeros.
    pub(crate) modulus: Vec<u8>,
    pub(crate) exponent: u64,
}

pub(super) fn parse(parameters: &[u8], data: &[u8]) -> Result<RsaKey, String> {
    if parameters != [tag::NULL, 0] {
        return Err("x509: RSA key missing NULL parameters".to_owned());
    }
    let mut fields = Der::new(data).sequence().ok_or("x509: invalid RSA public key")?;
    let modulus = fields.integer().ok_or("x509: invalid RSA modulus")?;
    let exponent =
        fields.integer().and_then(crate::der::Integer::signed).ok_or("x509: invalid RSA public exponent")?;
    if modulus.is_negative() || modulus.is_zero() {
        return Err("x509: RSA modulus is not a positive number".to_owned());
    }
    let exponent = u64::try_from(exponent).ok().filter(|exponent| *exponent > 0);
    let exponent = exponent.ok_or("x509: RSA public exponent is not a positive number")?;
    Ok(RsaKey { modulus: modulus.magnitude().to_vec(), exponent })
}

impl RsaKey {
    pub(crate) fn bits(&self) -> usize {
        let leading = self.modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
        self.modulus.len() * 8 - leading
    }

    pub(super) fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        signed: &[u8],
        bytes: &[u8],
    ) -> Result<(), String> {
        self.check()?;
        // ring is much faster, and takes moduli of whole bytes from 2,048 bits and exponents from 65,537.
        let good = match self.fast(algorithm) {
            Some(verification) => {
                let exponent: Vec<u8> =
                    self.exponent.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
                RsaPublicKeyComponents { n: &self.modulus, e: &exponent }
                    .verify(verification, signed, bytes)
                    .is_ok()
            }
            None => self.verify_any(algorithm, signed, bytes),
        };
        good.then_some(()).ok_or_else(|| "crypto/rsa: verification error".to_owned())
    }

    /// What Go asks of a key before it verifies anything.
    fn check(&self) -> Result<(), String> {
        let bits = self.bits();
        if bits < 1024 {
            return Err(format!(
                "crypto/rsa: {bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
            ));
        }
        let problem = if self.modulus.last().is_some_and(|byte| byte.is_multiple_of(2)) {
            "crypto/rsa: public modulus is even"
        } else if self.exponent < 2 {
            "crypto/rsa: public exponent too small or negative"
        } else if self.exponent.is_multiple_of(2) {
            "crypto/rsa: public exponent is even"
        } else if self.exponent > (1 << 31) - 1 {
            "crypto/rsa: public exponent too large"
        } else {
            return Ok(());
        };
        Err(problem.to_owned())
    }

    fn fast(&self, algorithm: SignatureAlgorithm) -> Option<&'static signature::RsaParameters> {
        let bits = self.bits();
        if !(2048..=8192).contains(&bits) || !bits.is_multiple_of(8) || self.exponent < 65_537 {
            return None;
        }
        Some(match algorithm {
            SignatureAlgorithm::Sha256WithRsa => &signature::RSA_PKCS1_2048_8192_SHA256,
            SignatureAlgorithm::Sha384WithRsa => &signature::RSA_PKCS1_2048_8192_SHA384,
            SignatureAlgorithm::Sha512WithRsa => &signature::RSA_PKCS1_2048_8192_SHA512,
            SignatureAlgorithm::Sha256WithRsaPss => &signature::RSA_PSS_2048_8192_SHA256,
            SignatureAlgorithm::Sha384WithRsaPss => &signature::RSA_PSS_2048_8192_SHA384,
            SignatureAlgorithm::Sha512WithRsaPss => &signature::RSA_PSS_2048_8192_SHA512,
            _ => return None,
        })
    }

    fn verify_any(&self, algorithm: SignatureAlgorithm, signed: &[u8], bytes: &[u8]) -> bool {
        let modulus = BigUint::from_bytes_be(&self.modulus);
        let Ok(key) =
            rsa::RsaPublicKey::new_with_max_size(modulus, BigUint::from(self.exponent), MAXIMUM_BITS)
        else {
            return false;
        };
        let pss = algorithm.is_pss();
        match algorithm.digest() {
            Digest::Sha256 if pss => key.verify(Pss::new::<Sha256>(), &Sha256::digest(signed), bytes),
            Digest::Sha384 if pss => key.verify(Pss::new::<Sha384>(), &Sha384::digest(signed), bytes),
            Digest::Sha512 if pss => key.verify(Pss::new::<Sha512>(), &Sha512::digest(signed), bytes),
            Digest::Sha256 => key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(signed), bytes),
            Digest::Sha384 => key.verify(Pkcs1v15Sign::new::<Sha384>(), &Sha384::digest(signed), bytes),
            Digest::Sha512 => key.verify(Pkcs1v15Sign::new::<Sha512>(), &Sha512::digest(signed), bytes),
            _ => return false,
        }
        .is_ok()
    }
}

/// Keys of more bits take minutes and are not signed by anybody; Go has no bound.
const MAXIMUM_BITS: usize = 16_384;
