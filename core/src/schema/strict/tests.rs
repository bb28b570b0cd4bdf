//! Hints, severities and positions; and the decoder against a naive one. What the API server says is in
//! `conformance/cases/strict`.

mod naive;

use super::{Strict, check};
use crate::decode::FieldValidation;
use crate::finding::Severity;
use crate::read::{Options, value};
use crate::schema::Types;

fn checked(text: &str, version: &str) -> Strict {
    let object = value(text, &Options::named("a.yaml")).unwrap();
    check(&object, &Types::of(version.parse().unwrap()))
}

fn pod(spec: &str) -> String {
    format!("apiVersion: v1\nkind: Pod\nspec:\n  {spec}\n")
}

#[test]
fn unknown_fields_come_with_a_hint() {
    let cases = [
        ("containers: [{imagePullpolicy: Always}]", "did you mean `imagePullPolicy`?"),
        ("image_pull_secrets: []", "did you mean `imagePullSecrets`?"),
        ("conatiners: []", "did you mean `containers`?"),
        ("containers: [{nodeSelector: {}}]", "it belongs to `spec`"),
        ("containers: [{metadata: {}}]", "it belongs to the object itself, beside `metadata`"),
        ("runAsUser: 1000", "it belongs to `spec.securityContext`"),
        (
            "containers: [{name: a, env: [{secretKeyRef: {}}]}]",
            "it belongs to `spec.containers[0].env[0].valueFrom`",
        ),
        ("containers: [{env: [{ports: []}]}]", "it belongs to `spec.containers[0]`"),
        ("restartPolicyy: Never", "did you mean `restartPolicy`?"),
    ];
    for (spec, help) in cases {
        let findings = checked(&pod(spec), "1.37").findings(FieldValidation::Strict);
        assert_eq!(findings.len(), 1, "{spec}");
        assert_eq!(findings[0].help.as_deref(), Some(help), "{spec}");
    }
    let findings = checked(&pod("unicorn: 1"), "1.37").findings(FieldValidation::Strict);
    assert_eq!((findings[0].help.as_deref(), findings[0].fix.as_ref()), (None, None));
}

#[test]
fn fields_of_other_versions_say_so() {
    let text = pod("containers: [{restartPolicyRules: []}]");
    let help = |version| {
        let findings = checked(&text, version).findings(FieldValidation::Strict);
        findings.first().and_then(|finding| finding.help.clone())
    };
    assert_eq!(help("1.33").as_deref(), Some("it is there from 1.34, and 1.33 is asked for"));
    assert_eq!(help("1.37"), None);
}

#[test]
fn a_fix_is_offered_when_one_name_can_be_meant() {
    let fixed = |text: &str| {
        let findings = checked(text, "1.37").findings(FieldValidation::Strict);
        let fix = findings[0].fix.clone()?;
        let edit = &fix.edits[0];
        Some((edit.start.to_string(), edit.end.to_string(), edit.text.clone()))
    };
    let edit = |start: &str, end: &str, text: &str| Some((start.to_owned(), end.to_owned(), text.to_owned()));
    assert_eq!(fixed(&pod("conatiners: []")), edit("4:3", "4:13", "containers"));
    assert_eq!(fixed(&pod("\"conatiners\": []")), edit("4:3", "4:15", "\"containers\""));
    assert_eq!(fixed(&pod("'nodename' : x")), edit("4:3", "4:13", "'nodeName'"));
    // The right one is there as well: taking both would make a duplicate.
    assert_eq!(fixed(&pod("nodename: x\n  nodeName: x")), None);
    // What the text says with an escape is left to people.
    assert_eq!(fixed(&pod("\"\\x6eodename\": x")), None);
    // Two names are near.
    assert_eq!(fixed("apiVersion: v1\nkind: Service\nspec: {clusterIPx: x}\n"), None);
}

#[test]
fn every_wrong_value_is_reported_with_its_place() {
    let text = pod(
        "priority: '5'\n  hostNetwork: 1\n  containers:\n  - name: 5\n    ports: {}\n  nodeSelector: {a: 1.0}",
    );
    let found = checked(&text, "1.37");
    let texts: Vec<_> = found.findings(FieldValidation::Ignore).iter().map(ToString::to_string).collect();
    let wanted = [
        "a.yaml:7:11: error[schema/wrong-type]: `spec.containers[0].name` must be a string, not a number",
        "a.yaml:8:12: error[schema/wrong-type]: `spec.containers[0].ports` must be an array, not an object",
        "a.yaml:5:16: error[schema/wrong-type]: `spec.hostNetwork` must be a boolean, not a number",
        "a.yaml:9:21: error[schema/wrong-type]: `spec.nodeSelector[a]` must be a string, not a number",
        "a.yaml:4:13: error[schema/wrong-type]: `spec.priority` must be an integer, not a string",
    ];
    assert_eq!(texts, wanted);
    assert_eq!(found.stops_at().unwrap().location.path.to_string(), "spec.containers[0].name");
    assert!(found.errors().is_empty() && found.message().is_none());
}

