// May this user do that, and how the question may be put.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Answer, Cluster, LoadError, QueryError, Undecided, UserInfo } from 'kubelogic';

const shop = new URL('../../../examples/shop', import.meta.url);
const access = Cluster.fromPath(shop).access();
const ci = UserInfo.impersonated('system:serviceaccount:shop:ci');
const bo = UserInfo.exact('bo', []);

const wrong = (code, help) => (error) => {
  assert.ok(error instanceof QueryError, error.stack);
  assert.equal(error.code, code);
  if (help !== undefined) assert.match(error.help ?? '', help);
  return true;
};

test('a resource may be named in two ways', () => {
  const details = { group: 'apps', namespace: 'shop' };
  assert.equal(access.can(ci, 'patch', 'deployments', details), true);
  assert.equal(access.can(ci, 'patch', { resource: 'deployments', ...details }), true);
  assert.equal(access.can(ci, 'patch', 'deployments', { namespace: 'shop' }), false);
  assert.equal(access.can(ci, 'get', 'configmaps', { name: 'shop-settings', namespace: 'shop' }), true);
  assert.equal(access.can(ci, 'get', 'configmaps', { name: 'other', namespace: 'shop' }), false);
  assert.equal(access.can(bo, 'get', 'pods', { subresource: 'log' }), true);
  assert.equal(access.can(bo, 'get', 'pods', { subresource: 'exec' }), false);
});

test('what begins with a slash is a path', () => {
  assert.equal(access.can(bo, 'get', '/metrics'), true);
  assert.equal(access.can(bo, 'get', { path: '/healthz/etcd' }), true);
  assert.equal(access.can(bo, 'post', '/metrics'), false);
  assert.equal(access.can(bo, 'get', { resource: '/metrics' }), false);
  assert.throws(() => access.can(bo, 'get', '/metrics', { namespace: 'shop' }), wrong('query/wrong-request'));
});

test('many requests at once', () => {
  const requests = [
    { verb: 'get', resource: 'pods' },
    { verb: 'delete', resource: 'pods' },
    { verb: 'get', path: '/metrics' },
  ];
  assert.deepEqual(access.canMany(bo, requests), [true, false, true]);
  assert.deepEqual(access.canMany(bo, new Set(requests)), [true, false, true]);
  assert.deepEqual(access.canMany(bo, []), []);
  assert.throws(() => access.canMany(bo, [{ resource: 'pods' }]), wrong('query/wrong-request'));
  assert.throws(() => access.canMany(bo, [{ verb: 'get', resource: 'pods', path: '/x' }]), wrong('query/wrong-request'));
  assert.throws(() => access.canMany(bo, 'pods'), wrong('query/wrong-request'));
  for (const name of ['a\0b', 'a\u0001b', 'a\u0001resource\0get\0\0pods\0\0\0']) {
    assert.throws(() => access.canMany(bo, [{ verb: 'get', resource: 'pods', name }]), wrong('query/wrong-request'));
    assert.throws(() => access.canMany(bo, [{ verb: name, path: '/metrics' }]), wrong('query/wrong-request'));
  }
});

test('a request that is misspelt is no request', () => {
  for (const run of [
    () => access.can(ci, 'patch', 'deployments', { apiGroup: 'apps' }),
    () => access.can(ci, 'patch', 'deployments', { namespace: 7 }),
    () => access.can(ci, 'patch', 'deployments', 'shop'),
    () => access.can(ci, 'patch', {}),
    () => access.can(ci, 'patch', { resource: 'pods' }, { namespace: 'shop' }),
    () => access.can(ci, 'patch'),
    () => access.can(ci, undefined, 'pods'),
    () => access.can(ci, undefined, '/x'),
    () => access.explainCan(ci, 7, 'pods'),
    () => access.can(ci, 'get', 'pods', { name: 'a\0b' }),
  ]) {
    assert.throws(run, wrong('query/wrong-request'));
  }
});

