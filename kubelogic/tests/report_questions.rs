//! The questions about findings, asked as JSON.
#![cfg(test)]

use kubelogic::ask::Catalogue;
use serde_json::{Value, json};

fn ask(question: &Value) -> Value {
    serde_json::from_str(&Catalogue::new(None).answer(&question.to_string())).unwrap()
}

const TWICE: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {color: red, color: blue}\n";

fn check(more: &Value) -> Value {
    let mut question = json!({"ask": "objects.check", "manifests": [{"source": "a.yaml", "text": TWICE}]});
    question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    ask(&question)
}

#[test]
fn what_was_found_can_be_rendered() {
    let findings = check(&json!({}))["answer"]["result"]["findings"].clone();
    for (format, begins) in [
        ("text", "a.yaml:4:20: warning[read/duplicate-key]"),
        ("ndjson", "{\"code\":"),
        ("json", "[\n"),
        ("sarif", "{\n"),
        ("junit", "<?xml"),
        ("github", "::warning file=a.yaml,line=4,endLine=4,col=20,endColumn=24,"),
    ] {
        let question = json!({
            "ask": "report.render", "format": format, "findings": findings,
            "manifests": [{"source": "a.yaml", "text": TWICE}],
        });
        let answer = ask(&question);
        let text = answer["answer"]["result"]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
        assert!(text.starts_with(begins), "{format}: {text}");
    }
}

#[test]
fn findings_go_through_rendering_unchanged() {
    let finding = json!({
        "code": "read/duplicate-key", "severity": "warning", "message": "m", "help": "h", "end": {"line": 2, "column": 1},
        "location": {"source": "a", "document": 2, "item": 1, "path": "data.x", "line": 1, "column": 2},
        "related": [{"location": {"source": "a", "document": 1, "line": 3, "column": 4}, "message": "r"}],
        "fix": {"title": "t", "source": "a", "edits": [
            {"start": {"line": 1, "column": 2}, "end": {"line": 1, "column": 3}, "text": "x"},
        ]},
    });
    let answer = ask(&json!({"ask": "report.render", "format": "json", "findings": [finding]}));
    let back: Value = serde_json::from_str(answer["answer"]["result"]["text"].as_str().unwrap()).unwrap();
    assert_eq!(back, json!([finding]));
}

#[test]
fn what_is_no_finding_is_refused() {
    let code = |finding: Value| {
        ask(&json!({"ask": "report.render", "format": "json", "findings": [finding]}))["error"]["code"]
            .clone()
    };
    let finding = json!({"code": "read/key", "severity": "note", "message": "m"});
    let with = |key: &str, value: Value| {
        let mut finding = finding.clone();
        finding[key] = value;
        finding
    };
    assert_eq!(code(with("code", "read/none".into())), "ask/unknown-code");
    assert_eq!(code(with("location", json!({"source": "a", "path": "a..b"}))), "ask/bad-path");
    assert_eq!(code(with("severty", "note".into())), "ask/bad-question");
    assert_eq!(code(finding), Value::Null);
}

#[test]
fn checks_select_and_know_baselines_and_comments() {
    let codes = |more: Value| {
        let answer = check(&more);
        let result = &answer["answer"]["result"];
        let count = |key: &str| result[key].as_array().map_or(0, Vec::len);
        assert!(result.is_object(), "{answer}");
        (count("findings"), count("suppressed"))
    };
    assert_eq!(codes(json!({})), (1, 0));
    assert_eq!(codes(json!({"select": ["rbac"]})), (0, 0));
    assert_eq!(codes(json!({"ignore": ["read/duplicate-key"]})), (0, 0));
    let commented = TWICE.replace("blue}", "blue} # kubelogic: ignore read/duplicate-key -- why");
    let manifests = json!([{"source": "a.yaml", "text": commented}]);
    assert_eq!(codes(json!({"manifests": manifests})), (0, 1));
    assert_eq!(codes(json!({"manifests": manifests, "suppressions": false})), (1, 0));
    let known = check(&json!({}))["answer"]["result"]["findings"][0].clone();
    let baseline = kubelogic::report::baseline::Baseline::of(
        &kubelogic::check::reading(
            kubelogic::read::text(TWICE, &kubelogic::read::Options::named("a.yaml")),
            &kubelogic::LoadOptions::default(),
        )
        .findings,
        &kubelogic::report::Sources::none(),
    );
    assert_eq!(known["code"], baseline.findings()[0].code);
    // The object is part of the fingerprint, and here nobody has told it.
    let mut file = serde_json::to_value(&baseline).unwrap();
    file["apiVersion"] = "kubelogic/v1alpha1".into();
    file["kind"] = "Baseline".into();
    assert_eq!(codes(json!({"baseline": file})), (2, 0));
    assert_eq!(check(&json!({"select": ["red"]}))["error"]["help"], "did you mean `read`?");
    assert_eq!(check(&json!({"baseline": {"kind": "Pod"}}))["error"]["code"], "check/baseline");
}

#[test]
fn codes_are_explained() {
    let all = ask(&json!({"ask": "report.explain"}));
    assert!(all["answer"]["result"]["codes"].as_array().unwrap().len() > 60);
    let one = ask(&json!({"ask": "report.explain", "code": "read/key"}));
    assert_eq!(one["answer"]["result"]["codes"][0]["severity"], "error");
    let none = ask(&json!({"ask": "report.explain", "code": "read/kei"}));
    assert_eq!(none["error"]["help"], "did you mean `read/key`?");
}

#[test]
fn manifests_are_fixed() {
    let fix = |manifests: Value| ask(&json!({"ask": "report.fix", "manifests": manifests}));
    let nothing = fix(json!([{"source": "a.yaml", "text": TWICE}]));
    assert_eq!(nothing["answer"]["result"]["manifests"], json!([]));
    assert_eq!(nothing["answer"]["result"]["findings"][0]["code"], "read/duplicate-key");
    let twice = fix(json!([{"text": "a: 1"}, {"text": "b: 1"}]));
    assert_eq!(twice["error"]["code"], "ask/bad-question");
}
