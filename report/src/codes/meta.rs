//! Codes of metadata.

use super::{Code, error};

pub(super) const CODES: &[Code] = &[
    error(
        "meta/invalid-selector",
        "a label selector that cannot be",
        "A label selector has an operator that does not exist, or values where none may stand, or a key or value that is no label. The API server refuses it.",
        "Operators are In, NotIn, Exists and DoesNotExist; the first two need values, the others have none.",
    ),
    error(
        "meta/invalid-quantity",
        "a text that is no quantity",
        "A quantity is a number with an optional suffix: `100m`, `1.5`, `512Mi`, `2e3`. Others are refused, and a wrong suffix makes a thousand of one: `m` is a thousandth, `M` a million, `Mi` 1,048,576.",
        "Write one of these.",
    ),
    error(
        "meta/quantity-too-large",
        "a quantity that cannot be held",
        "The exponent of the quantity is so large that upstream's reader does not come to an end.",
        "Write a smaller number.",
    ),
    error(
        "meta/invalid-time",
        "a text that is no time",
        "Times are written in RFC 3339: `2026-11-21T02:00:00Z`.",
        "Write it so.",
    ),
    error(
        "meta/invalid-duration",
        "a text that is no duration",
        "Durations are numbers with units, such as `1h30m` or `500ms`.",
        "Write it so; a number without unit is refused.",
    ),
    error(
        "meta/invalid-int-or-percent",
        "neither a number nor a percentage",
        "The field takes an integer, or a text such as `25%`.",
        "Write one of these.",
    ),
];
