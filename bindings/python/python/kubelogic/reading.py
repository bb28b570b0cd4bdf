"""Reading manifests as kubectl reads them, without making a cluster of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import _native
from ._inputs import Inputs, parts
from .answers import Finding

__all__ = ["Reading", "read", "read_documents", "read_yaml"]


@dataclass(frozen=True)
class Reading:
    """What inputs held, each in the order of the input."""

    #: The objects; lists are replaced by their items.
    objects: tuple[_native.Object, ...]
    #: What could not be read.
    errors: tuple[Finding, ...]
    #: What was read, and yet is probably not what was meant.
    findings: tuple[Finding, ...]


def read(*inputs: Inputs, source: str | None = None, kube_version: str | None = None) -> Reading:
    """Reads the objects of inputs, which are those of :class:`~kubelogic.Cluster`.

    It raises nothing for what cannot be read: that is in ``errors``, and the objects beside it are read.
    """
    objects, errors, findings = _native.read_parts(parts(inputs, source), kube_version)
    return Reading(tuple(objects), tuple(errors), tuple(findings))


def read_yaml(text: str | bytes, *, source: str = "text") -> Any:
    """The first document of a text as dicts, lists, text and numbers: YAML as Kubernetes understands it."""
    return _native.read_value(_bytes(text), source)


def read_documents(text: str | bytes, *, source: str = "text", kube_version: str | None = None) -> Iterator[Any]:
    """Every document of a text that is not empty, cut as kubectl cuts it.

    When a document cannot be read, those before it come first, and then the error is raised.
    """
    documents, error = _native.read_values(_bytes(text), source, kube_version)
    yield from documents
    if error is not None:
        raise error


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
