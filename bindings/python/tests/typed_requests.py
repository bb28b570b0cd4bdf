"""Recorded cases about requests, reviews and impersonation, answered by the typed calls.

Each function gives what the catalogue would give as the result, as far as cases look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kubelogic import Access, Cluster, PathRequest, Request, UserInfo, requests

Case = dict[str, Any]


def access(case: Case) -> Access:
    cluster = Cluster(case["objects"], kube_version=case["kubeVersion"])
    bootstrap = case.get("bootstrap", "auto")
    return cluster.access(bootstrap, aggregate=case.get("aggregate", True), stored=case.get("stored", False))


def user(given: Case | None) -> UserInfo:
    fields = given or {}
    name, groups = fields.get("name", ""), fields.get("groups") or []
    return UserInfo(name, groups, uid=fields.get("uid", ""), extra=fields.get("extra"))


def attributes(case: Case) -> Any:
    gates, version = case.get("featureGates"), case["kubeVersion"]
    if "user" in case:
        return access(case).http_request(user(case["user"]), case["request"], feature_gates=gates)
    return requests.request_attributes(case["request"], feature_gates=gates, kube_version=version)


def kubelet(case: Case) -> Any:
    gates, version = case.get("featureGates"), case["kubeVersion"]
    if "user" in case:
        return access(case).kubelet_request(user(case["user"]), case["node"], case["request"], feature_gates=gates)
    return requests.kubelet_attributes(case["node"], case["request"], feature_gates=gates, kube_version=version)


def forbidden(case: Case) -> Any:
    asked = case["request"]
    request = PathRequest(**asked) if "path" in asked else Request(**asked)
    return requests.forbidden(user(case["user"]), request, reason=case["reason"], kube_version=case["kubeVersion"])


def review(case: Case) -> Any:
    return access(case).review(
        case["review"],
        user=user(case.get("user")),
        namespace=case.get("namespace", ""),
        field_validation=case.get("fieldValidation"),
        feature_gates=case.get("featureGates"),
    )


def impersonate(case: Case) -> Any:
    headers = [(header["name"], header["value"]) for header in case["headers"]]
    last, gates = case.get("lastMode"), case.get("featureGates")
    return access(case).impersonate(user(case["user"]), headers, case["request"], last_mode=last, feature_gates=gates)


def result(call: Callable[[Case], Any]) -> Callable[[Case], Any]:
    return lambda case: call(case).result.to_dict()


#: By the name of the question.
TYPED: dict[str, Callable[[Case], Any]] = {
    "impersonation.check": result(impersonate),
    "request.attributes": result(attributes),
    "request.forbidden": result(forbidden),
    "request.kubelet": result(kubelet),
    "review.access": result(review),
}
