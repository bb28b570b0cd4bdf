//! Any bytes as a stream: no panic, and every object, error and finding has its place in the input.
#![no_main]

use kubelogic_core::read::{Options, StreamRules, bytes, documents};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let mut options = Options::named("fuzz");
    options.limits.document_bytes = 300;
    options.limits.depth = 20;
    let reading = bytes(input, &options);
    let lines = u32::try_from(input.len()).expect("a small input") + 2;
    for error in &reading.errors {
        let position = error.location.position.expect("a position");
        assert!(position.line >= 1 && position.line <= lines);
    }
    for object in &reading.objects {
        assert!(!object.kind().is_empty());
        let mut work = vec![object.root()];
        while let Some(value) = work.pop() {
            let position = value.position();
            assert!(position.is_none_or(|position| position.line <= lines));
            work.extend(value.items());
            work.extend(value.entries().map(|(_, value)| value));
        }
    }
    options.rules = StreamRules::Until132;
    if let Ok(text) = std::str::from_utf8(input) {
        documents(text, &options);
    }
});
