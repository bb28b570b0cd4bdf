// Every example of the README runs and prints what the README says.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/```js\n(.*?)```\n\n```\n(.*?)```/gs)];

test('every example has its output', () => {
  assert.equal(examples.length, readme.match(/```js\n/g).length);
  assert.ok(examples.length >= 5);
});

for (const [index, [, code, output]] of examples.entries()) {
  test(`example ${index + 1}`, () => {
    // Beside the tests, so that the package finds itself by its own name.
    const file = fileURLToPath(new URL(`readme-${process.pid}-${index}.mjs`, import.meta.url));
    writeFileSync(file, code);
    try {
      const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.equal(stdout, output);
    } finally {
      rmSync(file);
    }
  });
}
