// Each worker thread loads the package for itself; they share nothing and agree.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

const code = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { Cluster, UserInfo } = require(workerData.package);
  const cluster = Cluster.fromPath(workerData.shop);
  const access = cluster.access();
  const ci = UserInfo.impersonated('system:serviceaccount:shop:ci');
  let allowed = 0;
  for (let round = 0; round < 2000; round += 1) {
    const namespace = round % 2 === 0 ? 'shop' : 'payments';
    if (access.can(ci, 'patch', 'deployments', { group: 'apps', namespace })) allowed += 1;
  }
  parentPort.postMessage({ size: cluster.size, allowed });
`;

test('eight threads read and ask at the same time', async () => {
  const workerData = {
    package: new URL('../index.cjs', import.meta.url).pathname,
    shop: new URL('../../../examples/shop', import.meta.url).pathname,
  };
  const run = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(code, { eval: true, workerData });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  const results = await Promise.all(Array.from({ length: 8 }, run));
  assert.ok(results[0].size > 5);
  for (const result of results) assert.deepEqual(result, { size: results[0].size, allowed: 1000 });
});
