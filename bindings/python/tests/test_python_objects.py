"""Dicts and other values of Python programs, as objects."""

from __future__ import annotations

import collections
import datetime
import enum
import math
import types
from typing import Any

import pytest
from kubelogic import Object
from kubelogic.errors import DecodeError, KubeError, ReadError


def test_a_dict_comes_back_as_it_was() -> None:
    given: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "labels": {"example.com/part": "x"}},
        "data": {"": "empty key", "ü": "ä\n"},
        "list": [1, -1, 2**63 - 1, -(2**63), 1.5, 1e300, True, False, None, "", [], {}, ["nested", {"a": [{}]}]],
    }
    found = Object(given).to_dict()
    assert found == given
    # A bool is an int to Python: equality alone would not tell them apart.
    assert [type(value) for value in found["list"][:9]] == [int, int, int, int, float, float, bool, bool, type(None)]
    assert list(found) == list(given)


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), "2024-01-02T03:04:05+00:00"),
        (datetime.datetime(2024, 1, 2, 3, 4, 5, 600), "2024-01-02T03:04:05.000600"),
        (datetime.date(2024, 1, 2), "2024-01-02"),
        (("a", 1), ["a", 1]),
        (types.MappingProxyType({"a": 1}), {"a": 1}),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.ChainMap({"a": 1}), {"a": 1}),
        (enum.IntEnum("Number", {"ONE": 1}).ONE, 1),  # type: ignore[attr-defined]
    ],
)
def test_values_that_json_has_another_word_for(value: Any, json: Any) -> None:
    assert Object({"value": value}).get("value") == json


def cycle() -> dict[str, Any]:
    given: dict[str, Any] = {"a": [{}]}
    given["a"][0]["b"] = given
    return given


def deep(levels: int) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for _ in range(levels):
        given = {"a": given}
    return given


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"a": [0, {"b": 2**63}]}, "object/number-too-large", "a[1].b"),
        ({"a": -(2**63) - 1}, "object/number-too-large", "a"),
        ({"a": math.nan}, "object/number-not-finite", "a"),
        ({"a": -math.inf}, "object/number-not-finite", "a"),
        ({"a": {"b": {1: "x"}}}, "object/key-not-text", "a.b"),
        ({"jobs": {True: "push"}}, "object/key-not-text", "jobs"),
        ({None: 1}, "object/key-not-text", None),
        ({"a": {"b", "c"}}, "object/unknown-type", "a"),
        ({"a": [b"bytes"]}, "object/unknown-type", "a[0]"),
        ({"a": object()}, "object/unknown-type", "a"),
        ({"a": str}, "object/unknown-type", "a"),
        ({"metadata": {"labels": {"example.com/x": 1j}}}, "object/unknown-type", "metadata.labels[example.com/x]"),
        ({"a": "\ud800"}, "object/not-unicode", "a"),
        (cycle(), "object/cycle", "a[0].b"),
        ([1], "object/not-a-mapping", None),
        (5, "object/not-a-mapping", None),
        (None, "object/not-a-mapping", None),
    ],
)
def test_what_no_object_can_hold(given: Any, code: str, path: str | None) -> None:
    with pytest.raises(DecodeError) as caught:
        Object(given, source="here")
    assert (caught.value.code, caught.value.path, caught.value.source) == (code, path, "here")
    assert caught.value.problems[0].code == code


def test_a_boolean_key_is_explained() -> None:
    with pytest.raises(DecodeError, match="has the key True of the Python type `bool`") as caught:
        Object({"on": 1, "jobs": {True: 1}})
    assert caught.value.help is not None and "`on`" in caught.value.help


def test_depth_has_a_limit_of_its_own() -> None:
    found, levels = Object(deep(999)).to_dict(), 0
    while found:
        found, levels = found["a"], levels + 1
    assert levels == 999
    for levels in (1000, 100_000):
        with pytest.raises(ReadError, match="more than 1000 levels") as caught:
            Object(deep(levels))
        assert caught.value.code == "read/too-deep"


def test_the_same_value_twice_is_no_cycle() -> None:
    shared = {"a": [1]}
    assert Object({"x": shared, "y": [shared, shared]}).to_dict() == {"x": shared, "y": [shared, shared]}


def test_errors_of_the_given_object_pass_through() -> None:
    class Broken(collections.UserDict):  # type: ignore[type-arg]
        def items(self) -> Any:
            raise LookupError("not today")

    with pytest.raises(LookupError, match="not today"):
        Object({"a": Broken()})


def test_values_are_found_by_path() -> None:
    thing = Object(
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"name": "web", "namespace": "shop", "labels": {"app.kubernetes.io/name": "web"}},
            "spec": {"template": {"spec": {"containers": [{"name": "a"}, {"name": "b", "ports": None}]}}},
        }
    )
    assert (thing.api_version, thing.kind, thing.namespace, thing.name) == ("apps/v1", "Deployment", "shop", "web")
    assert thing.get("spec.template.spec.containers[1].name") == "b"
    assert thing.get("metadata.labels[app.kubernetes.io/name]") == "web"
    assert thing.get(["metadata", "labels", "app.kubernetes.io/name"]) == "web"
    assert thing.get(("spec", "template", "spec", "containers", 0)) == {"name": "a"}
    assert thing.get("spec.replicas") is None
    assert thing.get("spec.replicas", 1) == 1
    # Null is there, and is not the default.
    assert thing.get("spec.template.spec.containers[1].ports", "default") is None
    assert thing.get("spec.template.spec.containers[2]", "default") == "default"
    assert thing.get([]) == thing.to_dict()
    assert thing.position() is None
    for path in ("spec..template", ["spec", 1.5]):
        with pytest.raises(KubeError, match="is not a field path"):
            thing.get(path)
    with pytest.raises(TypeError):
        thing.get(5)


def test_objects_are_compared_by_value() -> None:
    one, two = Object({"a": 1, "b": 2}), Object({"b": 2, "a": 1}, source="elsewhere")
    assert one == two
    assert one != Object({"a": 1})
    assert one != {"a": 1, "b": 2}
    assert repr(Object({"kind": "Pod", "metadata": {"name": "a", "namespace": "b"}})) == "<Object Pod b/a>"
    with pytest.raises(AttributeError):
        one.kind = "x"  # type: ignore[misc]
