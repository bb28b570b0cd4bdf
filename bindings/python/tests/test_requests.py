"""Requests, reviews and impersonation."""

from __future__ import annotations

from pathlib import Path

import pytest
from kubelogic import Access, Cluster, PathRequest, Request, UserInfo, requests
from kubelogic.errors import KubeError

CI = UserInfo.impersonated("system:serviceaccount:shop:ci")
BO = UserInfo.impersonated("bo")
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


def test_wrong_questions_are_errors(access: Access) -> None:
    for wrong in ("GET", "GET /%zz", ""):
        with pytest.raises(KubeError) as raised:
            access.http_request(CI, wrong)
        assert raised.value.code == "request/invalid-url"
    with pytest.raises(KubeError, match="featre"):
        access.http_request(CI, "GET /api", feature_gates={"featre": True})
    with pytest.raises(TypeError):
        access.http_request("ann", "GET /api")  # type: ignore[arg-type]
