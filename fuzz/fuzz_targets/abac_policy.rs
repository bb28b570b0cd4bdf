//! Any text as a policy file: no panic, a policy a line at most, and two files one after the other mean what both mean.
#![no_main]

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::Abac;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let version = KubeVersion::default();
    let Ok(abac) = Abac::parse(text, "policy", version) else { return };
    assert!(abac.policies().len() <= text.split('\n').count());
    let users = [UserInfo::exact("ann", ["dev", "system:authenticated"]), UserInfo::named("")];
    for user in &users {
        for asked in [Attributes::resource("get", "", "pods").in_namespace("shop"), Attributes::path("get", "/healthz")] {
            let decision = abac.decide(user, &asked);
            let found = abac.policy(decision).expect("the same model decided");
            assert_eq!(found.is_some(), decision.is_allowed());
            assert_eq!(decision.is_allowed(), abac.policies().any(|policy| policy.allows(user, &asked)));
        }
    }
    let twice = Abac::parse(&format!("{text}\n{text}"), "policy", version).expect("each line can be read");
    assert_eq!(twice.policies().len(), 2 * abac.policies().len());
});
