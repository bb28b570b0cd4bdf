//! What `rbac graph` draws.

use serde_json::Value;

use super::world::{below_root, run};

#[test]
fn bindings_are_drawn_for_a_terminal() {
    let ended = run(&["rbac", "graph", "-n", "payments", &below_root("examples/shop")]);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    assert!(
        ended.stdout.contains("RoleBinding old-auditors\n    └╌▶ ✗ Role ledger-reader\n"),
        "{}",
        ended.stdout
    );
}

#[test]
fn every_format_is_written() {
    let shop = below_root("examples/shop");
    let beginnings = [
        ("svg", "<svg "),
        ("dot", "digraph {"),
        ("mermaid", "flowchart LR"),
        ("markdown", "### Who is granted what"),
        ("csv", "fromCluster,"),
        ("html", "<!DOCTYPE html>"),
    ];
    for (format, beginning) in beginnings {
        let ended = run(&["rbac", "graph", &shop, "-o", format]);
        assert_eq!(ended.code, 0, "{format}: {}", ended.stderr);
        assert!(ended.stdout.starts_with(beginning), "{format}");
        assert!(ended.stdout.contains("ledger-reader"), "{format}");
    }
}

#[test]
fn the_picture_in_the_documentation_is_this_one() {
    let shop = below_root("examples/shop");
    let drawn = run(&["rbac", "graph", &shop, "-o", "svg"]).stdout.replace(&shop, "examples/shop");
    let shown = std::fs::read_to_string(below_root("docs/pictures/shop-access.svg")).unwrap();
    assert!(
        drawn == shown,
        "write it anew: kubelogic rbac graph examples/shop -o svg > docs/pictures/shop-access.svg"
    );
}

#[test]
fn json_is_the_catalogues_answer() {
    let ended = run(&["rbac", "graph", &below_root("examples/shop"), "-o", "json"]);
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    let nodes = answer["answer"]["result"]["graph"]["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["label"] == "ledger-reader" && node["tone"] == "bad"));
}

#[test]
fn input_that_cannot_be_used_is_not_drawn() {
    let ended = run(&["rbac", "graph", &below_root("examples/nowhere"), "-o", "svg"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
}
