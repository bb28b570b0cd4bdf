#![doc = include_str!("../README.md")]

mod algorithm;
mod certificate;
mod der;
mod error;
mod identity;
mod name;
pub mod pem;
mod pool;
mod private_key;
mod public_key;
mod verify;

pub use algorithm::SignatureAlgorithm;
pub use certificate::{AlternativeNames, Certificate, ExtendedKeyUsage, Extension, KeyUsage};
pub use error::PkiError;
pub use name::{Attribute, Name};
pub use pool::Pool;
pub use private_key::{KeyFormat, PrivateKey, check_key_pair};
pub use public_key::{Curve, KeyKind, PublicKey};
pub use verify::{Cause, Chain, Purpose, Verification, VerifyError};

/// Two digits for each byte.
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}
