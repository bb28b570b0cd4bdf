// Expectations: judged by `Cluster`, and as tests of node:test.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Cluster, LoadError, QueryError, ask } from 'kubelogic';

const SHOP = new URL('../../../examples/shop/', import.meta.url);
const ACCESS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
`;
const HEAD = 'apiVersion: kubelogic/v1alpha1\nkind: Expectations\naccess:\n';
const LINES = [
  'user:ann can get pods in shop',
  'user:ann can delete pods in shop',
  'node:a can get secrets/x in shop',
  'user:ann can gett pods in shop',
  'user:anm cannot get pods in shop',
];

const expectations = (access, more = {}) => ({ apiVersion: 'kubelogic/v1alpha1', kind: 'Expectations', access, ...more });

test('the shop is as it must be', () => {
  const { result } = Cluster.fromPath(SHOP).expect();
  assert.equal(result.holds, true);
  assert.equal(result.lines.length, 12);
});

test('a line that does not hold says why', () => {
  const { lines } = Cluster.from([ACCESS, expectations(LINES)]).expect().result;
  assert.deepEqual(lines.map((line) => line.outcome), ['holds', 'fails', 'undecided', 'malformed', 'holds']);
  assert.equal(lines[1].finding.message, 'nothing allows `user:ann` to delete `pods` in `shop`');
});

test('versions and default roles can be chosen', () => {
  const cluster = Cluster.from([ACCESS, expectations([LINES[0]], { kubeVersion: '1.31' })]);
  assert.equal(cluster.expect().result.lines[0].kubeVersion, '1.31');
  assert.equal(cluster.expect({ kubeVersion: '1.36' }).result.lines[0].kubeVersion, '1.36');
  assert.equal(cluster.expect({ bootstrap: 'never' }).result.holds, false);
  assert.throws(() => cluster.expect({ kubeVersion: '1.2' }), QueryError);
  assert.throws(() => cluster.expect({ bootstrap: 'sometimes' }), QueryError);
  assert.throws(() => cluster.expect({ version: '1.36' }), QueryError);
});

test('what is written holds', () => {
  const cluster = Cluster.fromYaml(ACCESS);
  const { text, lines } = cluster.writeExpectations().result;
  assert.ok(text.startsWith('# yaml-language-server: $schema=') && lines > 5);
  assert.equal(cluster.with(text).expect().result.holds, true);
});

test('a kind of ours that nobody knows is an error', () => {
  assert.throws(() => Cluster.from({ apiVersion: 'kubelogic/v1alpha1', kind: 'Expectation' }), LoadError);
});

test('the catalogue says the same', () => {
  const cluster = Cluster.from([ACCESS, expectations(LINES)]);
  assert.deepEqual(ask({ ask: 'expect.check' }, cluster).answer, cluster.expect().toJSON());
  assert.deepEqual(ask({ ask: 'expect.write' }, cluster).answer, cluster.writeExpectations().toJSON());
});

/** What a test file about manifests prints as TAP. */
function run(manifests, body) {
  // Beside the tests, so that the package finds itself by its own name.
  const folder = mkdtempSync(fileURLToPath(new URL('plugin-', import.meta.url)));
  try {
    mkdirSync(`${folder}/manifests`);
    for (const [name, text] of Object.entries(manifests)) writeFileSync(`${folder}/manifests/${name}`, text);
    const file = `${folder}/own.mjs`;
    writeFileSync(file, `import { expectations } from 'kubelogic/test';\n${body ?? "await expectations('manifests');"}\n`);
    const env = { ...process.env };
    // A run inside of a run would talk to the outer one.
    delete env.NODE_TEST_CONTEXT;
    const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], { cwd: folder, encoding: 'utf8', env });
    const outcomes = [...stdout.matchAll(/^ {4,}(not ok|ok) \d+ - (.*)$/gm)].map(([, outcome, name]) => [name.replaceAll('\\', ''), outcome]);
    return { status, stdout, outcomes: Object.fromEntries(outcomes) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('every line is a test', () => {
  const { status, stdout, outcomes } = run({ 'access.yaml': ACCESS, 'expectations.yaml': `${HEAD}${LINES.map((line) => `- ${line}\n`).join('')}` });
  assert.equal(status, 1);
  assert.deepEqual(LINES.map((line) => outcomes[line]), ['ok', 'not ok', 'not ok', 'not ok', 'ok'], stdout);
  for (const text of [
    'error[expect/failed]: nothing allows `user:ann` to delete `pods` in `shop`',
    'manifests/expectations.yaml:5:3',
    'error[expect/undecided]: undecided whether `node:a` can get `secrets/x` in `shop`',
    'error[expect/bad-line]: `gett` is no verb',
    'manifests/expectations.yaml:7:16',
    'help: did you mean `get`?',
    'no binding names user `anm`',
  ]) {
    assert.ok(stdout.replaceAll('\\', '').includes(text), `${text}\n${stdout}`);
  }
});

test('expectations that hold pass', () => {
  const { status, stdout } = run({ 'all.yaml': `${ACCESS}---\n${HEAD}- ${LINES[0]}\n` });
  assert.equal(status, 0, stdout);
});

test('what is wrong with a file fails, and so does a folder without expectations', () => {
  const misspelt = run({ 'all.yaml': `${ACCESS}---\n${HEAD.replace('access', 'acess')}- ${LINES[0]}\n` });
  assert.equal(misspelt.status, 1);
  assert.match(misspelt.stdout, /unknown field `acess`/);
  const none = run({ 'access.yaml': ACCESS });
  assert.equal(none.status, 1);
  assert.match(none.stdout, /there are no expectations in manifests/);
  const broken = run({ 'access.yaml': 'kind: [\n' });
  assert.equal(broken.status, 1);
});

test('the options are known, and CommonJS has the same', () => {
  const unknown = run({ 'all.yaml': `${ACCESS}---\n${HEAD}- ${LINES[0]}\n` }, "await expectations('manifests', { kubeversion: '1.36' });");
  assert.equal(unknown.status, 1);
  const common = "import { createRequire } from 'node:module';\nawait createRequire(import.meta.url)('kubelogic/test').expectations(['manifests'], { kubeVersion: '1.36', name: 'access' });";
  const { status, stdout } = run({ 'all.yaml': `${ACCESS}---\n${HEAD}- ${LINES[0]}\n` }, common);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /# Subtest: access/);
});
