"""Every recorded answer of the real components, asked of the catalogue and of the typed calls.

``conformance/README.md`` says how a recorded case becomes a question, and where answers differ on purpose.
"""

from __future__ import annotations

import base64
import collections
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import kubelogic
import pytest
import typed_meta
import typed_requests
from kubelogic import Access, Cluster, PathRequest, Request, UserInfo
from kubelogic.errors import ReadError

CASES = Path(__file__).parents[3] / "conformance/cases"

Case = dict[str, Any]


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*/*.json")):
        yield from json.loads(path.read_text())["cases"]


def is_asked(case: Case) -> bool:
    """Not asked are how Go writes JSON again, and a path with a namespace."""
    request = case.get("request", {})
    return case["ask"] != "read.canonical" and not {"path", "namespace"} <= set(request)


ASKED = [case for case in cases() if is_asked(case)]
COUNTS = collections.Counter(case["ask"] for case in ASKED)


def test_there_are_cases(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nconformance: {COUNTS.total()} cases, {dict(sorted(COUNTS.items()))}")
    least = {"read.yaml": 500, "read.documents": 250, "read.objects": 150, "access.can": 500, "access.can-many": 50}
    assert {ask: count for ask, count in least.items() if COUNTS[ask] < count} == {}
    assert set(COMPARED) <= set(COUNTS)


# Questions whose cases hold the oracle's own switches; those of all others are the catalogue's.
OF_THE_AUTHORIZER = {"access.can", "access.can-many", "access.aggregate"}
WITH_SWITCHES = {*OF_THE_AUTHORIZER, "access.authorize"}


def question(case: Case) -> Case:
    left_out = {"about", "expect", "order", "repeat", "seed", "defaultNamespace"}
    asked = {key: value for key, value in case.items() if key not in left_out}
    if case["ask"] in WITH_SWITCHES:
        asked["bootstrap"] = "auto" if case.get("bootstrap") else "never"
        asked["aggregate"] = bool(case.get("aggregate"))
        asked["stored"] = True
        asked["load"] = {"onDuplicate": "last", "fieldValidation": "ignore"}
        if case["ask"].startswith("access.can"):
            asked["allReasons"] = case.get("order") == "all"
    return asked


def by_catalogue(case: Case) -> Any:
    answer = kubelogic.ask(question(case))
    assert "answer" in answer, answer
    return answer["answer"]["result"]


def by_typed_calls(case: Case) -> Any:
    if case["ask"] in CALLS:
        return CALLS[case["ask"]](case)
    if case["ask"] in OF_THE_AUTHORIZER:
        return typed_access(case)
    text = base64.b64decode(case["bytes"]) if "bytes" in case else case["text"]
    version = case["kubeVersion"]
    if case["ask"] == "read.objects":
        found = kubelogic.read(text, kube_version=version)
        errors = [finding.to_dict() for finding in found.errors]
        return {"objects": [{"json": json.dumps(thing.to_dict())} for thing in found.objects], "errors": errors}
    documents: list[Case] = []
    try:
        if case["ask"] == "read.yaml":
            return {"json": json.dumps(kubelogic.read_yaml(text))}
        for value in kubelogic.read_documents(text, kube_version=version):
            documents.append({"json": json.dumps(value)})
    except ReadError as error:
        return {"documents": documents, "error": {"code": error.code}}
    return {"documents": documents}


def typed_access(case: Case) -> Any:
    cluster = Cluster(
        case["objects"], kube_version=case["kubeVersion"], on_duplicate="last", field_validation="ignore"
    )
    access = cluster.access("auto" if case.get("bootstrap") else "never", aggregate=bool(case.get("aggregate")), stored=True)
    if case["ask"] == "access.can":
        return typed_verdict(access, case, case.get("order") == "all")
    asked = [(user(one), request(one)) for one in case["questions"]]
    allowed = access.can_many(asked)
    results = [typed_verdict(access, one, case.get("order") == "all") for one in case["questions"]]
    assert allowed == [result["allowed"] for result in results]
    return {"results": results}


def user(case: Case) -> UserInfo:
    given = case.get("user") or {}
    name, groups = given.get("name", ""), given.get("groups") or []
    return UserInfo(name, groups, uid=given.get("uid", ""), extra=given.get("extra"))


def request(case: Case) -> Request | PathRequest:
    asked = {key: value for key, value in case["request"].items() if key != "version"}
    return PathRequest(**asked) if "path" in asked else Request(**asked)


def typed_verdict(access: Access, case: Case, every_reason: bool) -> Case:
    who, asked = user(case), request(case)
    if isinstance(asked, PathRequest):
        allowed = access.can_path(who, asked.verb, asked.path)
    else:
        words = asked._asdict()
        allowed = access.can(who, words.pop("verb"), words.pop("resource"), **words)
    explained = access.explain_request(who, asked).result
    assert explained.allowed is allowed
    decided, reason, reasons = access.authorize(who, asked)
    assert (decided, reason) == (allowed, explained.reason)
    return {"allowed": allowed, "reason": reason, "reasons": reasons if every_reason else []}


def value(answer: Case, canonical: bool) -> Any:
    """A value letter by letter when it is canonical, or what it says; an error is only a refusal in most cases."""
    if "json" not in answer:
        error = answer.get("error")
        text = error.get("message", "") if isinstance(error, dict) else error or ""
        # What a strict reader says of keys that stand twice is upstream's own text.
        return ("refused", text if "already set in map" in text else "")
    return answer["json"] if canonical else json.loads(answer["json"], parse_int=go_number)


def go_number(text: str) -> int | float:
    """Go keeps integers that fit 64 bits, and all others as floats. Python keeps all, and so do we."""
    number = int(text)
    return number if -(2**63) <= number < 2**63 else float(number)


def same_sequence(real: list[Any], real_failed: bool, ours: list[Any], ours_failed: bool) -> bool:
    if not real_failed:
        return not ours_failed and real == ours
    # kubectl stops at an error, ours goes on: the real ones are among ours, in order.
    rest = iter(ours)
    return ours_failed and all(any(own == one for own in rest) for one in real)


def compare_yaml(expect: Case, result: Case, canonical: bool) -> bool:
    outcomes = expect.get("outcomes", [expect])
    return any(value(outcome, canonical) == value(result, canonical) for outcome in outcomes)


def compare_documents(expect: Case, result: Case, canonical: bool) -> bool:
    def listed(answer: Case) -> list[Any]:
        return [value(one, canonical) for one in answer["documents"] if "json" in one]

    def failed(answer: Case) -> bool:
        return answer.get("error") is not None or any("error" in one for one in answer["documents"])

    return any(
        same_sequence(listed(outcome), failed(outcome), listed(result), failed(result))
        for outcome in expect.get("outcomes", [expect])
    )


def compare_objects(expect: Case, result: Case, canonical: bool) -> bool:
    def listed(answer: Case) -> list[Any]:
        found = [value(one, False) for one in answer.get("objects") or []]
        for thing in found:
            # kubectl takes an empty namespace out of an object once it is read.
            metadata = thing.get("metadata")
            if isinstance(metadata, dict) and not metadata.get("namespace", "x"):
                del metadata["namespace"]
        return found

    return same_sequence(listed(expect), bool(expect.get("errors")), listed(result), bool(result["errors"]))


def verdict(answer: Case) -> Any:
    return answer["allowed"], answer["reason"], answer.get("reasons") or []


def compare_can(expect: Case, result: Case, canonical: bool) -> bool:
    return bool(verdict(expect) == verdict(result))


def compare_can_many(expect: Case, result: Case, canonical: bool) -> bool:
    return [verdict(one) for one in expect["results"]] == [verdict(one) for one in result["results"]]


def without_empty(given: Any) -> Any:
    """Absent, null and empty lists mean the same in a rule."""
    if isinstance(given, dict):
        return {key: without_empty(inner) for key, inner in given.items() if inner not in (None, [])}
    return [without_empty(inner) for inner in given] if isinstance(given, list) else given


def compare_aggregate(expect: Case, result: Case, canonical: bool) -> bool:
    return bool(without_empty(expect) == without_empty(result))


def compare_all(expect: Any, result: Any, canonical: bool) -> bool:
    """All that is expected is in the result; the result may hold more fields."""
    if isinstance(expect, dict):
        return isinstance(result, dict) and all(
            key in result and compare_all(value, result[key], canonical) for key, value in expect.items()
        )
    if isinstance(expect, list):
        return (
            isinstance(result, list)
            and len(result) == len(expect)
            and all(compare_all(one, own, canonical) for one, own in zip(expect, result, strict=True))
        )
    return type(expect) is type(result) and bool(expect == result)


def test_what_is_expected_must_be_there() -> None:
    result = {"a": [{"b": 1, "c": 2}], "d": None}
    assert compare_all({"a": [{"b": 1}]}, result, False)
    wrongs: list[Any] = [{"a": [{"b": 2}]}, {"a": []}, {"e": None}, {"a": [{"b": True}]}]
    for wrong in wrongs:
        assert not compare_all(wrong, result, False)


# Other questions are asked of the catalogue alone.
CALLS = {**typed_meta.TYPED, **typed_requests.TYPED}
TYPED = {"read.yaml", "read.documents", "read.objects", "access.can", "access.can-many", *CALLS}

COMPARED: dict[str, Callable[[Any, Any, bool], bool]] = {
    "read.yaml": compare_yaml,
    "read.documents": compare_documents,
    "read.objects": compare_objects,
    "access.can": compare_can,
    "access.can-many": compare_can_many,
    "access.aggregate": compare_aggregate,
}


def is_deliberate(case: Case, result: Case) -> bool:
    """Ours stops at 1,000 levels, the real reader at 10,000."""
    error = result.get("error")
    too_deep = isinstance(error, dict) and error.get("code") == "read/too-deep"
    return too_deep and case["id"].startswith("limits/") and case["expect"].get("error") is None


def differences(results: Iterator[tuple[Case, Case, bool]]) -> list[str]:
    return [
        f"{case['kubeVersion']} {case['id']}\n  ours {result}\n  real {case['expect']}"
        for case, result, canonical in results
        if not is_deliberate(case, result) and not COMPARED.get(case["ask"], compare_all)(case["expect"], result, canonical)
    ]


def test_the_catalogue_gives_every_recorded_answer() -> None:
    results = ((case, by_catalogue(case), bool(case.get("canonical"))) for case in ASKED)
    assert differences(results) == []


def test_typed_calls_give_every_recorded_answer() -> None:
    # Strict reading has no typed call.
    typed = [case for case in ASKED if case["ask"] in TYPED and not case.get("strict") and typed_meta.is_typed(case)]
    assert TYPED == {case["ask"] for case in typed}
    assert len(typed) > 1_900
    typed = [case | {"expect": typed_meta.expected(case["expect"])} for case in typed]
    assert differences((case, by_typed_calls(case), False) for case in typed) == []


def test_another_answer_is_a_difference() -> None:
    seen = set()
    for case in ASKED:
        if case["ask"] not in seen:
            seen.add(case["ask"])
            other = {"json": '"other"', "documents": [{"json": '"other"'}], "objects": [{"json": '{"o": 1}'}]}
            wrong = {**other, "allowed": None, "reason": "other", "results": [], "clusterRoles": ["other"]}
            wrong |= {"error": None, "errors": []}
            assert not COMPARED.get(case["ask"], compare_all)(case["expect"], wrong, False), case["id"]
    assert set(COMPARED) <= seen
