//! Private keys in the three forms that clusters use: PKCS #1, SEC 1 and PKCS #8.
//!
//! upstream: Go's crypto/x509 (`ParsePKCS1PrivateKey`, `ParseECPrivateKey`, `ParsePKCS8PrivateKey`), crypto/tls
//! (`X509KeyPair`)

mod rsa_numbers;

use zeroize::Zeroizing;

use crate::certificate::Certificate;
use crate::der::{Der, Integer, tag};
use crate::error::PkiError;
use crate::pem::{self, Block};
use crate::public_key::{Curve, Key, PublicKey};

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyFormat {
    /// `RSA PRIVATE KEY`
    Pkcs1,
    /// `EC PRIVATE KEY`
    Sec1,
    /// `PRIVATE KEY`
    Pkcs8,
}

impl KeyFormat {
    /// The name: `PKCS #1`, `SEC 1`, `PKCS #8`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pkcs1 => "PKCS #1",
            Self::Sec1 => "SEC 1",
            Self::Pkcs8 => "PKCS #8",
        }
    }
}

/// A private key. It is never printed, and wiped when dropped.
pub struct PrivateKey {
    format: KeyFormat,
    public: PublicKey,
    /// The whole key as it was written.
    der: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "PrivateKey({}, {})", self.public.kind(), self.format.name())
    }
}

impl PrivateKey {
    /// The first block whose type ends in `PRIVATE KEY`, whatever the type says the form is.
    ///
    /// # Errors
    /// [`PkiError::NoKey`] when there is none, [`PkiError::Key`] when it is malformed, encrypted or of another kind.
    ///
    /// ```
    /// use kubelogic_pki::{KeyKind, PrivateKey};
    /// let key = PrivateKey::from_pem(include_bytes!("../tests/data/ann.key"))?;
    /// assert_eq!(key.public_key().kind(), KeyKind::Ecdsa);
    /// assert_eq!(format!("{key:?}"), "PrivateKey(ECDSA, PKCS #8)");
    /// # Ok::<(), kubelogic_pki::PkiError>(())
    /// ```
    pub fn from_pem(text: &[u8]) -> Result<Self, PkiError> {
        let block = pem::blocks(text).into_iter().find(is_key).ok_or(PkiError::NoKey)?;
        if is_encrypted(&block) {
            let message = "the private key is encrypted; decrypt it first".to_owned();
            return Err(PkiError::Key { message });
        }
        Self::from_der(block.bytes())
            .ok_or_else(|| PkiError::Key { message: "tls: failed to parse private key".to_owned() })
    }

    /// A key in any of the three forms.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        // The order in which TLS tries.
        let found = |format, public| Self { format, public, der: Zeroizing::new(der.to_vec()) };
        if let Some(public) = pkcs1(der) {
            return Some(found(KeyFormat::Pkcs1, public));
        }
        if let Some(public) = pkcs8(der) {
            return Some(found(KeyFormat::Pkcs8, public));
        }
        sec1(der, None).map(|public| found(KeyFormat::Sec1, public))
    }

    /// How it is written.
    pub fn format(&self) -> KeyFormat {
        self.format
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The key as DER in its own form.
    pub fn der(&self) -> &[u8] {
        &self.der
    }
}

/// Whether a certificate and a key belong together, or why not in the words of a TLS server that loads both.
///
/// # Errors
/// [`PkiError`] with Go's text.
///
/// ```
/// use kubelogic_pki::check_key_pair;
/// let (certificate, key) = (include_bytes!("../tests/data/ann.crt"), include_bytes!("../tests/data/ann.key"));
/// assert!(check_key_pair(certificate, key).is_ok());
/// let other = check_key_pair(include_bytes!("../tests/data/ca.crt"), key).unwrap_err();
/// assert_eq!(other.to_string(), "tls: private key does not match public key");
/// ```
pub fn check_key_pair(certificate: &[u8], key: &[u8]) -> Result<(), PkiError> {
    let refused = |message: String| PkiError::Key { message };
    let (certificates, skipped): (Vec<Block>, Vec<Block>) =
        pem::blocks(certificate).into_iter().partition(|block| block.label() == "CERTIFICATE");
    let Some(leaf) = certificates.first() else {
        return Err(refused(match skipped.as_slice() {
            [] => "tls: failed to find any PEM data in certificate input".to_owned(),
            [one] if one.label().ends_with("PRIVATE KEY") => {
                "tls: failed to find certificate PEM data in certificate \
                 input, but did find a private key; PEM inputs may have been switched"
                    .to_owned()
            }
            several => format!(
                "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the \
                 following types: {}",
                labels(several)
            ),
        }));
    };
    let blocks = pem::blocks(key);
    let Some(key) = blocks.iter().find(|block| is_key(block)) else {
        return Err(refused(match blocks.as_slice() {
            [] => "tls: failed to find any PEM data in key input".to_owned(),
            [one] if one.label() == "CERTIFICATE" => {
                "tls: found a certificate rather than a key in the PEM for the private key".to_owned()
            }
            several => format!(
                "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM \
                 blocks of the following types: {}",
                labels(several)
            ),
        }));
    };
    let leaf = Certificate::from_der(leaf.bytes())?;
    let key = PrivateKey::from_der(key.bytes())
        .ok_or_else(|| refused("tls: failed to parse private key".to_owned()))?;
    match leaf.public_key() {
        None => Err(refused("tls: unknown public key algorithm".to_owned())),
        Some(public) if public.kind() == crate::public_key::KeyKind::Dsa => {
            Err(refused("tls: unknown public key algorithm".to_owned()))
        }
        Some(public) if public.kind() != key.public.kind() => {
            Err(refused("tls: private key type does not match public key type".to_owned()))
        }
        Some(public) if *public != key.public => {
            Err(refused("tls: private key does not match public key".to_owned()))
        }
        Some(_) => Ok(()),
    }
}

