//! Codes of versions and models, which have no room.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "version-unsupported",
        "a Kubernetes version that is not known",
        "The version lies outside the range whose behaviour is known. There is no answer, rather than the answer of the nearest version.",
        "Ask for one of the versions that the message names.",
    ),
    error(
        "version-malformed",
        "a version that is none",
        "A Kubernetes version is written as `1.37`, `v1.37` or `1.37.1`.",
        "Write it so; in YAML and JSON as text, for `1.30` without quotes is the number 1.3.",
    ),
    error(
        "stale-decision",
        "a decision of another model",
        "A decision is a small value that only the model understands that made it. Another model was asked why, perhaps one that was made later of the same cluster.",
        "Ask the model that decided.",
    ),
];
