"""The edge between Python and the native half: panics, exceptions, pickles, threads."""

from __future__ import annotations

import copy
import pickle
import re
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import kubelogic
import pytest
from kubelogic import Access, Cluster, Finding, Location, Object, ObjectRef, UserInfo, _native, errors
from kubelogic.errors import InternalError, KubeError, LoadError, ReadError

SHOP = Path(__file__).parents[3] / "examples/shop"
CI = UserInfo.impersonated("system:serviceaccount:shop:ci")


def test_a_panic_is_an_exception_like_any_other() -> None:
    with pytest.raises(InternalError, match="bug in kubelogic: the self test panics") as caught:
        _native._selftest_panic()
    assert caught.value.code == "internal/panic"
    assert isinstance(caught.value, RuntimeError) and isinstance(caught.value, KubeError)


def unguarded(text: str) -> list[str]:
    """Functions for Python that do not catch panics."""
    found = []
    exported = re.split(r"#\[py(?:function|methods)\]", text)[1:]
    for part in exported:
        # The rest of a function, or of a block of methods, which ends at the first brace in the first column.
        for function in re.split(r"\bfn ", part.split("\n}")[0])[1:]:
            name, body = re.split(r"\W", function, maxsplit=1)[0], function.split("{\n", 1)[-1]
            if "guard(|| " not in body and name != "__match_args__":
                found.append(name)
    return found


def test_every_function_for_python_catches_panics() -> None:
    sources = sorted((Path(__file__).parents[1] / "src").glob("*.rs"))
    assert len(sources) > 8
    assert {source.name: names for source in sources if (names := unguarded(source.read_text()))} == {}


def test_a_function_that_does_not_is_found() -> None:
    good, bad = "fn good() {\n    guard(|| Ok(1))\n", "fn bad(&self) -> u32 {\n    1\n"
    assert unguarded(f"#[pyfunction]\n{good}}}\n#[pyfunction]\n{bad}}}\n") == ["bad"]
    assert unguarded(f"#[pymethods]\nimpl A {{\n{good}}}\n\n{bad}}}\n}}\n".replace("\n}", "\n  }", 2)) == ["bad"]


def test_every_class_of_error_is_what_programs_catch() -> None:
    bases = {
        "DecodeError": ValueError,
        "InternalError": RuntimeError,
        "LoadError": ValueError,
        "QueryError": ValueError,
        "ReadError": ValueError,
        "Undecided": KubeError,
    }
    assert set(errors.__all__) == {*bases, "KubeError"}
    for name, base in bases.items():
        kind = getattr(errors, name)
        assert issubclass(kind, KubeError) and issubclass(kind, base)


def failure(*inputs: object) -> KubeError:
    with pytest.raises(KubeError) as caught:
        Cluster(*inputs).access()
    return caught.value


def test_an_error_knows_its_place() -> None:
    error = failure("kind: Pod\napiVersion: v1\n---\nkind: [\n")
    assert isinstance(error, ReadError)
    assert (error.code, error.source, error.document) == ("read/syntax", "text", 2)
    assert (error.line, error.column) == (5, 1)
    assert str(error).startswith("text:5:1: ")
    assert [problem.code for problem in error.problems] == ["read/syntax"]


def test_an_error_lists_every_problem() -> None:
    error = failure("kind: [\n---\n: }\n", "a: *b")
    assert len(error.problems) == 3
    assert all(str(problem) in str(error) for problem in error.problems[1:])


def test_errors_survive_a_pickle() -> None:
    error = failure("kind: [\n")
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.__dict__ == error.__dict__
    hidden = InternalError("words", code="x", line=1)
    assert pickle.loads(pickle.dumps(hidden)).__dict__ == hidden.__dict__


def test_handles_survive_a_pickle() -> None:
    cluster = Cluster.from_path(SHOP, default_namespace="other")
    again = pickle.loads(pickle.dumps(cluster))
    assert list(again) == list(cluster)
    assert [thing.source for thing in again] == [thing.source for thing in cluster]
    assert (again.kube_version, again.default_namespace) == (cluster.kube_version, "other")
    twice = Cluster([{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}] * 2)
    assert len(twice.notes) == 1
    assert pickle.loads(pickle.dumps(twice)).notes == twice.notes
    access = pickle.loads(pickle.dumps(cluster.access("never")))
    assert isinstance(access, Access)
    assert access.can(CI, "patch", "deployments", group="apps", namespace="shop")
    assert repr(access) == repr(cluster.access("never"))
    thing = Object({"kind": "Pod", "a": [1, None]}, source="here")
    assert pickle.loads(pickle.dumps(thing)) == thing
    assert pickle.loads(pickle.dumps(thing)).source == "here"
    user = UserInfo("ann", ["dev"], uid="1", extra={"a": ["b"]})
    assert pickle.loads(pickle.dumps(user)) == user


