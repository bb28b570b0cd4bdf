"""A program as users write it. It is type-checked, and it is run."""

from __future__ import annotations

from pathlib import Path

from kubelogic import (
    Access,
    Answer,
    Can,
    Cluster,
    Finding,
    KubeError,
    Object,
    ObjectRef,
    PathRequest,
    Request,
    Undecided,
    UserInfo,
    ask,
    read,
    read_documents,
    read_yaml,
    schema,
)
from kubelogic.errors import DecodeError, LoadError, ReadError


def may_deploy(folder: Path) -> bool:
    """Asks a yes or no."""
    cluster: Cluster = Cluster.from_path(folder, kube_version="1.35")
    access: Access = cluster.access(bootstrap="auto")
    user: UserInfo = UserInfo.impersonated("system:serviceaccount:shop:ci")
    try:
        allowed: bool = access.can(user, "patch", "deployments", group="apps", namespace="shop")
    except Undecided as error:
        code: str = error.code
        raise SystemExit(code) from error
    many: list[bool] = access.can_many([(user, Request("get", "pods")), (user, PathRequest("get", "/healthz"))])
    return allowed and not all(many)


def why(access: Access, user: UserInfo) -> list[str]:
    """Asks for reasons."""
    answer: Answer[Can] = access.explain_can(user, "get", "pods", namespace="shop")
    if answer.result.allowed:
        return [evidence.message for evidence in answer.evidence]
    places = [miss.location for miss in answer.result.near_misses]
    lines: list[int] = [place.line for place in places if place is not None and place.line is not None]
    warnings: tuple[Finding, ...] = answer.warnings
    return [*map(str, lines), *(warning.message for warning in warnings)]


def what(cluster: Cluster) -> dict[str, int]:
    """Looks at objects."""
    counts: dict[str, int] = {}
    for thing in cluster:
        handle: Object = thing
        kind: str = handle.kind
        counts[kind] = counts.get(kind, 0) + 1
        position: tuple[int, int] | None = handle.position("metadata.name")
        assert position is not None
    less: Cluster = cluster.without(ObjectRef("Namespace", "shop")).with_({"kind": "Namespace", "apiVersion": "v1"})
    assert len(less) == len(cluster)
    return counts


def wrong(text: str) -> str | None:
    """Catches errors."""
    try:
        Cluster.from_yaml(text, source="given.yaml")
    except (ReadError, DecodeError, LoadError) as error:
        return f"{error.source}:{error.line}:{error.column} {error.code}"
    except KubeError:
        raise
    return None


if __name__ == "__main__":
    shop = Path(__file__).parents[3] / "examples/shop"
    assert may_deploy(shop)
    assert what(Cluster(shop))["RoleBinding"] == 3
    assert why(Cluster(shop).access(), UserInfo("nobody")) is not None
    assert wrong("kind: [\n") == "given.yaml:2:1 read/syntax"
    assert read(shop).objects and read_yaml("a: 1") == {"a": 1} and list(read_documents("1\n---\n2")) == [1, 2]
    assert "answer" in ask({"ask": "objects.list", "objects": []}) and schema()
