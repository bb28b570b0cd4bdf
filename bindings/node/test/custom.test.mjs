// Custom resources whose definitions are in the input.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cluster, checkCustomResources, defaultCustomResources, pruneCustomResources } from 'kubelogic';

const properties = { size: { type: 'integer', default: 3 }, color: { type: 'string' } };
const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } };
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [{ name: 'v1', served: true, storage: true, schema }],
  },
};
const widget = (name, spec) => ({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name, namespace: 'shop' }, spec });
const cluster = Cluster.from([definition, widget('a', { colour: 'red' }), widget('b', { size: 'big' })]);

test('a definition teaches its schema', () => {
  const [one, two] = checkCustomResources(cluster).result.objects;
  assert.deepEqual(one.strict, ['unknown field "spec.colour"']);
  const text = 'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"';
  assert.deepEqual(two.invalid, [text]);
});

test('resources are pruned and defaulted', () => {
  const spec = (answer) => JSON.parse(answer.result.objects[0].json).spec;
  assert.deepEqual(spec(pruneCustomResources(cluster)), {});
  assert.deepEqual(spec(defaultCustomResources(cluster)), { size: 3 });
});
