// Compiled and never run: what the types promise to ES modules.

import { readFileSync } from 'node:fs';
import { test as suite } from 'node:test';

import { V1Pod } from '@kubernetes/client-node';
import * as yaml from 'js-yaml';
import kubelogic, {
  type Access,
  type Answer,
  Cluster,
  type Can,
  type Finding,
  KubeError,
  Undecided,
  UserInfo,
  ask,
} from 'kubelogic';
import { expectations } from 'kubelogic/test';

const text = readFileSync('shop.yaml', 'utf8');
const cluster: Cluster = Cluster.fromYaml(text, { source: 'shop.yaml', kubeVersion: '1.37' });
Cluster.fromYaml(readFileSync('shop.yaml'));
Cluster.from(yaml.load(text) as object);
Cluster.from([new V1Pod(), { kind: 'Pod' }, text], { onDuplicate: 'last', fieldValidation: 'warn' });
Cluster.fromPaths(['a', new URL('file:///b')]);

// @ts-expect-error: a path is not a text option
Cluster.fromPath('a', { source: 'x' });
// @ts-expect-error: no such word
Cluster.from([], { onDuplicate: 'first' });
// @ts-expect-error: a Cluster is made by its static functions
new Cluster();

for (const object of cluster) {
  const kind: string = object.kind;
  const image: unknown = object.get('spec.containers[0].image');
  const line: number | null | undefined = object.position('spec')?.line;
  void [kind, image, line];
}

const access: Access = cluster.access({ bootstrap: 'auto' });
const ann = UserInfo.exact('ann', ['storefront']);
const yes: boolean = access.can(ann, 'get', 'deployments', { group: 'apps', namespace: 'shop' });
const path: boolean = access.can({ name: 'bo' }, 'get', { path: '/healthz' });
const many: boolean[] = access.canMany(ann, [{ verb: 'get', resource: 'pods' }, { verb: 'get', path: '/metrics' }]);
// @ts-expect-error: a user is no string
access.can('ann', 'get', 'pods');
// @ts-expect-error: no such field
access.can(ann, 'get', 'pods', { ns: 'shop' });
// @ts-expect-error: a resource or a path, not both
access.can(ann, 'get', { resource: 'pods', path: '/x' });

const answer: Answer<Can> = access.explainCan(ann, 'get', 'pods');
const allowed: boolean = answer.result.allowed;
const warnings: Finding[] = answer.warnings;
// @ts-expect-error: an answer is no boolean
const wrong: boolean = answer;

const outcome = ask({ ask: 'objects.list', kind: 'Role' }, cluster);
if (outcome.answer) {
  const name: string | undefined = outcome.answer.result.objects[0]?.name;
  void name;
} else {
  const code: string = outcome.error.code;
  void code;
}

try {
  access.can(ann, 'get', 'pods');
} catch (error) {
  if (error instanceof Undecided) void error.code;
  if (error instanceof KubeError) void [error.path, error.line, error.problems[0]?.message];
}
void [yes, path, many, allowed, warnings, wrong, kubelogic.version];

// Expectations.
const holds: boolean = cluster.expect({ kubeVersion: '1.36', bootstrap: 'never' }).result.holds;
for (const { outcome, finding } of cluster.expect().result.lines) {
  const word: 'holds' | 'fails' | 'undecided' | 'malformed' = outcome;
  void [word, finding?.code];
}
const stated: string = cluster.writeExpectations().result.text;
void [holds, stated];
await expectations(['manifests/'], { kubeVersion: '1.36', name: 'access' });
await suite('access', async (context) => expectations('manifests/', { test: context.test.bind(context) }));
// @ts-expect-error no such option
await expectations('manifests/', { kubeversion: '1.36' });
