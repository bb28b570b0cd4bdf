//! Any text as a time: no panic, and what is printed is the same time.
#![no_main]

use kubelogic_core::meta::{Duration, MicroTime, Time};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(time) = Time::parse(text) {
        let printed = time.to_string();
        // Beyond four digits a year cannot be read again.
        if printed.len() == "2006-01-02T15:04:05Z".len() {
            let again = Time::parse(&printed).expect("what is printed can be read");
            assert_eq!(again.unix_seconds(), time.unix_seconds());
        }
        let later = time.after(Duration::from_seconds(1)).expect("a second later");
        assert_eq!(later.since(time), Duration::from_seconds(1));
    }
    if let Ok(time) = MicroTime::parse(text) {
        let printed = time.to_string();
        if printed.len() == "2006-01-02T15:04:05.000000Z".len() {
            assert_eq!(MicroTime::parse(&printed), Ok(time));
        }
    }
    let _ = Time::from_json(text);
});
