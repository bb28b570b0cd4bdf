//! Codes of the API's types and of their lives.

use kubelogic_core::finding::Severity::{Error, Note, Warning};

use super::{Code, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "schema/unknown-field",
        Error,
        "a field that the type does not have",
        "The type has no field of this name, in this spelling and at this place. The API server drops it without a word, or refuses the object when it is asked to be strict, as kubectl asks it to. What the field was to say is not said: a policy allows more, a container gets less.",
        "Correct the spelling; capital letters count. Move the field to where it belongs, or ask for a Kubernetes version that has it. `--fix` corrects a name that can only have meant one.",
    ),
    finding(
        "schema/duplicate-field",
        Error,
        "a field is there twice",
        "A field stands twice in one object. The last one counts, and a strict API server refuses the object.",
        "Keep one of them.",
    ),
    finding(
        "schema/wrong-type",
        Error,
        "a value of the wrong type",
        "A text stands where a number is wanted, an object where a list is wanted, and the like. The API server refuses the object, however lenient it is asked to be; nothing is converted, and `\"5\"` is no number.",
        "Write the value as the message asks for it. Quotes make a text, no quotes a number or a truth value.",
    ),
    finding(
        "schema/bad-value",
        Error,
        "a value that its type cannot hold",
        "The value is of the right kind and cannot be read all the same: an integer that is too large, a quantity or a time that is none, text that is no base64. The API server refuses the object.",
        "Correct the value; the message says what is wrong with it.",
    ),
    finding(
        "schema/unknown-kind",
        Error,
        "a kind that does not exist",
        "No Kubernetes version has this kind in this group and version, and no custom resource definition in the input adds it.",
        "Look at `apiVersion` and `kind`: capital letters count, and a kind belongs to one group.",
    ),
    finding(
        "schema/not-served",
        Error,
        "a kind that this Kubernetes version does not have",
        "Other Kubernetes versions have the kind in this group and version, and this one does not. The API server refuses the object.",
        "Use the version of the API that the message names, or ask for the Kubernetes version that you run (`--kube-version`).",
    ),
    finding(
        "schema/unchecked-kind",
        Note,
        "a kind whose fields nobody knows",
        "The object is a custom resource, and its definition is not in the input. Its fields were not checked.",
        "Give the custom resource definition together with the objects.",
    ),
    finding(
        "schema/removed-api",
        Error,
        "an API that this Kubernetes version has no longer",
        "The API server of this version does not serve the object's API version any more. Applying the manifest fails, and a cluster cannot be upgraded to this version with it.",
        "Write the version that the message names. `kubelogic convert` and, where nothing is lost, `--fix` do it.",
    )
    .shown("apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n"),
    finding(
        "schema/deprecated-api",
        Warning,
        "an API that a later Kubernetes version will not have",
        "The API server still serves the object's API version and warns whoever uses it; a later version removes it.",
        "Move to the version that the message names before the upgrade.",
    ),
];
