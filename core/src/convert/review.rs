//! Objects that ask for something: access reviews, whose groups were renamed, and certificate requests.

use super::fields::{map_at, rename};
use crate::object::DraftMap;
use crate::schema::GroupVersion;

/// `group` in `v1beta1` is `groups` in `v1`.
// upstream: pkg/apis/authorization/v1beta1/zz_generated.conversion.go
pub(super) fn convert(to: &GroupVersion, object: &mut DraftMap) {
    let Some(spec) = map_at(object, &["spec"]) else { return };
    if to.version == "v1" {
        rename(spec, "group", "groups");
    } else {
        rename(spec, "groups", "group");
    }
}

/// `v1` proves possession of the key in `stubPKCS10Request` alone.
// upstream: pkg/apis/certificates/v1/conversion.go
pub(super) fn certificate_request(to: &GroupVersion, object: &mut DraftMap) {
    if to.version == "v1"
        && let Some(spec) = map_at(object, &["spec"])
    {
        spec.remove("pkixPublicKey");
        spec.remove("proofOfPossession");
    }
}
