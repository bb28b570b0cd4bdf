// The types: usage files of both module systems compile, strictly, and the generated files are up to date.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, `${stdout}${stderr}`);
}

test('usage files compile for ES modules and CommonJS', () => {
  run(createRequire(import.meta.url).resolve('typescript/bin/tsc'), '--project', 'test/types');
});

test('generated files are up to date', () => {
  run('scripts/generate.mjs', '--check');
});

test('both module systems export the same names', async () => {
  const module = await import('kubelogic');
  const required = createRequire(import.meta.url)('kubelogic');
  const names = Object.keys(module).filter((name) => name !== 'default' && name !== 'module.exports');
  assert.deepEqual(names.sort(), Object.keys(required).sort());
  for (const name of names) assert.equal(module[name], required[name]);
});
