//! Codes of reviews.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "review/not-a-review",
        "an object that is no review of access",
        "The question takes a SubjectAccessReview, a LocalSubjectAccessReview or a SelfSubjectAccessReview of `authorization.k8s.io`.",
        "Correct `apiVersion` and `kind`.",
    ),
    error(
        "review/unreadable",
        "a review with unknown fields or values of the wrong type",
        "The API server drops unknown fields of a review unless it is told to be strict, and then answers another question than the one that was meant.",
        "Correct the fields that the message names. Version `v1beta1` calls the groups `group`.",
    ),
];
