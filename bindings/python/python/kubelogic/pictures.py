"""Pictures: graphs, trees, tables, matrices, heat maps and timelines, as text, SVG, HTML and more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from ._questions import answered
from ._results import Result
from .answers import AccessGraphResult, Answer
from .cluster import Cluster

__all__ = ["PictureFormat", "access_graph", "render_picture"]

#: What a picture can be written as. Not every picture can be everything.
PictureFormat: TypeAlias = Literal["text", "svg", "html", "dot", "mermaid", "markdown", "csv", "json"]


def access_graph(
    cluster: Cluster,
    *,
    namespace: str | None = None,
    defaults: bool = False,
    bootstrap: Literal["auto", "always", "never"] = "auto",
    stored: bool = False,
) -> Answer[AccessGraphResult]:
    """Who is granted what by which binding; :func:`render_picture` draws ``answer.result.graph``.

    :param namespace: only what RoleBindings of this namespace grant, and the roles of the namespace
    :param defaults: whether the bindings and roles that every API server creates are drawn, too
    :param bootstrap: as for :meth:`~kubelogic.Cluster.access`
    :param stored: as for :meth:`~kubelogic.Cluster.access`
    """
    return answered(
        "access.graph", cluster, namespace=namespace, defaults=defaults, bootstrap=bootstrap, stored=stored
    )


def render_picture(
    picture: Result | Mapping[str, Any],
    format: PictureFormat = "text",
    *,
    kind: Literal["graph", "tree", "table", "matrix", "heat-map", "timeline"] | None = None,
    width: int | None = None,
    colors: bool = False,
    fold_above: int | None = None,
) -> str:
    """A picture as one text or file.

    :param picture: one that an answer holds, or a dict of the same shape
    :param kind: what it is, unless its class or the dict's ``picture`` tells
    :param width: how many columns a terminal has; 100 unless given
    :param colors: whether texts for a terminal are coloured
    :param fold_above: groups of an HTML page start folded above this many nodes; 60 unless given
    """
    given = picture.to_dict() if isinstance(picture, Result) else dict(picture)
    if kind is None and "picture" not in given:
        kind = _KINDS.get(type(picture).__name__)
    if kind is not None:
        given["picture"] = kind
    answer = answered(
        "picture.render", picture=given, format=format, width=width, colors=colors, foldAbove=fold_above
    )
    text: str = answer.result.text
    return text


_KINDS: dict[str, Literal["graph", "tree", "table", "matrix", "heat-map", "timeline"]] = {
    "Graph": "graph",
    "HeatMap": "heat-map",
    "Matrix": "matrix",
    "Table": "table",
    "Timeline": "timeline",
    "Tree": "tree",
}
