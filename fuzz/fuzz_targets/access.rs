//! Any text as a policy: no panic, the index decides what the rules say one by one, and every answer explains itself.
#![no_main]

use kubelogic_core::access::{Attributes, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions, OnDuplicate, OnInvalid};
use kubelogic_core::read;
use kubelogic_rbac::{Bootstrap, Options, Rbac};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let reading = read::text(text, &read::Options::named("fuzz"));
    let mut load = LoadOptions::default();
    load.on_duplicate = OnDuplicate::Last;
    load.on_invalid = OnInvalid::Drop;
    let Ok(cluster) = Cluster::load(reading.objects, &load) else { return };
    // Questions are made of the policy's own words, so that they often meet.
    let words: Vec<&str> = text.split(|letter: char| " \n\"',[]{}:".contains(letter)).collect();
    let word = |number: usize| words.get(number * 7 % words.len().max(1)).copied().unwrap_or_default();
    for stored in [false, true] {
        let mut options = Options::default();
        options.bootstrap = Bootstrap::Never;
        options.stored = stored;
        let Ok(rbac) = Rbac::compile(&cluster, &options) else { continue };
        for number in 0..words.len().min(12) {
            let user = UserInfo::exact(word(number), [word(number + 1), word(number + 2)]);
            let resource = Attributes::resource(word(number + 3), word(number + 4), word(number + 5))
                .subresource(word(number + 6))
                .named(word(number + 7))
                .in_namespace(word(number + 8));
            for asked in [resource, resource.subresource(""), Attributes::path(word(number + 3), word(number + 5))] {
                let decision = rbac.decide(&user, &asked);
                let warm = rbac.decide_resolved(&rbac.resolve(&user), &rbac.request(&asked));
                assert_eq!(warm.ok(), Some(decision));
                if number % 4 != 0 {
                    continue;
                }
                let answer = rbac.explain(&user, &asked);
                assert_eq!(answer.result.allowed, decision.is_allowed());
                assert_eq!(answer.result.grants.is_empty(), !decision.is_allowed());
                assert!(answer.result.grants.iter().all(|grant| grant.rule.allows(&asked)));
                let first = answer.result.grants.first().map(|grant| (grant.subject_index, grant.rule_index));
                assert_eq!(first, decision.grant().map(|grant| (grant.subject, grant.rule)));
            }
        }
    }
});
