//! Any text as a field selector: no panic, and what is printed means the same.
#![no_main]

use std::collections::BTreeMap;

use kubelogic_core::meta::FieldSelector;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(selector) = FieldSelector::parse(text) else { return };
    let fields = BTreeMap::from([("a".to_owned(), "1".to_owned())]);
    selector.matches(&fields);
    // The name of a field has no escapes: with a backslash in it, printing and reading are not each other's reverse.
    if selector.requirements().iter().all(|one| !one.field.contains('\\')) {
        let again = FieldSelector::parse(&selector.to_string()).expect("what is printed can be read");
        assert_eq!(again.requirements().len(), selector.requirements().len());
        assert_eq!(again.matches(&fields), selector.matches(&fields));
    }
});
