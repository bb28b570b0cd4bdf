//! Codes of expectations.

use kubelogic_core::finding::Severity::{Error, Warning};

use super::{Code, Nature, code, finding};

const HEAD: &str =
    "Expectations are lines such as `user:ann can get pods in shop` in objects of kind `Expectations`.";

pub(super) const CODES: &[Code] = &[
    finding(
        "expect/failed",
        Error,
        "an expectation does not hold",
        "A line of an object of kind `Expectations` says something else than the cluster would do. The further places say what decides, or what is nearest to it.",
        "Change the roles and bindings, or the line.",
    ),
    finding(
        "expect/undecided",
        Error,
        "an expectation stays undecided",
        "Objects that were not given, or something that is not evaluated, could turn the answer. An undecided line fails.",
        "Give what is missing.",
    ),
    finding(
        "expect/bad-line",
        Error,
        "a line that is no expectation",
        "A line does not follow the grammar of expectations.",
        HEAD,
    ),
    finding(
        "expect/unknown-section",
        Error,
        "a section that does not exist",
        "An object of kind `Expectations` has a section that nothing judges.",
        "The message names the sections that can be judged.",
    ),
    finding(
        "expect/no-lines",
        Warning,
        "nothing is expected",
        "An object of kind `Expectations` has no lines, and cannot fail.",
        HEAD,
    )
    .shown("apiVersion: kubelogic/v1alpha1\nkind: Expectations\nmetadata:\n  name: empty\n"),
    finding(
        "expect/not-evaluated",
        Error,
        "expectations were not judged",
        "The input cannot be judged as it is, and the lines of this object neither hold nor fail.",
        "Mend what else is found.",
    ),
    finding(
        "expect/unknown-subject",
        Warning,
        "an expectation about somebody whom nothing names",
        "No binding names this user, group or service account. An expectation that somebody cannot do something holds all too easily when the name is misspelt.",
        "Correct the name.",
    ),
    finding(
        "expect/unknown-namespace",
        Warning,
        "an expectation about a namespace that nothing is in",
        "Nothing in the input is in this namespace.",
        "Correct the name.",
    ),
    finding(
        "expect/unknown-resource",
        Warning,
        "an expectation about a resource that nobody knows",
        "Neither the API of this version nor a custom resource definition in the input has this resource.",
        "Correct the name, or give the custom resource definition.",
    ),
    finding(
        "expect/subresource-as-name",
        Warning,
        "a name that looks like a subresource",
        "`pods/log` is the pod named `log`.",
        "For the subresource write `pods --subresource log`.",
    ),
    finding(
        "expect/ambiguous-name",
        Warning,
        "a name that several resources have",
        "Resources of several groups have this name, and the line is about one of them.",
        "Write the name with its group.",
    ),
    code(
        "expect/node-authorizer",
        Nature::Undecided,
        Warning,
        "the Node authorizer may allow it",
        "No role allows a node to do this, and the Node authorizer, which is not evaluated, may.",
        "Nothing can be said for certain here.",
    ),
];
