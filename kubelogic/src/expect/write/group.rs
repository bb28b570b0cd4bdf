//! From what is allowed to lines: what has the same verbs in the same place shares a line.

use std::collections::{BTreeMap, BTreeSet};

use super::grants::{Grants, What, Where};

/// Lines are not much longer than this.
const WIDTH: usize = 110;

/// Verbs in the order in which people say them; others follow by name.
const ORDER: [&str; 9] =
    ["*", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

/// What shares a line: the place, verbs and types of resources.
type Shared = (Where, Vec<String>, Vec<String>);

/// The lines about somebody who has these grants.
pub(super) fn lines(grants: &Grants, subject: &str) -> Vec<String> {
    // Same place, verbs and subresource: one list of types. Same types then: one list of subresources.
    let mut types: BTreeMap<(Where, Vec<String>, String), Vec<String>> = BTreeMap::new();
    let mut paths: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for ((place, what), allowed) in &grants.allowed {
        match what {
            What::Path(path) => paths.entry(verbs(allowed)).or_default().push(path.clone()),
            What::Resource { word, subresource, name, .. } => {
                let one = if name.is_empty() { word.clone() } else { format!("{word}/{name}") };
                types.entry((place.clone(), verbs(allowed), subresource.clone())).or_default().push(one);
            }
        }
    }
    let mut subresources: BTreeMap<Shared, Vec<String>> = BTreeMap::new();
    for ((place, verbs, subresource), mut words) in types {
        words.sort();
        words.dedup();
        subresources.entry((place, verbs, words)).or_default().push(subresource);
    }
    let mut lines = Vec::new();
    for ((place, verbs, words), subresources) in subresources {
        let place = match place.as_deref() {
            None => "cluster".to_owned(),
            Some("cluster") => "namespace:cluster".to_owned(),
            Some(namespace) => namespace.to_owned(),
        };
        // The resource itself and its subresources are two things.
        let (main, others): (Vec<String>, Vec<String>) = subresources.into_iter().partition(String::is_empty);
        let start = format!("{subject} can {} ", verbs.join(","));
        if !main.is_empty() {
            lines.extend(broken(&start, &words, &format!(" in {place}")));
        }
        if !others.is_empty() {
            let end = format!(" --subresource {} in {place}", others.join(","));
            lines.extend(broken(&start, &words, &end));
        }
    }
    for (verbs, paths) in paths {
        lines.extend(broken(&format!("{subject} can {} ", verbs.join(",")), &paths, ""));
    }
    lines
}

/// As many lines as the words need.
pub(super) fn broken(start: &str, words: &[String], end: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words {
        if !line.is_empty() && start.len() + line.len() + word.len() + end.len() >= WIDTH {
            lines.push(format!("{start}{line}{end}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(',');
        }
        line.push_str(word);
    }
    lines.push(format!("{start}{line}{end}"));
    lines
}

fn verbs(allowed: &BTreeSet<String>) -> Vec<String> {
    let known = ORDER.iter().filter(|verb| allowed.contains(**verb)).map(|verb| (*verb).to_owned());
    let others = allowed.iter().filter(|verb| !ORDER.contains(&verb.as_str())).cloned();
    known.chain(others).collect()
}
