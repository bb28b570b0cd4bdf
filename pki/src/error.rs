//! What can go wrong with certificates and keys.

/// Why something cannot be read. No text shows a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PkiError {
    /// There is no block of type `CERTIFICATE`.
    #[error("no PEM block of type `CERTIFICATE`")]
    NoCertificate,
    /// A certificate is malformed. The text is Go's.
    #[error("{message}")]
    Certificate {
        /// What Go says.
        message: String,
    },
    /// There is no private key.
    #[error("no PEM block whose type ends in `PRIVATE KEY`")]
    NoKey,
    /// A private key cannot be used. The text never shows any of it.
    #[error("{message}")]
    Key {
        /// What is wrong.
        message: String,
    },
}

impl PkiError {
    /// The permanent code.
    ///
    /// ```
    /// assert_eq!(kubelogic_pki::PkiError::NoKey.code(), "pki/no-key");
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCertificate => "pki/no-certificate",
            Self::Certificate { .. } => "pki/certificate",
            Self::NoKey => "pki/no-key",
            Self::Key { .. } => "pki/key",
        }
    }
}
