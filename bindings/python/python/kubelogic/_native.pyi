"""
The native half of `kubelogic`. Everything public is in `kubelogic` itself.
"""

from _typeshed import SupportsGetItem
from datetime import datetime, timedelta
from typing import Any, Final, SupportsIndex, final
from typing_extensions import disjoint_base

__all__ = ["__version__", "Access", "Cluster", "Duration", "FieldSelector", "IntOrPercent", "LabelSelector", "MicroTime", "Object", "Quantity", "Requirement", "Time", "UserInfo", "_selftest_panic", "answer", "answer_with_files", "ask", "check", "expect_check", "expect_write", "is_object", "read_parts", "read_value", "read_values", "run", "schema"]

__version__: Final[str]
"""
The version of the package.
"""

@disjoint_base
class Access:
    """
    The roles and bindings of a cluster, compiled once and ready to decide.

    It never changes, and threads can share it.
    """
    def __new__(cls, /, cluster: Cluster, settings: str) -> Access: ...
    def _decide_many(self, /, asked: "list[tuple[UserInfo, tuple[str, str, str, str, str, str] | tuple[str, str]]]") -> list[bool]:
        """
        Whether users may do things: each is a user, and the attributes of a request or its verb and path.
        """
    def _explain(self, /, user: UserInfo, asked: "tuple[str, str, str, str, str, str] | tuple[str, str]") -> "dict[str, Any]":
        """
        Whether and why the user may do that, as the catalogue's JSON.
        """
    def authorize(self, /, user: UserInfo, asked: "tuple[str, str, str, str, str, str] | tuple[str, str]") -> tuple[bool, str, list[str]]:
        """
        The authorizer's own words about a request: whether it allows it, its reason, and every reason that it could
        give.
        """
    def can(self, /, user: UserInfo, verb: str, resource: str, *, group: str = "", subresource: str = "", name: str = "", namespace: str = "") -> bool:
        """
        Whether the user may do that: always a bool.

        `resource` is the plural in lower case, `group` the API group without its version. Without a namespace the
        question is about the whole cluster.

        Raises `Undecided` when the input was declared to be incomplete and what is missing could turn the answer.
        """
    def can_path(self, /, user: UserInfo, verb: str, path: str) -> bool:
        """
        Whether the user may do that with a path that is no resource, such as `/healthz`.
        """
    @property
    def size(self, /) -> tuple[int, int]:
        """
        How many roles and bindings there are, default ones included.
        """

@final
class Cluster:
    """
    The objects of a cluster.
    """
    def __len__(self, /) -> int: ...
    @property
    def default_namespace(self, /) -> str:
        """
        The namespace of objects that name none.
        """
    def find(self, /, group: str, kind: str, namespace: str, name: str) -> Object | None:
        """
        The object of that group, kind, namespace and name.
        """
    def findings(self, /) -> "list[Any]":
        """
        What was noticed while reading, as instances of `Finding`.
        """
    @property
    def kube_version(self, /) -> str:
        """
        The Kubernetes version that questions are answered for.
        """
    @staticmethod
    def load(parts: "list[tuple[str, str, Any]]", settings: str, kube_version: str | None) -> Cluster:
        """
        Loads inputs. Each is a tuple of its kind, a name, and what there is to read: `text` with a str, `bytes` with
        bytes, `objects` with a list, and `path`, whose name is the path. `settings` is the catalogue's JSON.
        """
    def notes(self, /) -> "list[Any]":
        """
        What was noticed while loading, as instances of `Finding`.
        """
    def objects(self, /) -> list[Object]:
        """
        Every object, by kind, namespace and name.
        """
    def state(self, /) -> "list[tuple[str, dict[str, Any]]]":
        """
        All that a pickle keeps of the input: each object, and each declaration about the input, with its source.
        """
    def to_dicts(self, /) -> "list[dict[str, Any]]":
        """
        Every object as a dict, by kind, namespace and name.
        """
    def with_parts(self, /, parts: "list[tuple[str, str, Any]]") -> Cluster:
        """
        The same cluster with further objects; one that is already there is replaced.
        """
    def without_named(self, /, names: SupportsGetItem[int, tuple[str, str, str, str]]) -> Cluster:
        """
        The same cluster without some objects, each named by group, kind, namespace and name.
        """
    def without_objects(self, /, objects: SupportsGetItem[int, Object]) -> Cluster:
        """
        The same cluster without some objects.
        """

