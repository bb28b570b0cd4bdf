//! Any text as a label selector: no panic, and what is printed means the same.
#![no_main]

use std::collections::BTreeMap;

use kubelogic_core::meta::Selector;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for version in ["1.29", "1.37"] {
        let version = version.parse().expect("a version");
        let Ok(selector) = Selector::parse(text, version) else { continue };
        let again = Selector::parse(&selector.to_string(), version).expect("what is printed can be read");
        assert_eq!(again.to_string(), selector.to_string());
        for value in ["", "1", "x"] {
            let labels = BTreeMap::from([("a".to_owned(), value.to_owned())]);
            assert_eq!(again.matches(&labels), selector.matches(&labels));
        }
    }
});
