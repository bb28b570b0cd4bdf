//! Certificate policies, mappings between them and the bounds on both.

use crate::der::{Der, RawOid, tag};

/// What the policy extensions say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policies {
    pub(crate) list: Vec<RawOid>,
    /// From the issuer's policy to the subject's.
    pub(crate) mappings: Vec<(RawOid, RawOid)>,
    pub(crate) require_explicit: Option<i64>,
    pub(crate) inhibit_mapping: Option<i64>,
    pub(crate) inhibit_any: Option<i64>,
}

impl Policies {
    pub(super) fn read_list(&mut self, value: &[u8]) -> Result<(), String> {
        let invalid = "x509: invalid certificate policies";
        let mut list = Der::new(value).sequence().ok_or(invalid)?;
        while !list.is_empty() {
            let bytes =
                list.sequence().and_then(|mut one| one.read(tag::OBJECT_IDENTIFIER)).ok_or(invalid)?;
            let policy = RawOid::parse(bytes).filter(|policy| !self.list.contains(policy)).ok_or(invalid)?;
            self.list.push(policy);
        }
        Ok(())
    }

    pub(super) fn read_mappings(&mut self, value: &[u8]) -> Result<(), String> {
        let invalid = "x509: invalid policy mappings extension";
        let mut list = Der::new(value).sequence().ok_or(invalid)?;
        while !list.is_empty() {
            let mut pair = list.sequence().ok_or(invalid)?;
            let mut policy = || pair.read(tag::OBJECT_IDENTIFIER).map(|bytes| RawOid(bytes.to_vec()));
            let issuer = policy().ok_or(invalid)?;
            self.mappings.push((issuer, policy().ok_or(invalid)?));
        }
        Ok(())
    }

    pub(super) fn read_constraints(&mut self, value: &[u8]) -> Result<(), String> {
        let invalid = "x509: invalid policy constraints extension";
        let mut fields = Der::new(value).sequence().ok_or(invalid)?;
        let mut field = |number: u8| match fields.optional(tag::context(number)).ok_or(invalid)? {
            None => Ok(None),
            Some(bytes) => {
                crate::der::Integer::new(bytes).and_then(crate::der::Integer::signed).map(Some).ok_or(invalid)
            }
        };
        self.require_explicit = field(0)?;
        self.inhibit_mapping = field(1)?;
        Ok(())
    }

    pub(super) fn read_inhibit_any(&mut self, value: &[u8]) -> Result<(), String> {
        let number = Der::new(value).integer().and_then(crate::der::Integer::signed);
        self.inhibit_any = Some(number.ok_or("x509: invalid inhibit any policy extension")?);
        Ok(())
    }
}