fn labels(blocks: &[Block]) -> String {
    let labels: Vec<&str> = blocks.iter().map(Block::label).collect();
    format!("[{}]", labels.join(" "))
}

fn is_key(block: &Block) -> bool {
    block.label() == "PRIVATE KEY" || block.label().ends_with(" PRIVATE KEY")
}

fn is_encrypted(block: &Block) -> bool {
    block.label() == "ENCRYPTED PRIVATE KEY"
        || block.headers().get("Proc-Type").is_some_and(|value| value.contains("ENCRYPTED"))
}

/// Numbers of an RSA key and nothing behind them.
fn pkcs1(der: &[u8]) -> Option<PublicKey> {
    let mut outer = Der::new(der);
    let fields = outer.sequence().filter(|_| outer.is_empty())?;
    rsa_numbers::public_key(fields).map(|key| PublicKey { key: Key::Rsa(key) })
}

const RSA: [u32; 7] = [1, 2, 840, 113_549, 1, 1, 1];
const ECDSA: [u32; 6] = [1, 2, 840, 10045, 2, 1];
const ED25519: [u32; 4] = [1, 3, 101, 112];

fn pkcs8(der: &[u8]) -> Option<PublicKey> {
    let mut fields = Der::new(der).sequence()?;
    fields.integer().and_then(Integer::signed)?;
    let algorithm = crate::algorithm::AlgorithmIdentifier::parse(fields.sequence()?).ok()?;
    let inside = fields.read(tag::OCTET_STRING)?;
    match algorithm.oid.numbers() {
        numbers if numbers == RSA => pkcs1(inside),
        numbers if numbers == ECDSA => {
            // Without a curve here the one inside counts.
            match Der::new(algorithm.parameters).oid() {
                Some(oid) => sec1(inside, Some(Curve::of(&oid)?)),
                None => sec1(inside, None),
            }
        }
        numbers if numbers == ED25519 && algorithm.parameters.is_empty() => {
            let seed = Der::new(inside).read(tag::OCTET_STRING)?;
            let pair = ring::signature::Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
            let point = ring::signature::KeyPair::public_key(&pair).as_ref().try_into().ok()?;
            Some(PublicKey { key: Key::Ed25519(point) })
        }
        _ => None,
    }
}

fn sec1(der: &[u8], curve: Option<Curve>) -> Option<PublicKey> {
    let mut fields = Der::new(der).sequence()?;
    if fields.integer().and_then(Integer::signed)? != 1 {
        return None;
    }
    let number = fields.read(tag::OCTET_STRING)?;
    let own = match fields.optional(tag::constructed(0))? {
        Some(parameters) => Curve::of(&Der::new(parameters).oid()?),
        None => None,
    };
    if let Some(point) = fields.optional(tag::constructed(1))? {
        Der::new(point).bits()?;
    }
    let curve = curve.or(own)?;
    let size = curve.size();
    // Leading zeros may be too many or too few.
    let extra = number.len().saturating_sub(size);
    let (zeros, number) = number.split_at_checked(extra)?;
    if zeros.iter().any(|byte| *byte != 0) {
        return None;
    }
    let mut private = Zeroizing::new(vec![0; size - number.len()]);
    private.extend(number);
    Some(PublicKey { key: Key::Ecdsa(curve, curve.public_point(&private)?) })
}
