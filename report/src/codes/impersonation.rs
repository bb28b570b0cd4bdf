//! Codes of impersonation.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[error(
    "impersonation/invalid-header",
    "a header that cannot be used",
    "The name is none that a header can have, or it begins with `Impersonate-` and the API server knows no such header and would pass over it.",
    "Use `Impersonate-User`, `Impersonate-Group`, `Impersonate-Uid` and `Impersonate-Extra-KEY`.",
)];
