//! Any text as an AuthorizationConfiguration: no panic, a reason for every refusal, and names that are told apart.
#![no_main]

use std::collections::BTreeSet;

use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::AuthorizationConfiguration;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match AuthorizationConfiguration::parse(text, "authz.yaml", KubeVersion::default()) {
        Ok(configuration) => {
            assert!(!configuration.authorizers.is_empty());
            let names: BTreeSet<&str> = configuration.authorizers.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(names.len(), configuration.authorizers.len());
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert!(!error.findings().is_empty());
        }
    }
});
