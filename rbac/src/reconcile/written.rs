//! Objects as a file holds them: nothing is defaulted.

use std::collections::BTreeMap;

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::meta::LabelSelector;
use kubelogic_core::object::Object;
use serde_json::Value;

use crate::model::{AggregationRule, PolicyRule, RoleRef, Subject, decode};

kubelogic_core::model! {
    struct Fields {
        metadata: Metadata = "metadata",
        rules: Vec<PolicyRule> = "rules",
        aggregation_rule: Option<AggregationRule> = "aggregationRule",
        subjects: Vec<SubjectFields> = "subjects",
        role_ref: ReferenceFields = "roleRef",
    }

    struct Metadata {
        labels: Option<BTreeMap<String, String>> = "labels",
        annotations: Option<BTreeMap<String, String>> = "annotations",
    }

    struct SubjectFields {
        kind: String = "kind",
        api_group: String = "apiGroup",
        name: String = "name",
        namespace: String = "namespace",
    }

    struct ReferenceFields {
        api_group: String = "apiGroup",
        kind: String = "kind",
        name: String = "name",
    }
}

/// An object of a file.
pub(super) struct Written<'a> {
    pub(super) object: &'a Object,
    pub(super) labels: Option<BTreeMap<String, String>>,
    pub(super) annotations: Option<BTreeMap<String, String>>,
    pub(super) rules: Vec<PolicyRule>,
    pub(super) selectors: Option<Vec<Selector>>,
    pub(super) subjects: Vec<Subject>,
    pub(super) role_ref: RoleRef,
}

/// A selector, and how it is written.
#[derive(Clone, Debug)]
pub(super) struct Selector {
    pub(super) read: LabelSelector,
    pub(super) json: Value,
}

impl<'a> Written<'a> {
    /// Reads an object that is known to be readable.
    pub(super) fn read(object: &'a Object) -> Self {
        let (fields, _) = decode::<Fields>(object, FieldValidation::Ignore);
        let reference = fields.role_ref;
        let subject = |given: SubjectFields| Subject {
            kind: given.kind,
            api_group: given.api_group,
            name: given.name,
            namespace: given.namespace,
        };
        Self {
            object,
            labels: fields.metadata.labels,
            annotations: fields.metadata.annotations,
            rules: fields.rules,
            selectors: selectors(object, fields.aggregation_rule.as_ref()),
            subjects: fields.subjects.into_iter().map(subject).collect(),
            role_ref: RoleRef { api_group: reference.api_group, kind: reference.kind, name: reference.name },
        }
    }
}

/// The selectors of an aggregation rule; nothing without a rule.
pub(super) fn selectors(object: &Object, rule: Option<&AggregationRule>) -> Option<Vec<Selector>> {
    let rule = rule?;
    let raw = object.root().get("aggregationRule").and_then(|rule| rule.get("clusterRoleSelectors"));
    let mut raw: Vec<Value> = match raw {
        Some(list) => list.items().map(|item| item.to_typed::<Value>().unwrap_or_default()).collect(),
        None => Vec::new(),
    };
    raw.resize(rule.cluster_role_selectors.len(), Value::Null);
    let read = rule.cluster_role_selectors.iter().cloned();
    Some(read.zip(raw).map(|(read, json)| Selector { read, json }).collect())
}
