"""What manifests stand for."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import kubelogic
import pytest
from kubelogic.errors import QueryError

JOB: dict[str, Any] = {
    "apiVersion": "batch/v1",
    "kind": "CronJob",
    "metadata": {"name": "backup", "namespace": "shop"},
    "spec": {"schedule": "0 2 * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": []}}}}},
}


def test_a_workload_becomes_pods() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    for moment in (at, at.replace(tzinfo=None), "2026-01-02T03:04:05Z"):
        answer = kubelogic.expand(JOB, at=moment)
        job, pod = answer.result.objects[0], answer.result.pods[0]
        assert job.object["metadata"]["name"] == "backup-29455384"
        assert pod.object["metadata"]["generateName"] == "backup-29455384-"
        assert pod.synthetic[0] == "metadata.name"


def test_texts_and_paths_are_taken(tmp_path: Path) -> None:
    text = "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a}\nspec: {replicas: 2}\n"
    (tmp_path / "a.yaml").write_text(text)
    for given in (text, text.encode(), tmp_path / "a.yaml"):
        assert len(kubelogic.expand(given).result.pods) == 2
    with pytest.raises(QueryError, match="it holds 2 objects"):
        kubelogic.expand(text + "---\n" + text)


def test_what_is_no_workload_is_refused() -> None:
    with pytest.raises(QueryError, match="Service `v1` is no workload") as raised:
        kubelogic.expand({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}})
    assert raised.value.code == "workload/not-a-workload"
    with pytest.raises(QueryError, match=r"`spec.replicas` must be a 32-bit integer, not string") as raised:
        kubelogic.expand("apiVersion: apps/v1\nkind: ReplicaSet\nspec: {replicas: '2'}\n")
    assert raised.value.path == "spec.replicas"


def test_types_have_a_lifecycle() -> None:
    found = kubelogic.lifecycle("extensions/v1beta1", "Ingress").result.types
    assert [(one.removed, one.replacement.version if one.replacement else None) for one in found] == [("1.22", "v1")]
    assert all(one.removed == "1.25" for one in kubelogic.lifecycle(removed_in="1.25").result.types)
    with pytest.raises(QueryError, match="is no release"):
        kubelogic.lifecycle(removed_in="soon")


def test_kinds_and_fields_are_explained() -> None:
    explained = kubelogic.explain("deploy", "spec.template.spec.containers").result
    assert (explained.kind, explained.field.go_type) == ("Deployment", "[]core/v1.Container")
    assert [one.name for one in explained.field.fields if one.required] == ["name"]
    with pytest.raises(QueryError) as raised:
        kubelogic.explain("deploy.spec.tempalte")
    assert "template" in str(raised.value)


def test_strict_decoding_says_what_the_api_server_says() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: c, imagePullpolicy: Never}\n"
    said = kubelogic.strict(pod).result
    assert said.errors == ('unknown field "spec.containers[0].imagePullpolicy"',)
    assert (said.findings[0].location and said.findings[0].location.line) == 6
    assert kubelogic.strict(pod, field_validation="warn").result.warnings == said.errors
    assert kubelogic.strict(pod, field_validation="ignore").result.findings == ()


def test_access_is_drawn() -> None:
    shop = kubelogic.Cluster.from_path(Path(__file__).parents[3] / "examples/shop")
    graph = kubelogic.access_graph(shop).result.graph
    assert "ci-deploys" in kubelogic.render_picture(graph)
    assert kubelogic.render_picture(graph, "svg").startswith("<svg")
    assert kubelogic.render_picture(graph.to_dict(), "dot", kind="graph").startswith("digraph")


def test_objects_are_converted() -> None:
    old = {"apiVersion": "batch/v1beta1", "kind": "CronJob", "metadata": {"name": "a"}}
    converted = kubelogic.convert(old).result
    assert (converted.object["apiVersion"], converted.lossless) == ("batch/v1", True)
    assert kubelogic.convert(old, "batch/v1").result == converted
    with pytest.raises(QueryError) as raised:
        kubelogic.convert({"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy"}, "policy/v1")
    assert raised.value.code == "convert/no-conversion"


def test_kinds_are_made_of_types() -> None:
    found = kubelogic.types_of("v1", "Pod", kube_version="1.29").result
    types = {one.name: {field.name: field for field in one.fields} for one in found.types}
    assert types["PodSpec"]["containers"].json == "array" and types["PodSpec"]["containers"].required
    assert types["Container"]["image"].go_type == "string"
    with pytest.raises(QueryError) as raised:
        kubelogic.types_of("apps/v1", "Deploiment")
    assert (raised.value.code, raised.value.help) == ("schema/unknown-kind", "did you mean `Deployment`?")


def test_aggregated_roles_have_their_rules() -> None:
    cluster = kubelogic.Cluster([])
    roles = {role.name: role.rules for role in kubelogic.aggregate_roles(cluster).result.cluster_roles}
    alone = {role.name: role.rules for role in kubelogic.aggregate_roles(cluster, aggregate=False).result.cluster_roles}
    assert len(roles["admin"]) > len(roles["edit"]) > len(roles["view"]) > 0 == len(alone["view"])
    assert kubelogic.aggregate_roles(cluster, bootstrap="never").result.cluster_roles == ()
