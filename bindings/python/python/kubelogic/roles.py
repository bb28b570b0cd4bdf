"""Questions about roles and bindings that need no user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from ._inputs import ClientObject
from ._questions import answered, plain_items
from .answers import AggregateResult, Answer, CompactResult, CoversResult, ReconcileBootstrapResult, Rule
from .cluster import Cluster

__all__ = ["AnyRule", "aggregate_roles", "compact_rules", "reconcile_bootstrap", "rules_cover"]

#: A rule of a role: a dict, a piece of an answer, or an object of a client library.
AnyRule: TypeAlias = "Rule | Mapping[str, Any] | ClientObject"


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


def reconcile_bootstrap(
    cluster: Cluster, *, stored: bool = False, kube_version: str | None = None
) -> Answer[ReconcileBootstrapResult]:
    """The default roles and bindings among those given that an API server changes when it starts, as it leaves them."""
    return answered("access.reconcile-bootstrap", cluster, stored=stored, kubeVersion=kube_version)


def rules_cover(
    owner: Iterable[AnyRule], servant: Iterable[AnyRule], *, kube_version: str | None = None
) -> Answer[CoversResult]:
    """Whether some rules allow everything that others allow, as the API server decides it before a role is written.

    >>> from kubelogic import rules_cover
    >>> pods = {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}
    >>> found = rules_cover([pods], [pods | {"verbs": ["get", "delete"]}]).result
    >>> found.covered, found.texts
    (False, ('{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}',))
    """
    return answered(
        "access.covers", owner=plain_items(owner), servant=plain_items(servant), kubeVersion=kube_version
    )


def compact_rules(rules: Iterable[AnyRule], *, kube_version: str | None = None) -> Answer[CompactResult]:
    """Rules with those merged that differ only in their verbs, as the API server and as kubectl do it."""
    return answered("access.compact", rules=plain_items(rules), kubeVersion=kube_version)
