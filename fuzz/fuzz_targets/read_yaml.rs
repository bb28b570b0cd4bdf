//! Any text as YAML: no panic, and what is written reads back to the same value.
#![no_main]

use kubelogic_core::read::write::{to_canonical_json, to_yaml};
use kubelogic_core::read::{Options, yaml_value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let options = Options::named("fuzz");
    let Ok(value) = yaml_value(text, &options) else { return };
    let json = to_canonical_json(value.root());
    let written = to_yaml(value.root());
    let again = yaml_value(&written, &options).expect("what is written can be read");
    assert_eq!(to_canonical_json(again.root()), json);
});
