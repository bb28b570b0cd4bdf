//! The codes of what strict decoding finds.

/// A finding that strict decoding can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaFinding {
    /// The permanent code.
    pub code: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// What it means and what to do about it.
    pub about: &'static str,
}

/// Every finding of strict decoding, in the order of the documentation.
///
/// ```
/// use kubelogic_core::read::{Options, value};
/// use kubelogic_core::schema::{Types, strict};
/// let pod = value("apiVersion: v1\nkind: Pod\nspec: {containers: {}}\n", &Options::named("-")).unwrap();
/// let found = strict::check(&pod, &Types::of("1.37".parse()?)).findings(Default::default());
/// assert!(strict::FINDINGS.iter().any(|finding| finding.code == found[0].code));
/// # Ok::<(), kubelogic_core::version::KubeVersionError>(())
/// ```
pub const FINDINGS: [SchemaFinding; 7] = [
    SchemaFinding {
        code: "schema/unknown-field",
        title: "a field that the type does not have",
        about: "The API server drops the field, or refuses the object when it is asked to be strict, as kubectl asks \
                it to. Correct the name, move the field to where it belongs, or ask for a Kubernetes version that has it.",
    },
    SchemaFinding {
        code: "schema/duplicate-field",
        title: "a field that is there twice",
        about: "The last one counts, and a strict API server refuses the object. Keep one of them.",
    },
    SchemaFinding {
        code: "schema/wrong-type",
        title: "a value of the wrong type",
        about: "A string stands where a number is wanted, an object where an array is wanted, and the like. The API \
                server refuses the object, however lenient it is asked to be. Nothing is converted: `\"5\"` is no number.",
    },
    SchemaFinding {
        code: "schema/bad-value",
        title: "a value that its type cannot hold",
        about: "The value is of the right kind and cannot be decoded all the same: an integer that is too large, a \
                quantity or a time that is none, text that is no base64. The API server refuses the object.",
    },
    SchemaFinding {
        code: "schema/unknown-kind",
        title: "a kind that does not exist",
        about: "No Kubernetes version has this kind in this group and version, and no custom resource definition in \
                the input adds it; or the object does not say what it is. Look at `apiVersion` and `kind`.",
    },
    SchemaFinding {
        code: "schema/not-served",
        title: "a kind that this Kubernetes version does not have",
        about: "Other Kubernetes versions have the kind in this group and version. Use the version that this one \
                serves, or ask for another Kubernetes version.",
    },
    SchemaFinding {
        code: "schema/unchecked-kind",
        title: "a kind whose fields nobody knows",
        about: "The kind is a custom resource, and its definition is not in the input. Its fields are not checked. \
                Give the custom resource definition together with the objects.",
    },
];
