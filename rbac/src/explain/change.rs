//! What would have to be different, as data that can be applied.

use kubelogic_core::access::{Attributes, Target, UserInfo};
use kubelogic_core::cluster::ObjectRef;
use kubelogic_core::object::Object;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::RbacError;
use crate::model::{Binding, BindingKind, GROUP, PolicyRule, RoleKind};
use crate::rbac::Rbac;
use crate::updated::Delta;

/// A change of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(tag = "operation", rename_all = "kebab-case")]
pub enum PolicyChange {
    /// An object that is created.
    Create {
        /// The object.
        object: Value,
    },
    /// A value that is added to a list of an object.
    Add {
        /// The object.
        object: ObjectRef,
        /// The list, as a JSON pointer.
        pointer: String,
        /// The value.
        value: Value,
    },
    /// A field of an object that gets another value.
    Set {
        /// The object.
        object: ObjectRef,
        /// The field, as a JSON pointer.
        pointer: String,
        /// The value.
        value: Value,
    },
}

impl Rbac {
    /// The model of a policy with changes, those of a near miss for example.
    ///
    /// # Errors
    /// When the API server would refuse what the changes lead to, or a change is of an object or a field that is not there.
    ///
    /// ```
    /// use kubelogic_core::access::{Attributes, UserInfo};
    /// use kubelogic_core::cluster::{Cluster, LoadOptions};
    /// use kubelogic_rbac::{Options, Rbac};
    ///
    /// let rbac = Rbac::compile(&Cluster::load([], &LoadOptions::default())?, &Options::default())?;
    /// let (ann, get) = (UserInfo::named("ann"), Attributes::resource("get", "", "pods").in_namespace("shop"));
    /// let nearest = &rbac.near_misses(&ann, &get)[0];
    /// assert!(rbac.with_changes(&nearest.changes)?.decide(&ann, &get).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_changes(&self, changes: &[PolicyChange]) -> Result<Self, RbacError> {
        let mut edited: Vec<(ObjectRef, Value)> = Vec::new();
        let mut delta = Delta::default();
        for change in changes {
            let (reference, pointer, value, adds) = match change {
                PolicyChange::Create { object } => {
                    let created = Object::from_serialize(object);
                    delta.with.push(created.map_err(|_| RbacError::NoRoleOrBinding(object.to_string()))?);
                    continue;
                }
                PolicyChange::Add { object, pointer, value } => (object, pointer, value, true),
                PolicyChange::Set { object, pointer, value } => (object, pointer, value, false),
            };
            if !edited.iter().any(|(known, _)| known == reference) {
                edited.extend(self.written(reference).map(|json| (reference.clone(), json)));
            }
            let json = edited.iter_mut().find(|(known, _)| known == reference).map(|(_, json)| json);
            json.and_then(|json| edit(json, pointer, value, adds)).ok_or_else(|| {
                RbacError::ImpossibleChange { object: reference.to_string(), pointer: pointer.clone() }
            })?;
        }
        let objects = edited.iter().filter_map(|(_, json)| Object::from_serialize(json).ok());
        delta.with.extend(objects);
        self.updated(&delta)
    }

    /// A role or binding as JSON.
    fn written(&self, reference: &ObjectRef) -> Option<Value> {
        let (namespace, name) = (reference.namespace.as_str(), reference.name.as_str());
        let object = if let Some(kind) = RoleKind::of(&reference.kind) {
            self.role(self.find_role(kind, namespace, name)?)?.object.clone()
        } else {
            let kind = BindingKind::of(&reference.kind)?;
            self.bindings.get(self.find_binding(kind, namespace, name)?)?.object.clone()
        };
        object.to_typed().ok()
    }

    /// A binding of a role to a user where a request is made.
    pub(super) fn new_binding(
        &self,
        role: (RoleKind, &str),
        user: &UserInfo,
        asked: &Attributes<'_>,
    ) -> PolicyChange {
        let subject = match user.service_account() {
            Some((namespace, name)) => {
                json!({"kind": "ServiceAccount", "namespace": namespace, "name": name})
            }
            None => json!({"apiGroup": GROUP, "kind": "User", "name": user.name}),
        };
        self.binding_with(role, &json!([subject]), role.1, asked.namespace())
    }

    /// The same binding in another namespace, or for the cluster.
    pub(super) fn binding_elsewhere(
        &self,
        binding: &Binding,
        role: (RoleKind, &str),
        namespace: &str,
    ) -> PolicyChange {
        let subjects: Vec<Value> = binding
            .subjects
            .iter()
            .map(|subject| {
                let mut fields = json!({"kind": subject.kind, "name": subject.name});
                if subject.kind == "ServiceAccount" {
                    // One without a namespace is that of the namespace where it was bound.
                    set(&mut fields, "namespace", json!(subject.namespace_in(&binding.namespace)));
                } else {
                    set(&mut fields, "apiGroup", json!(subject.api_group));
                }
                fields
            })
            .collect();
        self.binding_with(role, &json!(subjects), &binding.name, namespace)
    }

    fn binding_with(
        &self,
        (kind, role): (RoleKind, &str),
        subjects: &Value,
        name: &str,
        namespace: &str,
    ) -> PolicyChange {
        let binding =
            if namespace.is_empty() { BindingKind::ClusterRoleBinding } else { BindingKind::RoleBinding };
        let mut free = name.to_owned();
        while self.find_binding(binding, namespace, &free).is_some() {
            free.push_str("-more");
        }
        let mut object = manifest(binding.name(), namespace, &free);
        set(&mut object, "roleRef", json!({"apiGroup": GROUP, "kind": kind.name(), "name": role}));
        set(&mut object, "subjects", subjects.clone());
        PolicyChange::Create { object }
    }
}

