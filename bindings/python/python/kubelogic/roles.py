"""Questions about roles and bindings that need no user."""

from __future__ import annotations

from typing import Literal

from ._questions import answered
from .answers import AggregateResult, Answer
from .cluster import Cluster

__all__ = ["aggregate_roles"]


def aggregate_roles(
    cluster: Cluster,
    *,
    bootstrap: Literal["auto", "always", "never"] = "auto",
    aggregate: bool = True,
    stored: bool = False,
    kube_version: str | None = None,
) -> Answer[AggregateResult]:
    """The rules of each ClusterRole once the controller that aggregates them has nothing left to do.

    >>> from kubelogic import Cluster, aggregate_roles
    >>> meta = {"name": "widgets", "labels": {"rbac.authorization.k8s.io/aggregate-to-view": "true"}}
    >>> rule = {"apiGroups": ["example.com"], "resources": ["widgets"], "verbs": ["get"]}
    >>> role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": meta, "rules": [rule]}
    >>> roles = {role.name: role for role in aggregate_roles(Cluster(role)).result.cluster_roles}
    >>> [rule.resources for rule in roles["view"].rules if rule.api_groups == ("example.com",)]
    [('widgets',)]

    :param bootstrap: as for :meth:`~kubelogic.Cluster.access`
    :param aggregate: with ``False``, the rules that each role has of its own
    :param stored: as for :meth:`~kubelogic.Cluster.access`
    """
    return answered(
        "access.aggregate",
        cluster,
        bootstrap=bootstrap,
        aggregate=aggregate,
        stored=stored,
        kubeVersion=kube_version,
    )
