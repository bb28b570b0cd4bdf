//! Certificates as Go reads them.
//!
//! upstream: Go's crypto/x509 (`parseCertificate`)

mod constraints;
mod distribution;
mod extensions;
mod names;
mod policies;
mod uri;
mod usage;

use jiff::Timestamp;

use crate::algorithm::{AlgorithmIdentifier, SignatureAlgorithm};
use crate::der::{Der, Integer, tag};
use crate::error::PkiError;
use crate::name::Name;
use crate::pem;
use crate::public_key::PublicKey;

pub use extensions::Extension;
pub use names::AlternativeNames;
pub use usage::{ExtendedKeyUsage, KeyUsage};

pub(crate) use constraints::{IpNetwork, Mailbox, NameConstraints, domain_is_valid, ip_text, mailbox};
pub(crate) use policies::Policies;

/// An X.509 certificate.
///
/// ```
/// let certificate = kubelogic_pki::Certificate::from_pem(include_bytes!("../tests/data/ann.crt"))?;
/// assert_eq!(certificate.subject().to_string(), "CN=ann,O=dev+O=ops");
/// assert!(!certificate.is_ca());
/// # Ok::<(), kubelogic_pki::PkiError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    raw: Vec<u8>,
    signed: std::ops::Range<usize>,
    version: u8,
    serial: Vec<u8>,
    signature_algorithm: SignatureAlgorithm,
    signature: Vec<u8>,
    issuer: Name,
    raw_issuer: std::ops::Range<usize>,
    subject: Name,
    raw_subject: std::ops::Range<usize>,
    not_before: Timestamp,
    not_after: Timestamp,
    public_key: Option<PublicKey>,
    raw_public_key: std::ops::Range<usize>,
    extensions: Vec<Extension>,
    parsed: extensions::Parsed,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Certificate({})", self.subject)
    }
}

impl Certificate {
    /// The first `CERTIFICATE` block of a PEM text.
    ///
    /// # Errors
    /// [`PkiError::NoCertificate`] when there is none, [`PkiError::Certificate`] in Go's words when it is malformed.
    pub fn from_pem(text: &[u8]) -> Result<Self, PkiError> {
        let block = pem::blocks(text).into_iter().find(|block| block.label() == "CERTIFICATE");
        Self::from_der(block.ok_or(PkiError::NoCertificate)?.bytes())
    }

    /// A certificate and nothing behind it.
    ///
    /// # Errors
    /// [`PkiError::Certificate`], in Go's words.
    pub fn from_der(der: &[u8]) -> Result<Self, PkiError> {
        let refused = |message: String| PkiError::Certificate { message };
        let certificate = parse(der).map_err(refused)?;
        if certificate.raw.len() == der.len() {
            Ok(certificate)
        } else {
            Err(refused("x509: trailing data".to_owned()))
        }
    }

    /// The certificate as DER.
    pub fn der(&self) -> &[u8] {
        &self.raw
    }

    /// 1, 2 or 3.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The serial number, big-endian, without leading zeros.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// The serial number in decimal.
    pub fn serial_decimal(&self) -> String {
        num_bigint::BigUint::from_bytes_be(&self.serial).to_string()
    }

    /// Who the certificate is about.
    pub fn subject(&self) -> &Name {
        &self.subject
    }

    /// Who signed it.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// The first second in which it is valid.
    pub fn not_before(&self) -> Timestamp {
        self.not_before
    }

    /// The last second in which it is valid.
    pub fn not_after(&self) -> Timestamp {
        self.not_after
    }

    /// How it is signed.
    pub fn signature_algorithm(&self) -> SignatureAlgorithm {
        self.signature_algorithm
    }

    /// Its key; nothing when the algorithm is none that Kubernetes' components know.
    pub fn public_key(&self) -> Option<&PublicKey> {
        self.public_key.as_ref()
    }

    /// The extensions in their order.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Whether the basic constraints say that it may sign others.
    pub fn is_ca(&self) -> bool {
        self.parsed.basic_constraints.is_some_and(|constraints| constraints.is_ca)
    }

    /// How many intermediates may follow, when that is bounded.
    pub fn path_length(&self) -> Option<u64> {
        self.parsed.basic_constraints.and_then(|constraints| constraints.path_length)
    }

    /// What the key may be used for, empty when nothing says.
    pub fn key_usage(&self) -> KeyUsage {
        self.parsed.key_usage
    }

    /// The purposes, empty when any is meant.
    pub fn extended_key_usages(&self) -> &[ExtendedKeyUsage] {
        &self.parsed.extended_key_usages
    }

    /// The names of the subject alternative name extension.
    pub fn alternative_names(&self) -> &AlternativeNames {
        &self.parsed.alternative_names
    }

    /// The identifier of its own key, empty when absent.
    pub fn subject_key_id(&self) -> &[u8] {
        &self.parsed.subject_key_id
    }

    /// The identifier of the key that signed it, empty when absent.
    pub fn authority_key_id(&self) -> &[u8] {
        &self.parsed.authority_key_id
    }

    /// Whether subject and issuer are the same.
    pub fn is_self_issued(&self) -> bool {
        self.raw_issuer() == self.raw_subject()
    }

    pub(crate) fn parsed(&self) -> &extensions::Parsed {
        &self.parsed
    }

    pub(crate) fn raw_issuer(&self) -> &[u8] {
        self.part(&self.raw_issuer)
    }

