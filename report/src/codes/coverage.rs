//! Codes of coverage.

use kubelogic_core::finding::Severity::Warning;

use super::{Code, Nature, code};

pub(super) const CODES: &[Code] = &[code(
    "coverage/too-thin",
    Nature::Undecided,
    Warning,
    "objects that were not given could turn the answer",
    "According to the declared coverage, some objects that the question depends on were not given: a refused list, another namespace. With them the answer could be another one.",
    "Give these objects as well. `kubelogic collect` prints a script that dumps what a question needs.",
)];
