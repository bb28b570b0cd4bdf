"""What manifests stand for and whether they say what they should: workloads, kinds, fields, versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Literal

from ._inputs import Input
from ._questions import answered, one_object
from .answers import Answer, ConvertResult, ExpandResult, Explained, LifecycleResult, StrictResult, TypesOfResult

__all__ = ["convert", "expand", "explain", "lifecycle", "strict", "types_of"]


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


def convert(
    object: Input,
    to: str | None = None,
    *,
    write_defaults: bool = False,
    kube_version: str | None = None,
) -> Answer[ConvertResult]:
    """An object in another version of its kind; ``answer.result.lossless`` says whether it means the same.

    :param to: the version, such as ``apps/v1``; unless given, the best one that is served by default
    :param write_defaults: write what the old version defaults and the new one defaults differently or requires
    :raises QueryError: when there is no such conversion, with what to use instead
    """
    return answered(
        "convert.object",
        object=one_object(object),
        to=to,
        writeDefaults=write_defaults,
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


def explain(
    resource: str,
    path: str = "",
    *,
    api_version: str | None = None,
    recursive: bool = False,
    kube_version: str | None = None,
) -> Answer[Explained]:
    """A kind, or a field of it, with what is below it: types, required fields, values, list types, since and until.

    :param resource: as ``kubectl explain`` takes it: ``deploy``, ``pods.spec.volumes``, ``KubeletConfiguration``
    :param path: the field, such as ``spec.template``; it may also stand in ``resource``
    :param api_version: only in this version of a group, such as ``apps/v1``
    :param recursive: fields below fields, down to scalars
    :raises QueryError: for a kind or field that this version does not have, with what was perhaps meant
    """
    return answered(
        "schema.explain",
        resource=resource,
        path=path,
        apiVersion=api_version,
        recursive=recursive,
        kubeVersion=kube_version,
    )


def strict(
    text: str,
    *,
    field_validation: Literal["strict", "warn", "ignore"] = "strict",
    kube_version: str | None = None,
) -> Answer[StrictResult]:
    """What the API server's strict decoder says about one object: its own texts, and findings with places.

    :param text: one object, as JSON or YAML
    :param field_validation: whether unknown and duplicate fields are errors, warnings, or nothing
    """
    return answered("schema.strict", text=text, fieldValidation=field_validation, kubeVersion=kube_version)


def types_of(api_version: str, kind: str, *, kube_version: str | None = None) -> Answer[TypesOfResult]:
    """The types that a kind is made of, each with its fields in the order in which Go writes them.

    >>> from kubelogic import types_of
    >>> types = {one.name: one for one in types_of("apps/v1", "Deployment").result.types}
    >>> [field.name for field in types["RollingUpdateDeployment"].fields]
    ['maxUnavailable', 'maxSurge']

    :param api_version: the version of the kind's group, such as ``apps/v1``
    :raises QueryError: for a kind that this version does not have, with what was perhaps meant
    """
    return answered("types.of", apiVersion=api_version, kind=kind, kubeVersion=kube_version)
