"""Expectations: judged by ``Cluster.expect``, stated by ``Cluster.write_expectations``."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from kubelogic import Cluster, ask
from kubelogic.errors import LoadError, QueryError

SHOP = Path(__file__).parents[3] / "examples/shop"
ACCESS = """
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
"""


def expectations(*lines: str, **fields: str) -> dict[str, object]:
    """An object of kind Expectations."""
    return {"apiVersion": "kubelogic/v1alpha1", "kind": "Expectations", "access": list(lines), **fields}


def test_the_shop_is_as_it_must_be() -> None:
    expected = Cluster.from_path(SHOP).expect().result
    assert expected.holds
    assert len(expected.lines) == 12
    assert {line.outcome for line in expected.lines} == {"holds"}
    assert expected.lines[0].expectations == "shop"


def test_a_line_that_does_not_hold_says_why() -> None:
    cluster = Cluster(ACCESS, expectations("user:ann cannot get pods in shop", "user:ann can delete pods in shop"))
    answer = cluster.expect()
    with pytest.raises(TypeError):
        bool(answer)
    first, second = answer.result.lines
    assert not answer.result.holds
    assert (first.outcome, second.outcome) == ("fails", "fails")
    assert first.finding is not None and second.finding is not None
    assert first.finding.message == "ClusterRoleBinding `viewers` allows `user:ann` to get `pods` in `shop`"
    assert [related.message for related in first.finding.related][0] == "ClusterRoleBinding `viewers` applies"
    assert second.finding.code == "expect/failed"
    assert second.finding.help is not None


def test_versions_and_default_roles_can_be_chosen() -> None:
    cluster = Cluster(ACCESS, expectations("user:ann can get pods in shop", kubeVersion="1.31"))
    assert cluster.expect().result.lines[0].kube_version == "1.31"
    assert cluster.expect(kube_version="1.36").result.lines[0].kube_version == "1.36"
    assert not cluster.expect(bootstrap="never").result.holds
    with pytest.raises(QueryError, match="not supported"):
        cluster.expect(kube_version="1.2")
    with pytest.raises(QueryError):
        cluster.expect(bootstrap="sometimes")  # type: ignore[arg-type]


def test_expectations_can_be_added_and_survive_a_pickle() -> None:
    cluster = Cluster(ACCESS).with_(expectations("user:ann can get pods in shop"))
    assert [line.outcome for line in cluster.expect().result.lines] == ["holds"]
    again = pickle.loads(pickle.dumps(cluster))
    assert [line.outcome for line in again.expect().result.lines] == ["holds"]


def test_a_cluster_without_expectations_has_no_lines() -> None:
    expected = Cluster(ACCESS).expect().result
    assert (expected.holds, expected.lines) == (True, ())


def test_what_is_written_holds() -> None:
    cluster = Cluster(ACCESS)
    written = cluster.write_expectations().result
    assert written.text.startswith("# yaml-language-server: $schema=")
    assert written.lines > 5
    assert cluster.with_(written.text).expect().result.holds


def test_roles_that_cannot_be_used_are_an_error() -> None:
    bad = ACCESS.replace("name: view}", "name: ''}")
    with pytest.raises(LoadError):
        Cluster(bad, expectations("user:ann cannot get pods in shop")).expect()
    with pytest.raises(LoadError, match="has no kind"):
        Cluster({"apiVersion": "kubelogic/v1alpha1", "kind": "Expectation"})


def test_the_catalogue_says_the_same() -> None:
    cluster = Cluster(ACCESS, expectations("user:ann can delete pods in shop"))
    assert ask({"ask": "expect.check"}, cluster)["answer"] == cluster.expect().to_dict()
    assert ask({"ask": "expect.write"}, cluster)["answer"] == cluster.write_expectations().to_dict()