@final
class Duration:
    """
    A span of time as Go writes it: `1h30m`, `1.5s`, `300ms`.

    >>> from kubelogic.meta import Duration
    >>> str(Duration("1.5h")), Duration("300ms").nanoseconds, Duration("90s") < Duration("2m")
    ('1h30m0s', 300000000, True)
    """
    def __bool__(self, /) -> bool: ...
    def __eq__(self, other: object, /) -> Any: ...
    def __ge__(self, other: object, /) -> Any: ...
    def __gt__(self, other: object, /) -> Any: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, other: object, /) -> Any: ...
    def __lt__(self, other: object, /) -> Any: ...
    def __ne__(self, other: object, /) -> Any: ...
    def __new__(cls, /, value: "str | timedelta") -> "Duration":
        """
        Reads a text as Go does, or takes a `timedelta`.
        """
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def from_nanoseconds(nanoseconds: SupportsIndex) -> Duration:
        """
        So many nanoseconds.
        """
    @property
    def nanoseconds(self, /) -> int:
        """
        Its length.
        """
    def to_timedelta(self, /) -> timedelta:
        """
        The same as a `timedelta`, whole microseconds rounded down.
        """

@final
class FieldSelector:
    """
    A condition on fields, as `kubectl --field-selector` takes it.

    >>> from kubelogic.meta import FieldSelector
    >>> selector = FieldSelector.parse("status.phase!=Running,metadata.namespace==shop")
    >>> str(selector), selector.exact_match("metadata.namespace")
    ('metadata.namespace=shop,status.phase!=Running', 'shop')
    >>> selector.matches({"metadata.namespace": "shop", "status.phase": "Pending"})
    True
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def exact_match(self, /, field: str) -> str | None:
        """
        The one value that a field must have, or `None` when any of several will do.
        """
    def matches(self, /, fields: "dict[str, str] | None") -> bool:
        """
        Whether something with these fields is selected. A field that is not there has the empty value.
        """
    @staticmethod
    def parse(text: str) -> FieldSelector:
        """
        Reads a field selector. The empty text selects everything.
        """
    @property
    def requirements(self, /) -> list[Requirement]:
        """
        The conditions in the order in which they are printed.
        """
    @property
    def selects_everything(self, /) -> bool:
        """
        Whether it selects everything.
        """

@final
class IntOrPercent:
    """
    A number or a percentage, such as the `maxSurge` of a Deployment.

    As in an object, the text `"5"` is no number: `IntOrPercent(5)` is one, and `IntOrPercent.parse("5")`, which reads
    what a flag says.

    >>> from kubelogic.meta import IntOrPercent
    >>> IntOrPercent("25%").scaled(10), IntOrPercent("25%").scaled(10, rounding="down"), IntOrPercent(3).scaled(10)
    (3, 2, 3)
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs__(self, /) -> "tuple[str | int]": ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, value: "str | int") -> "IntOrPercent":
        """
        Takes what an object holds: a number or a text.
        """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def int_value(self, /) -> int:
        """
        The number; 0 for a text that is none.
        """
    @property
    def is_int(self, /) -> bool:
        """
        Whether it is a number.
        """
    @staticmethod
    def parse(text: str) -> IntOrPercent:
        """
        Reads a text as flags do: a number where it is one.
        """
    def scaled(self, /, total: SupportsIndex, *, rounding: str = "up") -> int:
        """
        The number, or the percentage of a total, rounded `up` or `down`.

        Raises `QueryError` for a text that is no percentage.
        """

