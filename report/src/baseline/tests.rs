//! What a baseline holds back, and what it does not.

use kubelogic_core::object::SourceName;
use kubelogic_core::read::{Options, Reading, text};
use kubelogic_core::version::KubeVersion;

use super::*;

const MANIFEST: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: 1\n  x: 2\n";

fn read(manifest: &str) -> Reading {
    text(manifest, &Options::named("a.yaml"))
}

fn sources(reading: &Reading) -> Sources<'_> {
    let names = reading.sources.iter().map(|source| source.name.clone());
    Sources::none().named(names).objects(&reading.objects, KubeVersion::default())
}

fn baseline_of(manifest: &str) -> Baseline {
    let reading = read(manifest);
    let written = Baseline::of(&reading.findings, &sources(&reading)).to_yaml();
    let file = text(&written, &Options::named("baseline.yaml"));
    assert!(file.findings.is_empty() && file.errors.is_empty(), "{written}");
    Baseline::from_object(&file.objects[0]).unwrap()
}

fn compare(baseline: &Baseline, manifest: &str) -> Compared {
    let reading = read(manifest);
    baseline.compare(reading.findings.clone(), &sources(&reading), |_| true)
}

#[test]
fn lines_and_documents_may_move() {
    let moved = format!("# a comment\napiVersion: v1\nkind: Pod\nmetadata: {{name: b}}\n---\n\n{MANIFEST}");
    let compared = compare(&baseline_of(MANIFEST), &moved);
    assert_eq!((compared.findings.len(), compared.suppressed.len()), (0, 1));
}

#[test]
fn another_object_field_or_count_is_new() {
    let baseline = baseline_of(MANIFEST);
    for changed in [
        MANIFEST.replace("name: a", "name: b"),
        MANIFEST.replace("x:", "y:"),
        format!("{MANIFEST}---\n{}", MANIFEST.replace("name: a", "name: c")),
        format!("{MANIFEST}  x: 3\n"),
    ] {
        let compared = compare(&baseline, &changed);
        let new: Vec<&str> = compared.findings.iter().map(|finding| finding.code).collect();
        assert!(new.contains(&"read/duplicate-key"), "{changed}: {new:?}");
    }
}

#[test]
fn what_is_gone_is_said_where_the_baseline_says_it() {
    let compared = compare(&baseline_of(MANIFEST), &MANIFEST.replace("  x: 1\n", ""));
    assert_eq!(
        compared.findings[0].to_string(),
        "baseline.yaml:4:3: note[check/gone-finding]: the finding `read/duplicate-key` of `a.yaml ConfigMap a data.x` \
         is gone, and the baseline still knows it"
    );
    // A file that was not read says nothing about its findings, nor does a code that nobody asked for.
    let reading = read("");
    let other = baseline_of(MANIFEST).compare(
        Vec::new(),
        &Sources::none().named([SourceName::new("b.yaml")]),
        |_| true,
    );
    assert!(other.findings.is_empty());
    let unwanted =
        baseline_of(MANIFEST).compare(Vec::new(), &sources(&reading), |code| !code.starts_with("read/"));
    assert!(unwanted.findings.is_empty());
}

#[test]
fn files_that_are_no_baseline_are_refused() {
    let refused = |file: &str| {
        Baseline::from_object(&text(file, &Options::named("b")).objects[0]).unwrap_err().finding().to_string()
    };
    assert!(refused("kind: Baseline").contains("this is no baseline"));
    let head = "apiVersion: kubelogic/v1alpha1\nkind: Baseline\n";
    assert!(refused(&format!("{head}finding: []")).contains("finding"));
    assert!(refused(&format!("{head}findings: [{{code: x}}]")).contains("findings[0].fingerprint"));
}
