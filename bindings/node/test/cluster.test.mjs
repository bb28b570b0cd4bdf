// The objects of a cluster: what is in it, where it is written, and what-ifs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

import { Cluster, KubeObject, QueryError } from 'kubelogic';

const TEXT = `# settings
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  currency: EUR
  a.b: "x"
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: web:1
`;
const cluster = Cluster.fromYaml(TEXT, { source: 'shop.yaml', kubeVersion: 'v1.36.2', defaultNamespace: 'team' });

test('a cluster knows its options and its objects in order', () => {
  assert.deepEqual([cluster.size, cluster.kubeVersion, cluster.defaultNamespace], [2, '1.36.2', 'team']);
  assert.deepEqual(Array.from(cluster, ({ kind, name, namespace }) => [kind, name, namespace]), [
    ['ConfigMap', 'settings', 'shop'],
    ['Pod', 'web', ''],
  ]);
  assert.deepEqual([...cluster].length, 2);
  assert.match(inspect(cluster), /^Cluster { 2 objects, Kubernetes 1\.36\.2 }$/);
});

test('every value knows its place', () => {
  const [settings, pod] = cluster;
  assert.ok(settings instanceof KubeObject);
  assert.equal(pod.apiVersion, 'v1');
  assert.equal(pod.get('spec.containers[0].image'), 'web:1');
  const { source, document, line, column, path } = pod.position('spec.containers[0].image');
  assert.deepEqual([source, document, line, column, path], ['shop.yaml', 2, 17, 12, 'spec.containers[0].image']);
  assert.equal(settings.get('data[a.b]'), 'x');
  assert.equal(settings.get('data.nothing'), undefined);
  assert.equal(settings.position('data.nothing'), undefined);
  assert.equal(settings.position().line, 2);
  assert.throws(() => settings.get('data[') && 0, QueryError);
  assert.deepEqual(settings.toJSON().data, { currency: 'EUR', 'a.b': 'x' });
  assert.equal(JSON.stringify(pod), '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"web","image":"web:1"}]}}');
  assert.equal(inspect(settings), 'KubeObject { ConfigMap shop/settings }');
});

test('objects of a program have paths and no lines', () => {
  const [object] = Cluster.from([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }]);
  const place = object.position('metadata.name');
  assert.deepEqual([place.source, place.line, place.path], ['objects[0]', undefined, 'metadata.name']);
});

test('with and without give other clusters', () => {
  const more = cluster.with({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels: { a: 'b' } } });
  assert.equal(more.size, 2);
  const pod = { kind: 'Pod', name: 'web' };
  assert.equal(more.find(pod).get('metadata.labels.a'), 'b');
  assert.equal(cluster.find(pod).get('metadata.labels'), undefined);
  assert.equal(cluster.with('{apiVersion: v1, kind: Pod, metadata: {name: other}}').size, 3);
  for (const reference of [pod, { ...pod, namespace: 'team' }, cluster.find(pod), [pod], pod, cluster.find(pod).toJSON()]) {
    assert.equal(cluster.without(reference).size, 1);
  }
  assert.equal(cluster.without({ kind: 'Pod', name: 'web', namespace: 'elsewhere' }).size, 2);
  assert.equal(cluster.without({ group: 'apps', kind: 'Pod', name: 'web' }).size, 2);
  assert.equal(cluster.find({ kind: 'ConfigMap', name: 'settings' }), undefined);
  assert.throws(() => cluster.without({ kind: 'Pod', nam: 'web' }), QueryError);
  assert.throws(() => cluster.without('web'), QueryError);
  assert.equal(Cluster.from(cluster).size, 2);
});

test('files, folders and file URLs are read, and named in positions', () => {
  const url = new URL('../../../examples/shop/', import.meta.url);
  const folder = fileURLToPath(url);
  const shop = Cluster.fromPath(url);
  assert.ok(shop.size > 5);
  assert.equal(Cluster.fromPath(folder).size, shop.size);
  const files = ['namespaces.yaml', 'workloads.yaml', 'access.yaml'].map((name) => `${folder}${name}`);
  assert.equal(Cluster.fromPaths(files).size, shop.size);
  const account = shop.find({ kind: 'ServiceAccount', name: 'ci', namespace: 'shop' });
  assert.ok(account.position().source.endsWith('access.yaml'));
  assert.equal(Cluster.fromYaml(readFileSync(files[2])).find(account).name, 'ci');
});
