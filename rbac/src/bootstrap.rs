//! The roles and bindings that every API server creates.

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::object::{Object, SourceName};
use kubelogic_core::version::KubeVersion;

use crate::model::{Binding, Role};
use crate::policy;
use crate::reconcile::{AUTO_UPDATE, missing_rules};

/// What to do about the default roles and bindings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bootstrap {
    /// Each that is missing by name is added; those that are given stay as they are.
    #[default]
    Auto,
    /// Each that is missing is added, and those that are given get the rules and subjects that they lack, as
    /// at the start of an API server.
    Always,
    /// None is added.
    Never,
}

/// The default objects that count besides the given ones.
#[derive(Debug, Default)]
pub(crate) struct Additions {
    /// Those that nobody gave.
    pub(crate) missing: Vec<Object>,
    /// Those that complete given ones, by kind, namespace and name.
    completing: BTreeMap<(String, String, String), Object>,
}

/// The default objects of a version, by kind, namespace and name.
///
/// ```
/// use kubelogic_core::version::KubeVersion;
/// let objects = kubelogic_rbac::bootstrap_objects(KubeVersion::NEWEST);
/// assert!(objects.iter().any(|object| object.kind() == "ClusterRole" && object.name() == "cluster-admin"));
/// ```
pub fn bootstrap_objects(version: KubeVersion) -> &'static [Object] {
    static VERSIONS: [OnceLock<Vec<Object>>; MINORS] = [const { OnceLock::new() }; MINORS];
    let index = version.minor().saturating_sub(KubeVersion::OLDEST.minor());
    match VERSIONS.get(usize::from(index)) {
        Some(objects) => objects.get_or_init(|| read(version.minor())),
        None => &[],
    }
}

impl Additions {
    pub(crate) fn new(
        bootstrap: Bootstrap,
        version: KubeVersion,
        given: &HashSet<(&'static str, &str, &str)>,
    ) -> Self {
        let mut additions = Self::default();
        if bootstrap == Bootstrap::Never {
            return additions;
        }
        for object in bootstrap_objects(version) {
            let kind = policy::role_kind(object).map(crate::model::RoleKind::name);
            let kind = kind.or_else(|| policy::binding_kind(object).map(crate::model::BindingKind::name));
            let Some(kind) = kind else { continue };
            if !given.contains(&(kind, object.namespace(), object.name())) {
                additions.missing.push(object.clone());
            } else if bootstrap == Bootstrap::Always {
                let key = (kind.to_owned(), object.namespace().to_owned(), object.name().to_owned());
                additions.completing.insert(key, object.clone());
            }
        }
        additions
    }

    /// Adds the default rules that a given role lacks, at its end. Answers the default role if there is one.
    pub(crate) fn complete_role(&self, role: &mut Role) -> Option<Completion> {
        // upstream: component-helpers auth/rbac/reconciliation/reconcile_role.go: rules and selectors are only
        // ever added, rules in their smallest pieces. A role that is not aggregated by default does not stay so.
        let object = self.completing(role.kind.name(), &role.namespace, &role.name)?;
        if role.metadata.annotations.get(AUTO_UPDATE).is_some_and(|value| value == "false") {
            return None;
        }
        let (default, _) = Role::read(object, role.kind, &role.namespace, FieldValidation::Ignore);
        let written = role.rules.len();
        let mut indices = Vec::new();
        let own = role.rules.clone();
        for (index, rule) in default.rules.iter().enumerate() {
            for piece in missing_rules(&own, rule) {
                role.rules.push(piece);
                indices.push(index);
            }
        }
        if default.aggregation_rule.is_none() {
            role.aggregation_rule = None;
        }
        if let Some(aggregation) = default.aggregation_rule {
            let own = role.aggregation_rule.get_or_insert_default();
            for selector in aggregation.cluster_role_selectors {
                if !own.cluster_role_selectors.contains(&selector) {
                    own.cluster_role_selectors.push(selector);
                }
            }
        }
        for (key, value) in default.metadata.labels {
            role.metadata.labels.entry(key).or_insert(value);
        }
        Some(Completion { object: object.clone(), written, indices })
    }

    /// Adds the default subjects that a given binding lacks. Answers the default binding if there is one.
    pub(crate) fn complete_binding(&self, binding: &mut Binding) -> Option<Object> {
        let object = self.completing(binding.kind.name(), &binding.namespace, &binding.name)?;
        if binding.metadata.annotations.get(AUTO_UPDATE).is_some_and(|value| value == "false") {
            return None;
        }
        let (default, _) = Binding::read(object, binding.kind, &binding.namespace, FieldValidation::Ignore);
        if default.role_ref != binding.role_ref {
            // upstream: component-helpers auth/rbac/reconciliation/reconcile_rolebindings.go: another role
            // means that the binding is made anew.
            *binding = default;
            return None;
        }
        policy::complete(binding, default);
        Some(object.clone())
    }

    fn completing(&self, kind: &str, namespace: &str, name: &str) -> Option<&Object> {
        if self.completing.is_empty() {
            return None;
        }
        self.completing.get(&(kind.to_owned(), namespace.to_owned(), name.to_owned()))
    }
}

/// Where the rules of a completed role come from.
#[derive(Clone, Debug)]
pub(crate) struct Completion {
    /// The default role.
    pub(crate) object: Object,
    /// How many rules the given role has itself.
    pub(crate) written: usize,
    /// The positions in the default role of the rules behind them.
    pub(crate) indices: Vec<usize>,
}

const MINORS: usize = 9;

/// One default object a line, with the versions that have it.
const DATA: [&str; 4] = [
    include_str!("../data/bootstrap/cluster-role-bindings.jsonl"),
    include_str!("../data/bootstrap/cluster-roles.jsonl"),
    include_str!("../data/bootstrap/role-bindings.jsonl"),
    include_str!("../data/bootstrap/roles.jsonl"),
];

#[derive(serde::Deserialize)]
struct Line {
    since: KubeVersion,
    until: Option<KubeVersion>,
    object: serde_json::Value,
}

fn read(minor: u16) -> Vec<Object> {
    let source = SourceName::new(format!("kubernetes-1.{minor}-defaults"));
    let lines = DATA.iter().flat_map(|data| data.lines());
    let objects = lines.filter_map(|line| {
        // INVARIANT: a test reads every line; one that cannot be read is none.
        let line: Line = serde_json::from_str(line).ok()?;
        let until = line.until.unwrap_or(KubeVersion::NEWEST);
        if !(line.since.minor()..=until.minor()).contains(&minor) {
            return None;
        }
        Object::from_serialize_named(&line.object, source.clone()).ok()
    });
    objects.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        assert_eq!(KubeVersion::all().count(), MINORS);
        for line in DATA.iter().flat_map(|data| data.lines()) {
            let line: Line = serde_json::from_str(line).unwrap();
            assert!(line.until.is_none_or(|until| line.since <= until));
            assert!(Object::from_serialize(&line.object).is_ok());
        }
    }

    #[test]
    fn every_version_has_its_objects() {
        // Counted by asking the real bootstrap policy of each version.
        let counts = [121, 123, 123, 123, 127, 131, 131, 133, 141];
        for (version, count) in KubeVersion::all().zip(counts) {
            assert_eq!(bootstrap_objects(version).len(), count, "{version}");
        }
    }
}
