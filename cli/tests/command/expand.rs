//! The pods that workloads stand for, as the command prints them.

use super::world::{World, below_root, run};

#[test]
fn workloads_become_pods() {
    let shop = below_root("examples/shop");
    let ended = run(&["expand", &shop, "--no-headers", "--hash", "abc"]);
    let names: Vec<&str> = ended.stdout.lines().filter_map(|line| line.split_whitespace().nth(2)).collect();
    assert_eq!(ended.code, 0, "{}", ended.stderr);
    assert!(names.contains(&"ledger-0"), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("frontend-abc-")), "{names:?}");
    let more = run(&["expand", &shop, "--no-headers", "--objects"]);
    assert!(more.stdout.contains("ReplicaSet.apps"), "{}", more.stdout);
}

#[test]
fn what_is_printed_can_be_read_again() {
    let shop = below_root("examples/shop");
    let pods = run(&["expand", &shop, "-o", "yaml"]).stdout;
    let again = World::new().stdin(pods.as_str()).run(["expand", "-", "-o", "yaml"]);
    assert_eq!((again.code, again.stdout), (0, pods));
}

#[test]
fn a_workload_that_cannot_be_expanded_is_no_answer() {
    let bad = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: many}\n";
    let ended = World::new().stdin(bad).run(["expand", "-"]);
    assert_eq!(ended.code, 2);
    let text = "-:4:18: error[workload/wrong-type]: `spec.replicas` must be a 32-bit integer, not string\n";
    assert_eq!(ended.stderr, text);
}
