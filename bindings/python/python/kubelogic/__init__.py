"""Ask Kubernetes what it would do, without a cluster."""

from . import errors, kubeconfig, meta, requests
from ._native import Object, UserInfo, __version__
from .access import Access, PathRequest, Request
from .answers import Answer, Can, Finding, Location, ObjectRef
from .catalogue import ask, schema
from .cluster import Cluster
from .custom import check_custom_resources, default_custom_resources, prune_custom_resources
from .errors import KubeError, Undecided
from .findings import check, explain_code, fix, render_findings
from .manifests import convert, expand, explain, lifecycle, strict, types_of
from .pictures import access_graph, render_picture
from .reading import Reading, read, read_documents, read_yaml
from .roles import aggregate_roles, compact_rules, reconcile_bootstrap, rules_cover

__all__ = [
    "Access",
    "Answer",
    "Can",
    "Cluster",
    "Finding",
    "KubeError",
    "Location",
    "Object",
    "ObjectRef",
    "PathRequest",
    "Reading",
    "Request",
    "Undecided",
    "UserInfo",
    "__version__",
    "access_graph",
    "aggregate_roles",
    "ask",
    "check",
    "check_custom_resources",
    "compact_rules",
    "convert",
    "default_custom_resources",
    "errors",
    "expand",
    "explain",
    "explain_code",
    "fix",
    "kubeconfig",
    "lifecycle",
    "meta",
    "prune_custom_resources",
    "read",
    "read_documents",
    "read_yaml",
    "reconcile_bootstrap",
    "render_findings",
    "render_picture",
    "requests",
    "rules_cover",
    "schema",
    "strict",
    "types_of",
]
