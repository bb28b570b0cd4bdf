"""The state of a cluster, as a value."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from . import _native
from ._inputs import Inputs, Part, parts
from ._results import read_answer
from .access import Access
from .answers import Answer, Expected, Finding, ObjectRef, Written

if TYPE_CHECKING:
    # Type checkers bring this module along; nobody has to install it.
    from typing_extensions import Unpack

__all__ = ["Cluster", "Settings"]


class Settings(TypedDict, total=False):
    """How inputs become a cluster; see :class:`Cluster`."""

    kube_version: str | None
    default_namespace: str | None
    on_duplicate: Literal["refuse", "last"] | None
    on_invalid: Literal["refuse", "drop"] | None
    field_validation: Literal["strict", "warn", "ignore"] | None
    coverage: Inputs | None


class Cluster:
    """The objects of a cluster, read once and kept on the native side.

    A cluster never changes: :meth:`with_` and :meth:`without` give other ones, cheaply. Threads can share it.

    Inputs are texts (a ``str`` is always text, never a path), bytes, paths (``os.PathLike``; a folder is read with
    everything below it), open files, dicts, objects of client libraries, and iterables of all these.

    What is given counts as the whole cluster, unless ``coverage`` or an input of kind ``Coverage`` says otherwise.
    """

    __slots__ = ("_handle", "_noticed", "_settings")

    _handle: _native.Cluster
    _settings: dict[str, Any]
    #: Findings and notes of the cluster that was pickled.
    _noticed: tuple[tuple[Finding, ...], tuple[Finding, ...]] | None

    def __init__(
        self,
        *inputs: Inputs,
        source: str | None = None,
        kube_version: str | None = None,
        default_namespace: str | None = None,
        on_duplicate: Literal["refuse", "last"] | None = None,
        on_invalid: Literal["refuse", "drop"] | None = None,
        field_validation: Literal["strict", "warn", "ignore"] | None = None,
        coverage: Inputs | None = None,
    ) -> None:
        """Loads inputs.

        :param source: the name of the input in messages
        :param kube_version: such as ``1.37``; the newest unless given
        :param default_namespace: of objects that name none; ``default`` unless given
        :param on_duplicate: whether two different objects with one name are an error, or the last one counts
        :param on_invalid: whether input that cannot be read, or that the API server would refuse, is an error or
            counts as absent
        :param field_validation: whether unknown fields are errors, warnings, or nothing
        :param coverage: objects of kind ``Coverage``, which declare how much of the real cluster is given
        """
        given = parts(inputs, source)
        if coverage is not None:
            given += parts([coverage], "coverage")
        settings = {
            "defaultNamespace": default_namespace,
            "onDuplicate": on_duplicate,
            "onInvalid": on_invalid,
            "fieldValidation": field_validation,
        }
        self._load(given, {"kubeVersion": kube_version, "load": settings})

    def _load(self, given: list[Part], settings: dict[str, Any]) -> None:
        native = _native.Cluster.load(given, json.dumps(settings["load"]), settings["kubeVersion"])
        self._take(native, settings)

    def _take(self, native: _native.Cluster, settings: dict[str, Any]) -> None:
        put = object.__setattr__
        put(self, "_handle", native)
        put(self, "_settings", settings)
        put(self, "_noticed", None)

    @classmethod
    def from_yaml(cls, text: str | bytes, *, source: str | None = None, **settings: Unpack[Settings]) -> Cluster:
        """Loads a text: YAML or JSON, any number of documents."""
        return cls(text, source=source, **settings)

    @classmethod
    def from_path(cls, path: str | os.PathLike[str], **settings: Unpack[Settings]) -> Cluster:
        """Loads a file, or a folder with everything below it."""
        return cls.from_paths(path, **settings)

    @classmethod
    def from_paths(cls, *paths: str | os.PathLike[str], **settings: Unpack[Settings]) -> Cluster:
        """Loads files, and folders with everything below them."""
        return cls(*(_Path(path) for path in paths), **settings)

    def with_(self, *inputs: Inputs, source: str | None = None) -> Cluster:
        """The same cluster with further objects; one that is already there is replaced."""
        return self._changed(self._handle.with_parts(parts(inputs, source)))

    def without(self, *objects: _native.Object | ObjectRef) -> Cluster:
        """The same cluster without some objects; those that are not there change nothing."""
        handles = [one for one in objects if isinstance(one, _native.Object)]
        names = [(one.group, one.kind, one.namespace, one.name) for one in objects if isinstance(one, ObjectRef)]
        if len(handles) + len(names) != len(objects):
            raise TypeError("`without` takes objects and instances of `ObjectRef`")
        return self._changed(self._handle.without_objects(handles).without_named(names))

    def _changed(self, native: _native.Cluster) -> Cluster:
        other = Cluster.__new__(type(self))
        other._take(native, self._settings)
        return other

    def access(
        self,
        bootstrap: Literal["auto", "always", "never"] = "auto",
        *,
        aggregate: bool = True,
        stored: bool = False,
    ) -> Access:
        """Compiles roles and bindings, to ask who may do what.

        :param bootstrap: what becomes of the roles and bindings that every API server creates: each that is missing
            by name is added (``auto``), given ones get what they lack as well (``always``), or nothing is added
        :param aggregate: whether the rules of aggregated ClusterRoles are computed as the controller does it
        :param stored: whether objects are taken as they are, like those that an API server already holds
        """
        return Access(self, bootstrap, aggregate=aggregate, stored=stored)

    def expect(
        self,
        *,
        kube_version: str | None = None,
        bootstrap: Literal["auto", "always", "never"] = "auto",
    ) -> Answer[Expected]:
        """Judges the objects of kind ``Expectations`` in the inputs, line by line.

        ``answer.result.holds`` says whether everything holds; a line that does not has a finding that says why.

        :param kube_version: the version that lines are judged for, also those of files that pin another
        :param bootstrap: as for :meth:`access`
        """
        settings = json.dumps({"bootstrap": bootstrap, "kubeVersion": kube_version})
        answer: Answer[Expected] = read_answer(
            Answer, Expected.from_dict, _native.expect_check(self._handle, settings)
        )
        return answer

    def write_expectations(
        self,
        *,
        kube_version: str | None = None,
        bootstrap: Literal["auto", "always", "never"] = "auto",
    ) -> Answer[Written]:
        """States what holds now as a file of expectations; ``answer.result.text`` is its YAML."""
        settings = json.dumps({"bootstrap": bootstrap, "kubeVersion": kube_version})
        answer: Answer[Written] = read_answer(Answer, Written.from_dict, _native.expect_write(self._handle, settings))
        return answer

    def find(self, kind: str, name: str, namespace: str = "", *, group: str = "") -> _native.Object | None:
        """The object of that kind and name; ``group`` is the API group without its version."""
        return self._handle.find(group, kind, namespace, name)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Every object as a dict, by kind, namespace and name."""
        return self._handle.to_dicts()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed while reading."""
        return tuple(self._handle.findings()) if self._noticed is None else self._noticed[0]

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What was noticed while loading: objects that are given twice, kustomizations that nobody evaluates."""
        return tuple(self._handle.notes()) if self._noticed is None else self._noticed[1]

    @property
    def kube_version(self) -> str:
        """The Kubernetes version that questions are answered for."""
        return self._handle.kube_version

    @property
    def default_namespace(self) -> str:
        """The namespace of objects that name none."""
        return self._handle.default_namespace

    def __len__(self) -> int:
        return len(self._handle)

    def __bool__(self) -> bool:
        # An empty cluster is a cluster.
        return True

    def __iter__(self) -> Iterator[_native.Object]:
        return iter(self._handle.objects())

    def __repr__(self) -> str:
        return f"<Cluster {self.kube_version}, {len(self)} objects>"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a cluster never changes")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a cluster never changes")

    def __reduce__(self) -> tuple[Any, ...]:
        """A pickle holds the objects and where they came from. What is read from it knows no lines and columns."""
        return _cluster_again, (self._handle.state(), self._settings, self.findings, self.notes)


def _cluster_again(
    state: list[tuple[str, dict[str, Any]]],
    settings: dict[str, Any],
    findings: tuple[Finding, ...],
    notes: tuple[Finding, ...],
) -> Cluster:
    cluster = Cluster.__new__(Cluster)
    objects = [_native.Object(fields, source=source) for source, fields in state]
    cluster._load([("objects", "pickle", objects)], settings)
    object.__setattr__(cluster, "_noticed", (findings, notes))
    return cluster


class _Path:
    """A path that was given as a ``str``."""

    __slots__ = ("path",)

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return os.fspath(self.path)
