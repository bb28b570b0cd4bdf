//! Building chains upwards from a certificate.

use jiff::Timestamp;

use super::{Cause, Chain, Verification, VerifyError};
use crate::certificate::{Certificate, Extension};

/// What a certificate is in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Leaf,
    Intermediate,
    Root,
}

/// Whether a certificate may stand at the end of a chain. The chain runs from the leaf upwards.
pub(super) fn check(
    certificate: &Certificate,
    role: Role,
    chain: &[&Certificate],
    asked: &Verification<'_>,
) -> Result<(), VerifyError> {
    if !certificate.parsed().unhandled.is_empty() {
        let text = "x509: unhandled critical extension";
        return Err(VerifyError::new(Cause::UnhandledCriticalExtension, text));
    }
    if chain.last().is_some_and(|child| child.raw_issuer() != certificate.raw_subject()) {
        let text = "x509: issuer name does not match subject from issuing certificate";
        return Err(VerifyError::new(Cause::NameMismatch, text));
    }
    let expired = |word: &str, bound: Timestamp| {
        let text = "x509: certificate has expired or is not yet valid: current time";
        VerifyError::new(
            Cause::Expired,
            format!("{text} {} is {word} {}", seconds(asked.time), seconds(bound)),
        )
    };
    if asked.time < certificate.not_before() {
        return Err(expired("before", certificate.not_before()));
    }
    if asked.time > certificate.not_after() {
        return Err(expired("after", certificate.not_after()));
    }
    // Roots are trusted as they are; what stands between must be a CA.
    if role == Role::Intermediate && !certificate.is_ca() {
        let text = "x509: certificate is not authorized to sign other certificates";
        return Err(VerifyError::new(Cause::NotAuthorizedToSign, text));
    }
    let between = u64::try_from(chain.len().saturating_sub(1)).unwrap_or(u64::MAX);
    if role != Role::Leaf && certificate.path_length().is_some_and(|most| between > most) {
        let text = "x509: too many intermediates for path length constraint";
        return Err(VerifyError::new(Cause::TooManyIntermediates, text));
    }
    Ok(())
}

/// A time without fractions, in UTC.
fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Signatures that are tried for one answer at most.
const MOST_SIGNATURES: usize = 100;

/// The search for chains.
pub(super) struct Search<'s, 'a> {
    asked: &'s Verification<'a>,
    signatures: usize,
}

/// The first candidate that did not do, and why.
struct Hint<'c> {
    why: String,
    candidate: &'c Certificate,
}

impl<'s, 'a> Search<'s, 'a> {
    pub(super) fn new(asked: &'s Verification<'a>) -> Self {
        Self { asked, signatures: 0 }
    }

    /// All chains that continue this one, whose last certificate is `child`.
    ///
    /// The depth is bounded by [`MOST_SIGNATURES`]: each step counts one.
    pub(super) fn build<'c>(
        &mut self,
        child: &'c Certificate,
        chain: &[&'c Certificate],
    ) -> Result<Vec<Chain<'c>>, VerifyError>
    where
        'a: 'c,
    {
        let mut chains = Vec::new();
        let mut hint: Option<Hint<'c>> = None;
        let mut last_error = None;
        let roots = self.asked.roots.parents(child).into_iter().map(|parent| (Role::Root, parent));
        let between = self.asked.intermediates.map(|pool| pool.parents(child)).unwrap_or_default();
        let between = between.into_iter().map(|parent| (Role::Intermediate, parent));
        for (role, candidate) in roots.chain(between) {
            self.signatures += 1;
            if self.signatures > MOST_SIGNATURES {
                let text = "x509: signature check attempts limit reached while verifying certificate chain";
                last_error = Some(VerifyError::new(Cause::TooManySignatures, text));
                break;
            }
            if candidate.public_key().is_none() || is_in(candidate, chain) {
                continue;
            }
            let fits = is_signed_by(child, candidate).and_then(|()| {
                check(candidate, role, chain, self.asked).map_err(|error| (error.to_string(), Some(error)))
            });
            if let Err((why, error)) = fits {
                hint.get_or_insert(Hint { why, candidate });
                // Go keeps the error of a candidate that may not stand here, and forgets it when the next one is tried.
                if let Some(error) = error {
                    last_error = Some(error);
                }
                continue;
            }
            last_error = None;
            let mut longer = chain.to_vec();
            longer.push(candidate);
            match role {
                Role::Root | Role::Leaf => chains.push(longer),
                Role::Intermediate => match self.build(candidate, &longer) {
                    Ok(more) => chains.extend(more),
                    Err(error) => {
                        let stop = error.cause() == Cause::TooManySignatures;
                        last_error = Some(error);
                        if stop {
                            break;
                        }
                    }
                },
            }
        }
        if !chains.is_empty() {
            return Ok(chains);
        }
        Err(last_error.unwrap_or_else(|| unknown_authority(hint)))
    }
}

fn unknown_authority(hint: Option<Hint<'_>>) -> VerifyError {
    let mut text = "x509: certificate signed by unknown authority".to_owned();
    if let Some(Hint { why, candidate }) = hint {
        let name = match (candidate.subject().common_name(), candidate.subject().organizations().first()) {
            ("", None) => format!("serial:{}", candidate.serial_decimal()),
            ("", Some(first)) => (*first).to_owned(),
            (name, _) => name.to_owned(),
        };
        text = format!(
            "{text} (possibly because of {} while trying to verify candidate authority certificate {})",
            kubelogic_core::quote::quoted(&why),
            kubelogic_core::quote::quoted(&name)
        );
    }
    VerifyError::new(Cause::UnknownAuthority, text)
}

type Refused = (String, Option<VerifyError>);

/// Whether the parent may sign and did.
fn is_signed_by(child: &Certificate, parent: &Certificate) -> Result<(), Refused> {
    let refused = |why: &str| (why.to_owned(), None);
    let constraints = parent.parsed().basic_constraints;
    let says_no = match constraints {
        // Old certificates have no constraints at all.
        None => parent.version() == 3,
        Some(constraints) => !constraints.is_ca,
    };
    let usage = parent.key_usage();
    if says_no || (!usage.is_empty() && !usage.may_sign_certificates()) {
        return Err(refused(
            "x509: invalid signature: parent certificate cannot sign this kind of certificate",
        ));
    }
    let Some(key) = parent.public_key() else {
        return Err(refused("x509: cannot verify signature: algorithm unimplemented"));
    };
    key.verify(child.signature_algorithm(), child.signed(), child.signature()).map_err(|why| (why, None))
}

const ALTERNATIVE_NAMES: [u32; 4] = [2, 5, 29, 17];

/// Whether a certificate with the same subject, key and alternative names is in the chain.
fn is_in(candidate: &Certificate, chain: &[&Certificate]) -> bool {
    let own = candidate.extension(&ALTERNATIVE_NAMES).map(Extension::value);
    for certificate in chain {
        if candidate.raw_subject() != certificate.raw_subject()
            || candidate.raw_public_key() != certificate.raw_public_key()
        {
            continue;
        }
        let other = certificate.extension(&ALTERNATIVE_NAMES).map(Extension::value);
        match (own, other) {
            (None, None) => return true,
            // Go looks no further when only one of both has the extension.
            (None, Some(_)) | (Some(_), None) => return false,
            (Some(own), Some(other)) if own == other => return true,
            _ => {}
        }
    }
    false
}
