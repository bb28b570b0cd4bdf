//! Codes of pictures.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "picture/format",
        "a picture that cannot be drawn so",
        "Not every kind of picture can be written in every format: a table is no graph, and a graph no list of comma-separated values.",
        "The message names the formats that can be written.",
    ),
    error(
        "picture/duplicate-id",
        "two parts of a picture have one name",
        "Nodes, rows and columns of a picture are told apart by their ids, and one stands twice.",
        "Give each an id of its own.",
    ),
    error(
        "picture/json",
        "a picture that cannot be read",
        "The data of a picture lacks a field, or has one that pictures do not have.",
        "Compare it with the schema: `kubelogic ask --schema`.",
    ),
];
