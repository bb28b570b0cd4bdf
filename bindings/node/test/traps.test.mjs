// What programs hold in their hands, and how it goes wrong when it is merely dumped.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import vm from 'node:vm';

import * as client from '@kubernetes/client-node';
import yaml from 'js-yaml';
import { Cluster, DecodeError, LoadError, ReadError } from 'kubelogic';

const { encode } = createRequire(import.meta.url)('../lib/encode.cjs');

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop, creationTimestamp: "2024-05-01T10:00:00Z"}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from: [{podSelector: {matchLabels: {app: front}}}]
    ports: [{port: http}]
`;

const role = (rules) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'reader', namespace: 'shop' },
  rules,
});

function thrown(run, type) {
  let error;
  assert.throws(run, (caught) => {
    error = caught;
    return true;
  });
  assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
  return error;
}

function only(cluster) {
  const objects = [...cluster];
  assert.equal(objects.length, 1);
  return objects[0];
}

test('an instance of a client class arrives under the names of Kubernetes', () => {
  const policy = client.loadYaml(POLICY);
  assert.ok(policy.spec.ingress[0]._from, 'the client renames the field');
  const object = only(Cluster.from(policy));
  assert.deepEqual(object.get('spec.ingress[0].from'), [{ podSelector: { matchLabels: { app: 'front' } } }]);
  assert.equal(object.get('spec.ingress[0]._from'), undefined);
  assert.equal(object.get('metadata.creationTimestamp'), '2024-05-01T10:00:00.000Z');
});

test('an instance that a program fills in is translated in the same way', () => {
  const rule = new client.V1NetworkPolicyIngressRule();
  rule._from = [];
  const policy = new client.V1NetworkPolicy();
  Object.assign(policy, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a' } });
  policy.spec = Object.assign(new client.V1NetworkPolicySpec(), { podSelector: {}, ingress: [rule] });
  assert.deepEqual(only(Cluster.from(policy)).get('spec.ingress'), [{ from: [] }]);
});

test('every renamed field of the client is known', () => {
  let renamed = 0;
  for (const type of Object.values(client)) {
    if (typeof type?.getAttributeTypeMap !== 'function') continue;
    for (const { name, baseName } of type.getAttributeTypeMap()) {
      if (name === baseName) continue;
      renamed += 1;
      const instance = Object.assign(new type(), { [name]: 'x' });
      assert.deepEqual(JSON.parse(encode({ instance })), { instance: { [baseName]: 'x' } });
    }
  }
  assert.ok(renamed > 10, `${renamed} fields`);
});

for (const [name, value, meant] of [
  ['_from', [], 'from'],
  ['_default', {}, 'default'],
  ['_int', 1, 'int'],
  ['_enum', [], 'enum'],
  ['_continue', 'x', 'continue'],
]) {
  test(`a copy of an instance with ${name} is refused`, () => {
    const copy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {}, spec: { [name]: value } };
    const error = thrown(() => Cluster.from(copy), DecodeError);
    assert.equal(error.code, 'decode/unknown-field');
    assert.equal(error.path, `spec.${name}`);
    assert.match(error.message, new RegExp(`did you mean \`${meant}\``));
  });
}

test('a JSON round trip of an instance is refused, too', () => {
  const error = thrown(() => Cluster.from(JSON.parse(JSON.stringify(client.loadYaml(POLICY)))), DecodeError);
  assert.equal(error.path, 'spec.ingress[0]._from');
  assert.match(error.help, /instance itself/);
});

test('free keys may have any name', () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { _from: 'x' } }, data: { _from: 'y' } };
  const object = only(Cluster.from(map));
  assert.equal(object.get('data._from'), 'y');
  assert.equal(object.get('metadata.labels._from'), 'x');
  const custom = { apiVersion: 'example.com/v1', kind: 'Mail', metadata: { name: 'a' }, spec: { _from: 'ann' } };
  assert.equal(only(Cluster.from(custom)).get('spec._from'), 'ann');
});

test('a custom resource that the client has read keeps its fields', () => {
  const read = client.loadYaml('{apiVersion: example.com/v1, kind: Mail, metadata: {name: a}, spec: {from: ann}}');
  assert.equal(only(Cluster.from(read)).get('spec.from'), 'ann');
});

test('snake case is no field of Kubernetes', () => {
  const wrong = role([{ api_groups: [''], resources: ['pods'], verbs: ['get'] }]);
  const error = thrown(() => Cluster.from(wrong).access(), DecodeError);
  assert.equal(error.code, 'decode/unknown-field');
  assert.equal(error.path, 'rules[0].api_groups');
  assert.match(error.message, /apiGroups/);
});

test('undefined is absent, and null stays null', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: undefined, annotations: null } };
  const object = only(Cluster.from(pod));
  assert.equal(object.get('metadata.labels'), undefined);
  assert.deepEqual(Object.keys(object.toJSON().metadata), ['name', 'annotations']);
  assert.equal(object.get('metadata.annotations'), null);
});

