"""What goes in, and what a cluster does with it."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from kubelogic import Cluster, Finding, Object, ObjectRef
from kubelogic.errors import DecodeError, LoadError, ReadError, Undecided
from kubelogic import UserInfo


def pod(name: str, **more: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, **more}}


TEXT = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"


def names(cluster: Cluster) -> list[str]:
    return [thing.name for thing in cluster]


def test_a_str_is_always_text(tmp_path: Path) -> None:
    file = tmp_path / "pod.yaml"
    file.write_text(TEXT)
    assert names(Cluster(TEXT)) == names(Cluster(file)) == names(Cluster.from_path(str(file))) == ["a"]
    # The name of a file is YAML, too: a text, and no object.
    with pytest.raises(ReadError, match="a document must be a mapping"):
        Cluster(str(file))


def test_every_form_of_input(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "one.yaml").write_text(TEXT)
    (tmp_path / "two.json").write_text(json.dumps(pod("b")))
    (tmp_path / "three.txt").write_text("no manifest")
    with open(tmp_path / "two.json") as file:
        inputs: list[Any] = [
            TEXT,
            TEXT.encode("utf-16"),
            bytearray(TEXT.encode()),
            memoryview(TEXT.encode()),
            tmp_path,
            file,
            io.BytesIO(TEXT.encode()),
            pod("c"),
            Object(pod("d")),
            [pod("e"), [pod("f"), "---\n" + TEXT]],
            (pod(name) for name in "gh"),
            {"apiVersion": "v1", "kind": "List", "items": [pod("i"), pod("j")]},
            {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "k"}}]},
            Cluster(TEXT),
        ]
        cluster = Cluster(*inputs)
    assert names(cluster) == list("abcdefghijk")
    assert {thing.kind for thing in cluster} == {"Pod"}
    assert len(cluster) == 11
    assert {note.code for note in cluster.notes} == {"cluster/repeated-object"}


def test_places_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("# first\n---\n" + TEXT)
    (thing,) = Cluster(tmp_path)
    assert thing.source == os.path.join(tmp_path, "a.yaml")
    assert thing.document == 2 or thing.document == 1
    assert thing.position() == (3, 1)
    assert thing.position("metadata.name") == (5, 18)
    assert thing.position("spec") is None
    assert thing.text.startswith("apiVersion")
    (thing,) = Cluster(TEXT, source="given.yaml")
    assert thing.source == "given.yaml"
    first, second = Cluster([pod("a"), pod("b")], source="api")
    assert (first.source, second.source) == ("api[0]", "api[1]")


def test_items_of_a_list_know_their_number() -> None:
    for given in (json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod("a"), pod("b")]}), None):
        listed = given or {"apiVersion": "v1", "kind": "List", "items": [pod("a"), pod("b")]}
        assert [thing.item for thing in Cluster(listed)] == [0, 1]


def test_what_if_states_leave_the_first_alone() -> None:
    cluster = Cluster([pod("a"), pod("b", labels={"x": "1"})])
    more = cluster.with_(pod("c"), pod("b", labels={"x": "2"}))
    assert names(cluster) == ["a", "b"]
    assert names(more) == ["a", "b", "c"]
    found = more.find("Pod", "b", "default")
    assert found is not None and found.get("metadata.labels.x") == "2"
    less = more.without(found, ObjectRef("Pod", "a", namespace="default"), ObjectRef("Pod", "zzz"))
    assert names(less) == ["c"]
    assert len(more) == 3
    assert cluster.find("Pod", "zzz", "default") is None
    with pytest.raises(TypeError):
        cluster.without("a")  # type: ignore[arg-type]


def test_dicts_come_out_as_they_went_in() -> None:
    given: list[dict[str, Any]] = [pod("a", labels={"x": "1"}), pod("b")]
    assert Cluster(given).to_dicts() == given


def test_duplicates() -> None:
    one, other = pod("a"), pod("a", labels={"x": "1"})
    with pytest.raises(LoadError) as caught:
        Cluster(one, other)
    assert caught.value.code == "cluster/duplicate-object"
    cluster = Cluster(one, other, on_duplicate="last")
    assert [thing.get("metadata.labels") for thing in cluster] == [{"x": "1"}]
    assert isinstance(cluster.notes[0], Finding)


def test_namespaces() -> None:
    cluster = Cluster(pod("a"), default_namespace="shop")
    assert cluster.default_namespace == "shop"
    assert cluster.find("Pod", "a", "shop") is not None


def test_what_cannot_be_read_is_dropped_only_on_request() -> None:
    text = "kind: [\n---\n" + TEXT
    with pytest.raises(ReadError):
        Cluster(text)
    cluster = Cluster(text, {"a": {1}}, on_invalid="drop")
    assert names(cluster) == ["a"]
    assert [finding.code for finding in cluster.findings] == ["object/unknown-type", "read/syntax"]


@pytest.mark.parametrize("given", [5, None, 1.5, object(), [5], [None], pod])
def test_what_is_no_input(given: Any) -> None:
    with pytest.raises((DecodeError, TypeError)):
        Cluster(given)


def test_an_empty_cluster_is_a_cluster() -> None:
    given: Any
    for given in ("", b"", [], "---\n# nothing\n---\n"):
        cluster = Cluster(given)
        assert len(cluster) == 0
        assert bool(cluster)
        assert not cluster.access().can(UserInfo("ann"), "get", "pods")


def test_coverage_leaves_questions_open() -> None:
    coverage = {
        "apiVersion": "kubelogic/v1alpha1",
        "kind": "Coverage",
        "coverage": [{"group": "rbac.authorization.k8s.io", "kind": "RoleBinding", "namespace": "shop", "state": "absent"}],
    }
    ann = UserInfo("ann")
    for cluster in (Cluster([], coverage=coverage), Cluster(coverage), Cluster(json.dumps(coverage))):
        access = cluster.access()
        assert access.can(ann, "get", "pods", namespace="bank") is False
        with pytest.raises(Undecided) as caught:
            access.can(ann, "get", "pods", namespace="shop")
        assert caught.value.code == "coverage/too-thin"
        answer = access.explain_can(ann, "get", "pods", namespace="shop")
        assert answer.result.undecided is not None
        assert "undecided" in repr(answer)
