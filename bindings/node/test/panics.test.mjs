// A panic of the native part is an error, and the process goes on.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { Cluster, InternalError } from 'kubelogic';

const require = createRequire(import.meta.url);
const native = require('../native.cjs');
const { call } = require('../lib/errors.cjs');

test('a panic becomes an InternalError', () => {
  assert.throws(
    () => call(() => native._selftestPanic()),
    (error) => {
      assert.ok(error instanceof InternalError);
      assert.equal(error.code, 'internal/panic');
      assert.match(error.message, /^bug in kubelogic: /);
      return true;
    },
  );
  assert.equal(Cluster.fromYaml('{apiVersion: v1, kind: Pod, metadata: {name: a}}').size, 1);
});

test('every exported function catches panics', () => {
  const folder = new URL('../src/', import.meta.url);
  let functions = 0;
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.rs'))) {
    const text = readFileSync(new URL(file, folder), 'utf8');
    for (const [, attribute] of text.matchAll(/#\[napi(?:\(([^\]]*)\))?\]\s*(?:#\[[^\]]*\]\s*)*pub fn/g)) {
      functions += 1;
      assert.match(attribute ?? '', /\bcatch_unwind\b/, `${file}: #[napi(${attribute ?? ''})]`);
    }
  }
  assert.ok(functions > 10, `${functions} functions`);
});
