//! Workloads made up at random, mostly such as people write them.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// A question of the oracle's form `workload.expand`.
pub(super) fn question(random: &mut Random) -> Value {
    let seconds = i64::try_from(random.below(2_000_000_000)).unwrap_or(0);
    let nodes: Vec<String> = (0..random.below(3)).map(|index| format!("node-{index}")).collect();
    json!({
        "id": 1, "ask": "workload.expand", "hash": random.pick(&["abc", "5d4f8c7b9", "x"]), "nodes": nodes,
        "at": rfc3339(seconds), "seconds": seconds, "object": workload(random),
    })
}

fn workload(random: &mut Random) -> Value {
    let kind = random.pick(&[
        "Deployment",
        "ReplicaSet",
        "ReplicationController",
        "StatefulSet",
        "DaemonSet",
        "Job",
        "CronJob",
    ]);
    let spec = match kind {
        "Deployment" => deployment(random),
        "StatefulSet" => stateful_set(random),
        "DaemonSet" => {
            let mut spec = selected(random);
            spec.insert("template".to_owned(), template(random, "Always"));
            spec
        }
        "Job" => job(random),
        "CronJob" => cron_job(random),
        _ => {
            let mut spec = selected(random);
            replicas(random, &mut spec);
            if kind == "ReplicationController" {
                spec.insert("selector".to_owned(), json!({"app": "web"}));
            }
            spec.insert("template".to_owned(), template(random, "Always"));
            spec
        }
    };
    let version = match kind {
        "ReplicationController" => "v1",
        "Job" | "CronJob" => "batch/v1",
        _ => "apps/v1",
    };
    let mut object = json!({"apiVersion": version, "kind": kind, "metadata": metadata(random), "spec": spec});
    if kind == "DaemonSet"
        && random.once_in(3)
        && let Some(annotations) = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut)
    {
        let generation = random.pick(&["3", "-1", "x", "", "007", "9999999999999999999"]);
        annotations.insert("deprecated.daemonset.template.generation".to_owned(), json!(generation));
    }
    object
}

fn metadata(random: &mut Random) -> Value {
    let long = "a".repeat(40 + random.below(20));
    let name = if random.once_in(6) { long.as_str() } else { random.pick(&["web", "a", "my-app", "w.e.b"]) };
    let mut metadata = json!({"name": name, "namespace": "shop", "annotations": annotations(random)});
    if let Some(fields) = metadata.as_object_mut() {
        if random.once_in(2) {
            fields.insert("uid".to_owned(), json!("11111111-2222-3333-4444-555555555555"));
        }
        if random.once_in(3) {
            fields.insert("labels".to_owned(), json!({"own": "label"}));
        }
    }
    metadata
}

fn annotations(random: &mut Random) -> Value {
    let keys = [
        "a",
        "example.com/b",
        "kubectl.kubernetes.io/last-applied-configuration",
        "deployment.kubernetes.io/revision-history",
        "deployment.kubernetes.io/desired-replicas",
        "deprecated.deployment.rollback.to",
    ];
    let chosen = keys.into_iter().filter(|_| random.once_in(3));
    Value::Object(chosen.map(|key| (key.to_owned(), json!("v"))).collect())
}

fn selected(random: &mut Random) -> Map<String, Value> {
    let mut selector = json!({"matchLabels": {"app": "web"}});
    if random.once_in(4)
        && let Some(fields) = selector.as_object_mut()
    {
        let expression = json!([{"key": "app", "operator": "In", "values": ["web", "x"]}]);
        fields.insert("matchExpressions".to_owned(), expression);
    }
    Map::from_iter([("selector".to_owned(), selector)])
}

fn replicas(random: &mut Random, spec: &mut Map<String, Value>) {
    match random.below(4) {
        0 => {}
        1 => drop(spec.insert("replicas".to_owned(), Value::Null)),
        _ => drop(spec.insert("replicas".to_owned(), json!(random.below(6)))),
    }
}

