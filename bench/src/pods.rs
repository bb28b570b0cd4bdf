//! Memory of many pods, as `kubectl get pods -A -o yaml` prints them.

use std::fmt::Write as _;
use std::time::Instant;

use kubelogic::{Cluster, LoadOptions, read};

use crate::measure::resident_kib;

/// Pods of about 14 KB of YAML each in one List, the source kept.
pub(crate) fn run(counts: &[String]) -> Result<String, String> {
    let count: usize = match counts.first() {
        Some(count) => count.parse().map_err(|error| format!("`{count}`: {error}"))?,
        None => 100_000,
    };
    let mut text = String::from("apiVersion: v1\nitems:\n");
    for number in 0..count {
        pod(&mut text, number);
    }
    text.push_str("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
    let bytes = text.len();
    let (before, _) = resident_kib();
    let start = Instant::now();
    let reading = read::text(&text, &read::Options::named("pods.yaml"));
    if let Some(error) = reading.errors.first() {
        return Err(error.to_string());
    }
    let read_in = start.elapsed();
    let cluster =
        Cluster::load(reading.objects, &LoadOptions::default()).map_err(|error| error.to_string())?;
    let loaded = start.elapsed().saturating_sub(read_in);
    let (with_source, peak) = resident_kib();
    drop(text);
    let (after, _) = resident_kib();
    let text_kib = bytes as u64 / 1024;
    let mut table = String::from(
        "| pods | YAML a pod | resident a pod | cluster | peak with the input | reading | loading |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    let cluster_kib = with_source.saturating_sub(before);
    let _ = writeln!(
        table,
        "| {} | {:.1} KB | {:.1} KB | {:.2} GB | {:.2} GB | {:.1} s | {:.1} s |",
        cluster.len(),
        bytes as f64 / count as f64 / 1e3,
        cluster_kib as f64 * 1.024 / count as f64,
        cluster_kib as f64 * 1.024e-6,
        peak as f64 * 1.024e-6,
        read_in.as_secs_f64(),
        loaded.as_secs_f64(),
    );
    let _ = writeln!(
        table,
        "\nresident after the input is dropped: {:.2} GB (input {:.2} GB)",
        after as f64 * 1.024e-6,
        text_kib as f64 * 1.024e-6
    );
    Ok(table)
}

/// One pod with what a cluster adds to it: managed fields, volumes, tolerations, conditions, container statuses.
fn pod(out: &mut String, number: usize) {
    let hash = number.wrapping_mul(2_654_435_761) & 0xFFFF_FFFF;
    let namespace = number % 200;
    let app = number % 5_000;
    let _ = write!(
        out,
        "- apiVersion: v1\n  kind: Pod\n  metadata:\n    annotations:\n      checksum/config: {hash:08x}{hash:08x}{hash:08x}{hash:08x}\n      \
         prometheus.io/scrape: \"true\"\n    creationTimestamp: \"2026-11-20T10:11:12Z\"\n    generateName: app-{app}-{hash:08x}-\n    labels:\n      \
         app.kubernetes.io/name: app-{app}\n      app.kubernetes.io/part-of: part-{namespace}\n      pod-template-hash: {hash:08x}\n    managedFields:\n"
    );
    for manager in ["kube-controller-manager", "kubelet"] {
        let _ = write!(
            out,
            "    - apiVersion: v1\n      fieldsType: FieldsV1\n      fieldsV1:\n        f:metadata:\n          f:annotations:\n            .: {{}}\n            \
             f:checksum/config: {{}}\n          f:labels:\n            .: {{}}\n            f:app.kubernetes.io/name: {{}}\n            f:pod-template-hash: {{}}\n"
        );
        for field in 0..32 {
            let _ = write!(
                out,
                "          f:field-{field}:\n            k:{{\"type\":\"Ready-{field}\"}}:\n              .: {{}}\n              f:lastTransitionTime: {{}}\n"
            );
        }
        let _ = write!(
            out,
            "      manager: {manager}\n      operation: Update\n      time: \"2026-11-20T10:11:13Z\"\n"
        );
    }
    let _ = write!(
        out,
        "    name: app-{app}-{hash:08x}-{number}\n    namespace: namespace-{namespace}\n    ownerReferences:\n    - apiVersion: apps/v1\n      \
         blockOwnerDeletion: true\n      controller: true\n      kind: ReplicaSet\n      name: app-{app}-{hash:08x}\n      uid: {hash:08x}-0000-4000-8000-000000000000\n    \
         resourceVersion: \"{number}\"\n    uid: {hash:08x}-1111-4000-8000-000000000000\n  spec:\n    containers:\n"
    );
    for container in 0..2 {
        let _ = write!(
            out,
            "    - env:\n      - name: POD_NAME\n        valueFrom:\n          fieldRef:\n            apiVersion: v1\n            fieldPath: metadata.name\n      - name: MODE\n        value: \"{container}\"\n      \
             image: registry.example.com/team/app-{app}:1.{container}.{namespace}\n      imagePullPolicy: IfNotPresent\n      livenessProbe:\n        failureThreshold: 3\n        httpGet:\n          path: /healthz\n          port: http\n          scheme: HTTP\n        periodSeconds: 10\n        successThreshold: 1\n        timeoutSeconds: 1\n      \
             name: container-{container}\n      ports:\n      - containerPort: 80{container}0\n        name: http\n        protocol: TCP\n      resources:\n        limits:\n          cpu: 500m\n          memory: 256Mi\n        requests:\n          cpu: 100m\n          memory: 128Mi\n      \
             terminationMessagePath: /dev/termination-log\n      terminationMessagePolicy: File\n      volumeMounts:\n      - mountPath: /etc/config\n        name: config\n      - mountPath: /var/run/secrets/kubernetes.io/serviceaccount\n        name: kube-api-access-{hash:05x}\n        readOnly: true\n"
        );
    }
    let _ = write!(
        out,
        "    dnsPolicy: ClusterFirst\n    enableServiceLinks: true\n    nodeName: node-{}\n    preemptionPolicy: PreemptLowerPriority\n    priority: 0\n    restartPolicy: Always\n    schedulerName: default-scheduler\n    securityContext: {{}}\n    serviceAccount: default\n    serviceAccountName: default\n    terminationGracePeriodSeconds: 30\n    \
         tolerations:\n    - effect: NoExecute\n      key: node.kubernetes.io/not-ready\n      operator: Exists\n      tolerationSeconds: 300\n    - effect: NoExecute\n      key: node.kubernetes.io/unreachable\n      operator: Exists\n      tolerationSeconds: 300\n    volumes:\n    - configMap:\n        defaultMode: 420\n        name: config\n      name: config\n    \
         - name: kube-api-access-{hash:05x}\n      projected:\n        defaultMode: 420\n        sources:\n        - serviceAccountToken:\n            expirationSeconds: 3607\n            path: token\n        - configMap:\n            items:\n            - key: ca.crt\n              path: ca.crt\n            name: kube-root-ca.crt\n  status:\n    conditions:\n",
        number % 3_000
    );
    for condition in ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
    {
        let _ = write!(
            out,
            "    - lastProbeTime: null\n      lastTransitionTime: \"2026-11-20T10:11:15Z\"\n      observedGeneration: 1\n      status: \"True\"\n      type: {condition}\n"
        );
    }
    let _ = write!(
        out,
        "    hostIP: 10.0.0.{}\n    phase: Running\n    podIP: 10.1.{}.{}\n    podIPs:\n    - ip: 10.1.{}.{}\n    qosClass: Burstable\n    startTime: \"2026-11-20T10:11:12Z\"\n",
        number % 250,
        number % 256,
        number / 256 % 256,
        number % 256,
        number / 256 % 256
    );
}
