"""Requests, reviews, impersonation, and writes of roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kubelogic import Access, Cluster, PathRequest, Request, UserInfo, compact_rules, reconcile_bootstrap, requests, rules_cover
from kubelogic.errors import KubeError
from kubernetes.client import V1PolicyRule

CI = UserInfo.impersonated("system:serviceaccount:shop:ci")
BO = UserInfo.impersonated("bo")
RULE = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}
ROLE = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {"name": "readers", "namespace": "shop"},
    "rules": [RULE],
}
REVIEW = {
    "apiVersion": "authorization.k8s.io/v1",
    "kind": "SubjectAccessReview",
    "spec": {"user": "bo", "resourceAttributes": {"verb": "list", "resource": "pods", "namespace": "shop"}},
}


@pytest.fixture(scope="module")
def access(root: Path) -> Access:
    return Cluster.from_path(root / "examples/shop").access()


def test_a_request_is_decided_as_the_api_server_does(access: Access) -> None:
    allowed = access.http_request(CI, "GET /apis/apps/v1/namespaces/shop/deployments?watch=true").result
    assert allowed.attributes is not None and allowed.attributes.verb == "watch" and allowed.long_running
    assert [check.allowed for check in allowed.checks] == [True] and allowed.refusal is None
    refused = access.http_request(CI, "DELETE /apis/apps/v1/namespaces/shop/deployments/web").result
    assert refused.refusal is not None and refused.refusal.code == 403
    assert 'cannot delete resource "deployments" in API group "apps"' in refused.refusal.message
    assert refused.refusal.message == requests.forbidden(
        CI, Request("delete", "deployments", group="apps", name="web", namespace="shop")
    ).result.status.message
    path = requests.forbidden(UserInfo("ann"), PathRequest("get", "/metrics")).result.status
    assert path.message == 'forbidden: User "ann" cannot get path "/metrics"'


def test_a_kubelet_asks_too(access: Access) -> None:
    admin = UserInfo("admin", ["system:masters"])
    for user, allowed in ((BO, False), (admin, True)):
        found = access.kubelet_request(user, "node-1", "POST /exec/shop/web/app?command=sh").result
        assert found.allowed is allowed and (found.refusal is None) is allowed
        assert [(check.resource, check.subresource, check.name) for check in found.checks] == [("nodes", "proxy", "node-1")]
    assert requests.kubelet_attributes("n", "GET /pods", kube_version="1.37").result.allowed is None


def test_a_review_is_answered(access: Access) -> None:
    answered = access.review(REVIEW).result
    assert answered.status is not None and answered.status.allowed and "on-call" in answered.status.reason
    refused = access.review({**REVIEW, "spec": {"user": "bo"}}).result
    assert refused.status is None and refused.refusal is not None and refused.refusal.code == 422
    own = {**REVIEW, "kind": "SelfSubjectAccessReview", "spec": {"resourceAttributes": {"verb": "list", "resource": "pods"}}}
    assert access.review(own, user=BO).result.user == access.review(REVIEW | {"spec": {**REVIEW["spec"], "groups": BO.groups}}).result.user  # type: ignore[dict-item]
    with pytest.raises(KubeError):
        access.review(own)
    with pytest.raises(KubeError, match="resourceattributes"):
        access.review({**REVIEW, "spec": {"user": "bo", "resourceattributes": {}}})


def test_impersonation_is_a_question_of_its_own(access: Access) -> None:
    admin = UserInfo("admin", ["system:masters"])
    found = access.impersonate(admin, {"Impersonate-User": "bo"}, "GET /api/v1/pods").result
    assert found.allowed and found.user is not None
    assert (found.user.name, found.user.groups) == ("bo", ("system:authenticated",))
    groups = [("Impersonate-User", "bo"), ("Impersonate-Group", "a"), ("Impersonate-Group", "b")]
    several = access.impersonate(admin, groups, "GET /api/v1/pods").result
    assert several.user is not None and several.user.groups == ("a", "b", "system:authenticated")
    refused = access.impersonate(CI, {"Impersonate-User": "bo"}, "GET /api/v1/pods").result
    assert not refused.allowed and refused.refusal is not None and refused.refusal.code == 403


def test_nobody_grants_what_he_does_not_have(access: Access) -> None:
    refused = access.check_write(CI, "create", ROLE).result
    assert (refused.allowed, refused.code) == (False, 403) and "cannot create resource" in (refused.message or "")
    assert access.check_write(UserInfo("admin", ["system:masters"]), "create", ROLE).result.allowed
    found = rules_cover([RULE], [{**RULE, "verbs": ["get", "delete"]}]).result
    assert not found.covered and found.missing[0].verbs == ("delete",)
    assert rules_cover([V1PolicyRule(api_groups=["*"], resources=["*"], verbs=["*"])], found.missing).result.covered
    merged = compact_rules([RULE, {**RULE, "verbs": ["watch"]}]).result
    assert [rule.verbs for rule in merged.kubectl] == [("get", "list", "watch")]


def test_reconciling_is_a_plan(access: Access) -> None:
    found = access.reconcile(ROLE).result
    assert [plan.operation for plan in found.plans] == ["create"]
    assert found.stdout == "role.rbac.authorization.k8s.io/readers reconciled (dry run)\n"
    binding: dict[str, Any] = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "cluster-admin"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [],
    }
    changed = reconcile_bootstrap(Cluster(binding), stored=True).result.objects
    assert [one["subjects"][0]["name"] for one in changed] == ["system:masters"]


def test_rules_are_listed(access: Access) -> None:
    found = access.list_access(CI, "shop").result
    lines = found.stdout.splitlines()
    assert lines[0].split()[0] == "Resources" and any(line.startswith("deployments.apps") for line in lines)
    assert access.list_access(CI, "shop", no_headers=True).result.stdout == found.stdout.split("\n", 1)[1]
    review = access.rules_review(CI, "shop", authorizers=["rbac", "webhook"]).result
    assert review.incomplete and ("deployments",) in [rule.resources for rule in review.resource_rules]
    assert access.rules_review(CI, "").result.refusal is not None


def test_wrong_questions_are_errors(access: Access) -> None:
    for wrong in ("GET", "GET /%zz", ""):
        with pytest.raises(KubeError) as raised:
            access.http_request(CI, wrong)
        assert raised.value.code == "request/invalid-url"
    with pytest.raises(KubeError, match="featre"):
        access.http_request(CI, "GET /api", feature_gates={"featre": True})
    with pytest.raises(TypeError):
        access.http_request("ann", "GET /api")  # type: ignore[arg-type]
    with pytest.raises(KubeError):
        access.list_access(CI, "shop", authorizers=["rback"])  # type: ignore[list-item]
    with pytest.raises(KubeError):
        access.check_write(CI, "remove", ROLE)  # type: ignore[arg-type]
