//! Codes of decoding an object into what an engine reads.

use kubelogic_core::finding::Severity::Error;

use super::{Code, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "decode/unknown-field",
        Error,
        "a field that the type does not have",
        "The type has no field of this name, in this spelling. An API server without strict validation drops it silently, and what it was to say is not said: `api_groups` makes a rule that matches nothing, `_from` a policy that allows everybody.",
        "Correct the spelling. Names are in camel case, and capital letters count.",
    )
    .shown(
        "apiVersion: kubelogic/v1alpha1\nkind: Coverage\ncoverage:\n- kind: Role\n  stat: complete\n",
    ),
    finding(
        "decode/wrong-kind",
        Error,
        "a value of the wrong kind",
        "A text stands where a list is needed, or the like. The API server refuses the object.",
        "Write what the message asks for. A list of one item is a list all the same.",
    )
    .shown(
        "apiVersion: kubelogic/v1alpha1\nkind: Coverage\ncoverage:\n- kind: [Role]\n  state: complete\n",
    ),
    finding(
        "decode/invalid-value",
        Error,
        "a value that cannot be",
        "The value has the right kind, and is none of those that the field can have; or a field is missing that must be there.",
        "Write one of the values that the message names.",
    )
    .shown("apiVersion: kubelogic/v1alpha1\nkind: Coverage\ncoverage:\n- kind: Role\n  state: some\n"),
];
