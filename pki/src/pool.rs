//! Sets of certificates: those that are trusted, and those that may stand between.
//!
//! upstream: Go's crypto/x509 (`CertPool`)

use std::collections::HashMap;

use crate::certificate::Certificate;
use crate::error::PkiError;
use crate::pem;

/// Certificates in the order in which they came, each once.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    certificates: Vec<Certificate>,
    /// For look-up only.
    by_subject: HashMap<Vec<u8>, Vec<usize>>,
}

impl Pool {
    /// A pool of these.
    pub fn new(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let mut pool = Self::default();
        for certificate in certificates {
            pool.add(certificate);
        }
        pool
    }

    /// The certificates of a PEM text as a component loads a CA file: blocks of another type or with headers, and
    /// malformed certificates, are passed over.
    ///
    /// ```
    /// let pool = kubelogic_pki::Pool::from_pem(include_bytes!("../tests/data/ca.crt"));
    /// assert_eq!(pool.len(), 1);
    /// ```
    pub fn from_pem(text: &[u8]) -> Self {
        Self::new(
            pem::blocks(text)
                .iter()
                .filter(|block| block.label() == "CERTIFICATE" && block.headers().is_empty())
                .filter_map(|block| Certificate::from_der(block.bytes()).ok()),
        )
    }

    /// The certificates of a PEM text, all of which must be sound, as client-go loads a CA file.
    ///
    /// # Errors
    /// The first certificate that is malformed, or [`PkiError::NoCertificate`].
    pub fn from_pem_strict(text: &[u8]) -> Result<Self, PkiError> {
        // upstream: client-go util/cert/pem.go (ParseCertsPEM)
        let mut pool = Self::default();
        for block in pem::blocks(text) {
            if block.label() == "CERTIFICATE" && block.headers().is_empty() {
                pool.add(Certificate::from_der(block.bytes())?);
            }
        }
        if pool.is_empty() { Err(PkiError::NoCertificate) } else { Ok(pool) }
    }

    /// Adds a certificate unless it is there.
    pub fn add(&mut self, certificate: Certificate) {
        if self.contains(&certificate) {
            return;
        }
        let at = self.certificates.len();
        self.by_subject.entry(certificate.raw_subject().to_vec()).or_default().push(at);
        self.certificates.push(certificate);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.certificates.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }

    /// The certificates in order.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Whether this very certificate is there.
    pub fn contains(&self, certificate: &Certificate) -> bool {
        self.of_subject(certificate.raw_subject()).any(|same| same.der() == certificate.der())
    }

    /// Who may have signed a certificate: those whose key identifier fits first, then those where one of both is
    /// missing, then the others.
    pub(crate) fn parents<'a>(&'a self, child: &Certificate) -> Vec<&'a Certificate> {
        let mut parents: Vec<(u8, &Certificate)> = self
            .of_subject(child.raw_issuer())
            .map(|parent| {
                let (own, named) = (parent.subject_key_id(), child.authority_key_id());
                let rank = if own == named { 0 } else { 1 + u8::from(!own.is_empty() && !named.is_empty()) };
                (rank, parent)
            })
            .collect();
        parents.sort_by_key(|(rank, _)| *rank);
        parents.into_iter().map(|(_, parent)| parent).collect()
    }

    fn of_subject<'a>(&'a self, subject: &[u8]) -> impl Iterator<Item = &'a Certificate> + 'a {
        let found = self.by_subject.get(subject).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|at| self.certificates.get(*at))
    }
}
