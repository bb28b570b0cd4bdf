"""Values that objects hold as text, names and metadata: what Kubernetes takes them for, and what it says to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import _native
from ._native import (
    Duration,
    FieldSelector,
    IntOrPercent,
    LabelSelector,
    MicroTime,
    Quantity,
    Requirement,
    Time,
)
from ._questions import answered

if TYPE_CHECKING:
    from ._inputs import ClientObject
    from .answers import ObjectMetaResult

__all__ = [
    "Duration",
    "FieldSelector",
    "IntOrPercent",
    "LabelSelector",
    "MicroTime",
    "Quantity",
    "Requirement",
    "Time",
    "address_warnings",
    "format_selector",
    "generate_name",
    "metadata_errors",
    "name_problems",
    "name_rule",
    "selector_errors",
    "stop_signal_problem",
]


def name_problems(
    name: str,
    *,
    rule: str | None = None,
    kind: str = "",
    group: str = "",
    prefix: bool = False,
    signer_name: str | None = None,
    kube_version: str | None = None,
) -> tuple[str, ...]:
    """What is wrong with a name, in the words of the API server; nothing for one that is right.

    >>> from kubelogic.meta import name_problems
    >>> name_problems("8080", rule="port-name")
    ('must contain at least one letter (a-z)',)
    >>> name_problems("web", kind="Service")
    ()

    :param rule: such as ``dns-label``, ``label-key`` or ``port-name``; that of the kind unless given
    :param kind: the kind of the object that has the name, with the API group in ``group``
    :param prefix: whether the name is a beginning that the API server completes, like ``generateName``
    :param signer_name: the signer of a ClusterTrustBundle; the one that the name says unless given
    :raises QueryError: for a rule that there is not, with what was perhaps meant
    """
    given: dict[str, Any] = {"names": [name], "prefix": prefix, "kubeVersion": kube_version}
    if rule is None and kind:
        answer = answered("meta.kind-names", kind=kind, group=group, signerName=signer_name, **given)
    else:
        answer = answered("meta.names", rule=rule, **given)
    problems: tuple[str, ...] = answer.result.problems[0]
    return problems


def address_warnings(
    address: str, field: str, *, cidr: bool = False, kube_version: str | None = None
) -> tuple[str, ...]:
    """What the API server remarks on an address that is not in canonical form.

    >>> from kubelogic.meta import address_warnings
    >>> address_warnings("FD00::1", "spec.clusterIP")
    ('spec.clusterIP: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',)

    :param field: the field that the remarks name
    :param cidr: whether it is a block of addresses, such as ``10.0.0.0/8``
    :raises QueryError: before Kubernetes 1.33, which has no such remarks
    """
    answer = answered("meta.address-warnings", field=field, texts=[address], cidr=cidr, kubeVersion=kube_version)
    warnings: tuple[str, ...] = answer.result.warnings[0]
    return warnings


def stop_signal_problem(signal: str, os: str | None = None, *, kube_version: str | None = None) -> str | None:
    """What is wrong with ``lifecycle.stopSignal`` of a container, or ``None``.

    >>> from kubelogic.meta import stop_signal_problem
    >>> stop_signal_problem("SIGHUP", "windows")
    'Unsupported value: "SIGHUP": supported values: "SIGKILL", "SIGTERM"'

    :param os: ``spec.os.name`` of the pod
    :raises QueryError: before Kubernetes 1.33, which does not have the field
    """
    answer = answered("meta.stop-signals", signals=[signal], os=os, kubeVersion=kube_version)
    problem: str | None = answer.result.problems[0]
    return problem


def name_rule(kind: str, *, group: str = "", kube_version: str | None = None) -> str:
    """The rule for the names of a kind.

    >>> from kubelogic.meta import name_rule
    >>> name_rule("Service", kube_version="1.33"), name_rule("Service")
    ('dns-1035-label', 'dns-label')
    """
    answer = answered("meta.names", names=[], kind=kind, group=group, kubeVersion=kube_version)
    rule: str = answer.result.rule
    return rule


def generate_name(base: str, *, seed: int = 0) -> str:
    """A name that the API server could make of ``generateName``: at most 58 bytes of it and five random letters.

    >>> from kubelogic.meta import generate_name
    >>> name = generate_name("web-")
    >>> name.startswith("web-"), len(name), name == generate_name("web-")
    (True, 9, True)

    :param seed: the same seed makes the same name
    """
    name: str = answered("meta.generate-names", bases=[base], seed=seed).result.names[0]
    return name


def metadata_errors(
    metadata: Mapping[str, Any] | ClientObject,
    *,
    namespaced: bool,
    kind: str = "",
    group: str = "",
    old: Mapping[str, Any] | ClientObject | None = None,
    rule: str | None = None,
    standard_finalizers: bool = False,
    kube_version: str | None = None,
) -> ObjectMetaResult:
    """What the API server refuses about the ``metadata`` of an object: ``errors``, each with its field, in its order.

    >>> from kubelogic.meta import metadata_errors
    >>> found = metadata_errors({"name": "Web", "namespace": "shop"}, namespaced=True, kind="Pod")
    >>> found.errors[0].field, found.errors[0].reason
    ('metadata.name', 'FieldValueInvalid')

    :param namespaced: whether objects of the kind are in a namespace
    :param old: the metadata that was there, when the object is changed
    :param rule: for the name, as in :func:`name_problems`; that of the kind unless given
    :param standard_finalizers: whether a finalizer without a prefix must be one that Kubernetes knows, as for all
        kinds that are built in
    """
    item = {"metadata": _plain(metadata)} if old is None else {"metadata": _plain(metadata), "old": _plain(old)}
    answer = answered(
        "meta.object-meta",
        objects=[item],
        group=group,
        kind=kind,
        namespaced=namespaced,
        rule=rule,
        standardFinalizers=standard_finalizers,
        kubeVersion=kube_version,
    )
    result: ObjectMetaResult = answer.result.objects[0]
    return result


def selector_errors(
    selector: Mapping[str, Any] | ClientObject, *, kube_version: str | None = None
) -> tuple[str, ...]:
    """What the API server refuses about a label selector of an object, in its words and order.

    >>> from kubelogic.meta import selector_errors
    >>> selector_errors({"matchExpressions": [{"key": "app", "operator": "In"}]})
    ("selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",)
    """
    errors: tuple[str, ...] = _selector(selector, kube_version).errors
    return errors


def format_selector(
    selector: Mapping[str, Any] | ClientObject | None, *, kube_version: str | None = None
) -> str:
    """A label selector as kubectl prints it: ``<none>`` when it is empty, ``<error>`` when it cannot be used.

    >>> from kubelogic.meta import format_selector
    >>> format_selector({"matchLabels": {"app": "shop"}}), format_selector({})
    ('app=shop', '<none>')
    """
    formatted: str = _selector({} if selector is None else selector, kube_version).formatted
    return formatted


def _selector(selector: Any, kube_version: str | None) -> Any:
    answer = answered("meta.label-selectors", selectors=[_plain(selector)], kubeVersion=kube_version)
    return answer.result.selectors[0]


def _plain(given: Any) -> dict[str, Any]:
    """A dict or an object of a client library, with the names of Kubernetes."""
    return _native.Object(given, source="metadata").to_dict()