test('users are exact or impersonated, and never guessed', () => {
  assert.deepEqual(ci.groups, ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated']);
  assert.deepEqual(UserInfo.exact('ann').groups, []);
  assert.deepEqual(UserInfo.impersonated('ann', ['dev']).toJSON(), { name: 'ann', groups: ['dev', 'system:authenticated'] });
  assert.equal(access.can({ name: 'bo' }, 'get', 'pods'), true);
  assert.equal(access.can({ name: 'x', groups: ['storefront'] }, 'get', 'pods', { namespace: 'shop' }), true);
  assert.throws(() => access.can('bo', 'get', 'pods'), wrong('query/wrong-user', /UserInfo\.exact/));
  assert.throws(() => access.can({ name: 'bo', group: 'x' }, 'get', 'pods'), wrong('query/wrong-user'));
  assert.throws(() => access.can({ groups: ['x'] }, 'get', 'pods'), wrong('query/wrong-user'));
  assert.throws(() => UserInfo.exact('ann', 'dev'), wrong('query/wrong-user'));
  assert.throws(() => UserInfo.exact('ann', [1]), wrong('query/wrong-user'));
  assert.throws(() => {
    'use strict';
    ci.name = 'root';
  }, TypeError);
});

test('default roles are there unless they are not wanted', () => {
  const masters = UserInfo.exact('root', ['system:masters']);
  const cluster = Cluster.from([]);
  assert.equal(cluster.access().can(masters, 'delete', 'nodes'), true);
  assert.equal(cluster.access({ bootstrap: 'never' }).can(masters, 'delete', 'nodes'), false);
  assert.throws(() => cluster.access({ bootstrap: 'no' }), wrong('query/wrong-argument'));
  assert.throws(() => cluster.access({ bootstap: 'never' }), wrong('query/wrong-argument'));
});

test('what the API server would refuse is refused, or dropped on request', () => {
  const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'a' }, rules: [{ verbs: [] }] };
  assert.throws(() => Cluster.from(role).access(), (error) => {
    assert.ok(error instanceof LoadError, error.stack);
    assert.equal(error.code, 'rbac/invalid-object');
    assert.match(error.path, /^rules\[0\]/);
    return true;
  });
  assert.equal(Cluster.from(role, { onInvalid: 'drop' }).access().can(bo, 'get', 'pods'), false);
});

test('a no that uncovered objects could turn is undecided', () => {
  const coverage = { coverage: [{ group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', state: 'partial' }] };
  const thin = Cluster.fromPath(shop, { coverage }).access();
  assert.throws(() => thin.can(bo, 'delete', 'pods', { namespace: 'shop' }), (error) => {
    assert.ok(error instanceof Undecided, error.stack);
    assert.ok(error.code.length > 0);
    assert.match(error.message, /RoleBinding/);
    return true;
  });
  assert.throws(() => thin.canMany(bo, [{ verb: 'delete', resource: 'pods', namespace: 'shop' }]), Undecided);
  assert.equal(thin.can(bo, 'get', 'pods', { namespace: 'shop' }), true);
  assert.throws(() => Cluster.from([], { coverage: { coverage: [{ kind: 'Role', state: 'some' }] } }), /complete/);
});

test('an explanation names what decided, and is no boolean', () => {
  const answer = access.explainCan(ci, 'patch', 'deployments', { group: 'apps', namespace: 'shop' });
  assert.ok(answer instanceof Answer);
  assert.equal(answer.result.allowed, true);
  assert.equal(answer.kubeVersion, access.kubeVersion);
  const printed = inspect(answer);
  assert.match(printed, /ci-deploys/);
  assert.match(printed, /deployer/);
  assert.match(printed, /access\.yaml:\d+:\d+/);
  assert.throws(() => `${answer}`, TypeError);
  assert.throws(() => answer == true, TypeError);
  assert.throws(() => answer + 1, TypeError);
  assert.equal(JSON.parse(JSON.stringify(answer)).result.allowed, true);
  assert.equal(access.explainCan(ci, 'delete', 'deployments', { group: 'apps', namespace: 'shop' }).result.allowed, false);
});
