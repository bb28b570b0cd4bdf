//! Codes of the question catalogue.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "ask/bad-question",
        "a question that cannot be read",
        "The question is no JSON object, lacks a field, or has one that it does not know; the message names it.",
        "Compare it with the schema: `kubelogic ask --schema`.",
    ),
    error(
        "ask/unknown-question",
        "there is no such question",
        "The catalogue has no question of this name.",
        "`kubelogic ask --schema` lists all of them.",
    ),
    error(
        "ask/no-objects",
        "there is nothing to ask about",
        "The question brings no objects, and no cluster is loaded.",
        "Give `objects` or `manifests` in the question, or load a cluster with `-f`.",
    ),
    error(
        "ask/unknown-code",
        "there is no such code",
        "The question names a finding that is not in the catalogue.",
        "`report.explain` without a code lists all of them.",
    ),
    error(
        "ask/bad-setting",
        "a setting that does not exist",
        "A setting, or its value, does not exist.",
        "The message names what can be given.",
    ),
    error(
        "ask/bad-path",
        "a text that is no field path",
        "Field paths are written as the API server prints them: `spec.containers[0].image`.",
        "Write it so.",
    ),
    error(
        "ask/internal",
        "a bug in kubelogic",
        "The answer could not be written. This is a bug.",
        "Please report it with the question.",
    ),
];
