//! Codes of certificates and keys.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "pki/no-certificate",
        "there is no certificate",
        "The text has no PEM block of type `CERTIFICATE`. A block counts only when it begins at the start of a line and its end names the same type.",
        "Give a file with a certificate in PEM.",
    ),
    error(
        "pki/certificate",
        "a certificate is malformed",
        "Kubernetes' components refuse this certificate with the same words before they look at who signed it.",
        "Have the certificate made anew.",
    ),
    error(
        "pki/no-key",
        "there is no private key",
        "The text has no PEM block whose type ends in `PRIVATE KEY`.",
        "Give a file with a private key in PEM.",
    ),
    error(
        "pki/key",
        "a private key cannot be used",
        "The key is malformed, encrypted or of a kind that Kubernetes' components do not load, or it does not belong to the certificate. Nothing of the key is shown.",
        "Give the key that belongs to the certificate, decrypted.",
    ),
];
