"""May this user do that?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast

from . import _native
from ._native import UserInfo
from ._results import read_answer
from .answers import Answer, Can

if TYPE_CHECKING:
    from .cluster import Cluster

__all__ = ["Access", "AnyRequest", "PathRequest", "Request", "UserInfo"]


class Request(NamedTuple):
    """A request for a resource of the API."""

    #: ``get``, ``list``, ``create`` and the like.
    verb: str
    #: The plural in lower case.
    resource: str
    #: The API group without its version; empty for the core group.
    group: str = ""
    #: ``log``, ``exec``, ``status`` and the like.
    subresource: str = ""
    #: The object's name.
    name: str = ""
    #: The namespace; empty for the whole cluster.
    namespace: str = ""


class PathRequest(NamedTuple):
    """A request for a path that is no resource."""

    #: The HTTP method in lower case.
    verb: str
    #: Such as ``/healthz``.
    path: str


AnyRequest: TypeAlias = Request | PathRequest


class Access(_native.Access):
    """The roles and bindings of a cluster, compiled once and ready to decide.

    It never changes, and threads can share it. ``can`` and ``can_path`` give a ``bool`` or raise
    :class:`~kubelogic.errors.Undecided`; ``explain_can`` says why.
    """

    __slots__ = ("_cluster", "_settings")

    _cluster: Cluster
    _settings: tuple[str, bool, bool]

    def __new__(
        cls,
        cluster: Cluster,
        bootstrap: Literal["auto", "always", "never"] = "auto",
        *,
        aggregate: bool = True,
        stored: bool = False,
    ) -> Access:
        """Compiles a cluster; see :meth:`kubelogic.Cluster.access`."""
        settings = json.dumps({"bootstrap": bootstrap, "aggregate": aggregate, "stored": stored})
        access = cast(Access, super().__new__(cls, cluster._handle, settings))
        object.__setattr__(access, "_cluster", cluster)
        object.__setattr__(access, "_settings", (bootstrap, aggregate, stored))
        return access

    @property
    def cluster(self) -> Cluster:
        """The cluster that was compiled."""
        return self._cluster

    def can_many(self, asked: Iterable[tuple[UserInfo, AnyRequest]]) -> list[bool]:
        """Whether users may do things, in their order, with a single call."""
        return self._decide_many(list(asked))

    def explain_can(
        self,
        user: UserInfo,
        verb: str,
        resource: str,
        *,
        group: str = "",
        subresource: str = "",
        name: str = "",
        namespace: str = "",
    ) -> Answer[Can]:
        """Whether the user may do that and why: binding, subject, role and rule, and for a no what comes nearest.

        An answer is no yes or no by itself: ``answer.result.allowed`` is.
        """
        return self.explain_request(user, Request(verb, resource, group, subresource, name, namespace))

    def explain_path(self, user: UserInfo, verb: str, path: str) -> Answer[Can]:
        """The same for a path that is no resource."""
        return self.explain_request(user, PathRequest(verb, path))

    def explain_request(self, user: UserInfo, request: AnyRequest) -> Answer[Can]:
        """The same for a request."""
        answer: Answer[Can] = read_answer(Answer, Can.from_dict, self._explain(user, request))
        return answer

    def __repr__(self) -> str:
        roles, bindings = self.size
        return f"<Access {self._cluster.kube_version}, {roles} roles, {bindings} bindings>"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("compiled access never changes")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("compiled access never changes")

    def __reduce__(self) -> tuple[Any, ...]:
        return _access_again, (self._cluster, *self._settings)


def _access_again(
    cluster: Cluster, bootstrap: Literal["auto", "always", "never"], aggregate: bool, stored: bool
) -> Access:
    return Access(cluster, bootstrap, aggregate=aggregate, stored=stored)
