//! Codes of arguments in the Python and Node packages.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "query/wrong-argument",
        "an argument that cannot be",
        "A call got an argument of the wrong type, or a setting that does not exist; the message names it.",
        "Compare the call with the types of the package.",
    ),
    error(
        "query/wrong-request",
        "a request that cannot be",
        "A request needs a verb, and either a resource or a path.",
        "Give the fields that the message names.",
    ),
    error(
        "query/wrong-user",
        "a user that cannot be",
        "A user is a name, or an object with a name and groups.",
        "Give the fields that the message names.",
    ),
    error(
        "query/wrong-reference",
        "a reference that names no object",
        "An object is named by kind, namespace and name.",
        "Give the fields that the message names.",
    ),
    error(
        "query/wrong-path",
        "a text that is no field path",
        "Field paths are written as the API server prints them: `spec.containers[0].image`.",
        "Write it so.",
    ),
    error(
        "query/not-one-object",
        "a question about one object got several",
        "The question is about one object, and the text holds none or several.",
        "Give the object by itself.",
    ),
    error(
        "query/not-objects",
        "a text that holds no objects",
        "The objects of a question were given as text, and the text cannot be read; the message names the place.",
        "Correct the text, or give the objects themselves.",
    ),
];