/// A role with one rule that allows a request.
pub(super) fn new_role(kind: RoleKind, namespace: &str, name: &str, asked: &Attributes<'_>) -> PolicyChange {
    role_with(kind, namespace, name, &[rule_for(asked)])
}

/// A role with these rules.
pub(super) fn role_with(kind: RoleKind, namespace: &str, name: &str, rules: &[PolicyRule]) -> PolicyChange {
    let mut object = manifest(kind.name(), if kind == RoleKind::Role { namespace } else { "" }, name);
    let rules: Vec<Value> = rules
        .iter()
        .map(|rule| {
            let fields = json!(rule);
            let kept = fields.as_object().into_iter().flatten();
            let kept = kept.filter(|(_, list)| list.as_array().is_some_and(|list| !list.is_empty()));
            Value::Object(kept.map(|(key, list)| (key.clone(), list.clone())).collect::<Map<_, _>>())
        })
        .collect();
    set(&mut object, "rules", json!(rules));
    PolicyChange::Create { object }
}

fn rule_for(asked: &Attributes<'_>) -> PolicyRule {
    let one = |word: &str| vec![word.to_owned()];
    match asked.target {
        Target::Path(path) => {
            PolicyRule { verbs: one(asked.verb), non_resource_urls: one(path), ..PolicyRule::default() }
        }
        Target::Resource { group, resource, subresource, name, .. } => PolicyRule {
            verbs: one(asked.verb),
            api_groups: one(group),
            resources: vec![joined(resource, subresource)],
            resource_names: if name.is_empty() { Vec::new() } else { one(name) },
            non_resource_urls: Vec::new(),
        },
    }
}

/// `RESOURCE/SUBRESOURCE`
pub(super) fn joined(resource: &str, subresource: &str) -> String {
    if subresource.is_empty() { resource.to_owned() } else { format!("{resource}/{subresource}") }
}

fn manifest(kind: &str, namespace: &str, name: &str) -> Value {
    let mut metadata = json!({"name": name});
    if !namespace.is_empty() {
        set(&mut metadata, "namespace", json!(namespace));
    }
    json!({"apiVersion": format!("{GROUP}/v1"), "kind": kind, "metadata": metadata})
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

/// Makes a change; nothing when the value has no such place.
fn edit(json: &mut Value, pointer: &str, value: &Value, adds: bool) -> Option<()> {
    match json.pointer_mut(pointer) {
        Some(Value::Array(list)) if adds => list.push(value.clone()),
        Some(place @ Value::Null) if adds => *place = json!([value]),
        Some(_) if adds => return None,
        Some(place) => *place = value.clone(),
        None => {
            let (parent, field) = pointer.rsplit_once('/')?;
            let fields = json.pointer_mut(parent)?.as_object_mut()?;
            fields.insert(field.to_owned(), if adds { json!([value]) } else { value.clone() });
        }
    }
    Some(())
}
