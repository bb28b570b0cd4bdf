// What is wrong with manifests, and what can be done about it.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { check, checkPaths, explainCode, fix, renderFindings } from 'kubelogic';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: c
    imagePullpolicy: Never   # as it was
`;
const codes = (answer) => answer.result.findings.map(({ code }) => code);

test('everything that is wrong is found', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'kubelogic-'));
  context.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'pod.yaml'), pod);
  writeFileSync(join(folder, 'bad.yaml'), 'kind: [');
  assert.deepEqual(codes(checkPaths(folder)), ['read/syntax', 'schema/unknown-field']);
  assert.deepEqual(codes(checkPaths([folder], { select: ['schema'] })), ['schema/unknown-field']);
  assert.equal(check(pod).result.findings[0].location.line, 7);
  assert.deepEqual(codes(check(pod, { fieldValidation: 'ignore' })), []);
  assert.throws(() => check(pod, { ignore: ['schema/unknown-feild'] }), { name: 'QueryError' });
  assert.throws(() => check(pod, { selct: [] }), { name: 'QueryError' });
});

test('plain objects are checked, too', () => {
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [], nodeNam: 'x' } };
  assert.deepEqual(codes(check([object])), ['schema/unknown-field']);
});

test('comments hold findings back', () => {
  const quiet = pod.replace('# as it was', '# kubelogic: ignore schema/unknown-field -- known');
  const { findings, suppressed } = check(quiet, { source: 'pod.yaml' }).result;
  assert.deepEqual([findings.length, suppressed.length], [0, 1]);
  assert.equal(check(quiet, { suppressions: false }).result.findings.length, 1);
});

test('findings are written for people and programs', () => {
  const { findings } = check(pod, { source: 'pod.yaml' }).result;
  const text = renderFindings(findings, 'text', { manifests: { 'pod.yaml': pod } });
  assert.match(text, /pod\.yaml:7:5/);
  assert.match(text, /imagePullpolicy: Never/);
  const sarif = JSON.parse(renderFindings(findings, 'sarif'));
  assert.equal(sarif.runs[0].results[0].ruleId, 'schema/unknown-field');
  assert.match(renderFindings(findings, 'github'), /^::error file=pod\.yaml,line=7/);
  assert.match(renderFindings(findings, 'junit'), /<failure/);
});

test('what is certain is mended', () => {
  const { manifests, findings } = fix({ 'pod.yaml': pod }).result;
  assert.equal(manifests[0].text, pod.replace('imagePullpolicy', 'imagePullPolicy'));
  assert.deepEqual(findings, []);
});

test('codes are explained', () => {
  assert.equal(explainCode('schema/unknown-field').result.codes[0].code, 'schema/unknown-field');
  assert.ok(explainCode().result.codes.length > 80);
  assert.throws(() => explainCode('schema/unknown-feild'), /schema\/unknown-feild/);
});
