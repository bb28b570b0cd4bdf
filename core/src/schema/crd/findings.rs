//! The codes of what is wrong with custom resources and their definitions.

/// A finding that a check of custom resources can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomFinding {
    /// The permanent code.
    pub code: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// Every finding about custom resources, in the order of the documentation.
///
/// ```
/// assert!(kubelogic_core::schema::CUSTOM_FINDINGS.iter().any(|finding| finding.code == "crd/invalid"));
/// ```
pub const FINDINGS: [CustomFinding; 11] = [
    CustomFinding {
        code: "crd/invalid",
        about: "a value breaks a rule of its schema; the API server refuses the object",
    },
    CustomFinding {
        code: "crd/wrong-metadata",
        about: "`metadata`, or the type of an embedded resource, cannot be read; the API server refuses the object",
    },
    CustomFinding {
        code: "crd/version-not-served",
        about: "the definition does not serve the version of the object",
    },
    CustomFinding {
        code: "crd/unusable-definition",
        about: "the definition of the object's kind would not be accepted",
    },
    CustomFinding {
        code: "crd/invalid-definition",
        about: "a definition breaks a rule for definitions; the API server refuses it",
    },
    CustomFinding {
        code: "crd/not-structural",
        about: "a schema is not structural; the API server refuses the definition",
    },
    CustomFinding {
        code: "crd/malformed",
        about: "a field of a schema has the wrong type; the definition cannot be read",
    },
    CustomFinding { code: "crd/too-deep", about: "a schema has more levels than are read" },
    CustomFinding { code: "crd/unsupported-rule", about: "rules in CEL that are not evaluated" },
    CustomFinding { code: "crd/unsupported-pattern", about: "a regular expression that cannot be evaluated" },
    CustomFinding { code: "crd/unsupported-format", about: "a value whose format is not evaluated" },
];