@final
class LabelSelector:
    """
    A condition on labels, as `kubectl -l` or as objects write it.

    >>> from kubelogic.meta import LabelSelector
    >>> selector = LabelSelector.parse("app in (shop, cart), tier!=db")
    >>> selector.matches({"app": "shop"}), selector.matches({"app": "shop", "tier": "db"})
    (True, False)
    >>> str(LabelSelector.of({"matchLabels": {"app": "shop"}}))
    'app=shop'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def matches(self, /, labels: "dict[str, str] | None") -> bool:
        """
        Whether something with these labels is selected; `None` stands for no labels.
        """
    @staticmethod
    def of(selector: "Any", *, kube_version: str | None = None) -> LabelSelector:
        """
        Takes what an object holds: a dict with `matchLabels` and `matchExpressions`, or an object of a client library.
        An empty one selects everything, and `None` nothing.
        """
    @staticmethod
    def parse(text: str, *, kube_version: str | None = None) -> LabelSelector:
        """
        Reads the text form: `app=web,tier in (a, b),!canary`. The empty text selects everything.
        """
    @property
    def requirements(self, /) -> list[Requirement]:
        """
        The conditions in order of their keys; none for the selector that selects nothing.
        """
    @property
    def selects_everything(self, /) -> bool:
        """
        Whether it selects everything, whatever the labels are.
        """
    @property
    def selects_nothing(self, /) -> bool:
        """
        Whether it selects nothing, as the selector of an object does that has none.
        """

@final
class MicroTime:
    """
    A point in time with six digits of a second, as leases and events write it.

    >>> from kubelogic.meta import MicroTime
    >>> MicroTime("2026-11-21T06:30:00.000001Z").nanosecond
    1000
    """
    def __add__(self, duration: object, /) -> MicroTime:
        """
        This time moved by a duration.

        Raises `OverflowError` when nothing can hold it.
        """
    def __bool__(self, /) -> bool: ...
    def __eq__(self, other: object, /) -> Any: ...
    def __ge__(self, other: object, /) -> Any: ...
    def __gt__(self, other: object, /) -> Any: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, other: object, /) -> Any: ...
    def __lt__(self, other: object, /) -> Any: ...
    def __ne__(self, other: object, /) -> Any: ...
    def __new__(cls, /, value: "str | datetime | None") -> "MicroTime":
        """
        Reads a text as Kubernetes does, or takes a `datetime`, which is in UTC when it has no zone. `None` is
        the time that objects write as `null`.
        """
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def __sub__(self, earlier: object, /) -> Duration:
        """
        How long it is since another time, cut off at about 292 years.
        """
    @staticmethod
    def from_unix(seconds: SupportsIndex, nanosecond: SupportsIndex = 0) -> MicroTime:
        """
        So many seconds and nanoseconds after the beginning of 1970.
        """
    @property
    def is_zero(self, /) -> bool:
        """
        Whether it is the time that objects write as `null`.
        """
    @property
    def nanosecond(self, /) -> int:
        """
        The nanoseconds within the second.
        """
    @property
    def seconds(self, /) -> int:
        """
        Seconds since the beginning of 1970, rounded down.
        """
    def to_datetime(self, /) -> datetime:
        """
        The same as a `datetime` in UTC, with microseconds.

        Raises `OverflowError` for years that a `datetime` does not know.
        """

@final
class Object:
    """
    One Kubernetes object. Nothing of it becomes a Python value before it is asked for.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, given: Any, *, source: str = "object") -> Object:
        """
        Takes a dict, or an object of a client library. It gets the name `source` in messages.
        """
    def __reduce__(self, /) -> "tuple[object, ...]":
        """
        Copies and pickles keep the values and the source, not the positions.
        """
    def __repr__(self, /) -> str: ...
    @property
    def api_version(self, /) -> str:
        """
        `apiVersion`, or the empty text when it is missing.
        """
    @property
    def document(self, /) -> int:
        """
        Which document of the input it is, from 1.
        """
    def get(self, /, path: Any, default: Any | None = None) -> Any:
        """
        The value at a path, or `default` when there is none.

        A path is written as Kubernetes writes it, `spec.containers[0].image` or
        `metadata.labels[app.kubernetes.io/name]`, or as a sequence of keys and indexes.
        """
    @property
    def item(self, /) -> int | None:
        """
        Which item of the document's list it is, from 0; `None` when the document is no list.
        """
    @property
    def kind(self, /) -> str:
        """
        `kind`, or the empty text when it is missing.
        """
    @property
    def name(self, /) -> str:
        """
        `metadata.name`, or the empty text when it is missing.
        """
    @property
    def namespace(self, /) -> str:
        """
        `metadata.namespace` as it was written, or the empty text when it is missing.
        """
    def position(self, /, path: Any | None = None) -> tuple[int, int] | None:
        """
        Line and column of the value at a path, both from 1; of the whole object without a path.

        `None` when there is no such value, or when the object was not read from text.
        """
    @property
    def source(self, /) -> str:
        """
        The input that the object was read from.
        """
    @property
    def text(self, /) -> str:
        """
        The text of the object as it was written; empty when it was not read from text.
        """
    def to_dict(self, /) -> "dict[str, Any]":
        """
        The whole object as a dict, the way `json.loads` would give it.
        """

