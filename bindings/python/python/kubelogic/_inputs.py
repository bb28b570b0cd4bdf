"""What programs hold, sorted into what the native half takes: texts, bytes, paths and objects."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Protocol, TypeAlias

from . import _native


class ClientObject(Protocol):
    """An object of a client library: ``kubernetes``, ``kubernetes_asyncio``, ``lightkube`` or ``kr8s``.

    They have no method in common that a type could name; which ones are taken is known when they are given.
    """


#: One input. A ``str`` is always text and never a path.
Input: TypeAlias = (
    "str | bytes | bytearray | memoryview | os.PathLike[str] | _native.Object | Mapping[str, Any] | ClientObject"
)
#: Inputs as :class:`~kubelogic.Cluster` takes them.
Inputs: TypeAlias = "Input | Iterable[Input]"

#: Kind, name, and what there is to read.
Part: TypeAlias = tuple[str, str, Any]


def parts(given: Iterable[Inputs], source: str | None = None) -> list[Part]:
    """Sorts inputs, in their order."""
    found: list[Part] = []
    for one in given:
        _sort(one, source, found)
    return found


def _sort(given: Any, source: str | None, found: list[Part]) -> None:
    if isinstance(given, str):
        found.append(("text", source or "text", given))
    elif isinstance(given, bytes | bytearray | memoryview):
        found.append(("bytes", source or "bytes", bytes(given)))
    elif isinstance(given, os.PathLike):
        path = os.fspath(given)
        found.append(("path", path if isinstance(path, str) else os.fsdecode(path), None))
    elif isinstance(given, _native.Object | Mapping):
        _object(given, source, found)
    elif hasattr(given, "read") and callable(given.read):
        # An open file is an iterable of lines, which nobody means.
        _sort(given.read(), source or str(getattr(given, "name", "file")), found)
    elif isinstance(given, Sequence | Set | Iterator):
        for one in given:
            _sort(one, source, found)
    elif _native.is_object(given) or not isinstance(given, Iterable):
        _object(given, source, found)
    else:
        for one in given:
            _sort(one, source, found)


def _object(given: Any, source: str | None, found: list[Part]) -> None:
    last = found[-1] if found else None
    name = source or "objects"
    if last is not None and last[0] == "objects" and last[1] == name:
        last[2].append(given)
    else:
        found.append(("objects", name, [given]))
