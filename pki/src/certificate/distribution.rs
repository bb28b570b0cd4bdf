//! Extensions that are read only so that malformed ones are refused.

use crate::der::{Der, tag};

/// Where revocation lists are.
pub(super) fn revocation_lists(value: &[u8]) -> Result<(), String> {
    let one = "x509: invalid CRL distribution point";
    let mut list = Der::new(value).sequence().ok_or("x509: invalid CRL distribution points")?;
    while !list.is_empty() {
        let mut point = list.sequence().ok_or(one)?;
        let Some(name) = point.optional(tag::constructed(0)).ok_or(one)? else { continue };
        let mut names = Der::new(Der::new(name).read(tag::constructed(0)).ok_or(one)?);
        while !names.is_empty() && names.next_is(tag::context(6)) {
            names.read(tag::context(6)).ok_or(one)?;
        }
    }
    Ok(())
}

/// Where more about the issuer is.
pub(super) fn authority_information(value: &[u8]) -> Result<(), String> {
    let invalid = "x509: invalid authority info access";
    let mut list = Der::new(value).sequence().ok_or(invalid)?;
    while !list.is_empty() {
        let mut access = list.sequence().ok_or(invalid)?;
        access.oid().ok_or(invalid)?;
        if access.next_is(tag::context(6)) {
            access.read(tag::context(6)).ok_or(invalid)?;
        }
    }
    Ok(())
}
