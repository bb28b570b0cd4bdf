//! The extensions of a certificate.
//!
//! upstream: Go's crypto/x509 (`parseExtension`, `processExtensions`)

use super::constraints::NameConstraints;
use super::distribution;
use super::names::AlternativeNames;
use super::policies::Policies;
use super::usage::{ExtendedKeyUsage, KeyUsage};
use crate::der::{Der, Oid, tag};

/// One extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    oid: Oid,
    critical: bool,
    value: Vec<u8>,
}

impl Extension {
    /// The type with dots: `2.5.29.17`.
    pub fn oid(&self) -> String {
        self.oid.to_string()
    }

    /// Whether who does not understand it must refuse the certificate.
    pub fn is_critical(&self) -> bool {
        self.critical
    }

    /// What it holds, as DER.
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    pub(crate) fn is(&self, oid: &[u32]) -> bool {
        self.oid.is(oid)
    }
}

/// Basic constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BasicConstraints {
    pub(crate) is_ca: bool,
    pub(crate) path_length: Option<u64>,
}

/// What the known extensions say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) basic_constraints: Option<BasicConstraints>,
    pub(crate) key_usage: KeyUsage,
    pub(crate) extended_key_usages: Vec<ExtendedKeyUsage>,
    pub(crate) alternative_names: AlternativeNames,
    pub(crate) name_constraints: Option<NameConstraints>,
    pub(crate) subject_key_id: Vec<u8>,
    pub(crate) authority_key_id: Vec<u8>,
    pub(crate) policies: Policies,
    /// Critical extensions that are not understood: nothing verifies such a certificate.
    pub(crate) unhandled: Vec<Oid>,
}

const AUTHORITY_INFORMATION: [u32; 9] = [1, 3, 6, 1, 5, 5, 7, 1, 1];

pub(super) fn list(bytes: &[u8]) -> Result<Vec<Extension>, String> {
    let mut list = Der::new(bytes).sequence().ok_or("x509: malformed extensions")?;
    let mut extensions: Vec<Extension> = Vec::new();
    while !list.is_empty() {
        let mut fields = list.sequence().ok_or("x509: malformed extension")?;
        let oid = fields.oid().ok_or("x509: malformed extension OID field")?;
        let critical = fields.next_is(tag::BOOLEAN)
            && fields.boolean().ok_or("x509: malformed extension critical field")?;
        let value = fields.read(tag::OCTET_STRING).ok_or("x509: malformed extension value field")?.to_vec();
        if extensions.iter().any(|before| before.oid == oid) {
            return Err(format!("x509: certificate contains duplicate extension with OID \"{oid}\""));
        }
        extensions.push(Extension { oid, critical, value });
    }
    Ok(extensions)
}

impl Parsed {
    pub(super) fn of(extensions: &[Extension]) -> Result<Self, String> {
        let mut parsed = Self::default();
        for extension in extensions {
            let handled = match extension.oid.numbers() {
                [2, 5, 29, last] => parsed.known(*last, extension)?,
                numbers if numbers == AUTHORITY_INFORMATION => {
                    not_critical(extension, "authority info access")?;
                    distribution::authority_information(&extension.value)?;
                    true
                }
                _ => false,
            };
            if extension.critical && !handled {
                parsed.unhandled.push(extension.oid.clone());
            }
        }
        Ok(parsed)
    }

    /// Whether the extension of this number is understood.
    fn known(&mut self, number: u32, extension: &Extension) -> Result<bool, String> {
        let value = extension.value.as_slice();
        match number {
            14 => {
                not_critical(extension, "subject key identifier")?;
                let id =
                    Der::new(value).read(tag::OCTET_STRING).ok_or("x509: invalid subject key identifier")?;
                self.subject_key_id = id.to_vec();
            }
            15 => self.key_usage = KeyUsage::parse(value)?,
            17 => {
                self.alternative_names = AlternativeNames::parse(value)?;
                return Ok(!self.alternative_names.is_empty());
            }
            19 => self.basic_constraints = Some(basic_constraints(value)?),
            30 => {
                let constraints = NameConstraints::parse(value)?;
                let handled = !constraints.has_unknown;
                self.name_constraints = Some(constraints);
                return Ok(handled);
            }
            31 => distribution::revocation_lists(value)?,
            32 => self.policies.read_list(value)?,
            33 => self.policies.read_mappings(value)?,
            35 => {
                not_critical(extension, "authority key identifier")?;
                self.authority_key_id = authority_key_id(value)?;
            }
            36 => self.policies.read_constraints(value)?,
            37 => self.extended_key_usages = ExtendedKeyUsage::list(value)?,
            54 => self.policies.read_inhibit_any(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn not_critical(extension: &Extension, what: &str) -> Result<(), String> {
    if extension.critical { Err(format!("x509: {what} incorrectly marked critical")) } else { Ok(()) }
}

fn basic_constraints(value: &[u8]) -> Result<BasicConstraints, String> {
    let invalid = "x509: invalid basic constraints";
    let mut fields = Der::new(value).sequence().ok_or(invalid)?;
    let is_ca = fields.next_is(tag::BOOLEAN) && fields.boolean().ok_or(invalid)?;
    let path_length = if fields.next_is(tag::INTEGER) {
        let number = fields.integer().and_then(crate::der::Integer::unsigned);
        Some(number.filter(|number| i64::try_from(*number).is_ok()).ok_or(invalid)?)
    } else {
        None
    };
    Ok(BasicConstraints { is_ca, path_length })
}

fn authority_key_id(value: &[u8]) -> Result<Vec<u8>, String> {
    let invalid = "x509: invalid authority key identifier";
    let mut fields = Der::new(value).sequence().ok_or(invalid)?;
    Ok(fields.optional(tag::context(0)).ok_or(invalid)?.unwrap_or_default().to_vec())
}
