"""May this user do that?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast

from . import _native
from ._inputs import Input, Inputs
from ._native import UserInfo
from ._questions import answered, objects_of, one_object, user_fields
from ._results import read_answer
from .answers import (
    AccessListResult,
    AccessReviewResult,
    Answer,
    Can,
    CheckWriteResult,
    ImpersonationResult,
    KubeletRequestResult,
    ReconcileResult,
    RequestAttributesResult,
    RulesReviewResult,
)

if TYPE_CHECKING:
    from .cluster import Cluster

__all__ = ["Access", "AnyRequest", "ImpersonationMode", "PathRequest", "Request", "ReviewAuthorizer", "UserInfo"]

#: Which authorizers an API server asks for the rules of a user.
ReviewAuthorizer: TypeAlias = Literal["rbac", "node", "webhook", "always-allow", "always-deny"]
#: How impersonation is allowed.
ImpersonationMode: TypeAlias = Literal["associated-node", "arbitrary-node", "serviceaccount", "user-info", "legacy"]


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

    def http_request(
        self, user: UserInfo, request: str, *, feature_gates: Mapping[str, bool] | None = None
    ) -> Answer[RequestAttributesResult]:
        """What the API server asks about an HTTP request of this user, what RBAC says, and what a refused client reads.

        :param request: method and URL, such as ``GET /api/v1/namespaces/shop/pods?watch=true``
        :param feature_gates: those that are not as the version has them by default
        """
        return self._asked("request.attributes", user=user, request=request, featureGates=feature_gates)

    def kubelet_request(
        self, user: UserInfo, node: str, request: str, *, feature_gates: Mapping[str, bool] | None = None
    ) -> Answer[KubeletRequestResult]:
        """What the kubelet of a node asks about an HTTP request of this user, and what RBAC says.

        :param node: the name of the node
        :param request: method and URL, such as ``POST /exec/shop/web/app?command=sh``
        :param feature_gates: those that are not as the version has them by default
        """
        return self._asked("request.kubelet", user=user, node=node, request=request, featureGates=feature_gates)

    def review(
        self,
        review: Input,
        *,
        user: UserInfo | None = None,
        namespace: str = "",
        field_validation: Literal["strict", "warn", "ignore"] | None = None,
        feature_gates: Mapping[str, bool] | None = None,
    ) -> Answer[AccessReviewResult]:
        """What the API server answers to a SubjectAccessReview, LocalSubjectAccessReview or SelfSubjectAccessReview.

        :param review: the object, of ``authorization.k8s.io/v1`` or ``v1beta1``
        :param user: who creates it; a SelfSubjectAccessReview is about him
        :param namespace: the one that a LocalSubjectAccessReview is sent to; its own unless given
        """
        return self._asked(
            "review.access",
            review=one_object(review),
            user=user,
            namespace=namespace,
            fieldValidation=field_validation,
            featureGates=feature_gates,
        )

    def impersonate(
        self,
        user: UserInfo,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        request: str,
        *,
        last_mode: ImpersonationMode | None = None,
        feature_gates: Mapping[str, bool] | None = None,
    ) -> Answer[ImpersonationResult]:
        """Whether this user may act as another one, and whom the API server then takes the request for.

        :param headers: such as ``{"Impersonate-User": "bo"}``; pairs where a header is there several times
        :param request: method and URL of the request, such as ``GET /api/v1/namespaces/shop/pods``
        :param last_mode: the mode that allowed the user's last impersonation, which the API server tries first
        """
        pairs = headers.items() if isinstance(headers, Mapping) else headers
        given = [{"name": name, "value": value} for name, value in pairs]
        return self._asked(
            "impersonation.check",
            user=user,
            headers=given,
            request=request,
            lastMode=last_mode,
            featureGates=feature_gates,
        )

    def check_write(
        self, user: UserInfo, operation: Literal["create", "update", "patch", "apply"], object: Input
    ) -> Answer[CheckWriteResult]:
        """What the API server says when this user writes a role or binding: nobody grants what he does not have.

        :param object: the role or binding; for a patch, what it leads to
        """
        return self._asked("access.check-write", user=user, operation=operation, object=one_object(object))

    def reconcile(
        self, *desired: Inputs, remove_extra_permissions: bool = False, remove_extra_subjects: bool = False
    ) -> Answer[ReconcileResult]:
        """What ``kubectl auth reconcile`` would do with these roles and bindings, and what it prints.

        :param desired: what a file holds; objects that are no roles and no bindings are passed over
        :param remove_extra_permissions: whether roles lose what the file does not allow
        :param remove_extra_subjects: whether bindings lose subjects that the file does not name
        """
        return self._asked(
            "access.reconcile",
            desired=objects_of(desired),
            removeExtraPermissions=remove_extra_permissions,
            removeExtraSubjects=remove_extra_subjects,
        )

    def rules_review(
        self, user: UserInfo, namespace: str, *, authorizers: Iterable[ReviewAuthorizer] = ("rbac",)
    ) -> Answer[RulesReviewResult]:
        """The rules that a user has in a namespace, as a SelfSubjectRulesReview answers.

        :param authorizers: those that the API server has, in their order
        """
        return self._asked(
            "access.rules-review", user=user, namespace=namespace, authorizers=list(authorizers)
        )

    def list_access(
        self,
        user: UserInfo,
        namespace: str = "default",
        *,
        no_headers: bool = False,
        authorizers: Iterable[ReviewAuthorizer] = ("rbac",),
    ) -> Answer[AccessListResult]:
        """What ``kubectl auth can-i --list`` prints for this user: ``answer.result.stdout``.

        :param no_headers: whether the first line is left out
        :param authorizers: those that the API server has, in their order
        """
        return self._asked(
            "access.list",
            user=user,
            namespace=namespace,
            noHeaders=no_headers,
            authorizers=[*authorizers],
        )

    def _asked(self, ask: str, /, *, user: UserInfo | None = None, **fields: Any) -> Answer[Any]:
        bootstrap, aggregate, stored = self._settings
        settings = {"bootstrap": bootstrap, "aggregate": aggregate, "stored": stored}
        who = None if user is None else user_fields(user)
        return answered(ask, self._cluster, user=who, **settings, **fields)

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
