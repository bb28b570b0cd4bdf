//! Codes of conversion between API versions.

use kubelogic_core::finding::Severity::Warning;

use super::{Code, error, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "convert/lost",
        Warning,
        "something has no place in the other version",
        "The object says something that the other version of the API cannot say. It is not in the converted object.",
        "Look at what the message names, and say it another way.",
    ),
    finding(
        "convert/default-differs",
        Warning,
        "what is left out means something else",
        "A field that the object leaves out has another default in the other version of the API.",
        "Write the value that the message names, so that the object means the same.",
    ),
    error(
        "convert/no-conversion",
        "there is no way to the other version",
        "Upstream has no conversion between these two versions of the API, or none that is known here.",
        "The message names the successor, where there is one.",
    ),
    error(
        "convert/no-such-version",
        "there is no such version",
        "The kind does not exist in the version that was asked for.",
        "Ask for a version that the message names.",
    ),
    error(
        "convert/refused",
        "the object cannot be converted as it is",
        "The object holds something that its own version of the API does not take.",
        "Correct it first.",
    ),
];
