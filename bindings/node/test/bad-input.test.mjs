// Bad input of every kind: one clear error with its place, and the process goes on.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Cluster, LoadError, QueryError, ReadError } from 'kubelogic';

const folder = mkdtempSync(join(tmpdir(), 'kubelogic-bad-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n';

function refused(run, code) {
  let error;
  assert.throws(run, (caught) => {
    error = caught;
    return true;
  });
  assert.ok(error instanceof ReadError, `${error.constructor.name} ${error.code}: ${error.message}`);
  assert.equal(error.code, code);
  return error;
}

test('nothing at all is an empty cluster', () => {
  for (const text of ['', '\n', '# nothing\n', '---\n---\n', new Uint8Array()]) {
    assert.equal(Cluster.fromYaml(text).size, 0);
  }
  assert.equal(Cluster.from([]).size, 0);
});

test('binary input', () => {
  const error = refused(
    () => Cluster.fromYaml(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), { source: 'kubectl' }),
    'read/binary-input',
  );
  assert.deepEqual([error.source, error.line, error.column], ['kubectl', 1, 1]);
});

test('a syntax error has file, line and column, and is not the only thing read', () => {
  const text = `${POD}---\nkind: [\n`;
  const error = refused(() => Cluster.fromYaml(text, { source: 'pods.yaml' }), 'read/syntax');
  assert.equal(error.source, 'pods.yaml');
  assert.equal(error.document, 2);
  assert.ok(error.line >= 5);
  assert.ok(error.message.startsWith(`pods.yaml:${error.line}:${error.column}: `), error.message);
  const rest = Cluster.fromYaml(text, { onInvalid: 'drop' });
  assert.equal(rest.size, 1);
  assert.ok(rest.notes.some((note) => note.code === 'read/syntax'));
});

test('several problems are all listed', () => {
  const error = refused(() => Cluster.fromYaml(`a: [\n---\n${POD}---\nb: {\n`), 'read/syntax');
  assert.equal(error.problems.length, 2);
  assert.deepEqual(error.problems.map((problem) => problem.location.document), [1, 3]);
});

test('a template that was not rendered', () => {
  const error = refused(
    () => Cluster.fromYaml('apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n', { source: 't.yaml' }),
    'read/template',
  );
  assert.equal(error.line, 4);
});

test('an alias bomb', () => {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0 ? 'a0: &a0 [x,x,x,x,x,x,x,x,x]' : `a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`).join(',')}]`,
  );
  refused(() => Cluster.fromYaml(`apiVersion: v1\nkind: Pod\n${levels.join('\n')}\n`), 'read/alias-expansion');
});

test('a hundred thousand levels', () => {
  const yaml = `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`;
  refused(() => Cluster.fromYaml(yaml), 'read/too-deep');
  refused(() => Cluster.fromYaml(`{"apiVersion":"v1","kind":"Pod","spec":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 'read/too-deep');
});

test('one document of 200 MB that is no list', () => {
  const text = Buffer.alloc(200 << 20, 'x');
  text.write('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata:\n  key: "');
  text.write('"\n', text.length - 2);
  refused(() => Cluster.fromYaml(text), 'read/document-too-large');
});

test('bytes that are no UTF-8 are read as kubectl reads them, with a note', () => {
  const bytes = Buffer.concat([Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: "'), Buffer.from([0xff]), Buffer.from('"}\n')]);
  const cluster = Cluster.fromYaml(bytes);
  assert.equal([...cluster][0].get('data.k'), '\ufffd');
  assert.ok(cluster.notes.some((note) => note.code === 'read/invalid-utf-8'));
});

test('paths that cannot be read', () => {
  const missing = join(folder, 'missing.yaml');
  const error = refused(() => Cluster.fromPath(missing), 'read/file');
  assert.equal(error.source, missing);
});

test('a folder that cannot be read', { skip: process.platform === 'win32' && 'permissions of folders are another matter there' }, () => {
  const outer = join(folder, 'outer');
  const locked = join(outer, 'locked');
  mkdirSync(locked, { recursive: true });
  writeFileSync(join(locked, 'a.yaml'), POD);
  writeFileSync(join(outer, 'b.yaml'), POD.replace('name: a', 'name: b'));
  chmodSync(folder, 0o755);
  chmodSync(locked, 0);
  // A user whom permissions bind: the superuser reads everything.
  const program = `
    import { Cluster } from 'kubelogic';
    if (process.getuid() === 0) {
      process.setgroups([]);
      process.setgid(65534);
      process.setuid(65534);
    }
    const path = process.argv[1];
    try {
      Cluster.fromPath(path);
    } catch ({ name, code, source }) {
      console.log(JSON.stringify([name, code, source]));
    }
    console.log(Cluster.fromPath(path, { onInvalid: 'drop' }).size);
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program, outer], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    encoding: 'utf8',
  });
  chmodSync(locked, 0o700);
  assert.equal(stdout, `${JSON.stringify(['ReadError', 'read/file', locked])}\n1\n`, stderr);
  assert.equal(Cluster.fromPath(outer).size, 2);
});

test('differing duplicates', () => {
  const other = POD.replace('{name: a}', '{name: a, labels: {x: z}}');
  assert.throws(() => Cluster.fromYaml(`${POD}---\n${other}`), (error) => {
    assert.ok(error instanceof LoadError);
    assert.equal(error.code, 'cluster/duplicate-object');
    assert.equal(error.line, 5);
    return true;
  });
  assert.equal(Cluster.fromYaml(`${POD}---\n${other}`, { onDuplicate: 'last' }).size, 1);
  assert.equal(Cluster.fromYaml(`${POD}---\n${POD}`).size, 1);
});

test('wrong options are no options', () => {
  for (const [options, code] of [
    [{ kubeVersion: '1.12' }, 'version-unsupported'],
    [{ kubeVersion: 1.3 }, 'query/wrong-argument'],
    [{ kubeversion: '1.37' }, 'query/wrong-argument'],
    [{ onDuplicate: 'first' }, 'query/wrong-argument'],
    [{ sourse: 'x' }, 'query/wrong-argument'],
  ]) {
    assert.throws(() => Cluster.fromYaml(POD, options), (error) => {
      assert.ok(error instanceof QueryError, error.stack);
      assert.equal(error.code, code, error.message);
      return true;
    });
  }
  assert.throws(() => Cluster.fromYaml({ kind: 'Pod' }), { name: 'QueryError' });
  assert.throws(() => Cluster.fromPath(POD.length), { name: 'QueryError' });
  assert.throws(() => new Cluster(), { name: 'QueryError' });
});
