//! What `auth reconcile` and `rbac check-write` say, and how they end.

use serde_json::Value;

use super::world::{World, below_root, run};

const WANTED: &str = "\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- {apiGroups: [''], resources: [pods], verbs: [get, delete]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: other}
";

#[test]
fn a_plan_is_printed_as_kubectl_prints_it() {
    let world = World::new().stdin(WANTED);
    let ended = world.run(["auth", "reconcile", "--dry-run", "-f", "-"]);
    assert_eq!(ended.code, 1);
    assert_eq!(ended.stdout, "role.rbac.authorization.k8s.io/reader reconciled (dry run)\n");
    assert_eq!(
        ended.stderr,
        "\treconciliation required create\n\tmissing rules added:\n\t\t{Verbs:[get delete] APIGroups:[] \
         Resources:[pods] ResourceNames:[] NonResourceURLs:[]}\n"
    );
}

#[test]
fn a_plan_as_json_is_the_catalogues_answer() {
    let world = World::new().stdin(WANTED);
    let ended = world.run(["auth", "reconcile", "--dry-run", "-f", "-", "-o", "json"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(answer["answer"]["result"]["plans"][0]["operation"], "create");
}

#[test]
fn nothing_is_reconciled_without_a_dry_run() {
    let ended = World::new().stdin(WANTED).run(["auth", "reconcile", "-f", "-"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("--dry-run"), "{}", ended.stderr);
}

#[test]
fn a_write_is_refused_in_the_words_of_the_api_server() {
    let world = World::new().stdin(WANTED);
    let ended = world.run(["rbac", "check-write", "--as", "eve", "-"]);
    assert_eq!(ended.code, 1);
    assert_eq!(
        ended.stdout,
        "role/reader: no - roles.rbac.authorization.k8s.io \"reader\" is forbidden: User \"eve\" cannot patch \
         resource \"roles\" in API group \"rbac.authorization.k8s.io\" in the namespace \"shop\"\n"
    );
    let world = World::new().stdin(WANTED);
    let ended = world.run(["rbac", "check-write", "--as", "ann", "--as-group", "system:masters", "-"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (0, "role/reader: yes\n"));
}

#[test]
fn an_explanation_has_a_name_of_its_own() {
    let shop = below_root("examples/shop");
    let explain = run(&["rbac", "explain", "get", "pods", "--as", "eve", "-n", "shop", "-f", &shop]);
    let can_i = run(&["can-i", "get", "pods", "--as", "eve", "-n", "shop", "-f", &shop, "--explain"]);
    assert_eq!(explain, can_i);
}
