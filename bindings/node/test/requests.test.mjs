// Requests, reviews, impersonation, and writes of roles.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import {
  Cluster,
  QueryError,
  UserInfo,
  compactRules,
  forbidden,
  kubeletAttributes,
  reconcileBootstrap,
  requestAttributes,
  rulesCover,
} from 'kubelogic';

const access = Cluster.fromPath(fileURLToPath(new URL('../../../examples/shop', import.meta.url))).access();
const ci = UserInfo.impersonated('system:serviceaccount:shop:ci');
const bo = UserInfo.impersonated('bo');
const admin = { name: 'admin', groups: ['system:masters'] };
const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const role = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'readers', namespace: 'shop' },
  rules: [rule],
};
const spec = { user: 'bo', resourceAttributes: { verb: 'list', resource: 'pods', namespace: 'shop' } };
const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };

test('a request is decided as the API server does', () => {
  const allowed = access.httpRequest(ci, 'GET /apis/apps/v1/namespaces/shop/deployments?watch=true').result;
  assert.deepEqual([allowed.attributes.verb, allowed.longRunning, allowed.checks[0].allowed], ['watch', true, true]);
  const { refusal } = access.httpRequest(ci, 'DELETE /apis/apps/v1/namespaces/shop/deployments/web').result;
  assert.equal(refusal.code, 403);
  const request = { verb: 'delete', group: 'apps', resource: 'deployments', name: 'web', namespace: 'shop' };
  assert.equal(refusal.message, forbidden(ci, request).result.status.message);
  assert.equal(forbidden({ name: 'ann' }, { verb: 'get', path: '/metrics' }).result.status.message, 'forbidden: User "ann" cannot get path "/metrics"');
  assert.equal(requestAttributes('GET /healthz').result.attributes.path, '/healthz');
});

test('a kubelet asks too', () => {
  for (const [user, yes] of [[bo, false], [admin, true]]) {
    const { allowed, refusal, checks } = access.kubeletRequest(user, 'node-1', 'POST /exec/shop/web/app?command=sh').result;
    assert.deepEqual([allowed, refusal === undefined], [yes, yes]);
    assert.deepEqual(checks.map(({ resource, subresource, name }) => [resource, subresource, name]), [['nodes', 'proxy', 'node-1']]);
  }
  assert.equal(kubeletAttributes('n', 'GET /pods').result.allowed, undefined);
});

test('a review is answered', () => {
  const { status } = access.review(review).result;
  assert.ok(status.allowed && status.reason.includes('on-call'));
  assert.equal(access.review({ ...review, spec: { user: 'bo' } }).result.refusal.code, 422);
  const own = { ...review, kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: spec.resourceAttributes } };
  assert.equal(access.review(own, { user: bo }).result.user.name, 'bo');
  assert.throws(() => access.review(own), QueryError);
  assert.throws(() => access.review({ ...review, spec: { user: 'bo', resourceattributes: {} } }), /resourceattributes/);
});

test('impersonation is a question of its own', () => {
  const as = (user, headers) => access.impersonate(user, headers, 'GET /api/v1/pods').result;
  assert.deepEqual(as(admin, { 'Impersonate-User': 'bo' }).user.groups, ['system:authenticated']);
  const both = ['a', 'b', 'system:authenticated'];
  assert.deepEqual(as(admin, { 'Impersonate-User': 'bo', 'Impersonate-Group': ['a', 'b'] }).user.groups, both);
  const pairs = [['Impersonate-User', 'bo'], ['Impersonate-Group', 'a'], ['Impersonate-Group', 'b']];
  assert.deepEqual(as(admin, pairs).user.groups, both);
  const refused = as(ci, { 'Impersonate-User': 'bo' });
  assert.deepEqual([refused.allowed, refused.refusal.code], [false, 403]);
});

test('nobody grants what he does not have', () => {
  const { allowed, code, message } = access.checkWrite(ci, 'create', role).result;
  assert.deepEqual([allowed, code], [false, 403]);
  assert.match(message, /cannot create resource/);
  assert.ok(access.checkWrite(admin, 'create', role).result.allowed);
  const { covered, missing } = rulesCover([rule], [{ ...rule, verbs: ['get', 'delete'] }]).result;
  assert.deepEqual([covered, missing[0].verbs], [false, ['delete']]);
  const merged = compactRules([rule, { ...rule, verbs: ['watch'] }]).result;
  assert.deepEqual(merged.kubectl.map(({ verbs }) => verbs), [['get', 'list', 'watch']]);
});

test('reconciling is a plan', () => {
  const { plans, stdout } = access.reconcile(role).result;
  assert.deepEqual(plans.map(({ operation }) => operation), ['create']);
  assert.equal(stdout, 'role.rbac.authorization.k8s.io/readers reconciled (dry run)\n');
  assert.deepEqual(access.reconcile([JSON.stringify(role)]).result.plans, plans);
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' };
  const binding = { ...role, kind: 'ClusterRoleBinding', metadata: { name: 'cluster-admin' }, roleRef, subjects: [], rules: undefined };
  const { objects } = reconcileBootstrap(Cluster.from(binding), { stored: true }).result;
  assert.deepEqual(objects.map(({ subjects }) => subjects[0].name), ['system:masters']);
});

test('rules are listed', () => {
  const { stdout } = access.listAccess(ci, { namespace: 'shop' }).result;
  assert.match(stdout, /^Resources .*\n(.*\n)*deployments\.apps /);
  assert.equal(access.listAccess(ci, { namespace: 'shop', noHeaders: true }).result.stdout, stdout.slice(stdout.indexOf('\n') + 1));
  const { incomplete, resourceRules } = access.rulesReview(ci, 'shop', { authorizers: ['rbac', 'webhook'] }).result;
  assert.ok(incomplete && resourceRules.some(({ resources }) => resources.includes('deployments')));
});

test('wrong questions are errors', () => {
  for (const wrong of ['GET', 'GET /%zz', '']) {
    assert.throws(() => access.httpRequest(ci, wrong), { name: 'QueryError', code: 'request/invalid-url' });
  }
  assert.throws(() => access.httpRequest('ann', 'GET /api'), { code: 'query/wrong-user' });
  assert.throws(() => access.httpRequest(ci, 'GET /api', { featureGates: { featre: true } }), /featre/);
  assert.throws(() => access.httpRequest(ci, 'GET /api', { gates: {} }), { code: 'query/wrong-argument' });
  assert.throws(() => access.listAccess(ci, { authorizers: ['rback'] }), QueryError);
  assert.throws(() => access.checkWrite(ci, 'remove', role), QueryError);
});