fn deployment(random: &mut Random) -> Map<String, Value> {
    let mut spec = selected(random);
    replicas(random, &mut spec);
    spec.insert("template".to_owned(), template(random, "Always"));
    let share = |random: &mut Random| match random.below(3) {
        0 => json!(random.below(4)),
        1 => json!(format!("{}%", random.below(120))),
        _ => Value::Null,
    };
    match random.below(4) {
        0 => drop(spec.insert("strategy".to_owned(), json!({"type": "Recreate"}))),
        1 => {}
        _ => {
            let rolling = json!({"maxSurge": share(random), "maxUnavailable": share(random)});
            spec.insert("strategy".to_owned(), json!({"type": "RollingUpdate", "rollingUpdate": rolling}));
        }
    }
    if random.once_in(4) {
        spec.insert("minReadySeconds".to_owned(), json!(random.below(60)));
    }
    spec
}

fn stateful_set(random: &mut Random) -> Map<String, Value> {
    let mut spec = selected(random);
    replicas(random, &mut spec);
    spec.insert("template".to_owned(), template(random, "Always"));
    spec.insert("serviceName".to_owned(), json!(random.pick(&["", "svc"])));
    if random.once_in(3) {
        spec.insert("ordinals".to_owned(), json!({"start": random.below(12)}));
    }
    if random.once_in(3) {
        let policy = random.pick(&["Parallel", "OrderedReady"]);
        spec.insert("podManagementPolicy".to_owned(), json!(policy));
    }
    let claims = ["data", "log", "v0"].into_iter().filter(|_| random.once_in(3));
    let claims: Vec<Value> = claims
        .map(|name| json!({"metadata": {"name": name}, "spec": {"accessModes": ["ReadWriteOnce"]}}))
        .collect();
    let claims: Vec<Value> = claims
        .into_iter()
        .map(|mut claim| {
            if random.once_in(2)
                && let Some(metadata) = claim.get_mut("metadata").and_then(Value::as_object_mut)
            {
                metadata.insert("labels".to_owned(), json!({"app": "other", "k": "v"}));
                metadata.insert("namespace".to_owned(), json!("elsewhere"));
            }
            claim
        })
        .collect();
    spec.insert("volumeClaimTemplates".to_owned(), json!(claims));
    spec
}

fn job(random: &mut Random) -> Map<String, Value> {
    let mut spec = Map::new();
    spec.insert("template".to_owned(), template(random, "Never"));
    let indexed = random.once_in(2);
    if indexed {
        spec.insert("completionMode".to_owned(), json!("Indexed"));
    }
    if indexed || random.once_in(2) {
        spec.insert("completions".to_owned(), json!(random.below(6)));
    }
    if random.once_in(2) {
        spec.insert("parallelism".to_owned(), json!(random.below(6)));
    }
    if indexed && random.once_in(3) {
        spec.insert("backoffLimitPerIndex".to_owned(), json!(random.below(3)));
    }
    if random.once_in(8) {
        spec.insert("suspend".to_owned(), json!(true));
    }
    if random.once_in(10) {
        let manager = random.pick(&["example.com/other", "kubernetes.io/job-controller"]);
        spec.insert("managedBy".to_owned(), json!(manager));
    }
    if random.once_in(6) {
        spec.insert("manualSelector".to_owned(), json!(true));
        spec.insert("selector".to_owned(), json!({"matchLabels": {"app": "web"}}));
    }
    if random.once_in(6) {
        spec.insert("podReplacementPolicy".to_owned(), json!("Failed"));
    }
    spec
}

fn cron_job(random: &mut Random) -> Map<String, Value> {
    let mut spec = Map::new();
    spec.insert("schedule".to_owned(), json!("*/5 * * * *"));
    let mut template = json!({"spec": job(random)});
    if random.once_in(2)
        && let Some(fields) = template.as_object_mut()
    {
        let metadata = json!({"labels": {"job": "label"}, "annotations": {"p": "q"}, "name": "ignored"});
        fields.insert("metadata".to_owned(), metadata);
    }
    spec.insert("jobTemplate".to_owned(), template);
    if random.once_in(8) {
        spec.insert("suspend".to_owned(), json!(true));
    }
    let zones = [
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "UTC",
        "Etc/UTC",
        "Europe/London",
        "Pacific/Chatham",
        "Australia/Lord_Howe",
        "America/Sao_Paulo",
    ];
    if random.once_in(2) {
        spec.insert("timeZone".to_owned(), json!(random.pick(&zones)));
    }
    spec
}

