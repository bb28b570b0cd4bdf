//! The default policy at the start of an API server: what is compiled is what the reconciliation leads to.

use kubelogic_core::cluster::LoadOptions;
use kubelogic_core::object::Object;
use kubelogic_core::version::KubeVersion;
use kubelogic_rbac::{Bootstrap, Options, PolicyRule, Rbac, RoleKind, bootstrap_objects};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::support::try_compile;

/// Default objects, each with one change.
fn changed() -> impl Strategy<Value = Vec<Value>> {
    let one = (0_usize..200, 0_u8..6, prop::sample::select(&["get", "create", "*"][..])).prop_map(
        |(index, change, verb)| {
            let all = bootstrap_objects(KubeVersion::NEWEST);
            let mut object: Value = all[index % all.len()].to_typed().unwrap();
            let rules = json!([{"verbs": [verb], "apiGroups": ["", "apps"], "resources": ["pods", "nodes"]}]);
            match change {
                0 => {
                    object["metadata"]["annotations"] =
                        json!({"rbac.authorization.kubernetes.io/autoupdate": "false"});
                }
                1 => object["metadata"]["labels"] = json!({"team": "a"}),
                2 if object.get("rules").is_some() => object["rules"] = rules,
                3 if object.get("subjects").is_some() => {
                    object["subjects"] = json!([{"kind": "User", "name": "ann"}]);
                }
                4 if object.get("roleRef").is_some() => {
                    object["roleRef"] = json!({"kind": object["roleRef"]["kind"], "name": "mine"});
                }
                5 if object["kind"] == "ClusterRole" => {
                    object["aggregationRule"] =
                        json!({"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]});
                }
                _ => {}
            }
            object
        },
    );
    prop::collection::vec(one, 1..5).prop_map(|mut objects| {
        objects.dedup_by_key(|object| (object["kind"].clone(), object["metadata"].clone()));
        let mut seen = Vec::new();
        objects.retain(|object| {
            let name = [&object["kind"], &object["metadata"]["namespace"], &object["metadata"]["name"]]
                .map(Clone::clone);
            let new = !seen.contains(&name);
            seen.push(name);
            new
        });
        objects
    })
}

fn compiled(objects: &[Value], bootstrap: Bootstrap) -> Rbac {
    let mut options = Options::default();
    options.bootstrap = bootstrap;
    options.aggregate = false;
    options.stored = true;
    try_compile(objects.iter().cloned(), &LoadOptions::default(), &options).unwrap()
}

fn rules_of(rbac: &Rbac, object: &Object) -> Vec<PolicyRule> {
    let kind = RoleKind::of(object.kind()).unwrap();
    let same = |role: &kubelogic_rbac::EffectiveRole<'_>| {
        role.kind() == kind && role.namespace() == object.namespace() && role.name() == object.name()
    };
    rbac.roles().find(same).unwrap().rules().cloned().collect()
}

proptest! {
    #[test]
    fn a_start_changes_what_reconciliation_changes(objects in changed()) {
        let given = compiled(&objects, Bootstrap::Never);
        let started = compiled(&objects, Bootstrap::Always);
        // What the reconciliation says, put in the place of what was given.
        let mut after = objects.clone();
        for result in given.changed_by_start().unwrap() {
            let same = |object: &&mut Value| {
                object["kind"] == result["kind"] && object["metadata"]["name"] == result["metadata"]["name"]
                    && object["metadata"]["namespace"] == result["metadata"]["namespace"]
            };
            *after.iter_mut().find(same).unwrap() = result.clone();
        }
        let reconciled = compiled(&after, Bootstrap::Never);
        for object in after.iter().map(|value| Object::from_serialize(value).unwrap()) {
            if RoleKind::of(object.kind()).is_some() {
                prop_assert_eq!(rules_of(&started, &object), rules_of(&reconciled, &object));
                continue;
            }
            let find = |rbac: &Rbac| {
                let mut bindings = rbac.bindings();
                bindings.find(|own| own.kind.name() == object.kind() && own.namespace == object.namespace()
                    && own.name == object.name()).map(|own| (own.role_ref, own.subjects))
            };
            prop_assert_eq!(find(&started), find(&reconciled));
        }
    }
}
