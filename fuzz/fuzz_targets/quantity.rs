//! Any text as a quantity: no panic, and its canonical text is the same amount with the same canonical text.
#![no_main]

use kubelogic_core::meta::{Quantity, QuantityError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (one, two) = text.split_once(' ').unwrap_or((text, "1500m"));
    let Ok(mut one) = Quantity::parse(one) else { return };
    // A long exponent may be printed with more digits than were read.
    let again = Quantity::from_json(&one.to_string());
    assert!(matches!(again, Ok(_) | Err(QuantityError::TooLarge)));
    let canonical = one.canonical_text();
    // A power above E loses its suffix and with it its size, as it does upstream.
    let largest: Quantity = "999E".parse().expect("a quantity");
    let mut size = one.clone();
    if one.signum() < 0 {
        size.neg();
    }
    if size <= largest {
        let again = Quantity::parse(&canonical).expect("what is printed can be read");
        assert_eq!(again, one);
        assert_eq!(again.canonical_text(), canonical);
    }
    one.scaled_value(-3);
    let Ok(two) = Quantity::parse(two) else { return };
    let before = one.clone();
    if one.add(&two).is_ok() && one.sub(&two).is_ok() {
        assert_eq!(one, before);
    }
    let _ = one.round_up(0);
    one.mul(7);
    assert_eq!(one.cmp(&two), two.cmp(&one).reverse());
});
