"""What manifests stand for: pods of workloads, API types and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from ._inputs import Input
from ._questions import answered, one_object
from .answers import Answer, ExpandResult, LifecycleResult

__all__ = ["expand", "lifecycle"]


def expand(
    workload: Input,
    *,
    hash: str | None = None,
    nodes: Sequence[str] = (),
    at: datetime | str | None = None,
    max_pods: int | None = None,
    kube_version: str | None = None,
) -> Answer[ExpandResult]:
    """The pods that a workload stands for, as its controller makes them at first.

    :param workload: a Deployment, ReplicaSet, ReplicationController, StatefulSet, DaemonSet, Job, CronJob or Pod
    :param hash: of the pod template in names and labels; made up unless given
    :param nodes: the nodes on which a DaemonSet runs
    :param at: when a CronJob starts its job: a datetime (without a zone it is in UTC) or RFC 3339
    :param max_pods: more pods than this are an error; 10,000 unless given
    :raises QueryError: for an object that is no workload, or has a field of a wrong type that matters here
    """
    if isinstance(at, datetime):
        at = (at if at.tzinfo is not None else at.replace(tzinfo=timezone.utc)).isoformat()
    return answered(
        "workload.expand",
        object=one_object(workload),
        hash=hash,
        nodes=list(nodes),
        at=at,
        maxPods=max_pods,
        kubeVersion=kube_version,
    )


def lifecycle(
    api_version: str | None = None,
    kind: str | None = None,
    *,
    removed_in: str | None = None,
    only_present: bool = False,
    kube_version: str | None = None,
) -> Answer[LifecycleResult]:
    """When API types were introduced, deprecated and removed, and what replaces them.

    :param api_version: only types of this version of a group, such as ``apps/v1beta1``
    :param kind: only types of this name, such as ``Ingress``
    :param removed_in: only types that this release removes, such as ``1.25``
    :param only_present: nothing about types that upstream has deleted
    """
    return answered(
        "schema.lifecycle",
        apiVersion=api_version,
        kind=kind,
        removedIn=removed_in,
        onlyPresent=only_present,
        kubeVersion=kube_version,
    )
