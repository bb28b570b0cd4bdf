// Compiled and never run: what the types promise to CommonJS.

import kubelogic = require('kubelogic');

const cluster: kubelogic.Cluster = kubelogic.Cluster.from([{ apiVersion: 'v1', kind: 'Pod' }]);
const access: kubelogic.Access = cluster.access();
const allowed: boolean = access.can(kubelogic.UserInfo.impersonated('ann'), 'get', 'pods');
const schema: Record<string, unknown> = kubelogic.schema();
// @ts-expect-error: a yes or no is no string
const wrong: string = allowed;
void [schema, wrong];
