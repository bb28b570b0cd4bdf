//! What somebody cannot do, of what matters most.

use std::collections::BTreeMap;

use super::super::access::Judge;
use super::super::file::File;
use super::group::broken;

/// Verbs, types with whether they live in namespaces, and a subresource.
type Matter = (&'static [&'static str], &'static [(&'static str, bool)], &'static str);

/// What is worth a line when it is not allowed.
const MATTERS: [Matter; 6] = [
    (&["get", "list", "watch"], &[("secrets", true)], ""),
    (&["create"], &[("pods", true)], "attach,exec"),
    (&["create"], &[("serviceaccounts", true)], "token"),
    (&["bind", "escalate"], &[("clusterroles", false), ("roles", true)], ""),
    (&["impersonate"], &[("groups", false), ("serviceaccounts", true), ("users", false)], ""),
    (&["create", "update", "patch"], &[("clusterrolebindings", false), ("rolebindings", true)], ""),
];

/// Lines about what somebody cannot do, each of which holds.
pub(super) fn lines(subject: &str, judge: &Judge, file: &File<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (verbs, types, subresource) in MATTERS {
        // Where, then with which verbs: what is refused everywhere needs no second line about the cluster.
        let mut refused: BTreeMap<(&str, Vec<&str>), Vec<String>> = BTreeMap::new();
        for (one, namespaced) in types {
            let own = [(*one).to_owned()];
            let holds = |verb: &str, place: &str| {
                let asked = stated(subject, verb, &own, subresource, place);
                asked.iter().all(|line| judge.holds(line, file))
            };
            let (anywhere, left): (Vec<&str>, Vec<&str>) =
                verbs.iter().copied().partition(|verb| holds(verb, "anywhere"));
            let cluster: Vec<&str> =
                left.into_iter().filter(|verb| *namespaced && holds(verb, "in cluster")).collect();
            for (place, verbs) in [("anywhere", anywhere), ("in cluster", cluster)] {
                if !verbs.is_empty() {
                    refused.entry((place, verbs)).or_default().push((*one).to_owned());
                }
            }
        }
        for ((place, verbs), types) in refused {
            lines.extend(stated(subject, &verbs.join(","), &types, subresource, place));
        }
    }
    lines
}

fn stated(subject: &str, verbs: &str, types: &[String], subresource: &str, place: &str) -> Vec<String> {
    let subresource =
        if subresource.is_empty() { String::new() } else { format!(" --subresource {subresource}") };
    broken(&format!("{subject} cannot {verbs} "), types, &format!("{subresource} {place}"))
}
