//! Laws that hold for all rules.

use super::{breakdown, compact_for_kubectl, uncovered};
use crate::model::PolicyRule;
use kubelogic_core::access::Attributes;
use proptest::prelude::*;

fn words(from: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(from).prop_map(str::to_owned), 0..3)
}

fn rule() -> impl Strategy<Value = PolicyRule> {
    let names = words(&["a", "b"]);
    let resources = words(&["pods", "pods/log", "*/log", "*", "jobs"]);
    let paths = words(&["/a", "/a/*", "*", "/b*"]);
    (words(&["get", "list", "*"]), words(&["", "apps", "*"]), resources, names, paths, 0..3).prop_map(
        |(verbs, api_groups, resources, resource_names, paths, form)| {
            let non_resource_urls = if form == 0 { paths } else { Vec::new() };
            PolicyRule { verbs, api_groups, resources, resource_names, non_resource_urls }
        },
    )
}

proptest! {
    #[test]
    fn every_piece_that_is_left_is_a_piece_that_one_rule_alone_does_not_cover(
        owner in prop::collection::vec(rule(), 0..4), servant in prop::collection::vec(rule(), 0..4),
    ) {
        let pieces: Vec<PolicyRule> = servant.iter().flat_map(breakdown).collect();
        let one_by_one: Vec<PolicyRule> = pieces
            .iter()
            .filter(|piece| owner.iter().all(|own| !uncovered(&[own], [*piece]).is_empty()))
            .cloned()
            .collect();
        prop_assert_eq!(uncovered(&owner, &servant), one_by_one);
    }

    #[test]
    fn what_is_covered_is_allowed(
        owner in prop::collection::vec(rule(), 0..4), servant in prop::collection::vec(rule(), 0..4),
        verb in prop::sample::select(&["get", "list", "*"][..]), group in prop::sample::select(&["", "apps"][..]),
        resource in prop::sample::select(&["pods", "jobs"][..]), subresource in prop::sample::select(&["", "log"][..]),
        name in prop::sample::select(&["", "a"][..]),
    ) {
        prop_assume!(uncovered(&owner, &servant).is_empty());
        let asked = Attributes::resource(verb, group, resource).subresource(subresource).named(name);
        if servant.iter().any(|rule| rule.allows(&asked)) {
            prop_assert!(owner.iter().any(|rule| rule.allows(&asked)));
        }
    }

    #[test]
    fn merging_changes_nothing_that_counts(rules in prop::collection::vec(rule(), 0..6)) {
        let pieces: Vec<PolicyRule> = rules.iter().flat_map(breakdown).collect();
        let merged = compact_for_kubectl(&pieces);
        prop_assert_eq!(uncovered(&merged, &pieces), Vec::new());
        prop_assert_eq!(uncovered(&pieces, &merged), Vec::new());
    }
}
