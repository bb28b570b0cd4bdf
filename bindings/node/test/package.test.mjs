// What goes into the package that is published.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = createRequire(import.meta.url)('../package.json');

test('nothing runs when the package is installed', () => {
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.equal(manifest.scripts[script], undefined);
  }
  assert.equal(manifest.dependencies, undefined);
});

test('the package holds what it needs and no more', () => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, stdout, stderr } = spawnSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  assert.equal(status, 0, stderr);
  const files = JSON.parse(stdout)[0].files.map(({ path }) => path);
  for (const name of ['LICENSE', 'NOTICE', 'README.md', 'package.json', 'native.cjs', 'index.cjs', 'index.mjs', 'index.d.ts', 'index.d.mts', 'answers.d.ts', 'lib/cluster.cjs']) {
    assert.ok(files.includes(name), name);
  }
  for (const name of files) assert.doesNotMatch(name, /\.node$|^(src|test|bench|scripts|node_modules|npm)\//);
});

test('licence and notice are those of the repository', () => {
  // npm packs no links, so the package has copies.
  for (const name of ['LICENSE', 'NOTICE']) {
    assert.equal(readFileSync(`${root}/${name}`, 'utf8'), readFileSync(`${root}/../../${name}`, 'utf8'));
  }
});
