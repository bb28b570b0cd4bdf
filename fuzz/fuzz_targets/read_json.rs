//! Any text as JSON: no panic, and each form that is written reads back to the same value.
#![no_main]

use kubelogic_core::read::write::{to_canonical_json, to_json, to_pretty_json};
use kubelogic_core::read::{Options, json_value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let options = Options::named("fuzz");
    let Ok(value) = json_value(text, &options) else { return };
    let json = to_canonical_json(value.root());
    for written in [to_json(value.root()), to_pretty_json(value.root())] {
        let again = json_value(&written, &options).expect("what is written can be read");
        assert_eq!(to_canonical_json(again.root()), json);
    }
});
