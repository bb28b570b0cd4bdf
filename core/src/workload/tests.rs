//! What the recorded answers of the real controllers cannot show: limits, errors, places, made-up names.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::read::{Options, text};

fn object(value: &Value) -> Object {
    Object::from_serialize(value).unwrap()
}

fn job(spec: &Value, status: &Value) -> Object {
    let mut job = json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"}, "spec": spec});
    job["status"] = status.clone();
    object(&job)
}

fn text_at<'a>(object: &'a Object, path: &str) -> &'a str {
    object.root().at(&FieldPath::parse(path).unwrap()).and_then(|value| value.as_str()).unwrap()
}

#[test]
fn other_objects_are_refused() {
    let error = expand(&object(&json!({"apiVersion": "v1", "kind": "Service"})), &Expansion::default());
    let error = error.unwrap_err();
    assert_eq!(error.code(), "workload/not-a-workload");
    assert!(error.to_string().starts_with("Service `v1` is no workload"), "{error}");
}

#[test]
fn wrong_types_are_named_with_their_place() {
    let manifest = "apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  replicas: '3'\n";
    let reading = text(manifest, &Options::named("db.yaml"));
    let error = expand(&reading.objects[0], &Expansion::default()).unwrap_err();
    assert_eq!(error.to_string(), "`spec.replicas` must be a 32-bit integer, not string");
    assert_eq!(error.location().to_string(), "db.yaml:4:13");
    for (spec, code) in [
        (json!({"replicas": -1}), "workload/bad-value"),
        (json!({"replicas": 2_147_483_648_u64}), "workload/wrong-type"),
        (json!({"replicas": 1.5}), "workload/wrong-type"),
        (json!({"replicas": 2_147_483_647}), "workload/too-many-pods"),
        (json!({"strategy": {"rollingUpdate": {"maxSurge": "1.5%"}}}), "workload/bad-value"),
        (json!({"strategy": {"type": 5}}), "workload/wrong-type"),
    ] {
        let deployment = object(&json!({"apiVersion": "apps/v1", "kind": "Deployment", "spec": spec}));
        assert_eq!(expand(&deployment, &Expansion::default()).unwrap_err().code(), code, "{spec}");
    }
}

#[test]
fn the_limit_is_the_askers() {
    let set = object(&json!({"apiVersion": "apps/v1", "kind": "ReplicaSet", "spec": {"replicas": 4}}));
    let mut options = Expansion { max_pods: 3, ..Expansion::default() };
    assert_eq!(expand(&set, &options).unwrap_err().code(), "workload/too-many-pods");
    options.max_pods = 4;
    assert_eq!(expand(&set, &options).unwrap().pods.len(), 4);
}

#[test]
fn a_job_that_has_begun_makes_what_is_left() {
    let pods = |job: &Object| expand(job, &Expansion::default()).unwrap().pods.len();
    let spec = json!({"completions": 5, "parallelism": 4});
    assert_eq!(pods(&job(&spec, &json!({"succeeded": 3}))), 2);
    assert_eq!(pods(&job(&spec, &json!({"conditions": [{"type": "Complete", "status": "True"}]}))), 0);
    let spec =
        json!({"completionMode": "Indexed", "completions": 6, "parallelism": 9, "backoffLimitPerIndex": 0});
    let begun = job(&spec, &json!({"completedIndexes": "0,2-3", "failedIndexes": "5"}));
    let expanded = expand(&begun, &Expansion::default()).unwrap();
    let prefixes: Vec<_> = expanded.pods.iter().map(|pod| text_at(&pod.object, "spec.hostname")).collect();
    assert_eq!(prefixes, ["j-1", "j-4"]);
    let indexed = job(&json!({"completionMode": "Indexed", "parallelism": 2}), &Value::Null);
    let error = expand(&indexed, &Expansion::default()).unwrap_err().to_string();
    assert_eq!(error, "`spec.completions` must be given, because the completion mode is `Indexed`");
}

#[test]
fn fields_lead_back_to_the_template() {
    let manifest = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      \
                    template:\n        spec:\n          nodeName: n\n";
    let reading = text(manifest, &Options::named("c.yaml"));
    let expanded = expand(&reading.objects[0], &Expansion::default()).unwrap();
    let node = FieldPath::parse("spec.nodeName").unwrap();
    assert_eq!(expanded.pods[0].location(&node).to_string(), "c.yaml:9:21");
    let absent = FieldPath::parse("spec.tolerations[0].key").unwrap();
    assert_eq!(expanded.pods[0].location(&absent).path.to_string(), "spec.jobTemplate.spec.template.spec");
    let synthetic: Vec<String> = expanded.objects[0].synthetic.iter().map(ToString::to_string).collect();
    assert_eq!(synthetic.len(), 3, "{synthetic:?}");
}

#[test]
fn the_longest_name_leaves_room_for_the_hash() {
    let name = "a".repeat(253);
    let deployment = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}});
    let expanded = expand(&object(&deployment), &Expansion::default()).unwrap();
    assert_eq!(expanded.objects[0].object.name().len(), 253);
}

proptest! {
    /// Names differ from each other, are valid, and are the same every time.
    #[test]
    fn made_up_names_are_names(name in "[a-z]([a-z0-9-]{0,80}[a-z0-9])?", replicas in 0_u32..40) {
        let set = object(&json!({
            "apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": {"name": name}, "spec": {"replicas": replicas},
        }));
        let expanded = expand(&set, &Expansion::default()).unwrap();
        let names: BTreeSet<String> = expanded.pods.iter().map(|pod| pod.object.name().to_owned()).collect();
        prop_assert_eq!(names.len(), replicas as usize);
        for name in &names {
            prop_assert!(name.len() <= 63 && crate::meta::dns_subdomain_problems(name).is_empty(), "{}", name);
        }
        let again = expand(&set, &Expansion::default()).unwrap();
        prop_assert!(expanded.pods.iter().zip(&again.pods).all(|(one, two)| one.object == two.object));
    }

    /// An indexed job runs the lowest indexes that are still open, never more than its parallelism.
    #[test]
    fn open_indexes_are_those_of_a_plain_loop(
        completions in 0_u32..12, parallelism in 0_u32..12, done in prop::collection::btree_set(0_u32..12, 0..8),
    ) {
        let done: BTreeSet<u32> = done.into_iter().filter(|index| *index < completions).collect();
        let text: Vec<String> = done.iter().map(ToString::to_string).collect();
        let spec = json!({"completionMode": "Indexed", "completions": completions, "parallelism": parallelism});
        let job = job(&spec, &json!({"completedIndexes": text.join(",")}));
        let mut expected = Vec::new();
        let room = parallelism.min(completions - u32::try_from(done.len()).unwrap());
        for index in 0..completions {
            if !done.contains(&index) && expected.len() < room as usize {
                expected.push(format!("j-{index}-"));
            }
        }
        let expanded = expand(&job, &Expansion::default()).unwrap();
        let made: Vec<&str> =
            expanded.pods.iter().map(|pod| text_at(&pod.object, "metadata.generateName")).collect();
        prop_assert_eq!(made, expected);
    }
}
