"""Custom resources whose definitions are in the input: what the API server says to them and makes of them."""

from __future__ import annotations

from ._questions import answered
from .answers import Answer, CustomCheckResult, CustomObjectsResult
from .cluster import Cluster

__all__ = ["check_custom_resources", "default_custom_resources", "prune_custom_resources"]


def check_custom_resources(cluster: Cluster) -> Answer[CustomCheckResult]:
    """What the API server says to each definition and to each custom resource, in its own words and with places."""
    return answered("crd.check", cluster)


def prune_custom_resources(cluster: Cluster) -> Answer[CustomObjectsResult]:
    """The custom resources without the fields that their schemas do not name."""
    return answered("crd.prune", cluster)


def default_custom_resources(cluster: Cluster) -> Answer[CustomObjectsResult]:
    """The custom resources, pruned and with the defaults of their schemas."""
    return answered("crd.default", cluster)