def test_results_are_values() -> None:
    access = Cluster.from_path(SHOP).access()
    answer, again = (access.explain_can(CI, "get", "pods", namespace="shop") for _ in range(2))
    assert answer == again and hash(answer) == hash(again)
    assert pickle.loads(pickle.dumps(answer)) == answer
    assert type(answer).from_dict(answer.to_dict()).kube_version == answer.kube_version
    with pytest.raises(AttributeError):
        answer.result.allowed = True  # type: ignore[misc]
    location = Location("a.yaml", 1, line=2, column=3)
    match Finding("a/b", "note", "words", location=location):
        case Finding("a/b", severity, _, location=Location("a.yaml", 1)):
            assert severity == "note"
        case _:
            pytest.fail("a finding matches its fields")
    assert str(Finding("a/b", "note", "words", location=location)) == "a.yaml:2:3: note[a/b]: words"


def test_handles_never_change() -> None:
    cluster = Cluster.from_path(SHOP)
    access = cluster.access()
    for handle in (cluster, access, next(iter(cluster)), CI):
        for name in ("kind", "notes", "name", "anything"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(handle, name, 1)


def test_threads_share_handles() -> None:
    cluster = Cluster.from_path(SHOP)
    access = cluster.access()
    start = threading.Barrier(8)

    def work(number: int) -> tuple[bool, int, int, bool]:
        start.wait()
        more = cluster
        for index in range(50):
            more = more.with_({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"{number}-{index}"}})
            assert access.can(CI, "patch", "deployments", group="apps", namespace="shop")
            assert not access.can(CI, "delete", "deployments", group="apps", namespace="shop")
            read = Cluster("kind: Pod\napiVersion: v1\nmetadata: {name: a}\n---\n" * 20)
        question = {"ask": "access.can", "user": {"name": CI.name}, "request": {"verb": "get", "resource": "pods"}}
        answer = kubelogic.ask(question, cluster)
        return access.can_path(CI, "get", "/healthz"), len(more), len(read), "answer" in answer

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(work, range(8)))
    assert found == {(True, len(cluster) + 50, 1, True)}


def test_other_threads_run_while_one_reads() -> None:
    text = "kind: Pod\napiVersion: v1\nmetadata: {name: a}\n---\n" * 40_000
    turns = []
    reader = threading.Thread(target=lambda: turns.append(len(kubelogic.read(text).objects)))
    reader.start()
    count = 0
    while reader.is_alive():
        time.sleep(0.001)
        count += 1
    assert turns == [40_000]
    # Were the interpreter held, there would be a turn or two.
    assert count >= 6


def ask_in_another_process(access: Access) -> bool:
    return access.can(CI, "patch", "deployments", group="apps", namespace="shop")


def raise_in_another_process(text: str) -> None:
    Cluster(text, source="there")


def test_processes_share_handles_and_errors() -> None:
    access = Cluster.from_path(SHOP).access()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(ask_in_another_process, access).result() is True
        with pytest.raises(ReadError, match="there:2:1") as caught:
            pool.submit(raise_in_another_process, "kind: [\n").result()
        assert caught.value.code == "read/syntax"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert kubelogic.__version__ == version("kubelogic")


def test_names_of_objects_print_as_people_write_them() -> None:
    assert str(ObjectRef("Role", "a", namespace="b")) == "Role b/a"
    assert str(ObjectRef("Node", "a")) == "Node a"


def test_bad_settings_are_errors() -> None:
    with pytest.raises(LoadError, match="unknown variant `newest`"):
        Cluster("", on_duplicate="newest")  # type: ignore[arg-type]
    with pytest.raises(KubeError, match="1.28") as caught:
        Cluster("", kube_version="1.28")
    assert caught.value.code == "version-unsupported"
    with pytest.raises(KubeError, match="unknown variant `maybe`"):
        Cluster("").access("maybe")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Cluster("", kube_verison="1.37")  # type: ignore[call-arg]
