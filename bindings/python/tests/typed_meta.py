"""Recorded cases about metadata and kubeconfig files, answered by the typed calls.

Each function gives what the catalogue would give as the result, as far as cases look at it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import kubelogic
from kubelogic import Cluster, kubeconfig, meta
from kubelogic.errors import QueryError

Case = dict[str, Any]


def is_typed(case: Case) -> bool:
    """Other kinds of JSON values than the typed calls take are asked of the catalogue alone."""
    return not case.get("json") and case["id"] != "int-or-percent/kinds"


def expected(expect: Any) -> Any:
    """What is expected of a typed call: a quantity does not say whether a calculation was exact."""
    if isinstance(expect, dict):
        return {key: expected(value) for key, value in expect.items() if key != "exact"}
    return [expected(value) for value in expect] if isinstance(expect, list) else expect


def attempt(make: Callable[[Any], Any], given: Any) -> Any:
    """What a call gives, or its refusal in the catalogue's form."""
    try:
        return make(given)
    except QueryError as error:
        assert error.code.startswith("meta/invalid-"), error
        return {"error": error.message}


def quantities(case: Case) -> Case:
    def one(text: str) -> Case:
        quantity = meta.Quantity(text)
        value: Case = {"text": str(quantity), "canonical": quantity.canonical, "format": quantity.format}
        value |= {"sign": quantity.sign, "asInt64": quantity.as_int64}
        value |= {"approximate": None if math.isinf(float(quantity)) else float(quantity)}
        # What does not fit 64 bits is cut off here, and not in the case.
        return value | {"value": quantity.value, "milliValue": quantity.milli_value}

    return {"quantities": [attempt(one, text) for text in case["texts"]]}


def arithmetic(case: Case) -> Case:
    def one(item: Case) -> Case:
        left, op = meta.Quantity(item["left"]), item["op"]
        if op == "compare":
            right = meta.Quantity(item["right"])
            order = (left > right) - (left < right)
            return {"text": str(left), "format": left.format, "order": order}
        if op in ("add", "sub"):
            right = meta.Quantity(item["right"])
            result = left + right if op == "add" else left - right
        else:
            number = item.get("number", 0)
            result = -left if op == "neg" else left * number if op == "mul" else left.round_up(number)
        return {"text": str(result), "format": result.format}

    return {"results": [attempt(one, item) for item in case["items"]]}


def int_or_percent(case: Case) -> Case:
    def one(item: Case) -> Case:
        value = meta.IntOrPercent(json.loads(item["text"]))
        written = {"text": str(value), "kind": "int" if value.is_int else "text", "intValue": value.int_value}
        rounding = item.get("rounding", "up")
        scaled = attempt(lambda total: value.scaled(total, rounding=rounding), item.get("total", 0))
        return written | ({"scaleError": scaled["error"]} if isinstance(scaled, dict) else {"scaled": scaled})

    return {"results": [attempt(one, item) for item in case["items"]]}


def times(case: Case) -> Case:
    def one(text: str) -> Case:
        time = meta.MicroTime(text) if case.get("micro") else meta.Time(text)
        return {"text": str(time) if time else None, "seconds": time.seconds, "nanosecond": time.nanosecond}

    return {"times": [attempt(one, text) for text in case["texts"]]}


def durations(case: Case) -> Case:
    def one(text: str) -> Case:
        duration = meta.Duration(text)
        return {"text": str(duration), "nanoseconds": duration.nanoseconds}

    return {"durations": [attempt(one, text) for text in case["texts"]]}


def label_selectors(case: Case) -> Case:
    version = case["kubeVersion"]

    def one(written: str | Case) -> Case:
        if isinstance(written, str):
            selector, more = meta.LabelSelector.parse(written, kube_version=version), {}
        else:
            more = {
                "errors": list(meta.selector_errors(written, kube_version=version)),
                "formatted": meta.format_selector(written, kube_version=version),
            }
            try:
                selector = meta.LabelSelector.of(written, kube_version=version)
            except QueryError as error:
                return more | {"error": error.message}
        return more | {
            "text": str(selector),
            "requirements": [described(one) for one in selector.requirements],
            "matches": [selector.matches(labels) for labels in case["labels"]],
        }

    return {"selectors": [attempt(one, written) for written in case["selectors"]]}


