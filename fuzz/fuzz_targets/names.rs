//! Any text by every rule for names: no panic, and rules that are stricter than others stay so.
#![no_main]

use kubelogic_core::meta::{NameRule, generate_name};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for version in ["1.29", "1.37"] {
        let version = version.parse().expect("a version");
        let passes = |rule: NameRule| rule.problems(text, version).is_empty();
        for rule in NameRule::ALL {
            let _ = passes(*rule);
            let _ = rule.prefix_problems(text, version);
        }
        assert!(!passes(NameRule::Dns1035Label) || passes(NameRule::DnsLabel));
        assert!(!passes(NameRule::DnsLabel) || passes(NameRule::DnsSubdomain));
        assert!(!passes(NameRule::Ip) || passes(NameRule::IpLegacy));
        assert!(!passes(NameRule::Cidr) || passes(NameRule::CidrLegacy));
        assert!(!passes(NameRule::Finalizer) || passes(NameRule::LabelKey));
    }
    assert!(generate_name(text, 1).len() <= 63);
});