fn template(random: &mut Random, restart: &str) -> Value {
    let mut labels = json!({"app": "web"});
    if let Some(fields) = labels.as_object_mut() {
        for key in ["pod-template-hash", "job-name", "controller-uid", "controller-revision-hash", "tier"] {
            if random.once_in(8) {
                fields.insert(key.to_owned(), if random.once_in(4) { Value::Null } else { json!("given") });
            }
        }
    }
    let mut metadata = json!({"labels": labels});
    if let Some(fields) = metadata.as_object_mut() {
        if random.once_in(3) {
            fields.insert("annotations".to_owned(), json!({"t": "u"}));
        }
        if random.once_in(6) {
            let finalizer = random.pick(&["example.com/f", "batch.kubernetes.io/job-tracking"]);
            fields.insert("finalizers".to_owned(), json!([finalizer]));
        }
        if random.once_in(6) {
            fields.insert("name".to_owned(), json!("ignored"));
        }
    }
    json!({"metadata": metadata, "spec": pod_spec(random, restart)})
}

fn pod_spec(random: &mut Random, restart: &str) -> Value {
    let container = |random: &mut Random, name: &str| {
        let mut container = json!({"name": name, "image": "nginx:1", "ports": [{"containerPort": 80}]});
        if random.once_in(4)
            && let Some(fields) = container.as_object_mut()
        {
            let variable = random.pick(&["JOB_COMPLETION_INDEX", "OTHER"]);
            fields.insert("env".to_owned(), json!([{"name": variable, "value": "x"}]));
        }
        container
    };
    let mut spec = json!({"restartPolicy": restart, "containers": [container(random, "c")]});
    if let Some(fields) = spec.as_object_mut() {
        if random.once_in(3) {
            fields.insert("initContainers".to_owned(), json!([container(random, "i")]));
        }
        if random.once_in(4) {
            fields.insert("hostNetwork".to_owned(), json!(true));
        }
        if random.once_in(4) {
            fields.insert("subdomain".to_owned(), json!("sub"));
            fields.insert("hostname".to_owned(), json!("host"));
        }
        if random.once_in(3) {
            let volumes = ["data", "v0", "tmp"].into_iter().filter(|_| random.once_in(2));
            let volumes: Vec<Value> =
                volumes.map(|name| json!({"name": name, "hostPath": {"path": "/x"}})).collect();
            fields.insert("volumes".to_owned(), json!(volumes));
        }
        if random.once_in(3) {
            let tolerations: Vec<Value> = (0..random.below(4)).map(|_| toleration(random)).collect();
            fields.insert("tolerations".to_owned(), json!(tolerations));
        }
        if random.once_in(3) {
            fields.insert("affinity".to_owned(), affinity(random));
        }
        if random.once_in(5) {
            fields.insert("nodeSelector".to_owned(), json!({"disk": "ssd"}));
        }
    }
    spec
}

fn toleration(random: &mut Random) -> Value {
    let key = random.pick(&["node.kubernetes.io/not-ready", "node.kubernetes.io/unschedulable", "other"]);
    let mut toleration = json!({"key": key, "effect": random.pick(&["NoExecute", "NoSchedule"])});
    if let Some(fields) = toleration.as_object_mut() {
        if random.once_in(2) {
            fields.insert("operator".to_owned(), json!(random.pick(&["Exists", "Equal"])));
        }
        if random.once_in(3) {
            fields.insert("tolerationSeconds".to_owned(), json!(random.below(300)));
        }
        if random.once_in(5) {
            fields.insert("value".to_owned(), json!("v"));
        }
    }
    toleration
}

fn affinity(random: &mut Random) -> Value {
    let term = json!({"matchExpressions": [{"key": "zone", "operator": "In", "values": ["a"]}]});
    match random.below(4) {
        0 => json!({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [
            {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {"app": "web"}}}]}}),
        1 => json!({"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
            {"weight": 5, "preference": term}]}}),
        2 => json!({"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [term, {"matchFields": [{"key": "metadata.name", "operator": "In", "values": ["x"]}]}]}}}),
        _ => json!({"nodeAffinity": null}),
    }
}

/// A time as RFC 3339 writes it in UTC.
fn rfc3339(seconds: i64) -> String {
    // Days to a date by the method of years that begin in March.
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let era_day = days + 719_468;
    let (era, day_of_era) = (era_day.div_euclid(146_097), era_day.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest % 3_600 / 60, rest % 60)
}
