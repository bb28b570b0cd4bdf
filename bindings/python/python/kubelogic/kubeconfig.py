"""kubeconfig files: what they say together, which server a client talks to, as whom, and why."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from . import _native
from ._results import read_answer
from .answers import RESULTS, Answer
from .errors import QueryError

if TYPE_CHECKING:
    from .answers import KubeconfigLoadResult, KubeconfigResolveResult

__all__ = ["Kubeconfig", "Overrides", "load", "resolve"]

#: A kubeconfig: text (a ``str`` is always text, never a path), bytes, a path, or a dict.
Kubeconfig: TypeAlias = "str | bytes | os.PathLike[str] | Mapping[str, Any]"


class Overrides(TypedDict, total=False):
    """What the flags of kubectl say; one that is empty says nothing."""

    context: str
    cluster: str
    user: str
    namespace: str
    server: str
    tls_server_name: str
    insecure_skip_tls_verify: bool
    certificate_authority: str
    proxy_url: str
    disable_compression: bool
    client_certificate: str
    client_key: str
    token: str
    #: ``--as``
    as_: str
    as_uid: str
    as_groups: Sequence[str]
    as_user_extra: Mapping[str, Sequence[str]]
    username: str
    password: str
    request_timeout: str
    #: The server when nothing names one; kubectl takes ``http://localhost:8080``.
    default_server: str


def load(
    *given: Kubeconfig,
    kubeconfig: str | None = None,
    explicit: str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
    files: Mapping[str, str] | None = None,
    working_directory: str | os.PathLike[str] | None = None,
    resolve_paths: bool = False,
    raw: bool = False,
    kube_version: str | None = None,
) -> Answer[KubeconfigLoadResult]:
    """What kubeconfig files say together, as ``kubectl config view`` shows it.

    What is given is read like the files of ``KUBECONFIG``: the first to say something wins. Without anything it is
    what kubectl would read here: the files of ``KUBECONFIG``, or ``.kube/config`` in the home directory.

    >>> from kubelogic import kubeconfig
    >>> found = kubeconfig.load({"current-context": "shop"}, "current-context: bank").result
    >>> found.config["current-context"], found.failed
    ('shop', False)
    >>> [(entry.location.source, entry.shadows[0].source) for entry in found.entries]
    [('kubeconfig', 'kubeconfig-2')]

    Files that cannot be used do not raise: ``failed`` is true then, ``error`` has kubectl's words, and ``problems`` the
    places.

    :param given: texts, bytes, paths and dicts
    :param kubeconfig: the value of ``KUBECONFIG``: files separated by colons
    :param explicit: the one file of ``--kubeconfig``, which must be there
    :param home: the home directory, whose ``.kube/config`` is read when nothing else is named
    :param files: texts by absolute path; no other file is looked at then
    :param working_directory: where relative paths start; with ``files`` it is ``/`` unless given
    :param resolve_paths: whether the paths in the configuration become absolute
    :param raw: whether secrets are shown; otherwise what kubectl hides is hidden
    """
    question: dict[str, Any] = {"resolvePaths": resolve_paths, "raw": raw, "kubeVersion": kube_version}
    where = _where(given, kubeconfig, explicit, home, files, working_directory)
    return _answered("kubeconfig.load", {**where, **question}, files is None)


def resolve(
    *given: Kubeconfig,
    overrides: Overrides | None = None,
    kubeconfig: str | None = None,
    explicit: str | os.PathLike[str] | None = None,
    home: str | os.PathLike[str] | None = None,
    files: Mapping[str, str] | None = None,
    working_directory: str | os.PathLike[str] | None = None,
    raw: bool = False,
    kube_version: str | None = None,
) -> Answer[KubeconfigResolveResult]:
    """Which API server a client talks to, as whom, in which namespace, and where each of these is written.

    >>> from kubelogic import kubeconfig
    >>> found = kubeconfig.resolve('''
    ... current-context: shop
    ... contexts: [{name: shop, context: {cluster: c, user: ann, namespace: web}}]
    ... clusters: [{name: c, cluster: {server: "https://shop.example"}}]
    ... users: [{name: ann, user: {token: secret}}]
    ... ''').result
    >>> found.connection.server, found.user, found.namespace, found.connection.token
    ('https://shop.example', 'ann', 'web', 'REDACTED')
    >>> {why.field: str(why.location) for why in found.why}["cluster.server"]
    'kubeconfig:4:40'

    There may be no connection: ``failed`` is true then, and ``error`` has client-go's words.

    :param overrides: what the flags of kubectl say, such as ``{"context": "bank", "as_": "bo"}``
    :param raw: whether secrets are shown; otherwise none is

    All other parameters are those of :func:`load`.
    """
    flags = {_camel(name): value for name, value in (overrides or {}).items()}
    question: dict[str, Any] = {"overrides": flags, "raw": raw, "kubeVersion": kube_version}
    where = _where(given, kubeconfig, explicit, home, files, working_directory)
    return _answered("kubeconfig.resolve", {**where, **question}, files is None)


def _where(
    given: Sequence[Any],
    kubeconfig: str | None,
    explicit: str | os.PathLike[str] | None,
    home: str | os.PathLike[str] | None,
    files: Mapping[str, str] | None,
    working_directory: str | os.PathLike[str] | None,
) -> dict[str, Any]:
    """Which files are read, in the words of the catalogue."""
    named = [name for name, value in (("kubeconfig", kubeconfig), ("explicit", explicit)) if value is not None]
    if given and named:
        raise _wrong(f"give kubeconfigs, or name files by `{named[0]}`")
    if files is None:
        directory = os.path.abspath(os.getcwd() if working_directory is None else os.fspath(working_directory))
        if not given and not named and home is None:
            kubeconfig, home = os.environ.get("KUBECONFIG"), os.path.expanduser("~")
    else:
        directory = "/" if working_directory is None else os.fspath(working_directory)
    texts = [{"path": path, "text": text} for path, text in (files or {}).items()]
    names = [_name(one, number, directory, texts) for number, one in enumerate(given, start=1)]
    if names:
        kubeconfig = ":".join(names)
    return {
        "files": texts,
        "kubeconfig": kubeconfig,
        "explicit": None if explicit is None else os.fspath(explicit),
        "home": None if home is None else os.fspath(home),
        "workingDirectory": directory,
    }


def _name(given: Any, number: int, directory: str, texts: list[dict[str, str]]) -> str:
    """What a kubeconfig is called; one that is no file becomes one."""
    if isinstance(given, os.PathLike):
        path = os.fsdecode(given)
        if ":" in path:
            raise _wrong(f"`{path}` cannot stand in a list whose parts are separated by colons: read its text")
        return path
    if isinstance(given, bytes | bytearray | memoryview):
        try:
            text = bytes(given).decode()
        except UnicodeDecodeError as error:
            raise _wrong(f"a kubeconfig is UTF-8, and these bytes are not: {error.reason}") from error
    elif isinstance(given, str):
        text = given
    elif isinstance(given, Mapping):
        text = json.dumps(_native.Object(given, source="kubeconfig").to_dict())
    else:
        raise _wrong(f"a kubeconfig is a text, bytes, a path or a dict, not `{type(given).__name__}`")
    name = "kubeconfig" if number == 1 else f"kubeconfig-{number}"
    texts.append({"path": os.path.join(directory, name), "text": text})
    return name


def _answered(ask: str, fields: dict[str, Any], disk: bool) -> Answer[Any]:
    question = {"ask": ask, **{key: value for key, value in fields.items() if value is not None}}
    data = json.loads(_native.answer_with_files(json.dumps(question), disk))
    answer: Answer[Any] = read_answer(Answer, RESULTS[ask], data)
    return answer


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


def _wrong(message: str) -> QueryError:
    return QueryError(message, code="query/wrong-argument")
