"""The question catalogue: every question and its answer as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import _native

if TYPE_CHECKING:
    from .cluster import Cluster

__all__ = ["ask", "schema"]


def ask(question: Mapping[str, Any] | str, cluster: Cluster | None = None) -> dict[str, Any]:
    """Asks a question of the catalogue, such as ``{"ask": "access.can", ...}``, as a dict or as JSON text.

    The answer is a dict: ``{"answer": ...}`` or ``{"error": {"code": ..., "message": ...}}``, with the ``id`` of the
    question if it has one. A question that brings no ``objects`` or ``manifests`` is about ``cluster``.
    """
    text = question if isinstance(question, str) else json.dumps(question, default=_plain)
    answer: dict[str, Any] = json.loads(_native.ask(text, None if cluster is None else cluster._handle))
    return answer


def schema() -> dict[str, Any]:
    """The JSON Schema of every question and answer."""
    found: dict[str, Any] = json.loads(_native.schema())
    return found


def _plain(value: Any) -> Any:
    """Client objects in ``objects``."""
    return dict(value) if isinstance(value, Mapping) else _native.Object(value).to_dict()
