//! Questions about certificates and keys.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kubelogic_core::answer::Answer;
use kubelogic_pki::{Certificate, PkiError, Pool, Purpose, Verification, check_key_pair, pem};
use schemars::JsonSchema;
use serde::Serialize;

use super::AskError;
use super::question::question;

question! {
    /// What do the certificates of a PEM text say?
    PkiInspectQuestion {
        /// The text. Blocks of other types are passed over.
        text: String,
    }
}

question! {
    /// Does a certificate lead to one that is trusted?
    PkiVerifyQuestion {
        /// The certificate as PEM: the first one of the text.
        certificate: String,
        /// Certificates that may stand between, as PEM.
        #[serde(default)]
        intermediates: String,
        /// The certificates that are trusted, as PEM.
        roots: String,
        /// The time for which it is asked, as in RFC 3339.
        time: String,
        /// Uses of which one must be allowed: `server auth`, `client auth`, `any`, …; a server unless given.
        #[serde(default)]
        purposes: Vec<String>,
        /// The name or address that a client dials.
        #[serde(default)]
        host: String,
    }
}

question! {
    /// Do a certificate and a private key belong together?
    PkiMatchQuestion {
        /// The certificate as PEM.
        certificate: String,
        /// The key as PEM. It is never shown.
        key: String,
    }
}

question! {
    /// Which user does the API server attach to a client certificate?
    PkiIdentityQuestion {
        /// The certificate as PEM: the first one of the text.
        certificate: String,
    }
}

/// The certificates of a text.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiInspectResult {
    /// In the order of the text.
    pub certificates: Vec<PkiCertificate>,
}

/// A certificate, or why it is none. A text that is empty and a list without elements say nothing.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiCertificate {
    /// The line where the block begins.
    pub line: usize,
    /// Why it cannot be read, in Go's words.
    pub error: Option<String>,
    /// Whom it is about, as Go prints names.
    pub subject: Option<String>,
    /// Who signed it.
    pub issuer: Option<String>,
    /// 1, 2 or 3.
    pub version: u8,
    /// The serial number, decimal.
    pub serial: Option<String>,
    /// The first second in which it is valid.
    pub not_before: Option<String>,
    /// The last second in which it is valid.
    pub not_after: Option<String>,
    /// How it is signed: `ECDSA-SHA256`, …
    pub signature_algorithm: Option<String>,
    /// Its key.
    pub public_key: Option<PkiPublicKey>,
    /// Whether it may sign others.
    pub is_ca: bool,
    /// How many may stand between it and a leaf, when that is bounded.
    pub path_length: Option<u64>,
    /// What the key may do: `digital signature`, `cert sign`, …
    pub key_usages: Vec<String>,
    /// What it is used for: `server auth`, …, behind these others by identifiers with dots.
    pub extended_key_usages: Vec<String>,
    /// Host names.
    pub dns_names: Vec<String>,
    /// Addresses.
    pub ip_addresses: Vec<String>,
    /// Mail addresses.
    pub email_addresses: Vec<String>,
    /// URIs.
    pub uris: Vec<String>,
    /// The identifier of its own key in hexadecimal.
    pub subject_key_id: String,
    /// The identifier of the key that signed it in hexadecimal.
    pub authority_key_id: String,
    /// The digest in hexadecimal.
    pub sha256: String,
}

/// A public key.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiPublicKey {
    /// `RSA`, `ECDSA`, `Ed25519` or `DSA`.
    pub algorithm: String,
    /// Its size in bits; 0 for DSA.
    pub bits: usize,
    /// The curve of an ECDSA key.
    pub curve: Option<String>,
}

/// Whether a certificate is trusted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiVerifyResult {
    /// Whether there is a chain that holds.
    pub verified: bool,
    /// Why not: `unknown-authority`, `expired`, `not-authorized-to-sign`, `too-many-intermediates`,
    /// `incompatible-usage`, `name-mismatch`, `name-not-allowed`, `no-valid-chain`, `unhandled-critical-extension`,
    /// `wrong-host` or `too-many-signatures`.
    pub cause: Option<&'static str>,
    /// Why not, in Go's words.
    pub message: Option<String>,
    /// The chains, each from the certificate to a trusted one, by subject.
    pub chains: Vec<Vec<String>>,
}

/// Whether a certificate and a key belong together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiMatchResult {
    /// Whether they do.
    pub matches: bool,
    /// Why not, in the words of a TLS server that loads both.
    pub message: Option<String>,
}

/// The user of a client certificate.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiIdentityResult {
    /// The user; nothing without a common name.
    pub user: Option<PkiUser>,
    /// Why the API server takes no user from it.
    pub error: Option<String>,
}

/// A user of the API server.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PkiUser {
    /// The name.
    pub name: String,
    /// The uid, empty when there is none.
    pub uid: String,
    /// The groups as the certificate names them.
    pub groups: Vec<String>,
    /// Extra values by key.
    pub extra: BTreeMap<String, Vec<String>>,
}

