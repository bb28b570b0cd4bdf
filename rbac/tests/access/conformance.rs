//! Every recorded answer of the real authorizer, given again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kubelogic_core::access::{Attributes, Authorizer, Decision, UserInfo};
use kubelogic_core::cluster::{Cluster, LoadOptions, OnDuplicate};
use kubelogic_core::object::Object;
use kubelogic_rbac::{Bootstrap, Options, Rbac, RoleKind};
use serde_json::{Value, json};

#[test]
fn recorded_answers_are_given_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/cases/access");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut replayed, mut wrong) = (0, Vec::new());
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            if case["request"]["path"].is_string() && case["request"]["namespace"].is_string() {
                // A path has no namespace in any API: this can only be asked of the Go type.
                assert_eq!(case["id"], "urls/namespace-given");
                continue;
            }
            replayed += 1;
            let answer = answer(case);
            if answer != comparable(&case["expect"]) {
                wrong.push(format!(
                    "{}: {}\n  ours {answer}\n  real {}",
                    path.display(),
                    case["id"],
                    case["expect"]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {replayed} answers differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(replayed >= 600, "only {replayed} recorded answers were found");
}

fn answer(case: &Value) -> Value {
    let rbac = compile(case);
    let all = case["order"] == "all";
    match case["ask"].as_str().unwrap() {
        "access.can" => verdict(&rbac, &case["user"], &case["request"], all),
        "access.can-many" => {
            let questions = case["questions"].as_array().unwrap().iter();
            let results: Vec<Value> =
                questions.map(|asked| verdict(&rbac, &asked["user"], &asked["request"], all)).collect();
            json!({"results": results})
        }
        "access.aggregate" => {
            let roles = rbac.roles().filter(|role| role.kind() == RoleKind::ClusterRole).map(|role| {
                let rules: Vec<Value> = role
                    .rules()
                    .map(|rule| {
                        json!({
                            "verbs": rule.verbs, "apiGroups": rule.api_groups, "resources": rule.resources,
                            "resourceNames": rule.resource_names, "nonResourceURLs": rule.non_resource_urls,
                        })
                    })
                    .collect();
                json!({"name": role.name(), "rules": rules})
            });
            let mut roles: Vec<Value> = roles.collect();
            roles.sort_by_key(|role| role["name"].as_str().unwrap().to_owned());
            comparable(&json!({"clusterRoles": roles}))
        }
        other => panic!("nobody here answers `{other}`"),
    }
}

/// Absent, null and empty lists mean the same in a rule.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, value)| {
                let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
                !empty || *key == "results"
            });
            Value::Object(kept.map(|(key, value)| (key.clone(), comparable(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(comparable).collect()),
        other => other.clone(),
    }
}

fn compile(case: &Value) -> Rbac {
    let mut load = LoadOptions::default();
    load.kube_version = case["kubeVersion"].as_str().unwrap().parse().unwrap();
    // The real component was asked what it makes of stored objects, and of two the later one counts.
    load.on_duplicate = OnDuplicate::Last;
    let mut options = Options::default();
    options.stored = true;
    options.bootstrap = if case["bootstrap"] == true { Bootstrap::Auto } else { Bootstrap::Never };
    options.aggregate = case["aggregate"] == true;
    let given = case["objects"].as_array().into_iter().flatten().flat_map(flattened);
    let objects = given.map(|value| Object::from_serialize(&value).unwrap());
    Rbac::compile(&Cluster::load(objects, &load).unwrap(), &options).unwrap()
}

/// The items of a typed list, which lack their kind.
fn flattened(value: &Value) -> Vec<Value> {
    let (kind, items) = (value["kind"].as_str().unwrap_or_default(), value["items"].as_array());
    let (Some(kind), Some(items)) = (kind.strip_suffix("List"), items) else { return vec![value.clone()] };
    let whole = |item: &Value| {
        let mut item = item.clone();
        item["apiVersion"] = value["apiVersion"].clone();
        item["kind"] = json!(kind);
        item
    };
    items.iter().map(whole).collect()
}

fn verdict(rbac: &Rbac, user: &Value, request: &Value, all: bool) -> Value {
    let user: UserInfo =
        if user.is_null() { UserInfo::default() } else { serde_json::from_value(user.clone()).unwrap() };
    let word = |key: &str| request[key].as_str().unwrap_or_default();
    let attributes = match request["path"].as_str() {
        Some(path) => Attributes::path(word("verb"), path),
        None => Attributes::resource(word("verb"), word("group"), word("resource"))
            .subresource(word("subresource"))
            .named(word("name"))
            .in_namespace(word("namespace")),
    };
    let authorization = rbac.authorize(&user, &attributes);
    let allowed = authorization.decision == Decision::Allow;
    // Looked up before or not, the decision is the same.
    let warm = rbac.decide_resolved(&rbac.resolve(&user), &rbac.request(&attributes)).unwrap();
    assert_eq!(warm, rbac.decide(&user, &attributes));
    assert_eq!(warm.is_allowed(), allowed);
    let mut verdict = json!({"allowed": allowed, "reason": authorization.reason});
    if all {
        let reasons: BTreeSet<String> = rbac.reasons(&user, &attributes);
        if !reasons.is_empty() {
            verdict["reasons"] = json!(reasons);
        }
    }
    verdict
}
