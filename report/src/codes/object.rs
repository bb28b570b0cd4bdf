//! Codes of objects that a program hands over.

use super::{Code, error};

const REMEDY: &str = "Hand over what the API would send: mappings with text as keys, lists, texts, numbers, truth values and null.";

pub(super) const CODES: &[Code] = &[
    error(
        "object/not-serializable",
        "a value cannot become an object",
        "A value that a program handed over holds a key that is no text, a number that JSON cannot hold, or nothing at all.",
        REMEDY,
    ),
    error(
        "object/wrong-type",
        "an object is not of the wanted type",
        "An object was to be read into a type of the program, and a field does not fit; the message names its path.",
        "Compare the field with the type. Optional fields must be optional in the type as well.",
    ),
    error(
        "object/not-a-mapping",
        "an object is no mapping",
        "An object must be a mapping or an object of a client library; this is something else.",
        REMEDY,
    ),
    error(
        "object/unknown-type",
        "a value has a type that JSON does not know",
        "A value inside an object is of a type of the program that has no form in JSON, such as a date or a set.",
        REMEDY,
    ),
    error(
        "object/key-not-text",
        "a key is no text",
        "A mapping has a key that is a number, null or a truth value, and keys of the API are text.",
        REMEDY,
    ),
    error(
        "object/cycle",
        "an object contains itself",
        "A value contains itself by way of others, and would never end as JSON.",
        REMEDY,
    ),
    error(
        "object/not-unicode",
        "a text is not Unicode",
        "A text holds halves of characters, which have no form in UTF-8.",
        REMEDY,
    ),
    error(
        "object/number-not-finite",
        "a number is not finite",
        "JSON knows neither infinity nor not-a-number.",
        REMEDY,
    ),
    error(
        "object/number-too-large",
        "a number does not fit 64 bits",
        "The API's numbers are signed integers of 64 bits, or floating-point numbers.",
        REMEDY,
    ),
    error(
        "object/no-plain-object",
        "an object is of a class of its own",
        "An object must be a plain object or one of a client library; this is an instance of another class.",
        REMEDY,
    ),
    error(
        "object/no-json-value",
        "a value has no form in JSON",
        "A value inside an object is a function, a symbol or the like.",
        REMEDY,
    ),
    error(
        "object/no-json-number",
        "a number has no form in JSON",
        "JSON knows neither infinity nor not-a-number.",
        REMEDY,
    ),
    error(
        "object/no-date",
        "a date that is none",
        "A date inside an object is invalid, and has no form in JSON.",
        REMEDY,
    ),
];
