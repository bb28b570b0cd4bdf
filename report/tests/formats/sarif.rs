//! SARIF against the published schema.

use kubelogic_core::finding::{Finding, Severity};
use kubelogic_report::{Report, Sources, codes, sarif};
use serde_json::{Value, json};

use crate::findings::{findings, reading, report, sources, suppressed};

fn problems(log: &Value) -> Vec<String> {
    let mut schema: Value = serde_json::from_str(include_str!("../sarif/sarif-schema-2.1.0.json")).unwrap();
    // A misprint in this edition, which the errata mend: the text is no regular expression of every dialect.
    for owner in ["run", "toolComponent"] {
        let pattern = &mut schema["definitions"][owner]["properties"]["language"]["pattern"];
        assert_eq!(*pattern, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$");
        *pattern = json!("^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn log(report: &Report<'_>, sources: &Sources<'_>) -> Value {
    serde_json::from_str(&sarif::log(report, sources)).unwrap()
}

#[test]
fn a_log_is_valid() {
    let (findings, suppressed, reading) = (findings(), suppressed(), reading());
    let log = log(&report(&findings, &suppressed), &sources(&reading));
    assert_eq!(problems(&log), Vec::<String>::new());
    assert_eq!(problems(&self::log(&Report::of(&[]), &Sources::none())), Vec::<String>::new());
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let (findings, reading) = (findings(), reading());
    let log = log(&report(&findings, &[]), &sources(&reading));
    let broken = |pointer: &str, value: Value| {
        let mut log = log.clone();
        *log.pointer_mut(pointer).unwrap() = value;
        problems(&log).len()
    };
    assert_ne!(broken("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)), 0);
    assert_ne!(broken("/runs/0/results/0/level", json!("fatal")), 0);
    assert_ne!(broken("/runs/0/results/0/message", json!({})), 0);
    assert_ne!(broken("/version", json!("2.0.0")), 0);
    assert_ne!(broken("/runs/0/results/0/fixes/0/artifactChanges/0/replacements", json!([])), 0);
}

#[test]
fn every_code_makes_a_valid_rule() {
    let findings: Vec<Finding> =
        codes::all().map(|code| Finding::new(code.code, code.severity, code.title)).collect();
    let log = log(&Report::of(&findings), &Sources::none());
    assert_eq!(problems(&log), Vec::<String>::new());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), findings.len());
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn what_github_asks_for_is_there() {
    let (findings, suppressed, reading) = (findings(), suppressed(), reading());
    let log = log(&report(&findings, &suppressed), &sources(&reading));
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len() + suppressed.len());
    let mut prints = std::collections::HashSet::new();
    for result in results {
        // Without a place GitHub refuses the whole file.
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(!place["artifactLocation"]["uri"].as_str().unwrap().contains(' '));
        assert!(prints.insert(result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap()));
    }
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "shop/a%20b.yaml");
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["region"],
        json!({"startLine": 8, "startColumn": 3, "endLine": 8, "endColumn": 8})
    );
    assert_eq!(
        results[0]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        "ConfigMap shop/settings data[color]"
    );
    assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "first here");
    assert_eq!(
        results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["startLine"],
        7
    );
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "stdin");
    assert_eq!(results[3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "clean.yaml");
    assert_eq!(results[5]["suppressions"][0]["kind"], "inSource");
    assert_eq!(results[6]["suppressions"], json!([{"kind": "external"}]));
}

#[test]
fn beyond_the_limit_the_least_severe_are_left_out() {
    let mut findings = vec![Finding::new("read/key", Severity::Note, "x"); 25_000];
    findings.push(Finding::new("read/syntax", Severity::Error, "y"));
    let log = log(&Report::of(&findings), &Sources::none());
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.last().unwrap()["ruleId"], "read/syntax");
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(told, "1 results beyond 25000 are left out");
}
