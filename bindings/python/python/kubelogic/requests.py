"""HTTP requests as an authorizer sees them. Who may send them is asked of :class:`~kubelogic.Access`."""

from __future__ import annotations

from collections.abc import Mapping

from ._native import UserInfo
from ._questions import answered, user_fields
from .access import AnyRequest
from .answers import Answer, ForbiddenResult, KubeletRequestResult, RequestAttributesResult

__all__ = ["forbidden", "kubelet_attributes", "request_attributes"]


def request_attributes(
    request: str, *, feature_gates: Mapping[str, bool] | None = None, kube_version: str | None = None
) -> Answer[RequestAttributesResult]:
    """What the API server asks its authorizer about an HTTP request.

    >>> from kubelogic.requests import request_attributes
    >>> asked = request_attributes("GET /api/v1/namespaces/shop/pods/web/log?follow=true").result
    >>> asked.attributes.verb, asked.attributes.resource, asked.attributes.subresource, asked.long_running
    ('get', 'pods', 'log', True)

    :param request: method and URL
    :param feature_gates: those that are not as the version has them by default
    """
    return answered("request.attributes", request=request, featureGates=feature_gates, kubeVersion=kube_version)


def kubelet_attributes(
    node: str,
    request: str,
    *,
    feature_gates: Mapping[str, bool] | None = None,
    kube_version: str | None = None,
) -> Answer[KubeletRequestResult]:
    """What the kubelet of a node asks its authorizer about an HTTP request: the first check that is allowed is enough.

    >>> from kubelogic.requests import kubelet_attributes
    >>> [check.subresource for check in kubelet_attributes("node-1", "GET /metrics").result.checks]
    ['metrics']
    """
    return answered(
        "request.kubelet", node=node, request=request, featureGates=feature_gates, kubeVersion=kube_version
    )


def forbidden(
    user: UserInfo, request: AnyRequest, *, reason: str = "", kube_version: str | None = None
) -> Answer[ForbiddenResult]:
    """What a client reads whose request is refused: ``answer.result.status``.

    >>> from kubelogic import Request, UserInfo
    >>> from kubelogic.requests import forbidden
    >>> forbidden(UserInfo("ann"), Request("get", "pods", namespace="shop")).result.status.message
    'pods is forbidden: User "ann" cannot get resource "pods" in API group "" in the namespace "shop"'

    :param reason: what the authorizer said; often nothing
    """
    return answered(
        "request.forbidden", user=user_fields(user), request=request._asdict(), reason=reason, kubeVersion=kube_version
    )
