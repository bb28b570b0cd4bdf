//! Codes of custom resources and their definitions.

use kubelogic_core::finding::Severity::{Error, Note};

use super::{Code, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "crd/invalid",
        Error,
        "a custom resource breaks a rule of its schema",
        "A value breaks a rule of the schema in its custom resource definition. The API server refuses the object.",
        "Correct the value; the message names the rule.",
    ),
    finding(
        "crd/wrong-metadata",
        Error,
        "the metadata of a custom resource cannot be read",
        "`metadata`, or the type of an embedded resource, has a form that the API server does not take.",
        "Correct the field that the message names.",
    ),
    finding(
        "crd/version-not-served",
        Error,
        "the definition does not serve this version",
        "The custom resource definition in the input has other versions, or does not serve this one.",
        "Write a version that the message names.",
    ),
    finding(
        "crd/unusable-definition",
        Error,
        "the definition of this kind would not be accepted",
        "The custom resource definition itself is refused, so that no object of its kind can be.",
        "Mend the definition; its own findings say what is wrong.",
    ),
    finding(
        "crd/invalid-definition",
        Error,
        "a definition breaks a rule for definitions",
        "Names, versions, subresources, columns, conversion, defaults or schemas of a custom resource definition break a rule. The API server refuses the definition.",
        "Correct what the message names.",
    ),
    finding(
        "crd/not-structural",
        Error,
        "a schema is not structural",
        "A schema of a custom resource definition leaves types open, or says things where they may not be said. The API server refuses the definition.",
        "Give each field a type, and mend what the message names.",
    ),
    finding(
        "crd/malformed",
        Error,
        "a schema cannot be read",
        "A field of a schema in a custom resource definition has the wrong type.",
        "Correct the field that the message names.",
    ),
    finding(
        "crd/too-deep",
        Error,
        "a schema has too many levels",
        "A schema of a custom resource definition has more levels than are read.",
        "Flatten the schema.",
    ),
    finding(
        "crd/unsupported-rule",
        Note,
        "rules that are not evaluated",
        "A schema has rules in CEL (`x-kubernetes-validations`). They are not evaluated: an object that breaks one is not found.",
        "Nothing, as long as you know.",
    ),
    finding(
        "crd/unsupported-pattern",
        Note,
        "a pattern that is not evaluated",
        "A regular expression of a schema cannot be evaluated here, so that texts are not compared with it.",
        "Nothing, as long as you know.",
    ),
    finding(
        "crd/unsupported-format",
        Note,
        "a format that is not evaluated",
        "Whether a value has the format of its schema is not evaluated.",
        "Nothing, as long as you know.",
    ),
];