#[test]
fn types_that_decode_themselves_stop_the_decoder() {
    let text =
        r#"{"apiVersion":"v1","kind":"Pod","spec":{"priority":"5","overhead":{"cpu":"1K"},"nodeName":1}}"#;
    let found = checked(text, "1.37");
    assert_eq!(found.types().len(), 3);
    assert_eq!(found.stops_at().unwrap().location.path.to_string(), "spec.overhead[cpu]");
    let finding = &found.findings(FieldValidation::Strict)[1];
    assert_eq!(finding.code, "schema/bad-value");
    assert_eq!(finding.message, "`spec.overhead[cpu]` must be a quantity: unable to parse quantity's suffix");
}

#[test]
fn numbers_say_why_they_do_not_fit() {
    let message = |text: &str| checked(text, "1.37").findings(FieldValidation::Strict)[0].message.clone();
    let json = |value: &str| format!(r#"{{"apiVersion":"v1","kind":"Pod","spec":{{"priority":{value}}}}}"#);
    let must = "`spec.priority` must be an integer: ";
    assert_eq!(
        message(&json("3000000000")),
        format!("{must}`3000000000` does not fit an integer of 32 bits")
    );
    assert_eq!(
        message(&json("1.0")),
        format!("{must}JSON writes integers without a point and without an exponent, and this is `1.0`")
    );
    assert_eq!(message(&json("1.5")), format!("{must}`1.5` is no integer"));
    assert_eq!(message(&pod("priority: 1.5")), format!("{must}`1.5` is no integer"));
    assert!(checked(&pod("priority: 1.0"), "1.37").is_clean());
}

#[test]
fn validation_decides_about_fields_only() {
    let found = checked("apiVersion: v1\nkind: Pod\nfoo: 1\nspec: {nodeName: 1}\n", "1.37");
    let severities = |validation| -> Vec<_> {
        found.findings(validation).iter().map(|finding| (finding.code, finding.severity)).collect()
    };
    let wrong = ("schema/wrong-type", Severity::Error);
    assert_eq!(severities(FieldValidation::Strict), [wrong, ("schema/unknown-field", Severity::Error)]);
    assert_eq!(severities(FieldValidation::Warn), [wrong, ("schema/unknown-field", Severity::Warning)]);
    assert_eq!(severities(FieldValidation::Ignore), [wrong]);
}

#[test]
fn kinds_that_are_not_there_say_where_they_are() {
    let said = |text: &str, version: &str| {
        let found = checked(text, version);
        assert!(found.is_fatal());
        let finding = found.findings(FieldValidation::Ignore).remove(0);
        (
            finding.code,
            finding.message,
            finding.help.unwrap_or_default(),
            finding.location.unwrap().to_string(),
        )
    };
    let own = |code, message: &str, help: &str, place: &str| {
        (code, message.to_owned(), help.to_owned(), place.to_owned())
    };
    assert_eq!(
        said("apiVersion: apps/v1\nkind: Deploymnet\n", "1.37"),
        own(
            "schema/unknown-kind",
            "there is no kind `Deploymnet` in `apps/v1`",
            "did you mean `Deployment`?",
            "a.yaml:2:7"
        )
    );
    assert_eq!(
        said("kind: Deployment\napiVersion: app/v1\n", "1.37"),
        own(
            "schema/unknown-kind",
            "there is no kind `Deployment` in `app/v1`",
            "`Deployment` is served in `apps/v1`",
            "a.yaml:1:7"
        )
    );
    assert_eq!(
        said("apiVersion: resource.k8s.io/v1\nkind: DeviceClass\n", "1.33"),
        own(
            "schema/not-served",
            "Kubernetes 1.33 has no `DeviceClass` in `resource.k8s.io/v1`",
            "it is there from 1.34",
            "a.yaml:2:7"
        )
    );
    assert_eq!(
        said("apiVersion: v1\n", "1.37"),
        own("schema/unknown-kind", "the object has no `kind`", "", "a.yaml:1:1")
    );
    assert_eq!(said("apiVersion: v1\nkind: 5\n", "1.37").1, "`kind` must be a string, not a number");
}

#[test]
fn depth_is_no_danger() {
    let deep = format!("{}{}", "{\"not\":".repeat(900), "{}".to_owned() + &"}".repeat(900));
    let text = format!(
        r#"{{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","spec":{{"versions":[{{"schema":{{"openAPIV3Schema":{deep}}}}}]}}}}"#
    );
    assert!(checked(&text, "1.37").is_clean());
    let spoilt = text.replacen("{}}", "{\"foo\":1}}", 1);
    assert_eq!(checked(&spoilt, "1.37").errors().len(), 1);
}
