"""Measures the Python package, beside PyYAML's C loader where that does the same work. Prints Markdown tables.

    python bench/python_package.py FILE...

Install a release build first: ``pip install ./bindings/python``. PyYAML has to be built with libyaml.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from kubelogic import Cluster, PathRequest, Request, UserInfo, read

PASSES = 15
CALLS = 100_000


def times(work: Callable[[], Any], passes: int = PASSES) -> tuple[float, float]:
    """Best and median time of a piece of work in milliseconds. What it gives is dropped within the time."""
    work()
    taken = []
    gc.collect()
    gc.disable()
    for _ in range(passes):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    gc.enable()
    return min(taken), statistics.median(taken)


def reading(files: list[str]) -> None:
    """Text to handles, text to a cluster, and the same with conversion to dicts."""
    print("| file | MB | PyYAML C loader ms | text to handle ms | ratio | to cluster ms | ratio | to dicts ms | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for file in files:
        text = Path(file).read_text()

        def dicts(text: str = text) -> Any:
            return [thing.to_dict() for thing in read(text).objects]

        theirs, _ = times(lambda text=text: list(yaml.load_all(text, yaml.CSafeLoader)), 5)  # type: ignore[misc]
        ours = [
            times(lambda text=text: read(text))[0],  # type: ignore[misc]
            times(lambda text=text: Cluster(text, on_duplicate="last"))[0],  # type: ignore[misc]
            times(dicts)[0],
        ]
        cells = " | ".join(f"{best:.2f} | {theirs / best:.1f}" for best in ours)
        print(f"| {Path(file).name} | {len(text) / 1e6:.2f} | {theirs:.1f} | {cells} |")


def policy(bindings: int) -> list[dict[str, Any]]:
    """One ClusterRole, and a binding for each of many users."""
    group = "rbac.authorization.k8s.io"
    role = {
        "apiVersion": f"{group}/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "reader"},
        "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
    }
    bound = [
        {
            "apiVersion": f"{group}/v1",
            "kind": "ClusterRoleBinding",
            "metadata": {"name": f"b{number}"},
            "roleRef": {"apiGroup": group, "kind": "ClusterRole", "name": "reader"},
            "subjects": [{"apiGroup": group, "kind": "User", "name": f"user-{number}"}],
        }
        for number in range(bindings)
    ]
    return [role, *bound]


def calls() -> None:
    """One question, once everything is compiled."""
    access = Cluster(policy(10_000)).access()
    user = UserInfo.exact("user-5000", ["dev", "ops", "system:authenticated"])
    stranger = UserInfo.exact("stranger", ["dev", "ops", "system:authenticated"])
    can, many = access.can, [(user, Request("get", "pods", namespace="shop"))] * 1_000
    paths = [(user, PathRequest("get", "/healthz"))] * 1_000

    def each(work: Callable[[], Any], calls: int) -> float:
        return times(work)[0] / calls * 1e6

    def loop(question: Callable[[], Any]) -> Callable[[], None]:
        def work() -> None:
            for _ in range(CALLS):
                question()

        return work

    nothing = each(loop(lambda: None), CALLS)
    rows = {
        "can, yes": each(loop(lambda: can(user, "get", "pods", namespace="shop")), CALLS),
        "can, no": each(loop(lambda: can(stranger, "get", "pods", namespace="shop")), CALLS),
        "can, all words": each(
            loop(lambda: can(user, "get", "pods", group="apps", subresource="log", name="a", namespace="shop")), CALLS
        ),
        "can_path": each(loop(lambda: access.can_path(user, "get", "/healthz")), CALLS),
        "can_many, each": each(lambda: access.can_many(many), len(many)),
        "can_many of paths, each": each(lambda: access.can_many(paths), len(paths)),
    }
    print(f"\n| call, 10,000 bindings | ns, loop of {nothing:.0f} ns taken off |\n| --- | ---: |")
    for name, best in rows.items():
        print(f"| {name} | {best - (nothing if 'each' not in name else 0):.0f} |")
    explain = times(lambda: [access.explain_can(user, "get", "pods") for _ in range(100)])[0] * 1e4
    print(f"| explain_can | {explain:.0f} |")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    reading(sys.argv[1:])
    calls()
