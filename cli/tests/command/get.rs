//! What `get` lists, and how.

use std::fs;

use super::world::{World, below_root, run};

#[test]
fn everything_is_listed_with_its_place() {
    let shop = below_root("examples/shop");
    let ended = run(&["get", "-f", &shop, "-n", "payments"]);
    let expected = "NAMESPACE   KIND                                    NAME           SOURCE\n\
        payments    RoleBinding.rbac.authorization.k8s.io   old-auditors   shop/access.yaml:85\n\
        payments    StatefulSet.apps                        ledger         shop/workloads.yaml:29\n";
    assert_eq!(ended.stdout.replace(&shop, "shop"), expected);
    let bare = run(&["get", "-f", &shop, "-n", "payments", "--no-headers"]);
    assert_eq!(bare.stdout.lines().count(), 2);
    assert_eq!(run(&["get", &shop, "-A"]).stdout.lines().count(), 15);
}

#[test]
fn types_and_names_are_kubectls() {
    let shop = below_root("examples/shop");
    let names = |words: &[&str]| -> Vec<String> {
        let ended = run(&[&["get", "--no-headers", "-f", &shop], words].concat());
        assert_eq!(ended.code, 0, "{words:?}: {}", ended.stderr);
        ended.stdout.lines().map(|line| line.split_whitespace().nth(2).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&["sa"]), ["ci"]);
    assert_eq!(names(&["deploy,sts"]), ["frontend", "ledger"]);
    assert_eq!(names(&["Deployment.apps/frontend", "sa/ci"]), ["ci", "frontend"]);
    assert_eq!(names(&["clusterrole/on-call"]), ["on-call"]);
    assert_eq!(names(&["roles", "-n", "shop"]), ["deployer"]);
}

#[test]
fn what_is_not_there_is_said() {
    let shop = below_root("examples/shop");
    let ended = run(&["get", "pods", "-f", &shop]);
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, "", "No resources found\n"));
    let ended = run(&["get", "pods", "-n", "shop", "-f", &shop]);
    assert_eq!(ended.stderr, "No resources found in shop namespace.\n");
    let ended = run(&["get", "pod/web", "-f", &shop]);
    assert_eq!((ended.code, ended.stderr.as_str()), (2, "error: `pod/web` is not among the given objects\n"));
    let ended = run(&["get", "deploymets", "-f", &shop]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.contains("`deploymets` is neither a resource type nor a file or folder"));
    assert!(ended.stderr.contains("did you mean `deployments`?"), "{}", ended.stderr);
    let ended = run(&["get", "pods"]);
    assert_eq!(ended.code, 2);
    assert!(ended.stderr.starts_with("error: no manifests are given\n"), "{}", ended.stderr);
}

#[test]
fn types_of_custom_resources_come_from_the_input() {
    let text = "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: one}
";
    let ended = World::new().stdin(text).run(["get", "wd", "--no-headers", "-f", "-"]);
    assert_eq!(ended.stdout, "default   Widget.example.com   one   -:11\n");
}

#[test]
fn lists_are_what_kubectl_reads_back() {
    let shop = below_root("examples/shop");
    for format in ["json", "yaml"] {
        let first = run(&["get", "-o", format, &shop]);
        assert_eq!((first.code, first.stderr.as_str()), (0, ""));
        let again = World::new().stdin(first.stdout.clone()).run(["get", "-o", format, "-"]);
        assert_eq!(again.stdout, first.stdout);
        let table = |text: &str| {
            let ended = World::new().stdin(text).run(["get", "--no-headers", "-"]);
            let rows = ended.stdout.lines().map(|line| line.rsplit_once("   ").unwrap().0.trim().to_owned());
            rows.collect::<Vec<_>>()
        };
        assert_eq!(table(&first.stdout).len(), 14);
    }
    let json: serde_json::Value = serde_json::from_str(&run(&["get", "-o", "json", &shop]).stdout).unwrap();
    assert_eq!((&json["kind"], &json["apiVersion"]), (&"List".into(), &"v1".into()));
    assert_eq!(json["items"][1]["rules"][0]["verbs"][3], "patch");
    let empty = run(&["get", "pods", "-o", "json", "-f", &shop]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&empty.stdout).unwrap()["items"],
        serde_json::json!([])
    );
    let empty = run(&["get", "pods", "-o", "yaml", "-f", &shop]);
    assert_eq!(empty.stdout, "apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: \"\"\n");
}

#[test]
fn literal_blocks_survive_the_list() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  b: |\n    one\n\n      two\n    three\n";
    let yaml = World::new().stdin(text).run(["get", "-o", "yaml", "-"]).stdout;
    let json = |text: &str| World::new().stdin(text).run(["get", "-o", "json", "-"]).stdout;
    assert_eq!(json(&yaml), json(text));
    assert!(json(text).contains("one\\n\\n  two\\nthree\\n"));
}

#[test]
fn what_is_given_twice_is_listed_twice() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";
    let ended = World::new().stdin(text).run(["get", "--no-headers", "-"]);
    assert_eq!((ended.code, ended.stdout.lines().count()), (0, 2));
}

#[test]
fn folders_are_read_with_everything_below() {
    let folder = tempfile::tempdir().unwrap();
    let pod = |name: &str| format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n");
    fs::create_dir(folder.path().join("deep")).unwrap();
    fs::write(folder.path().join("a.yaml"), pod("a")).unwrap();
    fs::write(folder.path().join("README.md"), "no manifest").unwrap();
    fs::write(folder.path().join("deep/b.yml"), pod("b")).unwrap();
    let path = folder.path().to_str().unwrap();
    let count = |more: &[&str]| run(&[&["get", "--no-headers", path], more].concat()).stdout.lines().count();
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--recursive=false"]), 1);
    assert_eq!(count(&["-R"]), 2);
}
