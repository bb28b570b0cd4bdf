//! Pictures through the question catalogue, as every language asks for them.
#![cfg(test)]

use kubelogic::ask::Catalogue;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&Catalogue::new(None).answer(&question.to_string())).unwrap()
}

fn binding() -> Value {
    json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "readers", "namespace": "shop"},
        "subjects": [{"kind": "User", "name": "</script><b>", "apiGroup": "rbac.authorization.k8s.io"}],
        "roleRef": {"kind": "ClusterRole", "name": "view", "apiGroup": "rbac.authorization.k8s.io"},
    })
}

#[test]
fn a_graph_is_asked_for_and_then_written() {
    let answer = ask(&json!({"ask": "access.graph", "objects": [binding()]}));
    let mut picture = answer["answer"]["result"]["graph"].clone();
    assert_eq!(picture["nodes"].as_array().map(Vec::len), Some(3));
    picture["picture"] = json!("graph");
    for (format, beginning) in
        [("svg", "<svg "), ("html", "<!DOCTYPE html>"), ("text", "Who is granted what")]
    {
        let written = ask(&json!({"ask": "picture.render", "picture": picture, "format": format}));
        let text = written["answer"]["result"]["text"].as_str().unwrap();
        assert!(text.starts_with(beginning), "{format}");
        assert_eq!(text.contains("</script><b>"), format == "text");
    }
}

#[test]
fn pictures_of_the_askers_own_are_written() {
    let pictures = [
        json!({"picture": "tree", "title": "t", "nodes": [{"label": "a"}, {"label": "b", "parent": 0}]}),
        json!({"picture": "table", "title": "t", "columns": [{"label": "a"}], "rows": [[{"text": "b"}]]}),
        json!({"picture": "matrix", "title": "t", "states": [{"id": "a", "label": "a"}], "rows": [{"label": "a"}],
               "columns": [{"label": "b"}], "cells": [[{"state": 0}]]}),
        json!({"picture": "heat-map", "title": "t", "rows": [{"label": "a"}], "columns": [{"label": "b"}], "cells": [[1.5]]}),
        json!({"picture": "timeline", "title": "t", "rows": [{"label": "a", "bars": [{"start": "2026-01-01T00:00:00Z"}]}]}),
    ];
    for picture in pictures {
        let written = ask(&json!({"ask": "picture.render", "picture": picture, "format": "html"}));
        assert!(written["answer"]["result"]["text"].is_string(), "{written}");
    }
}

#[test]
fn what_cannot_be_written_says_why() {
    let table = json!({"picture": "table", "title": "", "columns": [], "rows": []});
    let refused = ask(&json!({"ask": "picture.render", "picture": table, "format": "dot"}));
    assert_eq!(refused["error"]["code"], "picture/format");
    assert_eq!(refused["error"]["help"], "it can be written as text, svg, markdown, csv, html, json");
    let twice = json!({"picture": "graph", "title": "", "nodes": [{"id": "a", "label": ""}, {"id": "a", "label": ""}]});
    let refused = ask(&json!({"ask": "picture.render", "picture": twice, "format": "text"}));
    assert_eq!(refused["error"]["code"], "picture/duplicate-id");
    let misspelt = json!({"picture": "graph", "title": "", "nodes": [], "edegs": []});
    let refused = ask(&json!({"ask": "picture.render", "picture": misspelt, "format": "text"}));
    assert_eq!(refused["error"]["code"], "ask/bad-question");
}
