"""What all result classes have in common. The classes themselves are in ``answers.py``, which is generated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, TypeVar

R = TypeVar("R", bound="Result")

_NEVER = object()


class Field(NamedTuple):
    """How one attribute is written in the catalogue's JSON."""

    #: The attribute.
    name: str
    #: The key.
    key: str
    #: From JSON to the attribute.
    read: Callable[[Any], Any]
    #: The key is left out when the attribute has this value.
    left_out: Any = _NEVER


class Result:
    """A piece of an answer. It is immutable, and equal to another with the same contents."""

    __slots__ = ()

    _fields: ClassVar[tuple[Field, ...]] = ()

    @classmethod
    def from_dict(cls: type[R], data: Mapping[str, Any]) -> R:
        """Reads the catalogue's JSON."""
        given = dict(data)
        attributes = {field.name: field.read(given.pop(field.key)) for field in cls._fields if field.key in given}
        if given:
            raise TypeError(f"{cls.__name__} has no fields {sorted(given)}")
        return cls(**attributes)

    def to_dict(self) -> dict[str, Any]:
        """The catalogue's JSON."""
        written = {}
        for field in self._fields:
            value = getattr(self, field.name)
            if field.left_out is _NEVER or value != field.left_out:
                written[field.key] = _plain(value)
        return written


def _plain(value: Any) -> Any:
    if isinstance(value, Result):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def same(value: Any) -> Any:
    """Text, numbers, booleans, null, and anything that has no class of its own."""
    return value


def several(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A list of something."""
    return lambda values: tuple(read(value) for value in values)


def keyed(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A map from text to something."""
    return lambda values: {key: read(value) for key, value in values.items()}


def maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Something or null."""
    return lambda value: None if value is None else read(value)


class LocationWords:
    """How a place is printed."""

    __slots__ = ()

    source: str
    document: int
    line: int | None
    column: int | None

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.source}:{self.line}:{self.column}"
        return f"{self.source} (document {self.document})" if self.document > 1 else self.source


class FindingWords:
    """How a finding is printed."""

    __slots__ = ()

    code: str
    severity: str
    message: str
    location: Any

    def __str__(self) -> str:
        place = f"{self.location}: " if self.location is not None else ""
        return f"{place}{self.severity}[{self.code}]: {self.message}"


class AnswerWords:
    """What an answer is not: a yes or a no."""

    __slots__ = ()

    result: Any
    kube_version: str

    def __bool__(self) -> bool:
        raise TypeError("an answer is no yes or no: look into its `result`, or ask with `can`")

    def __repr__(self) -> str:
        return f"<Answer {self.result!r} for Kubernetes {self.kube_version}>"


class CanWords:
    """How the answer to "may this user do that?" is printed: with the binding and the rule that decided."""

    __slots__ = ()

    allowed: bool
    undecided: str | None
    grants: tuple[Any, ...]
    near_misses: tuple[Any, ...]

    def __repr__(self) -> str:
        verdict = "allowed" if self.allowed else "not allowed"
        if self.undecided is not None:
            return f"Can(undecided: {self.undecided}; as far as given: {verdict})"
        for grant in self.grants:
            rule = f"rules[{grant.written_index}] of {grant.written_in} at {grant.rule_location}"
            return f"Can({verdict} by {grant.binding}, {rule})"
        for miss in self.near_misses:
            return f"Can({verdict}, nearest: {miss.message})"
        return f"Can({verdict})"


class PieceWords:
    """How an object that plays a part is printed."""

    __slots__ = ()

    object: Any

    def __str__(self) -> str:
        return str(self.object)


class ObjectRefWords:
    """How the name of an object is printed."""

    __slots__ = ()

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


def read_answer(answer: Any, result: Callable[[Any], Any], data: Mapping[str, Any]) -> Any:
    """An answer of the class ``answer`` whose result is read by ``result``."""
    return answer.from_dict({**data, "result": result(data["result"])})