@final
class Quantity:
    """
    An amount such as `100m`, `1.5Gi` or `2e3`, exact to a billionth.

    Quantities are equal when they are worth the same: `Quantity("1Gi") == Quantity("1024Mi")`.
    """
    def __add__(self, other: object, /) -> Quantity: ...
    def __bool__(self, /) -> bool: ...
    def __eq__(self, other: object, /) -> Any: ...
    def __float__(self, /) -> float:
        """
        The amount roughly, rounded as Kubernetes rounds it; infinite beyond the range of a float.
        """
    def __ge__(self, other: object, /) -> Any: ...
    def __getnewargs__(self, /) -> "tuple[str]": ...
    def __gt__(self, other: object, /) -> Any: ...
    def __hash__(self, /) -> int:
        """
        Of billionths, so that equal quantities have it in common.
        """
    def __le__(self, other: object, /) -> Any: ...
    def __lt__(self, other: object, /) -> Any: ...
    def __mul__(self, factor: object, /) -> Quantity: ...
    def __ne__(self, other: object, /) -> Any: ...
    def __neg__(self, /) -> Quantity: ...
    def __new__(cls, /, value: "str | int | float") -> "Quantity":
        """
        Reads a text as Kubernetes does, or takes a number.
        """
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def __sub__(self, other: object, /) -> Quantity: ...
    @property
    def as_int64(self, /) -> int | None:
        """
        The whole number, when it is one that fits 64 bits and nothing has to be calculated for it; otherwise `None`.
        """
    @property
    def canonical(self, /) -> str:
        """
        The text that calculations and the API server print, such as `1500m` for `1.5`.
        """
    @property
    def format(self, /) -> str:
        """
        `DecimalSI`, `BinarySI` or `DecimalExponent`: how it is printed.
        """
    @property
    def milli_value(self, /) -> int:
        """
        Thousandths, rounded up, and cut off at the ends of the 64-bit range.
        """
    def round_up(self, /, scale: SupportsIndex) -> Quantity:
        """
        Rounded away from zero to a power of ten: `0` to whole units, `-3` to thousandths.
        """
    @property
    def sign(self, /) -> int:
        """
        -1, 0 or 1.
        """
    @property
    def value(self, /) -> int:
        """
        Whole units, rounded up, and cut off at the ends of the 64-bit range.
        """

