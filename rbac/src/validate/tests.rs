//! Texts and order of refusals, as the API server's own code gave them.

use std::collections::BTreeMap;

use kubelogic_core::decode::FieldValidation;
use kubelogic_core::object::Object;
use kubelogic_core::version::KubeVersion;
use serde_json::Value;

use crate::model::{Binding, BindingKind, Role, RoleKind};

/// An object with the problems that each version reports.
#[derive(serde::Deserialize)]
struct Case {
    object: Value,
    problems: BTreeMap<KubeVersion, Vec<String>>,
}

/// Recorded by creating each object with the registry strategies of the real API server.
const CASES: &str = include_str!("cases.jsonl");

#[test]
fn refusals_read_as_those_of_the_api_server() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for line in CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        for (version, expected) in &case.problems {
            compared += 1;
            let found = problems(&case.object, *version);
            if found != *expected {
                wrong.push(format!("{version} {}\n  ours {found:#?}\n  real {expected:#?}", case.object));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 150, "only {compared} refusals were compared");
}

fn problems(object: &Value, version: KubeVersion) -> Vec<String> {
    let object = Object::from_serialize(object).unwrap();
    let validation = FieldValidation::Strict;
    let problems = match (RoleKind::of(object.kind()), BindingKind::of(object.kind())) {
        (Some(kind), _) => {
            let (role, remarks) = Role::read(&object, kind, object.namespace(), validation);
            assert!(remarks.problems.is_empty(), "{:?}", remarks.problems);
            super::role(&role, version)
        }
        (_, Some(kind)) => {
            let (binding, remarks) = Binding::read(&object, kind, object.namespace(), validation);
            assert!(remarks.problems.is_empty(), "{:?}", remarks.problems);
            super::binding(&binding, version)
        }
        _ => panic!("no such kind"),
    };
    problems.iter().map(ToString::to_string).collect()
}
