//! Does a certificate lead to one that is trusted, at a given time?
//!
//! The verdict and its cause are those of Go's verifier, with which every Kubernetes component decides.
//!
//! upstream: Go's crypto/x509 (`Certificate.Verify`, `isValid`, `buildChains`)

mod chain;
mod hostname;
mod names;
mod policy;
mod purpose;

use jiff::Timestamp;

use crate::certificate::Certificate;
use crate::pool::Pool;

pub use purpose::Purpose;

/// What is asked of a chain.
#[derive(Clone, Debug)]
pub struct Verification<'a> {
    pub(crate) roots: &'a Pool,
    pub(crate) intermediates: Option<&'a Pool>,
    pub(crate) time: Timestamp,
    pub(crate) purposes: Vec<Purpose>,
    pub(crate) host: Option<&'a str>,
}

/// A chain from the certificate that was asked about to a trusted one.
pub type Chain<'a> = Vec<&'a Certificate>;

impl<'a> Verification<'a> {
    /// Trust these, at this time, for a server unless told otherwise.
    pub fn new(roots: &'a Pool, time: Timestamp) -> Self {
        Self { roots, intermediates: None, time, purposes: vec![Purpose::ServerAuth], host: None }
    }

    /// Certificates that may stand between.
    #[must_use]
    pub fn intermediates(mut self, pool: &'a Pool) -> Self {
        self.intermediates = Some(pool);
        self
    }

    /// What the certificate is used for; one of these is enough.
    #[must_use]
    pub fn purposes(mut self, purposes: impl IntoIterator<Item = Purpose>) -> Self {
        self.purposes = purposes.into_iter().collect();
        if self.purposes.is_empty() {
            self.purposes.push(Purpose::ServerAuth);
        }
        self
    }

    /// The name or address that a client dials.
    #[must_use]
    pub fn host(mut self, host: &'a str) -> Self {
        self.host = Some(host);
        self
    }

    /// All chains that hold, the shortest way through the roots first.
    ///
    /// # Errors
    /// Why there is none, in Go's words.
    ///
    /// ```
    /// use kubelogic_pki::{Certificate, Pool, Purpose, Verification};
    /// let roots = Pool::from_pem(include_bytes!("../tests/data/ca.crt"));
    /// let ann = Certificate::from_pem(include_bytes!("../tests/data/ann.crt"))?;
    /// let at = |time: &str| Verification::new(&roots, time.parse().unwrap()).purposes([Purpose::ClientAuth]);
    /// assert_eq!(at("2030-06-01T00:00:00Z").verify(&ann)?.len(), 1);
    /// let late = at("2046-06-01T00:00:00Z").verify(&ann).unwrap_err();
    /// assert_eq!(late.cause(), kubelogic_pki::Cause::Expired);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify<'c>(&self, leaf: &'c Certificate) -> Result<Vec<Chain<'c>>, VerifyError>
    where
        'a: 'c,
    {
        chain::check(leaf, chain::Role::Leaf, &[], self)?;
        if let Some(host) = self.host.filter(|host| !host.is_empty()) {
            hostname::check(leaf, host)?;
        }
        let candidates = if self.roots.contains(leaf) {
            vec![vec![leaf]]
        } else {
            chain::Search::new(self).build(leaf, &[leaf])?
        };
        self.keep_good(candidates)
    }

    /// Chains whose policies, purposes and names hold.
    fn keep_good<'c>(&self, candidates: Vec<Chain<'c>>) -> Result<Vec<Chain<'c>>, VerifyError> {
        let (mut policies, mut purposes, mut constraint) = (0_usize, 0_usize, None);
        let mut good = Vec::new();
        for chain in candidates {
            if !policy::holds(&chain) {
                policies += 1;
            } else if !purpose::holds(&chain, &self.purposes) {
                purposes += 1;
            } else if let Err(why) = names::check(&chain) {
                constraint.get_or_insert(why);
            } else {
                good.push(chain);
            }
        }
        if !good.is_empty() {
            return Ok(good);
        }
        if let Some(why) = constraint {
            let text = "x509: a root or intermediate certificate is not authorized to sign for this name: ";
            return Err(VerifyError::new(Cause::NameNotAllowed, format!("{text}{why}")));
        }
        if purposes > 0 && policies == 0 {
            let text = "x509: certificate specifies an incompatible key usage";
            return Err(VerifyError::new(Cause::IncompatibleUsage, text));
        }
        let mut details = Vec::new();
        if purposes > 0 {
            details.push(format!("{purposes} candidate chains with incompatible key usage"));
        }
        if policies > 0 {
            details.push(format!("{policies} candidate chains with invalid policies"));
        }
        let text = format!("x509: no valid chains built: {}", details.join(", "));
        Err(VerifyError::new(Cause::NoValidChain, text))
    }
}

/// Why a certificate is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing that is trusted signed it.
    UnknownAuthority,
    /// It, or one above it, is outside its time.
    Expired,
    /// One above it may not sign others.
    NotAuthorizedToSign,
    /// Too many stand between.
    TooManyIntermediates,
    /// It is not meant for this use.
    IncompatibleUsage,
    /// The issuer's name is another.
    NameMismatch,
    /// A name constraint of one above it forbids a name.
    NameNotAllowed,
    /// No chain holds for several reasons.
    NoValidChain,
    /// A critical extension is not understood.
    UnhandledCriticalExtension,
    /// It is not good for the host.
    WrongHost,
    /// Too many candidates were tried.
    TooManySignatures,
}

impl Cause {
    /// The name in reports: `unknown-authority`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownAuthority => "unknown-authority",
            Self::Expired => "expired",
            Self::NotAuthorizedToSign => "not-authorized-to-sign",
            Self::TooManyIntermediates => "too-many-intermediates",
            Self::IncompatibleUsage => "incompatible-usage",
            Self::NameMismatch => "name-mismatch",
            Self::NameNotAllowed => "name-not-allowed",
            Self::NoValidChain => "no-valid-chain",
            Self::UnhandledCriticalExtension => "unhandled-critical-extension",
            Self::WrongHost => "wrong-host",
            Self::TooManySignatures => "too-many-signatures",
        }
    }
}

/// A refusal: its cause, and the text that a component prints.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct VerifyError {
    cause: Cause,
    message: String,
}

impl VerifyError {
    pub(crate) fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self { cause, message: message.into() }
    }

    /// The cause.
    pub fn cause(&self) -> Cause {
        self.cause
    }
}
