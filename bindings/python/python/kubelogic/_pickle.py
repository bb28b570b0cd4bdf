"""How native values come back from a pickle."""

from __future__ import annotations

import json
from typing import Any

from . import _native


def object_again(fields: dict[str, Any], source: str) -> _native.Object:
    """An object out of its values."""
    return _native.Object(fields, source=source)


def user_again(text: str) -> _native.UserInfo:
    """A user out of the catalogue's JSON."""
    fields = json.loads(text)
    return _native.UserInfo(
        fields["name"], fields.get("groups", []), uid=fields.get("uid", ""), extra=fields.get("extra")
    )


def label_selector_again(text: str | None, kube_version: str) -> _native.LabelSelector:
    """A label selector out of its text; the one that selects nothing has none."""
    if text is None:
        return _native.LabelSelector.of(None, kube_version=kube_version)
    return _native.LabelSelector.parse(text, kube_version=kube_version)