def described(requirement: meta.Requirement) -> Case:
    return {"key": requirement.key, "operator": requirement.operator, "values": requirement.values}


def field_selectors(case: Case) -> Case:
    def one(text: str) -> Case:
        selector = meta.FieldSelector.parse(text)
        return {
            "text": str(selector),
            "requirements": [described(one) for one in selector.requirements],
            "matches": [selector.matches(fields) for fields in case["fields"]],
        }

    return {"selectors": [attempt(one, text) for text in case["selectors"]]}


def names(case: Case) -> Case:
    given = {"rule": case["rule"], "prefix": case.get("prefix", False), "kube_version": case["kubeVersion"]}
    return {"problems": [list(meta.name_problems(name, **given)) for name in case["names"]]}


def kind_names(case: Case) -> Case:
    given = {key: case[key] for key in ("kind", "group", "prefix") if key in case}
    version, signer = case["kubeVersion"], case.get("signerName")
    return {
        "problems": [
            list(meta.name_problems(name, signer_name=signer, kube_version=version, **given)) for name in case["names"]
        ]
    }


def address_warnings(case: Case) -> Case:
    field, cidr, version = case["field"], case.get("cidr", False), case["kubeVersion"]
    texts = case["texts"]
    return {"warnings": [list(meta.address_warnings(text, field, cidr=cidr, kube_version=version)) for text in texts]}


def stop_signals(case: Case) -> Case:
    os, version = case.get("os"), case["kubeVersion"]
    return {"problems": [meta.stop_signal_problem(one, os, kube_version=version) for one in case["signals"]]}


def object_meta(case: Case) -> Case:
    settings = {name: case[name] for name in ("namespaced", "kind", "group", "rule") if name in case}
    results = [
        meta.metadata_errors(item["metadata"], old=item.get("old"), kube_version=case["kubeVersion"], **settings)
        for item in case["objects"]
    ]
    return {"objects": [result.to_dict() for result in results]}


def types_of(case: Case) -> Any:
    return kubelogic.types_of(case["apiVersion"], case["kind"], kube_version=case["kubeVersion"]).result.to_dict()


def aggregate(case: Case) -> Any:
    cluster = Cluster(case["objects"], kube_version=case["kubeVersion"], on_duplicate="last", field_validation="ignore")
    whether = bool(case.get("aggregate"))
    if case.get("bootstrap"):
        return kubelogic.aggregate_roles(cluster, bootstrap="auto", aggregate=whether, stored=True).result.to_dict()
    return kubelogic.aggregate_roles(cluster, bootstrap="never", aggregate=whether, stored=True).result.to_dict()


def kubeconfig_settings(case: Case) -> Case:
    settings = {
        "files": {file["path"]: file["text"] for file in case["files"]},
        "kubeconfig": case.get("kubeconfig"),
        "explicit": case.get("explicit"),
        "home": case.get("home"),
        "working_directory": case.get("workingDirectory"),
        "raw": case.get("raw", False),
        "kube_version": case["kubeVersion"],
    }
    return settings


def kubeconfig_load(case: Case) -> Any:
    resolve_paths = case.get("resolvePaths", False)
    return kubeconfig.load(**kubeconfig_settings(case), resolve_paths=resolve_paths).result.to_dict()


def kubeconfig_resolve(case: Case) -> Any:
    flags: Any = {snake(name): value for name, value in case.get("overrides", {}).items()}
    return kubeconfig.resolve(**kubeconfig_settings(case), overrides=flags).result.to_dict()


def snake(name: str) -> str:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return "as_" if words == "as" else words


#: By the name of the question.
TYPED: dict[str, Callable[[Case], Any]] = {
    "access.aggregate": aggregate,
    "kubeconfig.load": kubeconfig_load,
    "kubeconfig.resolve": kubeconfig_resolve,
    "meta.address-warnings": address_warnings,
    "meta.durations": durations,
    "meta.field-selectors": field_selectors,
    "meta.int-or-percent": int_or_percent,
    "meta.kind-names": kind_names,
    "meta.label-selectors": label_selectors,
    "meta.names": names,
    "meta.object-meta": object_meta,
    "meta.quantities": quantities,
    "meta.quantity-arithmetic": arithmetic,
    "meta.stop-signals": stop_signals,
    "meta.times": times,
    "types.of": types_of,
}
