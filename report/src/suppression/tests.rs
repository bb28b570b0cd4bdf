//! Comments that hold findings back, and those that do not.

use kubelogic_core::read::{Options, text};

use super::*;

fn heard(manifest: &str) -> (Vec<String>, Vec<String>) {
    let reading = text(manifest, &Options::named("a.yaml"));
    let errors = reading.errors.iter().map(Finding::from);
    let findings = errors.chain(reading.findings).collect();
    let heard = hear(findings, &reading.sources, &reading.objects);
    let place = |finding: &Finding| {
        let place = finding.location.as_ref().unwrap();
        format!("{} {}", place.position.unwrap(), finding.code)
    };
    let suppressed = heard.suppressed.iter().map(|one| place(&one.finding)).collect();
    (heard.findings.iter().map(place).collect(), suppressed)
}

#[test]
fn a_comment_behind_above_or_at_the_head_holds_back() {
    let cases = [
        ("kind: A\nkind: B # kubelogic: ignore read/duplicate-key -- why\n", vec!["2:1 read/duplicate-key"]),
        ("kind: A\n# kubelogic: ignore read/duplicate-key -- why\nkind: B\n", vec!["3:1 read/duplicate-key"]),
        (
            "# kubelogic: ignore read/key,read/duplicate-key -- why\n---\nkind: A\nkind: B\nkind: C\n",
            vec!["4:1 read/duplicate-key", "5:1 read/duplicate-key"],
        ),
    ];
    for (manifest, wanted) in cases {
        assert_eq!(heard(manifest).1, wanted, "{manifest}");
    }
}

#[test]
fn other_lines_codes_and_documents_are_still_reported() {
    let twice = "kind: A\nkind: B\n";
    for manifest in [
        "kind: A # kubelogic: ignore read/duplicate-key -- why\nkind: B\n".to_owned(),
        "kind: A\nkind: B # kubelogic: ignore read/key -- why\n".to_owned(),
        format!("# kubelogic: ignore read/duplicate-key -- why\nkind: A\n---\n{twice}"),
        format!("{twice}---\n# kubelogic: ignore read/duplicate-key -- why\nkind: A\n"),
        "kind: A\nkind: B # kubelogic: ignore read/duplicate-key\n".to_owned(),
        "kind: A\nkind: B # kubelogic: ignore read/duplicate-key --\n".to_owned(),
        "kind: A\nkind: B # kubelogic: ignroe read/duplicate-key -- why\n".to_owned(),
    ] {
        let (left, suppressed) = heard(&manifest);
        assert!(left.iter().any(|one| one.ends_with("read/duplicate-key")), "{manifest}");
        assert_eq!((left.len(), suppressed.len()), (2, 0), "{manifest}: {left:?}");
    }
}

#[test]
fn what_is_wrong_with_a_comment_is_found() {
    let cases = [
        ("kind: A # kubelogic: ignore read/key -- why", "1:9 check/unused-suppression"),
        ("kind: A # kubelogic: ignore read/key", "1:9 check/suppression-without-reason"),
        ("kind: A # kubelogic: ignore read/kei -- why", "1:9 check/unknown-code"),
        ("kind: A # kubelogic: ignore -- why", "1:9 check/unreadable-suppression"),
        ("kind: A # kubelogic: disable read/key -- why", "1:9 check/unreadable-suppression"),
        ("kind: A # kubelogic:", "1:9 check/unreadable-suppression"),
    ];
    for (manifest, wanted) in cases {
        assert_eq!(heard(manifest).0, [wanted], "{manifest}");
    }
    let reading = text("kind: A # kubelogic: ignore read/kei -- why", &Options::named("a.yaml"));
    let heard = hear(Vec::new(), &reading.sources, &reading.objects);
    assert_eq!(heard.findings[0].help.as_deref(), Some("did you mean `read/key`?"));
}

#[test]
fn a_script_is_no_comment() {
    for value in
        ["|\n    # kubelogic: ignore\n    true", "'a # kubelogic: ignore'", "a\n    # kubelogic: ignore"]
    {
        let manifest = format!("kind: ConfigMap\ndata:\n  run: {value}\n  other: x\n");
        let plain = value.starts_with('a');
        // Behind a plain value of several lines it is one.
        assert_eq!(heard(&manifest).0.len(), usize::from(plain), "{manifest}");
    }
    let item = "kind: List\napiVersion: v1\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    \
                a: |\n      # kubelogic: ignore x\n  # kubelogic: ignore y\n";
    assert_eq!(heard(item).0, ["9:3 check/unknown-code", "9:3 check/suppression-without-reason"]);
}
