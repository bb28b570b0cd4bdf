//! The examples of the catalogue show what they are to show.
#![cfg(test)]

use kubelogic::report::codes::{self, Nature};
use kubelogic::report::review::{Rules, review};
use kubelogic::report::{Format, Report, Sources};
use kubelogic::{LoadOptions, check, read};

fn found(manifest: &str) -> Vec<kubelogic::Finding> {
    let reading = read::text(manifest, &read::Options::named("example.yaml"));
    let checked = check::reading(reading.clone(), &LoadOptions::default());
    let sources = Sources::none().objects(&reading.objects, LoadOptions::default().kube_version);
    review(checked.findings, &reading.sources, &sources, &Rules::default()).findings
}

#[test]
fn every_example_shows_its_code_with_its_severity() {
    let mut count = 0;
    for code in codes::all() {
        let Some(example) = code.example else { continue };
        count += 1;
        let findings = found(example);
        let shown = findings.iter().find(|finding| finding.code == code.code);
        let told = Format::Text.write(&Report::of(&findings), &Sources::none());
        assert_eq!(shown.map(|finding| finding.severity), Some(code.severity), "{}: {told}", code.code);
    }
    assert!(count > 25, "{count} examples");
}

#[test]
fn findings_that_a_small_manifest_can_show_have_an_example() {
    // These need a large input, a file that is not there, bytes that are no text, a question,
    // a file of the API server, or a baseline.
    let without = [
        "read/too-deep",
        "read/document-too-large",
        "read/run-too-large",
        "read/alias-expansion",
        "read/binary-input",
        "read/file",
        "read/invalid-utf-8",
        "rbac/left-out",
        "rbac/abac-everybody",
        "rbac/abac-ignored-field",
        "rbac/authorization-configuration",
        "rbac/match-conditions",
        "rbac/unknown-resource",
        "rbac/unknown-subresource",
        "rbac/cluster-scoped-resource",
        "check/gone-finding",
    ];
    let bare = codes::all().filter(|code| code.nature == Nature::Finding && code.example.is_none());
    let rooms = ["schema/", "crd/", "convert/", "expect/", "kubeconfig/"];
    let bare = bare.filter(|code| !rooms.iter().any(|room| code.code.starts_with(room)));
    let bare: Vec<&str> = bare.map(|code| code.code).filter(|code| !without.contains(code)).collect();
    assert_eq!(bare, Vec::<&str>::new());
}
