// What manifests stand for.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  Cluster,
  QueryError,
  accessGraph,
  aggregateRoles,
  convert,
  expand,
  explain,
  lifecycle,
  renderPicture,
  strict,
  typesOf,
} from 'kubelogic';

const job = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'backup', namespace: 'shop' },
  spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
};

test('a workload becomes pods', () => {
  for (const at of [new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05Z']) {
    const { objects, pods } = expand(job, { at }).result;
    assert.equal(objects[0].object.metadata.name, 'backup-29455384');
    assert.equal(pods[0].object.metadata.generateName, 'backup-29455384-');
    assert.equal(pods[0].synthetic[0], 'metadata.name');
  }
});

test('texts, bytes and objects of a cluster are taken', () => {
  const text = 'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a}\nspec: {replicas: 2}\n';
  const [object] = Cluster.fromYaml(text);
  for (const given of [text, Buffer.from(text), object]) assert.equal(expand(given).result.pods.length, 2);
  assert.throws(() => expand(`${text}---\n${text}`), { name: 'QueryError', code: 'query/not-one-object' });
});

test('what is no workload is refused', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };
  assert.throws(() => expand(service), { name: 'QueryError', code: 'workload/not-a-workload' });
  const wrong = 'apiVersion: apps/v1\nkind: ReplicaSet\nspec: {replicas: "2"}\n';
  assert.throws(() => expand(wrong), { code: 'workload/wrong-type', path: 'spec.replicas' });
  assert.throws(() => expand(job, { node: ['a'] }), QueryError);
});

test('types have a lifecycle', () => {
  const [ingress, ...more] = lifecycle({ apiVersion: 'extensions/v1beta1', kind: 'Ingress' }).result.types;
  assert.deepEqual([ingress.removed, ingress.replacement.version, more.length], ['1.22', 'v1', 0]);
  assert.throws(() => lifecycle({ removedIn: 'soon' }), /is no release/);
});

test('kinds and fields are explained', () => {
  const { kind, field } = explain('deploy', { path: 'spec.template.spec.containers' }).result;
  assert.deepEqual([kind, field.goType], ['Deployment', '[]core/v1.Container']);
  assert.deepEqual(field.fields.filter(({ required }) => required).map(({ name }) => name), ['name']);
  assert.throws(() => explain('deploy.spec.tempalte'), /template/);
});

test('strict decoding says what the API server says', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'c', imagePullpolicy: 'Never' }] } };
  const { errors } = strict(pod).result;
  assert.deepEqual(errors, ['unknown field "spec.containers[0].imagePullpolicy"']);
  assert.deepEqual(strict(pod, { fieldValidation: 'warn' }).result.warnings, errors);
  assert.deepEqual(strict(pod, { fieldValidation: 'ignore' }).result.findings, []);
});

test('access is drawn', () => {
  const shop = Cluster.fromPath(new URL('../../../examples/shop', import.meta.url));
  const { graph } = accessGraph(shop).result;
  assert.match(renderPicture(graph, 'text', { kind: 'graph' }), /ci-deploys/);
  assert.match(renderPicture(graph, 'svg', { kind: 'graph' }), /^<svg/);
  assert.throws(() => renderPicture(graph, 'csw', { kind: 'graph' }), { name: 'QueryError' });
});

test('objects are converted', () => {
  const old = { apiVersion: 'batch/v1beta1', kind: 'CronJob', metadata: { name: 'a' } };
  const { object, lossless } = convert(old).result;
  assert.deepEqual([object.apiVersion, lossless], ['batch/v1', true]);
  assert.deepEqual(convert(old, { to: 'batch/v1' }).result.object, object);
  const policy = { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy' };
  assert.throws(() => convert(policy, { to: 'policy/v1' }), { code: 'convert/no-conversion' });
});

test('kinds are made of types', () => {
  const { types } = typesOf('v1', 'Pod', { kubeVersion: '1.29' }).result;
  const field = (type, name) => types.find((one) => one.name === type).fields.find((one) => one.name === name);
  assert.deepEqual([field('PodSpec', 'containers').json, field('PodSpec', 'containers').required], ['array', true]);
  assert.equal(field('Container', 'image').goType, 'string');
  assert.throws(() => typesOf('apps/v1', 'Deploiment'), { code: 'schema/unknown-kind', help: 'did you mean `Deployment`?' });
});

test('aggregated roles have their rules', () => {
  const rules = (options) => (name) => aggregateRoles(Cluster.from([]), options).result.clusterRoles.find((role) => role.name === name)?.rules.length;
  const [admin, edit, view] = ['admin', 'edit', 'view'].map(rules());
  assert.ok(admin > edit && edit > view && view > 0, `${admin} ${edit} ${view}`);
  assert.equal(rules({ aggregate: false })('view'), 0);
  assert.equal(rules({ bootstrap: 'never' })('view'), undefined);
});
