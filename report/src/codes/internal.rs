//! Codes that nobody should ever see.

use super::{Code, error};

const REMEDY: &str = "Please report it, with the input if you can.";

pub(super) const CODES: &[Code] = &[
    error(
        "internal/panic",
        "a bug in kubelogic",
        "Something went wrong that never should. The call was stopped, and nothing else is affected.",
        REMEDY,
    ),
    error(
        "internal/not-serializable",
        "a bug in kubelogic",
        "An answer could not be written as JSON.",
        REMEDY,
    ),
    error("internal/no-problem", "a bug in kubelogic", "An error was raised without a problem.", REMEDY),
    error(
        "internal/unknown",
        "an error without a code",
        "An error was raised without saying which one it is.",
        REMEDY,
    ),
];
