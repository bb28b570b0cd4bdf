//! The codes of what was read and yet is probably not what was meant.

/// A finding that reading can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadFinding {
    /// The permanent code.
    pub code: &'static str,
    /// What it means.
    pub about: &'static str,
}

/// Every finding of the readers, in the order of the documentation.
///
/// ```
/// use kubelogic_core::read::{FINDINGS, Options, text};
/// let reading = text("kind: A\nkind: B\n", &Options::named("a.yaml"));
/// assert!(FINDINGS.iter().any(|finding| finding.code == reading.findings[0].code));
/// ```
pub const FINDINGS: [ReadFinding; 4] = [
    ReadFinding {
        code: "read/duplicate-key",
        about: "a key stands twice in one mapping; kubectl takes the last one and says nothing",
    },
    ReadFinding {
        code: "read/ambiguous-key",
        about: "two different keys, such as `true` and `'true'`, become one; which of them kubectl takes is chance",
    },
    ReadFinding {
        code: "read/dropped-content",
        about: "the document ends before its text does, and kubectl passes over the rest",
    },
    ReadFinding { code: "read/invalid-utf-8", about: "bytes that are no characters were replaced by U+FFFD" },
];
