//! What the real parser printed, and its refusals.

use super::{Quantity, QuantityError};

fn printed(text: &str) -> String {
    Quantity::parse(text).map_or_else(|error| error.to_string(), |quantity| quantity.to_string())
}

#[test]
fn prints_as_upstream() {
    // Each right side was printed by the real parser of 1.37.
    let cases = [
        ("0", "0"),
        ("-0", "0"),
        ("+1", "+1"),
        ("00012", "00012"),
        ("5.", "5."),
        ("1e+3", "1e+3"),
        ("1000m", "1"),
        ("1.5", "1500m"),
        ("0.1", "100m"),
        ("1024Ki", "1Mi"),
        ("1.5Gi", "1536Mi"),
        ("1.1Ki", "1126400m"),
        ("1e10", "10e9"),
        ("1E-1", "100e-3"),
        ("1.0", "1"),
        ("0.1n", "1n"),
        ("-0.1n", "-1n"),
        ("1.2345678901", "1234567891n"),
        ("9Ei", "9223372036854775807"),
        ("+", "0"),
        ("m", "0"),
        ("1e4294967297", "10"),
        ("1e-30000000", "1e-9"),
    ];
    for (text, expected) in cases {
        assert_eq!(printed(text), expected, "{text}");
    }
}

#[test]
fn refuses_with_the_words_of_upstream() {
    for text in ["", "a", "1_000", "0x10", "1 ", "1..2", "1Kb", "1e3m"] {
        assert_eq!(Quantity::parse(text), Err(QuantityError::Format), "{text}");
    }
    for text in ["1K", "1ki", "1e", "1+5", "1e99999999999999999999"] {
        assert_eq!(Quantity::parse(text), Err(QuantityError::Suffix), "{text}");
    }
    assert_eq!(Quantity::parse("e-40"), Err(QuantityError::Number));
    assert_eq!(Quantity::parse("12345678901234567890e200000"), Err(QuantityError::TooLarge));
}
