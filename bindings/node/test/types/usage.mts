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
  Duration,
  FieldSelector,
  IntOrPercent,
  LabelSelector,
  MicroTime,
  Time,
  Undecided,
  UserInfo,
  aggregateRoles,
  ask,
  generateName,
  kubeconfig,
  metadataErrors,
  nameProblems,
  nameRule,
  typesOf,
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

// Values that objects hold as text, names and metadata.
const selected: boolean = LabelSelector.parse('app=web', { kubeVersion: '1.35' }).matches({ app: 'web' });
const operators: string[] = FieldSelector.parse('a=b').requirements.map(({ operator }) => operator);
const span: Duration = new Time('2026-11-21T06:30:00Z').since(new Date());
const later: MicroTime = new MicroTime(null).plus(span);
const part: number = new IntOrPercent('25%').scaled(10, { rounding: 'down' });
const problems: string[] = nameProblems(generateName('web-'), { kind: 'Pod' });
const field: string | undefined = metadataErrors({ name: 'a' }, { namespaced: true }).errors[0]?.field;
void [selected, operators, later, part, problems, field, nameRule('Pod')];
// @ts-expect-error: a rule or a kind is wanted
nameProblems('a');
// @ts-expect-error: made by its static functions
new LabelSelector();
// @ts-expect-error: no other time
new Time(new MicroTime(null));

// kubeconfig files, types, roles.
const found = kubeconfig.resolve(text, { overrides: { context: 'a', asGroups: ['b'] } }).result;
const server: string | undefined = found.connection?.server;
const line2: number | null | undefined = found.why[0]?.location?.line;
void [server, line2, kubeconfig.load([text, { clusters: [] }], { raw: true }).result.failed, kubeconfig.load()];
// @ts-expect-error: no such flag
kubeconfig.resolve(text, { overrides: { contxt: 'a' } });
const types: string[] = typesOf('apps/v1', 'Deployment').result.types.map(({ goType }) => goType);
void [types, aggregateRoles(cluster, { stored: true, kubeVersion: '1.35' }).result.clusterRoles[0]?.rules];

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
