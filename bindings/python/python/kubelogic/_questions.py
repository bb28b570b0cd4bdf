"""Questions of the catalogue asked from typed functions: what goes wrong is raised, answers are classes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from . import _native
from ._inputs import Input, Inputs, parts
from ._results import Result, read_answer
from .answers import RESULTS, Answer
from .errors import QueryError

if TYPE_CHECKING:
    from .cluster import Cluster


def answered(ask: str, cluster: Cluster | None = None, /, **fields: Any) -> Answer[Any]:
    """The answer to a question. Fields that are ``None`` are left out."""
    question = {"ask": ask, **{key: value for key, value in fields.items() if value is not None}}
    handle = None if cluster is None else cluster._handle
    data = json.loads(_native.answer(json.dumps(question), handle))
    answer: Answer[Any] = read_answer(Answer, RESULTS[ask], data)
    return answer


def one_object(given: Input) -> Any:
    """A single object as a question holds it: from a dict, a client object, a text, bytes or a path."""
    if isinstance(given, Mapping):
        return _native.Object(given).to_dict()
    objects, errors, _ = _native.read_parts(parts([given]), None)
    if len(objects) != 1 or errors:
        problem = str(errors[0]) if errors else f"it holds {len(objects)} objects"
        raise QueryError(f"one object is wanted: {problem}", code="query/not-one-object")
    return objects[0].to_dict()


def objects_of(given: Iterable[Inputs]) -> list[Any]:
    """Objects as a question holds them, from everything that a cluster takes; raises what cannot be read."""
    objects, errors, _ = _native.read_parts(parts(given), None)
    if errors:
        raise QueryError(f"the objects cannot be read: {errors[0]}", code="query/not-objects", problems=errors)
    return [one.to_dict() for one in objects]


def user_fields(user: _native.UserInfo) -> dict[str, Any]:
    """A user as a question holds it."""
    if not isinstance(user, _native.UserInfo):
        raise TypeError(f"a user is a UserInfo, not {type(user).__name__}")
    return {"name": user.name, "uid": user.uid, "groups": user.groups, "extra": user.extra}


def plain_items(given: Iterable[Any]) -> list[Any]:
    """Pieces of objects, such as rules: dicts, results, or objects of a client library."""
    return [one.to_dict() if isinstance(one, Result) else _native.Object(one).to_dict() for one in given]
