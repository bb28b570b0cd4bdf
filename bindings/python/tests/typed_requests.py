"""Recorded cases about requests, reviews, impersonation, and writes of roles, answered by the typed calls.

Each function gives what the catalogue would give as the result, as far as cases look at it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kubelogic
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


def check_write(case: Case) -> Any:
    return access(case).check_write(user(case["user"]), case["operation"], case["object"])


def reconcile(case: Case) -> Any:
    return access(case).reconcile(
        case["desired"],
        remove_extra_permissions=case.get("removeExtraPermissions", False),
        remove_extra_subjects=case.get("removeExtraSubjects", False),
    )


def reconcile_bootstrap(case: Case) -> Any:
    return kubelogic.reconcile_bootstrap(Cluster(case["objects"], kube_version=case["kubeVersion"]), stored=case["stored"])


def rules_review(case: Case) -> Any:
    authorizers = case.get("authorizers", ["rbac"])
    return access(case).rules_review(user(case["user"]), case["namespace"], authorizers=authorizers)


def list_access(case: Case) -> Any:
    return access(case).list_access(
        user(case["user"]),
        case["namespace"],
        no_headers=case.get("noHeaders", False),
        authorizers=case.get("authorizers", ["rbac"]),
    )


def covers(case: Case) -> Any:
    return kubelogic.rules_cover(case["owner"], case["servant"], kube_version=case["kubeVersion"])


def compact(case: Case) -> Any:
    return kubelogic.compact_rules(case["rules"], kube_version=case["kubeVersion"])


def result(call: Callable[[Case], Any]) -> Callable[[Case], Any]:
    return lambda case: call(case).result.to_dict()


#: By the name of the question.
TYPED: dict[str, Callable[[Case], Any]] = {
    "access.check-write": result(check_write),
    "access.compact": result(compact),
    "access.covers": result(covers),
    "access.list": result(list_access),
    "access.reconcile": result(reconcile),
    "access.reconcile-bootstrap": result(reconcile_bootstrap),
    "access.rules-review": result(rules_review),
    "impersonation.check": result(impersonate),
    "request.attributes": result(attributes),
    "request.forbidden": result(forbidden),
    "request.kubelet": result(kubelet),
    "review.access": result(review),
}