@final
class Requirement:
    """
    One condition of a selector.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def key(self, /) -> str:
        """
        The label, or the field.
        """
    @property
    def operator(self, /) -> str:
        """
        `in`, `notin`, `=`, `==`, `!=`, `exists`, `!`, `gt` or `lt`.
        """
    @property
    def values(self, /) -> list[str]:
        """
        What it compares with, sorted, each only once.
        """

@final
class Time:
    """
    A point in time as objects write it, such as `metadata.creationTimestamp`.

    >>> from kubelogic.meta import Duration, Time
    >>> str(Time("2026-11-21T07:30:00+01:00") + Duration("90m"))
    '2026-11-21T08:00:00Z'
    """
    def __add__(self, duration: object, /) -> Time:
        """
        This time moved by a duration.

        Raises `OverflowError` when nothing can hold it.
        """
    def __bool__(self, /) -> bool: ...
    def __eq__(self, other: object, /) -> Any: ...
    def __ge__(self, other: object, /) -> Any: ...
    def __gt__(self, other: object, /) -> Any: ...
    def __hash__(self, /) -> int: ...
    def __le__(self, other: object, /) -> Any: ...
    def __lt__(self, other: object, /) -> Any: ...
    def __ne__(self, other: object, /) -> Any: ...
    def __new__(cls, /, value: "str | datetime | None") -> "Time":
        """
        Reads a text as Kubernetes does, or takes a `datetime`, which is in UTC when it has no zone. `None` is
        the time that objects write as `null`.
        """
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def __sub__(self, earlier: object, /) -> Duration:
        """
        How long it is since another time, cut off at about 292 years.
        """
    @staticmethod
    def from_unix(seconds: SupportsIndex, nanosecond: SupportsIndex = 0) -> Time:
        """
        So many seconds and nanoseconds after the beginning of 1970.
        """
    @property
    def is_zero(self, /) -> bool:
        """
        Whether it is the time that objects write as `null`.
        """
    @property
    def nanosecond(self, /) -> int:
        """
        The nanoseconds within the second.
        """
    @property
    def seconds(self, /) -> int:
        """
        Seconds since the beginning of 1970, rounded down.
        """
    def to_datetime(self, /) -> datetime:
        """
        The same as a `datetime` in UTC, with microseconds.

        Raises `OverflowError` for years that a `datetime` does not know.
        """

@final
class UserInfo:
    """
    A user as the API server sees it after authentication.

    Nothing is added to what is given, just as in a SubjectAccessReview. `UserInfo.impersonated` adds the groups that
    `kubectl --as` adds.
    """
    __match_args__: Final[tuple[str, str, str, str]]
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, name: str, groups: SupportsGetItem[int, str] = ..., *, uid: str = "", extra: dict[str, SupportsGetItem[int, str]] | None = None) -> UserInfo: ...
    def __reduce__(self, /) -> "tuple[object, ...]": ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def exact(name: str, groups: SupportsGetItem[int, str] = ...) -> UserInfo:
        """
        Exactly this user with exactly these groups.
        """
    @property
    def extra(self, /) -> dict[str, list[str]]:
        """
        Further attributes.
        """
    @property
    def groups(self, /) -> list[str]:
        """
        Group names.
        """
    @staticmethod
    def impersonated(name: str, groups: SupportsGetItem[int, str] = ...) -> UserInfo:
        """
        The user that impersonation makes of a name and groups: what `kubectl --as NAME --as-group GROUP` asks as.

        A service account without groups gets its two groups; then `system:authenticated` is added, unless
        `system:authenticated` or `system:unauthenticated` is given.
        """
    @property
    def name(self, /) -> str:
        """
        The user name.
        """
    @property
    def uid(self, /) -> str:
        """
        The unique id, often empty.
        """

def _selftest_panic() -> None:
    """
    Panics, so that the tests see how a panic arrives in Python.
    """

def answer(question: str, cluster: Cluster | None) -> str:
    """
    The answer to one question of the catalogue as JSON; what goes wrong is raised.
    """

def answer_with_files(question: str, disk: bool) -> str:
    """
    The answer to one question about kubeconfig files as JSON; what goes wrong is raised. With `disk` files that the
    question does not bring are looked for on the disk.
    """

def ask(question: str, cluster: Cluster | None) -> str:
    """
    Answers one question of the catalogue, JSON to JSON.
    """

def check(parts: "list[tuple[str, str, Any]]", kube_version: str | None, question: str) -> str:
    """
    The answer to `objects.check` about inputs as JSON; what goes wrong is raised.
    """

def expect_check(cluster: Cluster, settings: str) -> "dict[str, Any]":
    """
    Whether the expectations in a cluster's input hold, as the catalogue's JSON.
    """

def expect_write(cluster: Cluster, settings: str) -> "dict[str, Any]":
    """
    Expectations that state the present, as the catalogue's JSON.
    """

def is_object(given: Any) -> bool:
    """
    Whether a Python value is one object, rather than several.
    """

def read_parts(parts: "list[tuple[str, str, Any]]", kube_version: str | None) -> "tuple[list[Object], list[Any], list[Any]]":
    """
    Objects, what could not be read, and what else was noticed, the latter two as instances of `Finding`.
    """

def read_value(text: bytes, source: str) -> "Any":
    """
    The first document of a text as a Python value of any kind.
    """

def read_values(text: bytes, source: str, kube_version: str | None) -> "tuple[list[Any], Exception | None]":
    """
    Each document of a text as a Python value of any kind, up to the first that cannot be read, and the error about
    that one. Empty documents are left out.
    """

def run(arguments: "list[str]") -> int:
    """
    Runs the command with the streams, environment and files of this process, and gives its exit code. The first
    argument is the name of the program.
    """

def schema() -> str:
    """
    The JSON Schema of every question and answer.
    """
