//! Aggregated ClusterRoles: the rules that the controller settles on.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_core::meta::{LabelSelector, Selector, SelectorError};
use kubelogic_core::object::FieldPath;
use kubelogic_core::version::KubeVersion;

use crate::model::{PolicyRule, Role};
use crate::policy::place;
use crate::rbac::RuleRecord;

/// A ClusterRole on its way through the controller.
#[derive(Debug)]
pub(crate) struct Aggregating<'a> {
    pub(crate) role: &'a Role,
    pub(crate) rules: Vec<RuleRecord>,
}

/// After this many passes over all roles upstream would still find something to do.
const PASSES: usize = 200;

/// Replaces the rules of aggregated roles by what they select. `roles` come by name.
///
/// The controller has no order of its own; it is run here over the roles by name until nothing changes. Roles
/// that do not select each other in a circle end with the same rules whatever the order.
pub(crate) fn aggregate(roles: &mut [Aggregating<'_>], remarks: &mut Vec<Finding>) {
    // upstream: pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go (syncClusterRole)
    let sources = sources(roles);
    if sources.is_empty() {
        return;
    }
    let mut contents = Contents::default();
    let mut settled: Vec<Vec<u32>> = roles
        .iter()
        .map(|role| role.rules.iter().map(|rule| contents.ordinal(&rule.rule)).collect())
        .collect();
    let mut owned: BTreeSet<usize> = BTreeSet::new();
    let mut changed = true;
    let mut passes = 0;
    while changed && passes < PASSES {
        changed = false;
        passes += 1;
        for (target, selected) in &sources {
            let (selected, new) = collect(roles, selected, &settled);
            let Some(old) = settled.get_mut(*target) else { continue };
            let same = *old == new;
            // Applying no rules takes back what the controller applied, but not what somebody else wrote.
            if new.is_empty() && !same && !owned.remove(target) {
                continue;
            }
            if !same {
                changed = true;
                if !new.is_empty() {
                    owned.insert(*target);
                }
            }
            *old = new;
            if let Some(role) = roles.get_mut(*target) {
                // Even equal rules are now known to come from where they were selected.
                role.rules = selected;
            }
        }
    }
    report_circles(roles, &sources, !changed, remarks);
}

/// The version decides only about the words of a refusal, which nobody reads here.
fn selector(written: &LabelSelector) -> Result<Selector, SelectorError> {
    Selector::new(written, KubeVersion::default())
}

/// For each aggregated role the roles that it selects, selector by selector.
type Sources = Vec<(usize, Vec<usize>)>;

fn sources(roles: &[Aggregating<'_>]) -> Sources {
    let mut sources = Vec::new();
    for (target, aggregated) in roles.iter().enumerate() {
        let Some(aggregation) = &aggregated.role.aggregation_rule else { continue };
        let selectors: Result<Vec<Selector>, _> =
            aggregation.cluster_role_selectors.iter().map(selector).collect();
        // The controller gives up on a role with a selector that it cannot use; its rules stay.
        let Ok(selectors) = selectors else { continue };
        let mut selected = Vec::new();
        for selector in &selectors {
            let matching = roles
                .iter()
                .enumerate()
                .filter(|(source, role)| *source != target && selector.matches(&role.role.metadata.labels));
            selected.extend(matching.map(|(source, _)| source));
        }
        sources.push((target, selected));
    }
    sources
}

/// The rules of the selected roles in order, each content once.
fn collect(
    roles: &[Aggregating<'_>],
    selected: &[usize],
    settled: &[Vec<u32>],
) -> (Vec<RuleRecord>, Vec<u32>) {
    let (mut collected, mut contents) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for source in selected {
        let (Some(role), Some(own)) = (roles.get(*source), settled.get(*source)) else { continue };
        for (rule, content) in role.rules.iter().zip(own) {
            if seen.insert(*content) {
                collected.push(rule.clone());
                contents.push(*content);
            }
        }
    }
    (collected, contents)
}

/// Rules by what they say. Absent and empty lists are equal, the order within a list counts.
#[derive(Debug, Default)]
struct Contents {
    ordinals: HashMap<Arc<PolicyRule>, u32>,
}

impl Contents {
    fn ordinal(&mut self, rule: &Arc<PolicyRule>) -> u32 {
        let next = crate::index::ordinal(self.ordinals.len());
        *self.ordinals.entry(Arc::clone(rule)).or_insert(next)
    }
}

fn report_circles(roles: &[Aggregating<'_>], sources: &Sources, settled: bool, remarks: &mut Vec<Finding>) {
    let selects: HashMap<usize, &[usize]> =
        sources.iter().map(|(target, selected)| (*target, selected.as_slice())).collect();
    for (target, _) in sources {
        if !reaches(*target, &selects) {
            continue;
        }
        let Some(role) = roles.get(*target) else { continue };
        let name = &role.role.name;
        let end = if settled {
            "its rules may depend on the order in which the controller meets the roles"
        } else {
            "the controller never settles, and its rules keep changing"
        };
        let message = format!("ClusterRole `{name}` takes rules from itself by way of others: {end}");
        let path = FieldPath::root().field("aggregationRule");
        let finding = Finding::new("rbac/aggregation-circle", Severity::Warning, message);
        remarks.push(finding.at(place(&role.role.object, path)));
    }
}

/// Whether a role selects itself by way of other aggregated roles.
fn reaches(target: usize, selects: &HashMap<usize, &[usize]>) -> bool {
    let mut seen = BTreeSet::new();
    let mut work: Vec<usize> = selects.get(&target).copied().unwrap_or_default().to_vec();
    while let Some(next) = work.pop() {
        if next == target {
            return true;
        }
        if seen.insert(next) {
            work.extend(selects.get(&next).copied().unwrap_or_default());
        }
    }
    false
}