pub(super) fn inspect(question: &PkiInspectQuestion) -> Answer<PkiInspectResult> {
    let blocks = pem::blocks(question.text.as_bytes());
    let certificates = blocks.iter().filter(|block| block.label() == "CERTIFICATE");
    let certificates = certificates.map(|block| match Certificate::from_der(block.bytes()) {
        Ok(certificate) => describe(&certificate, block.line()),
        Err(error) => {
            PkiCertificate { line: block.line(), error: Some(error.to_string()), ..Default::default() }
        }
    });
    let result = PkiInspectResult { certificates: certificates.collect() };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

fn describe(certificate: &Certificate, line: usize) -> PkiCertificate {
    let names = certificate.alternative_names();
    let usages = certificate.extended_key_usages();
    // Go keeps those that it has no name for apart.
    let known = usages.iter().filter(|usage| usage.name().is_some());
    let others = usages.iter().filter(|usage| usage.name().is_none());
    PkiCertificate {
        line,
        error: None,
        subject: Some(certificate.subject().to_string()),
        issuer: Some(certificate.issuer().to_string()),
        version: certificate.version(),
        serial: Some(certificate.serial_decimal()),
        not_before: Some(certificate.not_before().to_string()),
        not_after: Some(certificate.not_after().to_string()),
        signature_algorithm: Some(certificate.signature_algorithm().to_string()),
        public_key: certificate.public_key().map(|key| PkiPublicKey {
            algorithm: key.kind().to_string(),
            bits: key.bits().unwrap_or(0),
            curve: key.curve().map(|curve| curve.to_string()),
        }),
        is_ca: certificate.is_ca(),
        path_length: certificate.path_length(),
        key_usages: certificate.key_usage().names().into_iter().map(str::to_owned).collect(),
        extended_key_usages: known.chain(others).map(ToString::to_string).collect(),
        dns_names: names.dns().to_vec(),
        ip_addresses: names.addresses().iter().map(|address| address.to_canonical().to_string()).collect(),
        email_addresses: names.emails().to_vec(),
        uris: names.uris().map(str::to_owned).collect(),
        subject_key_id: hex(certificate.subject_key_id()),
        authority_key_id: hex(certificate.authority_key_id()),
        sha256: certificate.sha256(),
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

pub(super) fn verify(question: &PkiVerifyQuestion) -> Result<Answer<PkiVerifyResult>, AskError> {
    let leaf = Certificate::from_pem(question.certificate.as_bytes()).map_err(|error| refused(&error))?;
    let time: Timestamp = question
        .time
        .parse()
        .map_err(|_| AskError::bad_question(format!("`{}` is no time as in RFC 3339", question.time)))?;
    let purposes: Vec<Purpose> = question
        .purposes
        .iter()
        .map(|name| Purpose::named(name).ok_or_else(|| AskError::bad_question(unknown_purpose(name))))
        .collect::<Result<_, _>>()?;
    let roots = Pool::from_pem(question.roots.as_bytes());
    let intermediates = Pool::from_pem(question.intermediates.as_bytes());
    let verification =
        Verification::new(&roots, time).intermediates(&intermediates).purposes(purposes).host(&question.host);
    let result = match verification.verify(&leaf) {
        Ok(chains) => PkiVerifyResult {
            verified: true,
            cause: None,
            message: None,
            chains: chains
                .into_iter()
                .map(|chain| chain.into_iter().map(|one| one.subject().to_string()).collect())
                .collect(),
        },
        Err(error) => PkiVerifyResult {
            verified: false,
            cause: Some(error.cause().name()),
            message: Some(error.to_string()),
            chains: Vec::new(),
        },
    };
    Ok(Answer::new(result, question.kube_version.unwrap_or_default()))
}

fn unknown_purpose(name: &str) -> String {
    let known = Purpose::ALL.map(Purpose::name);
    match kubelogic_core::near::nearest(name, known) {
        Some(near) => format!("unknown purpose `{name}`; did you mean `{near}`?"),
        None => format!("unknown purpose `{name}`; known are {}", known.join(", ")),
    }
}

fn refused(error: &PkiError) -> AskError {
    AskError::new(error.code(), error.to_string())
}

pub(super) fn matches(question: &PkiMatchQuestion) -> Answer<PkiMatchResult> {
    let message = check_key_pair(question.certificate.as_bytes(), question.key.as_bytes()).err();
    let result =
        PkiMatchResult { matches: message.is_none(), message: message.map(|error| error.to_string()) };
    Answer::new(result, question.kube_version.unwrap_or_default())
}

pub(super) fn identity(question: &PkiIdentityQuestion) -> Result<Answer<PkiIdentityResult>, AskError> {
    let version = question.kube_version.unwrap_or_default();
    let leaf = Certificate::from_pem(question.certificate.as_bytes()).map_err(|error| refused(&error))?;
    let result = match leaf.user(version) {
        Ok(user) => PkiIdentityResult {
            user: user.map(|user| PkiUser {
                name: user.name,
                uid: user.uid,
                groups: user.groups,
                extra: user.extra,
            }),
            error: None,
        },
        Err(error) => PkiIdentityResult { user: None, error: Some(error.to_string()) },
    };
    Ok(Answer::new(result, version))
}
