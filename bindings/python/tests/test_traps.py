"""Input that looks right and means something else. Read leniently, most of it would turn a no into a yes.

Each is an error that names the field and says what was meant, and none is an answer.
"""

from __future__ import annotations

import datetime
from typing import Any

import kubernetes
import pytest
import yaml
from kubelogic import Access, Cluster, UserInfo
from kubelogic.errors import DecodeError, KubeError, LoadError, ReadError

GROUP = "rbac.authorization.k8s.io"
ANN = UserInfo.exact("ann", ["dev"])


def role(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": f"{GROUP}/v1", "kind": "Role", "metadata": {"name": "r", "namespace": "shop"}, **fields}


def binding(**fields: Any) -> dict[str, Any]:
    return {
        "apiVersion": f"{GROUP}/v1",
        "kind": "RoleBinding",
        "metadata": {"name": "b", "namespace": "shop"},
        "roleRef": {"apiGroup": GROUP, "kind": "Role", "name": "r"},
        "subjects": [{"apiGroup": GROUP, "kind": "User", "name": "ann"}],
        **fields,
    }


RULE = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}


def access(*inputs: Any, **settings: Any) -> Access:
    return Cluster(*inputs, **settings).access()


def can_get_pods(*inputs: Any, **settings: Any) -> bool:
    return access(*inputs, **settings).can(ANN, "get", "pods", namespace="shop")


def test_the_right_spelling_is_an_answer() -> None:
    assert can_get_pods(role(rules=[RULE]), binding())


@pytest.mark.parametrize(
    ("given", "path", "meant"),
    [
        (role(rules=[{"api_groups": [""], "resources": ["pods"], "verbs": ["get"]}]), "rules[0].api_groups", "apiGroups"),
        (role(rules=[{**RULE, "resource_names": ["a"]}]), "rules[0].resource_names", "resourceNames"),
        (role(rules=[{"verbs": ["get"], "non_resource_urls": ["/x"]}]), "rules[0].non_resource_urls", "nonResourceURLs"),
        (role(rules=[{"verbs": ["get"], "nonResourceUrls": ["/x"]}]), "rules[0].nonResourceUrls", "nonResourceURLs"),
        (role(rules=[{**RULE, "verb": ["get"]}]), "rules[0].verb", "verbs"),
        (role(Rules=[RULE]), "Rules", "rules"),
        (binding(role_ref={"kind": "Role", "name": "r"}), "role_ref", "roleRef"),
        (binding(subject=[]), "subject", "subjects"),
        (binding(subjects=[{"api_group": GROUP, "kind": "User", "name": "ann"}]), "subjects[0].api_group", "apiGroup"),
        (binding(_subjects=[]), "_subjects", "subjects"),
    ],
)
def test_names_of_pythons_taste_are_errors(given: Any, path: str, meant: str) -> None:
    with pytest.raises(DecodeError, match=f"unknown field `.*`, did you mean `{meant}`") as caught:
        access(given)
    assert (caught.value.code, caught.value.path) == ("decode/unknown-field", path)


def test_unknown_fields_may_be_warnings_or_nothing() -> None:
    given = [role(rules=[{**RULE, "resource_names": ["a"]}]), binding()]
    warned = access(given, field_validation="warn")
    codes = [warning.code for warning in warned.explain_can(ANN, "get", "pods", namespace="shop").warnings]
    assert codes == ["decode/unknown-field"]
    ignored = access(given, field_validation="ignore").explain_can(ANN, "get", "pods", namespace="shop")
    assert ignored.result.allowed and ignored.warnings == ()


def test_to_dict_of_the_kubernetes_client() -> None:
    """It gives Python's names and a ``None`` for all that is absent."""
    client = kubernetes.client
    model = client.V1Role(
        api_version=f"{GROUP}/v1",
        kind="Role",
        metadata=client.V1ObjectMeta(name="r", namespace="shop"),
        rules=[client.V1PolicyRule(api_groups=[""], resources=["pods"], verbs=["get"])],
    )
    with pytest.raises(ReadError, match="`apiVersion`|`kind`") as caught:
        access(model.to_dict())
    assert caught.value.code == "read/missing-kind"
    # Even when somebody repaired the outer names.
    halfway = {**model.to_dict(), "apiVersion": f"{GROUP}/v1"}
    del halfway["api_version"]
    with pytest.raises(KubeError) as refused:
        access(halfway)
    assert {problem.location and problem.location.path for problem in refused.value.problems} >= {"rules[0].api_groups"}
    # The model itself is right, and so is what the client sends.
    sends: Any = client.ApiClient.sanitize_for_serialization
    sent = sends(object.__new__(client.ApiClient), model)
    assert can_get_pods(model, binding()) and can_get_pods(sent, binding())


