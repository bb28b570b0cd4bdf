// One question to a compiled handle: what a call costs, strings in, boolean out. Prints rows of a table.
//
//   node bench/node_call.mjs

import { Cluster, UserInfo } from 'kubelogic';

const group = 'rbac.authorization.k8s.io';
const names = Array.from({ length: 2000 }, (_, index) => `team-${index}`);
const objects = names.flatMap((name) => [
  {
    apiVersion: `${group}/v1`,
    kind: 'Role',
    metadata: { name, namespace: name },
    rules: [
      { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'patch'] },
    ],
  },
  {
    apiVersion: `${group}/v1`,
    kind: 'RoleBinding',
    metadata: { name, namespace: name },
    subjects: [{ kind: 'Group', apiGroup: group, name }],
    roleRef: { apiGroup: group, kind: 'Role', name },
  },
]);
const access = Cluster.from(objects).access();
const member = UserInfo.exact('ann', ['team-7', 'team-8', 'system:authenticated']);
const plain = { name: 'ann', groups: ['team-7', 'team-8', 'system:authenticated'] };
const requests = names.slice(0, 1000).map((namespace) => ({ verb: 'get', resource: 'pods', namespace }));

/** The middle of the time for one call in nanoseconds, over many batches. */
function measure(calls, run) {
  const times = [];
  for (let batch = 0; batch < 60; batch += 1) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < calls; call += 1) run();
    if (batch >= 10) times.push(Number(process.hrtime.bigint() - start) / calls);
  }
  times.sort((one, other) => one - other);
  return { best: times[0], median: times[times.length >> 1] };
}

const details = { group: 'apps', namespace: 'team-7' };
const denied = { group: 'apps', namespace: 'team-9' };
const rows = [
  ['can, allowed', measure(20_000, () => access.can(member, 'patch', 'deployments', details))],
  ['can, denied', measure(20_000, () => access.can(member, 'patch', 'deployments', denied))],
  ['can, path', measure(20_000, () => access.can(member, 'get', '/healthz'))],
  ['can, user as a plain object', measure(5_000, () => access.can(plain, 'patch', 'deployments', details))],
  ['explainCan', measure(500, () => access.explainCan(member, 'patch', 'deployments', details))],
];
const many = measure(20, () => access.canMany(member, requests));
rows.push(['canMany, each of 1,000', { best: many.best / 1000, median: many.median / 1000 }]);

console.log('| call | best ns | median ns |');
console.log('| --- | ---: | ---: |');
for (const [what, { best, median }] of rows) console.log(`| ${what} | ${best.toFixed(0)} | ${median.toFixed(0)} |`);