    pub(crate) fn raw_subject(&self) -> &[u8] {
        self.part(&self.raw_subject)
    }

    pub(crate) fn raw_public_key(&self) -> &[u8] {
        self.part(&self.raw_public_key)
    }

    /// The bytes that are signed.
    pub(crate) fn signed(&self) -> &[u8] {
        self.part(&self.signed)
    }

    pub(crate) fn signature(&self) -> &[u8] {
        &self.signature
    }

    pub(crate) fn extension(&self, oid: &[u32]) -> Option<&Extension> {
        self.extensions.iter().find(|extension| extension.is(oid))
    }

    fn part(&self, range: &std::ops::Range<usize>) -> &[u8] {
        self.raw.get(range.clone()).unwrap_or_default()
    }
}

/// Reads a certificate; what stands behind it is left alone.
fn parse(der: &[u8]) -> Result<Certificate, String> {
    let raw = Der::new(der).element(tag::SEQUENCE).ok_or("x509: malformed certificate")?;
    let mut outer = Der::new(raw).sequence().ok_or("x509: malformed certificate")?;
    let signed = outer.element(tag::SEQUENCE).ok_or("x509: malformed tbs certificate")?;
    let mut tbs = Der::new(signed).sequence().ok_or("x509: malformed tbs certificate")?;
    // Where a part lies in the whole: parts are kept as ranges.
    let range = |part: &[u8]| {
        let start = part.as_ptr().addr() - raw.as_ptr().addr();
        start..start + part.len()
    };

    let version = version(&mut tbs)?;
    let serial = tbs.integer().ok_or("x509: malformed serial number")?;
    if serial.is_negative() {
        return Err("x509: negative serial number".to_owned());
    }

    let algorithm = tbs.read(tag::SEQUENCE).ok_or("x509: malformed signature algorithm identifier")?;
    let again = outer.read(tag::SEQUENCE).ok_or("x509: malformed algorithm identifier")?;
    if algorithm != again {
        return Err("x509: inner and outer signature algorithm identifiers don't match".to_owned());
    }
    let signature_algorithm = SignatureAlgorithm::of(&AlgorithmIdentifier::parse(Der::new(algorithm))?);

    let raw_issuer = tbs.element(tag::SEQUENCE).ok_or("x509: malformed issuer")?;
    let issuer = Name::parse(raw_issuer)?;
    let mut validity = tbs.sequence().ok_or("x509: malformed validity")?;
    let not_before = time(&mut validity)?;
    let not_after = time(&mut validity)?;
    let raw_subject = tbs.element(tag::SEQUENCE).ok_or("x509: malformed issuer")?;
    let subject = Name::parse(raw_subject)?;
    let raw_public_key = tbs.element(tag::SEQUENCE).ok_or("x509: malformed spki")?;
    let public_key = public_key(raw_public_key)?;

    let mut extensions = Vec::new();
    if version > 1 {
        tbs.optional(tag::context(1)).ok_or("x509: malformed issuerUniqueID")?;
        tbs.optional(tag::context(2)).ok_or("x509: malformed subjectUniqueID")?;
    }
    if version == 3
        && let Some(bytes) = tbs.optional(tag::constructed(3)).ok_or("x509: malformed extensions")?
    {
        extensions = extensions::list(bytes)?;
    }
    let parsed = extensions::Parsed::of(&extensions)?;
    let signature = outer.bits_right_aligned().ok_or("x509: malformed signature")?.into_owned();

    Ok(Certificate {
        signed: range(signed),
        version,
        serial: serial.magnitude().to_vec(),
        signature_algorithm,
        signature,
        issuer,
        raw_issuer: range(raw_issuer),
        subject,
        raw_subject: range(raw_subject),
        not_before,
        not_after,
        public_key,
        raw_public_key: range(raw_public_key),
        extensions,
        parsed,
        raw: raw.to_vec(),
    })
}

fn version(tbs: &mut Der<'_>) -> Result<u8, String> {
    let malformed = "x509: malformed version";
    let Some(bytes) = tbs.optional(tag::constructed(0)).ok_or(malformed)? else { return Ok(1) };
    let mut inside = Der::new(bytes);
    let number = inside.integer().and_then(Integer::signed).filter(|_| inside.is_empty()).ok_or(malformed)?;
    match number {
        0..=2 => Ok(u8::try_from(number + 1).map_err(|_| malformed)?),
        ..0 => Err(malformed.to_owned()),
        3.. => Err("x509: invalid version".to_owned()),
    }
}

fn time(validity: &mut Der<'_>) -> Result<Timestamp, &'static str> {
    if validity.next_is(tag::UTC_TIME) {
        validity.utc_time().ok_or("x509: malformed UTCTime")
    } else if validity.next_is(tag::GENERALIZED_TIME) {
        validity.generalized_time().ok_or("x509: malformed GeneralizedTime")
    } else {
        Err("x509: unsupported time format")
    }
}

/// The key of a `SubjectPublicKeyInfo`.
pub(crate) fn public_key(info: &[u8]) -> Result<Option<PublicKey>, String> {
    let mut info = Der::new(info).sequence().ok_or("x509: malformed spki")?;
    let identifier = info.sequence().ok_or("x509: malformed public key algorithm identifier")?;
    let identifier = AlgorithmIdentifier::parse(identifier)?;
    let data = info.bits_right_aligned().ok_or("x509: malformed subjectPublicKey")?;
    PublicKey::of(&identifier, &data)
}
