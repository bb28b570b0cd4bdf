"""Custom resources whose definitions are in the input."""

from __future__ import annotations

import json

import kubelogic
from kubelogic import Cluster

TEXT = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer, default: 3}, color: {type: string}}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: a, namespace: shop}
spec: {colour: red}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: b, namespace: shop}
spec: {size: big}
"""


def test_a_definition_teaches_its_schema() -> None:
    cluster = Cluster(TEXT, source="widgets.yaml")
    one, two = kubelogic.check_custom_resources(cluster).result.objects
    assert one.strict == ('unknown field "spec.colour"',)
    assert one.findings[0].location and one.findings[0].location.line == 21
    assert two.invalid == ('spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',)


def test_resources_are_pruned_and_defaulted() -> None:
    cluster = Cluster(TEXT)
    pruned = kubelogic.prune_custom_resources(cluster).result.objects[0]
    assert pruned.json is not None and json.loads(pruned.json)["spec"] == {}
    defaulted = kubelogic.default_custom_resources(cluster).result.objects[0]
    assert defaulted.json is not None and json.loads(defaulted.json)["spec"] == {"size": 3}
