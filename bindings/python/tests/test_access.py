"""May this user do that?"""

from __future__ import annotations

from pathlib import Path

import kubelogic
import pytest
from kubelogic import Access, Cluster, PathRequest, Request, UserInfo

SHOP = Path(__file__).parents[3] / "examples/shop"
CI = UserInfo.impersonated("system:serviceaccount:shop:ci")


@pytest.fixture(scope="module")
def access() -> Access:
    return Cluster.from_path(SHOP).access()


def test_yes_and_no_are_bools(access: Access) -> None:
    assert access.can(CI, "patch", "deployments", group="apps", namespace="shop") is True
    assert access.can(CI, "delete", "deployments", group="apps", namespace="shop") is False
    assert access.can(CI, "update", "configmaps", name="shop-settings", namespace="shop") is True
    assert access.can(CI, "update", "configmaps", name="other", namespace="shop") is False
    bo = UserInfo.exact("bo")
    assert access.can(bo, "get", "pods", subresource="log") is True
    assert access.can(bo, "get", "pods", subresource="exec") is False
    assert access.can_path(bo, "get", "/healthz/ready") is True
    assert access.can_path(bo, "get", "/version/x") is False


def test_only_a_user_is_a_user(access: Access) -> None:
    for wrong in ("ann", None, {"name": "ann"}):
        with pytest.raises(TypeError):
            access.can(wrong, "get", "pods")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        UserInfo("ann", "dev")
    with pytest.raises(TypeError):
        access.can(CI, "get", "pods", "apps")  # type: ignore[call-arg]


def test_impersonation_adds_groups_and_exact_adds_none() -> None:
    assert CI.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"]
    assert UserInfo.impersonated("ann", ["dev"]).groups == ["dev", "system:authenticated"]
    assert UserInfo.exact("ann", ["dev"]) == UserInfo("ann", ("dev",)) != UserInfo("ann")
    assert hash(UserInfo("ann")) == hash(UserInfo("ann"))
    match UserInfo("ann", ["dev"], uid="7", extra={"a": ["b"]}):
        case UserInfo(name, groups, uid, extra):
            assert (name, groups, uid, extra) == ("ann", ["dev"], "7", {"a": ["b"]})


def test_many_questions_with_one_call(access: Access) -> None:
    asked: list[tuple[UserInfo, Request | PathRequest]] = [
        (CI, Request("patch", "deployments", group="apps", namespace="shop")),
        (CI, Request("get", "pods")),
        (UserInfo.exact("bo"), PathRequest("get", "/metrics")),
    ]
    assert access.can_many(iter(asked)) == [True, False, True]
    assert access.can_many([]) == []
    with pytest.raises(TypeError):
        access.can_many([("ann", Request("get", "pods"))])  # type: ignore[list-item]


def test_an_explanation_names_binding_role_and_rule(access: Access) -> None:
    answer = access.explain_can(CI, "patch", "deployments", group="apps", namespace="shop")
    assert answer.result.allowed
    grant = answer.result.grants[0]
    assert (grant.binding.object.name, grant.role.object.name, grant.rule_index) == ("ci-deploys", "deployer", 0)
    assert grant.rule_location.path == "rules[0]"
    assert grant.rule_location.line is not None
    assert [evidence.part for evidence in answer.evidence] == ["binding", "subject", "role", "rule"]
    assert "RoleBinding shop/ci-deploys, rules[0] of Role shop/deployer at " in repr(answer)
    assert answer.kube_version == "1.37"
    no = access.explain_can(CI, "patch", "deployments", group="apps", namespace="payments")
    assert not no.result.allowed
    assert "allows it in namespace `shop` only" in no.result.near_misses[0].message
    assert "not allowed, nearest: " in repr(no)


def test_an_answer_is_no_yes_or_no(access: Access) -> None:
    answer = access.explain_path(CI, "get", "/healthz")
    with pytest.raises(TypeError, match="an answer is no yes or no"):
        bool(answer)
    with pytest.raises(TypeError):
        assert answer


def test_what_a_typed_answer_says_is_the_catalogue(access: Access) -> None:
    user = {"name": CI.name, "groups": CI.groups}
    for request in (
        Request("patch", "deployments", group="apps", namespace="shop"),
        Request("patch", "deployments", group="apps", namespace="payments"),
        Request("get", "pods", subresource="log"),
        PathRequest("get", "/healthz"),
    ):
        answer = access.explain_request(CI, request)
        question = {"ask": "access.explain", "user": user, "request": request._asdict()}
        assert answer.to_dict() == kubelogic.ask(question, access.cluster)["answer"]


def test_default_roles(access: Access) -> None:
    ann = UserInfo.exact("ann", ["storefront"])
    assert access.can(ann, "create", "deployments", group="apps", namespace="shop")
    assert not Cluster.from_path(SHOP).access("never").can(ann, "create", "deployments", group="apps", namespace="shop")
    assert "rbac/bootstrap" in [assumption.code for assumption in access.explain_can(ann, "get", "pods").assumptions]


def test_the_catalogue_takes_text_dicts_and_client_objects() -> None:
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "a"}, "rules": []}
    question = {"id": 7, "ask": "objects.list", "objects": [role]}
    answer = kubelogic.ask(question)
    assert answer["id"] == 7
    assert answer["answer"]["result"]["objects"][0]["name"] == "a"
    assert kubelogic.ask({"ask": "objects.lsit"})["error"]["help"] == "did you mean `objects.list`?"
    assert kubelogic.ask('{"ask": "objects.list"}')["error"]["code"] == "ask/no-objects"
    assert kubelogic.ask("no json")["error"]["code"] == "ask/bad-question"
    assert "access.can" in kubelogic.schema()["questions"]