def test_to_dict_with_wire_names_keeps_none_and_dates() -> None:
    client = kubernetes.client
    when = datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc)
    model = client.V1Role(
        api_version=f"{GROUP}/v1",
        kind="Role",
        metadata=client.V1ObjectMeta(name="r", namespace="shop", creation_timestamp=when),
        rules=[client.V1PolicyRule(api_groups=[""], resources=["pods"], verbs=["get"])],
    )
    assert model.to_dict(serialize=True)["rules"][0]["resourceNames"] is None
    assert can_get_pods(model.to_dict(serialize=True), binding())
    (thing,) = Cluster(model.to_dict(serialize=True))
    assert thing.get("metadata.creationTimestamp") == "2024-01-02T00:00:00+00:00"


def test_null_is_absent_and_empty_is_empty() -> None:
    nothing: dict[str, Any]
    for nothing in ({}, {"rules": None}, {"rules": []}):
        assert not can_get_pods(role(**nothing), binding())
    for nothing in ({"subjects": None}, {"subjects": []}):
        assert not can_get_pods(role(rules=[RULE]), binding(**nothing))
    # No name restricts nothing, whichever way it is written.
    for nothing in ({}, {"resourceNames": None}, {"resourceNames": []}):
        assert can_get_pods(role(rules=[{**RULE, **nothing}]), binding())


@pytest.mark.parametrize(
    ("given", "path"),
    [
        (role(rules=RULE), "rules"),
        (role(rules=[{**RULE, "verbs": "get"}]), "rules[0].verbs"),
        (role(rules=[{**RULE, "verbs": [True]}]), "rules[0].verbs[0]"),
        (role(rules=[{**RULE, "verbs": [1]}]), "rules[0].verbs[0]"),
        (binding(subjects={"kind": "User", "name": "ann"}), "subjects"),
        (binding(roleRef="r"), "roleRef"),
    ],
)
def test_another_type_is_an_error(given: Any, path: str) -> None:
    with pytest.raises(DecodeError) as caught:
        access(given)
    assert (caught.value.code, caught.value.path) == ("decode/wrong-kind", path)


def test_what_pyyaml_makes_of_a_manifest() -> None:
    """PyYAML reads dates as dates and some words as booleans. Kubernetes does neither to keys."""
    text = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a, annotations: {since: 2024-01-02, at: 2024-01-02T03:04:05Z}}
    """
    (thing,) = Cluster(yaml.safe_load(text))
    assert thing.get("metadata.annotations") == {"since": "2024-01-02", "at": "2024-01-02T03:04:05+00:00"}
    with pytest.raises(DecodeError) as caught:
        Cluster(yaml.safe_load("apiVersion: v1\nkind: ConfigMap\ndata: {on: x}"))
    assert (caught.value.code, caught.value.path) == ("object/key-not-text", "data")
    # The text itself is read as Kubernetes reads it.
    (thing,) = Cluster("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {on: x}")
    assert thing.get("data") == {"true": "x"}


def test_an_alias_is_no_cycle() -> None:
    rules = [RULE, RULE]
    assert can_get_pods([role(rules=rules), {**role(rules=rules), "metadata": {"name": "q"}}], binding())


def test_items_of_a_list_have_its_type() -> None:
    """A client library leaves ``kind`` and ``apiVersion`` of a list's items empty, as the API server does."""
    client = kubernetes.client
    items = [
        client.V1Role(
            metadata=client.V1ObjectMeta(name="r", namespace="shop"),
            rules=[client.V1PolicyRule(api_groups=[""], resources=["pods"], verbs=["get"])],
        )
    ]
    listed = client.V1RoleList(api_version=f"{GROUP}/v1", kind="RoleList", items=items)
    assert can_get_pods(listed, binding())
    with pytest.raises(ReadError, match="`kind` is missing"):
        access(listed.items)


def test_what_the_api_server_would_refuse() -> None:
    bad = role(rules=[{**RULE, "verbs": []}])
    with pytest.raises(LoadError) as caught:
        access(bad, binding())
    assert caught.value.code == "rbac/invalid-object"
    assert not can_get_pods(bad, binding(), on_invalid="drop")


def test_a_missing_role_is_a_warning() -> None:
    answer = access(binding()).explain_can(ANN, "get", "pods", namespace="shop")
    assert not answer.result.allowed
    assert any("r" in warning.message for warning in answer.warnings)
    assert answer.result.reason == 'RBAC: role.rbac.authorization.k8s.io "r" not found'
