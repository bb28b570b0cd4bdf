//! Are the numbers of an RSA key those of one key?
//!
//! upstream: Go's crypto/internal/fips140/rsa (`checkPrivateKey`)

use rsa::BigUint;
use zeroize::Zeroizing;

use crate::der::{Der, Integer};
use crate::public_key::RsaKey;

/// The public key of PKCS #1 fields; nothing when they do not fit together.
pub(super) fn public_key(mut fields: Der<'_>) -> Option<RsaKey> {
    let version = fields.integer().and_then(Integer::signed)?;
    if version > 1 {
        return None;
    }
    let modulus = positive(&mut fields)?;
    let exponent =
        fields.integer().and_then(Integer::signed).and_then(|number| u64::try_from(number).ok())?;
    let [private, p, q] = [positive(&mut fields)?, positive(&mut fields)?, positive(&mut fields)?];
    let (dp, dq, inverse) = (optional(&mut fields), optional(&mut fields), optional(&mut fields));
    let number = |bytes: &[u8]| Zeroizing::new(BigUint::from_bytes_be(bytes));
    let (product, private) = (number(modulus), number(private));
    let (p, q) = (number(p), number(q));
    let one = BigUint::from(1_u8);
    let public = BigUint::from(exponent);
    let odd = |bytes: &[u8]| bytes.last().is_some_and(|byte| byte % 2 == 1);
    let sound = odd(modulus)
        && exponent % 2 == 1
        && (2..1 << 31).contains(&exponent)
        && *p > one
        && *q > one
        && *p != *q
        && &*p * &*q == *product
        && has_inverse(&public, &private, &p, &one)
        && has_inverse(&public, &private, &q, &one)
        && given(dp, |dp| dp == &*private % (&*p - &one))
        && given(dq, |dq| dq == &*private % (&*q - &one))
        && given(inverse, |inverse| (inverse * &*q) % &*p == one);
    sound.then(|| RsaKey { modulus: modulus.to_vec(), exponent })
}

fn has_inverse(public: &BigUint, private: &BigUint, prime: &BigUint, one: &BigUint) -> bool {
    let order = prime - one;
    (public * private) % &order == one % &order
}

/// A number that may be missing must fit when it is there; one that is malformed never does.
#[expect(clippy::option_option, reason = "missing and malformed are different answers")]
fn given(bytes: Option<Option<&[u8]>>, fits: impl Fn(BigUint) -> bool) -> bool {
    match bytes {
        None => true,
        Some(bytes) => bytes.is_some_and(|bytes| fits(BigUint::from_bytes_be(bytes))),
    }
}

#[expect(clippy::option_option, reason = "missing and malformed are different answers")]
fn optional<'a>(fields: &mut Der<'a>) -> Option<Option<&'a [u8]>> {
    fields.next_is(crate::der::tag::INTEGER).then(|| positive(fields))
}

fn positive<'a>(fields: &mut Der<'a>) -> Option<&'a [u8]> {
    let number = fields.integer().filter(|number| !number.is_negative() && !number.is_zero())?;
    Some(number.magnitude())
}
