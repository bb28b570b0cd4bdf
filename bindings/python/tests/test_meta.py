"""Values that objects hold as text."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from kubelogic import meta
from kubelogic.errors import DecodeError, KubeError, QueryError
from kubelogic.meta import Duration, FieldSelector, IntOrPercent, LabelSelector, MicroTime, Quantity, Time
from kubernetes.client import V1LabelSelector, V1LabelSelectorRequirement, V1ObjectMeta


def test_quantities_are_worth_something() -> None:
    assert Quantity("1Gi") == Quantity("1024Mi") != Quantity("1G")
    assert Quantity("1Gi") > Quantity("1G") >= Quantity(1_000_000_000)
    assert len({Quantity("1"), Quantity("1000m"), Quantity(1), Quantity(1.0)}) == 1
    assert (Quantity("1.5").canonical, str(Quantity("1.5")), Quantity("1.5").value) == ("1500m", "1500m", 2)
    assert (Quantity("100m").milli_value, Quantity("1e3").format) == (100, "DecimalExponent")
    assert not Quantity("0") and Quantity("1n")
    assert float(Quantity("1500m")) == 1.5


def test_quantities_are_calculated_with() -> None:
    assert str(Quantity("1Gi") + Quantity("512Mi")) == "1536Mi"
    assert str(Quantity("1") - Quantity("100m")) == "900m"
    assert (str(Quantity("2Mi") * 3), str(-Quantity("5"))) == ("6Mi", "-5")
    assert str(Quantity("1.2m").round_up(-3)) == "2m"


def test_a_copy_is_the_same() -> None:
    for one in (Quantity("1.5Gi"), Quantity("+1"), Quantity("1e3")):
        for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
            assert (again, str(again), again.format) == (one, str(one), one.format)
    others: list[Any] = [
        LabelSelector.parse("a in (1,2),!b"),
        LabelSelector.parse(""),
        LabelSelector.of(None),
        FieldSelector.parse(r"a=b\,c,d!="),
        Time("2026-11-21T06:30:00.5Z"),
        Time(None),
        MicroTime("2026-11-21T06:30:00.000001Z"),
        Duration("-1h"),
        IntOrPercent("5"),
        IntOrPercent(5),
    ]
    for other in others:
        again = pickle.loads(pickle.dumps(other))
        assert (again, hash(again), repr(again)) == (other, hash(other), repr(other))
    assert len(set(others)) == len(others)


def test_label_selectors_select() -> None:
    selector = LabelSelector.parse("app in (web, api),!canary")
    assert (str(selector), selector.matches({"app": "web"})) == ("app in (api,web),!canary", True)
    assert not selector.matches({"app": "web", "canary": ""}) and not selector.matches(None)
    assert selector.matches(MappingProxyType({"app": "api"}))  # type: ignore[arg-type]
    [one, other] = selector.requirements
    assert (one.key, one.operator, one.values, other.operator) == ("app", "in", ["api", "web"], "!")
    expression = V1LabelSelectorRequirement(key="app", operator="In", values=["web"])
    written = LabelSelector.of(V1LabelSelector(match_expressions=[expression]))
    assert str(written) == "app in (web)" and written != LabelSelector.parse("app=web")


def test_no_selector_selects_nothing_and_an_empty_one_everything() -> None:
    for everything in (LabelSelector.of({}), LabelSelector.parse("")):
        assert everything.matches(None) and everything.selects_everything and not everything.selects_nothing
    nothing = LabelSelector.of(None)
    assert not nothing.matches({"a": "b"}) and nothing.selects_nothing and nothing.requirements == []
    assert (meta.format_selector(None), meta.format_selector({"matchLabels": {"a": "b"}})) == ("<none>", "a=b")


def test_times_move() -> None:
    time = Time("2026-11-21T07:30:00+01:00")
    assert str(time + Duration("90s")) == "2026-11-21T06:31:30Z"
    assert str(time - Time("2026-11-20T06:30:00Z")) == "24h0m0s"
    assert time == Time(datetime(2026, 11, 21, 6, 30)) == Time(datetime(2026, 11, 21, 6, 30, tzinfo=timezone.utc))
    half = timezone(timedelta(hours=1))
    assert Time(datetime(2026, 11, 21, 7, 30, 0, 250, half)).nanosecond == 250_000
    assert MicroTime(datetime(2026, 11, 21)).to_datetime() == datetime(2026, 11, 21, tzinfo=timezone.utc)
    assert time > Time("2026-11-21T06:29:59Z") and not Time(None) and Time(None).is_zero
    with pytest.raises(OverflowError):
        Time("9999-12-31T23:59:59-01:00").to_datetime()


def test_durations_are_timedeltas() -> None:
    assert Duration(timedelta(minutes=90)) == Duration("1.5h")
    assert Duration("-1.5s").to_timedelta() == timedelta(seconds=-1.5)
    assert Duration("1ns").to_timedelta() == timedelta(0) and Duration("1ns") and not Duration("0")
    assert [str(one) for one in sorted([Duration("1h"), Duration("1m"), Duration("1s")])] == ["1s", "1m0s", "1h0m0s"]


def test_a_text_is_no_number_unless_a_flag_says_it() -> None:
    assert (IntOrPercent(5).is_int, IntOrPercent("5").is_int, IntOrPercent.parse("5").is_int) == (True, False, True)
    assert IntOrPercent("5") != IntOrPercent(5) and IntOrPercent("5").int_value == 5
    assert (IntOrPercent("50%").scaled(3), IntOrPercent("50%").scaled(3, rounding="down")) == (2, 1)


def test_names_go_by_rule_or_kind() -> None:
    assert meta.name_rule("Service", kube_version="1.33") == "dns-1035-label"
    assert meta.name_rule("StatefulSet", group="apps") == "dns-label"
    assert meta.name_problems("1a", kind="Service", kube_version="1.33") != ()
    assert meta.name_problems("1a", kind="Service") == ()
    assert meta.name_problems("web-", rule="dns-label", prefix=True) == ()
    assert meta.name_problems("web-", rule="dns-label") != ()
    names = {meta.generate_name("web-", seed=seed) for seed in range(50)}
    assert len(names) == 50 and all(meta.name_problems(name, kind="Pod") == () for name in names)


def test_metadata_is_looked_at() -> None:
    found = meta.metadata_errors(V1ObjectMeta(name="a", namespace="b", labels={"x y": "z"}), namespaced=True, kind="Pod")
    assert [error.field for error in found.errors] == ["metadata.labels"]
    assert found.message is not None and found.message.startswith('Pod "a" is invalid: metadata.labels: ')
    old = {"name": "a", "namespace": "b", "uid": "1", "resourceVersion": "1"}
    changed = meta.metadata_errors({**old, "uid": "2"}, old=old, namespaced=True)
    assert [error.field for error in changed.errors] == ["metadata.uid"]
    assert meta.metadata_errors(old, old=old, namespaced=True).errors == ()


@pytest.mark.parametrize(
    ("make", "error", "code"),
    [
        (lambda: LabelSelector.parse("a in ("), QueryError, "meta/invalid-selector"),
        (lambda: LabelSelector.of({"matchExpressions": [{"key": "a", "operator": "Is"}]}), QueryError, "meta/invalid-selector"),
        (lambda: LabelSelector.parse("a", kube_version="1.12"), QueryError, "version-unsupported"),
        (lambda: LabelSelector.parse("a").matches("a"), QueryError, "query/wrong-argument"),  # type: ignore[arg-type]
        (lambda: LabelSelector.parse("a").matches({"a": 1}), QueryError, "query/wrong-argument"),  # type: ignore[dict-item]
        (lambda: FieldSelector.parse("a"), QueryError, "meta/invalid-selector"),
        (lambda: Time("2026-11-21"), QueryError, "meta/invalid-time"),
        (lambda: Time(5), QueryError, "query/wrong-argument"),  # type: ignore[arg-type]
        (lambda: MicroTime("2026-11-21T06:30:00Z"), QueryError, "meta/invalid-time"),
        (lambda: Duration("1d"), QueryError, "meta/invalid-duration"),
        (lambda: Duration(timedelta.max), QueryError, "meta/invalid-duration"),
        (lambda: IntOrPercent(2**31), QueryError, "meta/invalid-int-or-percent"),
        (lambda: IntOrPercent("5").scaled(1), QueryError, "meta/invalid-int-or-percent"),
        (lambda: IntOrPercent(True), QueryError, "query/wrong-argument"),
        (lambda: IntOrPercent(1).scaled(1, rounding="off"), QueryError, "query/wrong-argument"),
        (lambda: meta.name_problems("a"), QueryError, "ask/bad-question"),
        (lambda: meta.name_problems("a", rule="dns-lable"), QueryError, "ask/bad-question"),
        (lambda: meta.metadata_errors({"labels": []}, namespaced=True), QueryError, "ask/bad-question"),
    ],
)
def test_bad_input_is_one_clear_error(make: Callable[[], Any], error: type[KubeError], code: str) -> None:
    with pytest.raises(error) as raised:
        make()
    assert raised.value.code == code and raised.value.message


def test_a_selector_with_a_wrong_field_says_where() -> None:
    with pytest.raises(DecodeError) as raised:
        LabelSelector.of({"match_labels": {"a": "b"}})
    assert (raised.value.code, raised.value.source) == ("decode/unknown-field", "selector")
    assert raised.value.path == "match_labels" and "did you mean `matchLabels`?" in raised.value.message
    with pytest.raises(DecodeError) as raised:
        LabelSelector.of({"matchExpressions": [{"key": "a", "values": "b"}]})
    assert raised.value.path == "matchExpressions[0].values"
    with pytest.raises(QueryError) as refused:
        meta.name_problems("a", rule="dns-lable")
    assert refused.value.help == "did you mean `dns-label`?"


@pytest.mark.parametrize("bad", ["1K", "1e3m", "inf", "", "0x10", float("nan")])
def test_what_is_no_quantity_is_refused(bad: Any) -> None:
    with pytest.raises(QueryError) as raised:
        Quantity(bad)
    assert raised.value.code == "meta/invalid-quantity"


@pytest.mark.parametrize("bad", [True, None, [], b"1"])
def test_other_types_are_refused(bad: Any) -> None:
    with pytest.raises(QueryError, match="a quantity is a text or a number"):
        Quantity(bad)
