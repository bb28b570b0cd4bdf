// kubeconfig files: which server, as whom, and why.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import { kubeconfig } from 'kubelogic';

const folder = mkdtempSync(join(tmpdir(), 'kubelogic-kubeconfig-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SHOP = `apiVersion: v1
kind: Config
current-context: shop
contexts:
- {name: shop, context: {cluster: shop, user: ann, namespace: web}}
clusters:
- {name: shop, cluster: {server: "https://shop.example"}}
users:
- {name: ann, user: {token: canary-secret}}
`;
const BANK = {
  'current-context': 'bank',
  clusters: [{ name: 'shop', cluster: { server: 'https://other.example' } }],
  users: [{ name: 'bo', user: {} }],
};
const path = join(folder, 'config');
writeFileSync(path, SHOP);

test('text, bytes, objects and paths say the same', () => {
  const { config } = kubeconfig.load(SHOP, { raw: true }).result;
  assert.deepEqual(config.users[0].user, { token: 'canary-secret' });
  for (const [given, options] of [
    [Buffer.from(SHOP), {}],
    [config, {}],
    [undefined, { paths: path }],
    [undefined, { paths: [pathToFileURL(path)] }],
    [undefined, { explicit: path }],
    [undefined, { kubeconfig: `/missing:${path}` }],
  ]) {
    assert.deepEqual(kubeconfig.load(given, { ...options, raw: true }).result.config, config);
    const { connection, user, namespace } = kubeconfig.resolve(given, options).result;
    assert.deepEqual([connection.server, user, namespace], ['https://shop.example', 'ann', 'web']);
  }
});

test('the first file wins and says what it hides', () => {
  const { config, entries } = kubeconfig.load([SHOP, BANK]).result;
  assert.equal(config['current-context'], 'shop');
  const { location, shadows } = entries.find(({ section }) => section === 'clusters');
  assert.deepEqual([location.source, location.line], ['kubeconfig', 7]);
  assert.deepEqual(shadows.map(({ source }) => source), ['kubeconfig-2']);
});

test('flags win, and why says so', () => {
  const overrides = { server: 'https://flag.example', as: 'bo', asGroups: ['ops'] };
  const { connection, why } = kubeconfig.resolve(SHOP, { overrides }).result;
  assert.deepEqual([connection.server, connection.as, connection.asGroups], ['https://flag.example', 'bo', ['ops']]);
  const of = Object.fromEntries(why.map((one) => [one.field, one]));
  assert.deepEqual([of['cluster.server'].source, of['context.namespace'].source], ['flag', 'file']);
  assert.equal(of['context.namespace'].location.line, 5);
});

test('what the environment names is read', () => {
  mkdirSync(join(folder, '.kube'));
  writeFileSync(join(folder, '.kube/config'), SHOP);
  writeFileSync(join(folder, 'bank'), 'current-context: bank');
  const kubelogic = JSON.stringify(fileURLToPath(new URL('../index.cjs', import.meta.url)));
  const program = `console.log(require(${kubelogic}).kubeconfig.load().result.config['current-context'])`;
  const run = (env) => {
    const { PATH } = process.env;
    const { stdout, stderr } = spawnSync(process.execPath, ['--eval', program], { cwd: folder, encoding: 'utf8', env: { PATH, HOME: folder, ...env } });
    return stdout.trim() || stderr;
  };
  assert.equal(run({}), 'shop');
  assert.equal(run({ KUBECONFIG: 'missing:bank:.kube/config' }), 'bank');
});

test('files of a program are all there is', () => {
  const { config } = kubeconfig.load(undefined, { kubeconfig: `${path}:/b`, files: { '/b': 'current-context: b' } }).result;
  assert.deepEqual([config['current-context'], config.clusters], ['b', null]);
});

test('certificates are looked for beside the file', () => {
  const text = SHOP.replace('{server:', '{certificate-authority: ca.crt, server:');
  writeFileSync(join(folder, 'with-ca'), text);
  const given = { paths: join(folder, 'with-ca') };
  const { failed, error } = kubeconfig.resolve(undefined, given).result;
  assert.ok(failed && error.includes(`unable to read certificate-authority ${join(folder, 'ca.crt')} for shop`), error);
  writeFileSync(join(folder, 'ca.crt'), 'x');
  const { connection } = kubeconfig.resolve(undefined, given).result;
  assert.equal(connection.certificateAuthority, join(folder, 'ca.crt'));
  assert.deepEqual(kubeconfig.resolve(text, { workingDirectory: folder }).result.connection, connection);
});

test('secrets stay secret', () => {
  for (const answer of [kubeconfig.load(SHOP), kubeconfig.resolve(SHOP)]) {
    assert.ok(!`${inspect(answer, { depth: null })}${JSON.stringify(answer)}`.includes('canary-secret'));
  }
  const broken = kubeconfig.load(`${SHOP}- {name: ann, user: {token: canary-secret}}\n`);
  assert.ok(!JSON.stringify(broken).includes('canary-secret'));
});

test('a file that cannot be used says where', () => {
  const { failed, problems } = kubeconfig.load('clusters:\n- name: [').result;
  assert.deepEqual([failed, problems[0].code, problems[0].location.source, problems[0].location.line], [true, 'read/syntax', 'kubeconfig', 2]);
  const { error } = kubeconfig.load('clusters:\n- {name: yes}').result;
  assert.match(error, /cannot unmarshal bool into Go struct field NamedCluster.clusters.name/);
});

test('a question that makes no sense is an error', () => {
  for (const [given, options] of [
    [5, {}],
    [null, {}],
    [Buffer.from([0xff]), {}],
    [SHOP, { explicit: 'a' }],
    [undefined, { explicit: 5 }],
    [undefined, { paths: 'a:b' }],
    [undefined, { paths: 'a', kubeconfig: 'b' }],
    [SHOP, { context: 'a' }],
  ]) {
    assert.throws(() => kubeconfig.load(given, options), { name: 'QueryError', code: 'query/wrong-argument' }, inspect([given, options]));
  }
  assert.throws(() => kubeconfig.load(undefined, { files: { a: '' } }), /no absolute path/);
  assert.throws(() => kubeconfig.resolve(SHOP, { overrides: { contxt: 'a' } }), /contxt/);
});
