"""What goes wrong, as exceptions. Every one is a :class:`KubeError`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .answers import Finding

__all__ = [
    "DecodeError",
    "InternalError",
    "KubeError",
    "LoadError",
    "QueryError",
    "ReadError",
    "Undecided",
]


class KubeError(Exception):
    """The base of all errors of this package.

    ``str(error)`` says it to people, with the place in front; the attributes say it to programs.
    """

    #: One sentence, without the place.
    message: str
    #: The permanent code, such as ``decode/unknown-field``.
    code: str
    #: The input: a file name, or the name that was given to a text.
    source: str | None
    #: Which document of the input, from 1.
    document: int | None
    #: Which item of the document's list, from 0.
    item: int | None
    #: The field, such as ``rules[0].apiGroups``.
    path: str | None
    #: The line, from 1.
    line: int | None
    #: The column, from 1, in characters.
    column: int | None
    #: What to do about it.
    help: str | None
    #: Every problem, when the error stands for several.
    problems: tuple[Finding, ...]

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        source: str | None = None,
        document: int | None = None,
        item: int | None = None,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        help: str | None = None,
        problems: Sequence[Finding] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.source = source
        self.document = document
        self.item = item
        self.path = path
        self.line = line
        self.column = column
        self.help = help
        self.problems = tuple(problems)

    def __str__(self) -> str:
        place = self.source or ""
        if self.line is not None:
            place = f"{place}:{self.line}:{self.column}"
        elif self.document is not None and self.document > 1:
            place = f"{place} (document {self.document})"
        text = f"{place}: {self.message}" if place else self.message
        for problem in self.problems[1:]:
            text += f"\n{problem}"
        return f"{text}\nhelp: {self.help}" if self.help else text

    def __reduce__(self) -> tuple[Any, ...]:
        fields = {name: value for name, value in self.__dict__.items() if name != "message"}
        return _rebuild, (type(self), self.message, fields)


def _rebuild(kind: type[KubeError], message: str, fields: dict[str, Any]) -> KubeError:
    known = {"code", "source", "document", "item", "path", "line", "column", "help", "problems"}
    error = kind(message, **{name: value for name, value in fields.items() if name in known})
    # What a program attached to the error, such as `__notes__`, comes along.
    error.__dict__.update({name: value for name, value in fields.items() if name not in known})
    return error


class ReadError(KubeError, ValueError):
    """A text, a file or a folder cannot be read."""


class DecodeError(KubeError, ValueError):
    """An object does not have the fields or types that Kubernetes wants of it."""


class LoadError(KubeError, ValueError):
    """The objects do not make a cluster: two of them have one name, or one would be refused."""


class Undecided(KubeError):
    """What was given does not settle the question. It is neither yes nor no."""


class QueryError(KubeError, ValueError):
    """The question itself makes no sense."""


class InternalError(KubeError, RuntimeError):
    """A bug in kubelogic. Please report it."""

    def __init__(self, message: str, *, code: str = "internal/panic", **fields: Any) -> None:
        super().__init__(message, code=code, **fields)
