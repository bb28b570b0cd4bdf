// The command: the same as that of the crate, with the streams of the process.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { version } from 'kubelogic';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const command = fileURLToPath(new URL('../bin/kubelogic.cjs', import.meta.url));

function run(args, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: root, input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const ci = ['--as', 'system:serviceaccount:shop:ci', '-n', 'shop'];

test('yes, no, and no answer are exit codes', () => {
  const yes = run(['can-i', 'patch', 'deployments.apps', ...ci, '-f', 'examples/shop']);
  assert.deepEqual([yes.status, yes.stdout], [0, 'yes\n'], yes.stderr);
  const no = run(['can-i', 'delete', 'deployments.apps', ...ci, '-f', 'examples/shop']);
  assert.deepEqual([no.status, no.stdout.split('\n')[0]], [1, 'no'], no.stderr);
  const nothing = run(['can-i', 'patch', 'deployments.apps', '-f', 'examples/shop']);
  assert.deepEqual([nothing.status, nothing.stdout], [2, '']);
  assert.notEqual(nothing.stderr, '');
});

test('bad input has file, line and column, and exit code 2', () => {
  const { status, stderr } = run(['can-i', 'get', 'pods', ...ci, '-f', '-'], 'kind: [\n');
  assert.equal(status, 2);
  assert.match(stderr, /:2:1\b/);
});

test('standard input is read, and help and version are told', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';
  const got = run(['get', 'pods', '-f', '-'], pod);
  assert.equal(got.status, 0, got.stderr);
  assert.match(got.stdout, /\ba\b/);
  assert.match(run(['--version']).stdout, new RegExp(version.replaceAll('.', '\\.')));
  assert.equal(run(['--help']).status, 0);
  assert.equal(run(['nonsense']).status, 2);
});

test('the catalogue is answered line by line', () => {
  const question = JSON.stringify({ id: 7, ask: 'objects.list', kind: 'Role' });
  const { status, stdout, stderr } = run(['ask', '-f', 'examples/shop'], `${question}\n${question}\n`);
  assert.equal(status, 0, stderr);
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(answers.map(({ id, answer }) => [id, answer.result.objects.length]), [[7, 1], [7, 1]]);
});

test('an interrupt ends the command', { skip: process.platform === 'win32' && 'signals differ on Windows' }, async () => {
  const child = spawn(process.execPath, [command, 'ask', '-f', 'examples/shop'], { cwd: root });
  const line = new Promise((resolve) => child.stdout.once('data', resolve));
  // It answers, so it waits for the next question in native code.
  child.stdin.write(`${JSON.stringify({ ask: 'objects.list' })}\n`);
  await line;
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])));
  child.kill('SIGINT');
  assert.deepEqual(await ended, [null, 'SIGINT']);
});
