//! Any text as a duration: no panic, and what is printed is the same duration.
#![no_main]

use kubelogic_core::meta::Duration;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(duration) = Duration::parse(text) {
        assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
    }
    let _ = Duration::from_json(text);
});
