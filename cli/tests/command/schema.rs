//! `kubelogic schema explain` and `kubelogic schema lifecycle`.

use super::world::run;

#[test]
fn a_field_is_shown_as_kubectl_shows_it() {
    let ended = run(&["schema", "explain", "deploy.spec.strategy", "--kube-version", "1.35"]);
    let expected = "GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n\nFIELD: strategy <DeploymentStrategy>\n\n\
                    FIELDS:\n  rollingUpdate <RollingUpdateDeployment>\n  type <string>\n    enum: Recreate, RollingUpdate\n";
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (0, expected, ""));
}

#[test]
fn notes_say_since_when_a_field_is_there_and_what_tells_items_apart() {
    let ended = run(&["schema", "explain", "pods.spec.resources", "--recursive", "--kube-version", "1.37"]);
    let expected = "KIND:       Pod\nVERSION:    v1\n\nFIELD: resources <ResourceRequirements> (since 1.32)\n\nFIELDS:\n  \
                    claims <[]ResourceClaim> (one of each name)\n    name <string> -required-\n    \
                    request <string> (since 1.31)\n  limits <map[string]Quantity>\n  requests <map[string]Quantity>\n";
    assert_eq!((ended.code, ended.stdout.as_str()), (0, expected));
}

#[test]
fn configuration_files_and_custom_resources_have_kinds_too() {
    for (word, group) in [
        ("KubeletConfiguration.authentication", "kubelet.config.k8s.io"),
        ("HTTPRoute.spec.rules", "gateway.networking.k8s.io"),
        ("ClusterNetworkPolicy", "policy.networking.k8s.io"),
    ] {
        let ended = run(&["schema", "explain", word]);
        assert_eq!(ended.code, 0, "{word}: {}", ended.stderr);
        assert!(ended.stdout.starts_with(&format!("GROUP:      {group}\n")), "{word}: {}", ended.stdout);
    }
}

#[test]
fn what_is_not_there_is_a_no_that_helps() {
    let ended = run(&["schema", "explain", "po.spec.resources", "--kube-version", "1.31"]);
    let expected = "error: `Pod.spec` has no field `resources`\n  help: kubernetes has it since 1.32\n";
    assert_eq!((ended.code, ended.stdout.as_str(), ended.stderr.as_str()), (1, "", expected));
    let ended = run(&["schema", "explain", "hpa.spec.metrics", "--api-version", "autoscaling/v1"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (1, ""));
    let ended = run(&["schema", "explain", "po", "--api-version", "a/b/c"]);
    assert_eq!((ended.code, ended.stdout.as_str()), (2, ""));
}

#[test]
fn json_is_the_answer_of_the_catalogue() {
    let ended = run(&["schema", "explain", "po.spec.restartPolicy", "-o", "json", "--kube-version", "1.33"]);
    let answer: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(answer["answer"]["kubeVersion"], "1.33");
    assert_eq!(
        answer["answer"]["result"]["field"]["enum"],
        serde_json::json!(["Always", "Never", "OnFailure"])
    );
    let ended = run(&["schema", "explain", "po.spec.restartpolicy", "-o", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((ended.code, &answer["error"]["code"]), (1, &"schema/unknown-field".into()));
}

#[test]
fn the_lifecycle_of_types_is_a_table() {
    let ended = run(&["schema", "lifecycle", "batch/v1beta1", "CronJob"]);
    let expected = "APIVERSION      KIND      INTRODUCED   DEPRECATED   REMOVED   USE\n\
                    batch/v1beta1   CronJob   1.8          1.21         1.25      batch/v1 CronJob\n";
    assert_eq!((ended.code, ended.stdout.as_str()), (0, expected));
    let ended = run(&["schema", "lifecycle", "--removed-in", "1.25"]);
    assert!(ended.stdout.contains("PodSecurityPolicy") && ended.stdout.contains("PodDisruptionBudget"));
    assert_eq!(run(&["schema", "lifecycle", "example.com/v1"]).code, 1);
    let ended = run(&["schema", "lifecycle", "--removed-in", "soon"]);
    assert!(ended.code == 2 && ended.stderr.contains("`soon` is no release"), "{}", ended.stderr);
    let ended = run(&["schema", "lifecycle", "v1", "Endpoints", "-o", "json", "--kube-version", "1.33"]);
    assert!(ended.stdout.contains("discovery.k8s.io/v1 EndpointSlice"), "{}", ended.stdout);
}