test('undefined in a list has no meaning', () => {
  for (const verbs of [['get', undefined], [, 'get']]) {
    const error = thrown(() => Cluster.from(role([{ verbs }])), DecodeError);
    assert.match(error.path, /^rules\[0\]\.verbs\[[01]\]$/);
  }
});

test('dates are written as Kubernetes writes them', () => {
  const metadata = { name: 'a', creationTimestamp: new Date(Date.UTC(2024, 0, 2, 3, 4, 5)) };
  const object = only(Cluster.from({ apiVersion: 'v1', kind: 'Pod', metadata }));
  assert.equal(object.get('metadata.creationTimestamp'), '2024-01-02T03:04:05.000Z');
  const parsed = yaml.load('{apiVersion: v1, kind: Pod, metadata: {name: a, creationTimestamp: 2024-01-02T03:04:05Z}}');
  assert.ok(parsed.metadata.creationTimestamp instanceof Date);
  assert.equal(only(Cluster.from(parsed)).get('metadata.creationTimestamp'), '2024-01-02T03:04:05.000Z');
  const micro = new client.V1MicroTime('2024-01-02T03:04:05.000Z');
  assert.equal(JSON.parse(encode({ micro })).micro, micro.toISOString());
  const error = thrown(() => Cluster.from({ apiVersion: 'v1', kind: 'Pod', metadata: { t: new Date('x') } }), DecodeError);
  assert.equal(error.path, 'metadata.t');
});

test('large integers keep every digit', () => {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', generation: 9223372036854775807n } };
  assert.match(encode(object), /"generation":9223372036854775807}/);
  assert.equal(encode({ n: 1n, s: 'x' }), '{"n":1,"s":"x"}');
  assert.equal(only(Cluster.from(object)).get('metadata.name'), 'a');
});

test('what JSON cannot hold is refused with its path', () => {
  class Point {
    x = 1;
  }
  for (const [value, code] of [
    [NaN, 'object/no-json-number'],
    [-Infinity, 'object/no-json-number'],
    [() => 1, 'object/no-json-value'],
    [Symbol('x'), 'object/no-json-value'],
    [new Point(), 'object/no-plain-object'],
    [new Map([['a', 1]]), 'object/no-plain-object'],
    [new Set(), 'object/no-plain-object'],
    [/x/, 'object/no-plain-object'],
  ]) {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ image: value }] } };
    const error = thrown(() => Cluster.from([pod, pod]), DecodeError);
    assert.equal(error.code, code);
    assert.equal(error.source, 'objects[0]');
    assert.equal(error.path, 'spec.containers[0].image');
    assert.equal(error.problems.length, 1);
  }
});

test('cycles and endless nesting are refused', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} };
  pod.spec.self = pod.spec;
  assert.equal(thrown(() => Cluster.from(pod), DecodeError).code, 'object/cycle');
  let deep = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  const error = thrown(() => Cluster.from({ apiVersion: 'v1', kind: 'Pod', spec: deep }), DecodeError);
  assert.equal(error.code, 'read/too-deep');
  assert.ok(error.message.length < 200, error.message);
});

test('the same part in two places is no cycle', () => {
  const labels = { app: 'web' };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels }, spec: { nodeSelector: labels, at: new Date(0) } };
  assert.deepEqual(only(Cluster.from(pod)).get('spec.nodeSelector'), labels);
});

test('objects of another realm and without a prototype are plain', () => {
  const other = vm.runInNewContext('({apiVersion: "v1", kind: "Pod", metadata: {name: "a", at: new Date(0)}})');
  assert.equal(only(Cluster.from(other)).get('metadata.at'), '1970-01-01T00:00:00.000Z');
  const bare = Object.assign(Object.create(null), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' } });
  assert.equal(only(Cluster.from(bare)).name, 'b');
});

test('toJSON is honoured', () => {
  class Wrapped {
    toJSON() {
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    }
  }
  assert.equal(only(Cluster.from(new Wrapped())).name, 'a');
  const first = only(Cluster.from(new Wrapped()));
  assert.equal(only(Cluster.from(first)).name, 'a');
});

test('arrays, lists, texts and bytes may be mixed', () => {
  const pod = (name) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
  const list = { apiVersion: 'v1', kind: 'PodList', items: [pod('c'), pod('d')] };
  const text = '{apiVersion: v1, kind: Pod, metadata: {name: e}}';
  const cluster = Cluster.from([pod('a'), [pod('b')], list, text, Buffer.from(text.replace('e}}', 'f}}'))]);
  assert.deepEqual([...cluster].map((object) => object.name), ['a', 'b', 'c', 'd', 'e', 'f']);
});

test('what is no object is refused', () => {
  assert.throws(() => Cluster.from([1]), { name: 'QueryError' });
  assert.throws(() => Cluster.from(null), { name: 'QueryError' });
  thrown(() => Cluster.from({ metadata: { name: 'a' } }), ReadError);
  assert.ok(LoadError);
});
