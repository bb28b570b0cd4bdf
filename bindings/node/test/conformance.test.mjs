// Every recorded answer of the real components, asked again: through the catalogue, and through the typed calls where
// there are some.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { Cluster, ask } from 'kubelogic';

import { expectedOfTyped, isTyped, typed as typedMeta } from './typed-meta.mjs';
import { typed as typedRequests } from './typed-requests.mjs';

const typed = { ...typedMeta, ...typedRequests };

const folder = new URL('../../../conformance/cases/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.json'))
  .sort();

// conformance/README.md says how a recorded case becomes a question, and where answers differ on purpose.

/** Fields of a case that are no part of the question. */
const APART = new Set(['about', 'defaultNamespace', 'expect', 'order', 'repeat', 'seed']);

/** Questions whose cases hold the oracle's own switches; those of all others are the catalogue's. */
const OF_THE_AUTHORIZER = new Set(['access.can', 'access.can-many', 'access.aggregate', 'access.authorize']);

/** What no question can ask: how Go writes a text again, a path with a namespace. */
function notAsked({ ask: name, request }) {
  return name === 'read.canonical' || (request?.path !== undefined && request.namespace !== undefined);
}

function question(one) {
  const asked = Object.fromEntries(Object.entries(one).filter(([key]) => !APART.has(key)));
  if (!OF_THE_AUTHORIZER.has(one.ask)) return asked;
  if (one.ask.startsWith('access.can')) asked.allReasons = one.order === 'all';
  return { ...asked, ...settings(one), load: LOAD };
}

/** The text of a question: through JavaScript's numbers, `1.0` would become `1`. */
function asWritten(line) {
  return `${line.slice(0, line.indexOf(',"expect":')).replace(/,"about":"(?:[^"\\]|\\.)*"/, '')}}`;
}

// A case holds what an API server has stored, adds the default objects only when it says so, and leaves aggregation
// to a controller that may not run.
const LOAD = { onDuplicate: 'last', fieldValidation: 'ignore' };

function settings({ bootstrap = false, aggregate = false }) {
  return { bootstrap: bootstrap ? 'auto' : 'never', aggregate, stored: true };
}

/** How answers are compared, by the name of the question: the catalogue's first, then those of the typed calls. */
const compare = {
  'access.can': (one, result) => {
    sameAccess(result, one.expect);
    typedAccess(one, [one], [one.expect]);
  },
  'access.can-many': (one, result) => {
    assert.equal(result.results.length, one.expect.results.length);
    result.results.forEach((given, index) => sameAccess(given, one.expect.results[index]));
    typedAccess(one, one.questions, one.expect.results);
  },
  'access.aggregate': (one, result) => assert.deepEqual(withoutEmpty(result), withoutEmpty(one.expect)),
  'read.yaml': (one, result) => {
    // Ours stops at 1,000 levels, the real reader at 10,000.
    if (result.error?.code === 'read/too-deep' && one.id.startsWith('limits/') && !one.expect.error) return;
    oneOf(one, (expected) => assert.deepEqual(value(result, one.canonical), value(expected, one.canonical)));
  },
  'read.documents': (one, result) => {
    const list = (answer) => answer.documents.filter(({ json }) => json !== undefined);
    const failed = (answer) => answer.documents.some(({ error }) => error) || Boolean(answer.error);
    if (one.id.startsWith('limits/') && failed(result) && !failed(one.expect)) return;
    oneOf(one, (expected) => {
      const values = (answer) => list(answer).map((document) => value(document, one.canonical));
      sameList(values(expected), failed(expected), values(result), failed(result));
    });
  },
  'read.objects': (one, result) => {
    const objects = (answer) => answer.objects.map(({ json }) => withoutEmptyNamespace(JSON.parse(json)));
    const real = objects(one.expect);
    const failed = one.expect.errors.length > 0;
    sameList(real, failed, objects(result), result.errors.length > 0);
    typedObjects(one, real, failed);
  },
};

/** All that is expected is in the result; the result may hold more fields. */
function holdsAll({ expect }, result) {
  const holds = (expected, given) => {
    if (typeof expected !== 'object' || expected === null) return Object.is(expected, given);
    if (typeof given !== 'object' || given === null || Array.isArray(expected) !== Array.isArray(given)) return false;
    if (Array.isArray(expected) && expected.length !== given.length) return false;
    return Object.keys(expected).every((key) => Object.hasOwn(given, key) && holds(expected[key], given[key]));
  };
  assert.ok(holds(expect, result), `ours ${JSON.stringify(result)}, real ${JSON.stringify(expect)}`);
}

test('what is expected must be there', () => {
  const result = { a: [{ b: 1, c: 2 }], d: null };
  assert.doesNotThrow(() => holdsAll({ expect: { a: [{ b: 1 }] } }, result));
  for (const expect of [{ a: [{ b: 2 }] }, { a: [] }, { e: null }]) assert.throws(() => holdsAll({ expect }, result));
});

/** Where the real component answers by the order of a random map, any of its answers will do. */
function oneOf({ expect }, check) {
  if (expect.outcomes === undefined) return check(expect);
  assert.ok(
    expect.outcomes.some((outcome) => {
      try {
        check(outcome);
        return true;
      } catch {
        return false;
      }
    }),
    'none of the outcomes',
  );
}

/**
 * Letter by letter in canonical form, otherwise what it says; a refusal is a refusal, in whatever words, except that
 * of keys that stand twice, whose words are upstream's own.
 */
function value({ json, error }, canonical) {
  if (json === undefined) {
    const text = error?.message ?? error ?? '';
    return { refused: text.includes('already set in map') ? text : true };
  }
  return canonical ? json : JSON.parse(json);
}

/** After an error the real reader stops; ours keeps what can be read, in the same order. */
function sameList(real, realFailed, ours, oursFailed) {
  assert.equal(oursFailed, realFailed);
  if (!realFailed) return assert.deepEqual(ours, real);
  let rest = ours.map((one) => JSON.stringify(one));
  for (const one of real) {
    const index = rest.indexOf(JSON.stringify(one));
    assert.ok(index >= 0, `missing ${JSON.stringify(one)}`);
    rest = rest.slice(index + 1);
  }
}

/** kubectl takes an empty namespace out of an object once it is read. */
function withoutEmptyNamespace(object) {
  if (object.metadata?.namespace === null || object.metadata?.namespace === '') delete object.metadata.namespace;
  return object;
}

/** Absent, null and empty lists mean the same in a rule. */
function withoutEmpty(given) {
  if (Array.isArray(given)) return given.map(withoutEmpty);
  if (typeof given !== 'object' || given === null) return given;
  const kept = Object.entries(given).filter(([, field]) => field !== null && !(Array.isArray(field) && field.length === 0));
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutEmpty(field)]));
}

function sameAccess({ allowed, reason, reasons = [] }, expected) {
  assert.deepEqual([allowed, reason, reasons], [expected.allowed, expected.reason, expected.reasons ?? []]);
}

/** The same through a compiled handle: one by one, as a batch, and explained. */
function typedAccess({ kubeVersion, objects, ...one }, questions, expected) {
  const access = Cluster.from(objects, { kubeVersion, ...LOAD }).access(settings(one));
  questions.forEach(({ user, request }, index) => {
    // The API version plays no part in RBAC.
    const { verb, version, ...target } = request;
    const { allowed, reason } = expected[index];
    assert.equal(access.can(user, verb, target), allowed);
    assert.deepEqual(access.canMany(user, [{ verb, ...target }]), [allowed]);
    const { result } = access.explainCan(user, verb, target);
    assert.deepEqual([result.allowed, result.reason], [allowed, reason]);
  });
}

/** The same from a cluster, which keeps one object of each identity and wants an apiVersion of each. */
function typedObjects({ kubeVersion, text, bytes }, all, readingFailed) {
  const real = all.filter(({ apiVersion }) => apiVersion);
  const failed = readingFailed || real.length < all.length;
  const input = text ?? Buffer.from(bytes, 'base64');
  const cluster = Cluster.fromYaml(input, { kubeVersion, onDuplicate: 'last', onInvalid: 'drop' });
  const given = Array.from(cluster, (object) => sorted(withoutEmptyNamespace(object.toJSON())));
  for (const object of real) assert.ok(given.includes(sorted(object)) || isReplaced(object, real), sorted(object));
  if (!failed) {
    const known = new Set(real.map(sorted));
    for (const object of given) assert.ok(known.has(object), object);
    assert.doesNotThrow(() => Cluster.fromYaml(input, { kubeVersion, onDuplicate: 'last' }));
  } else {
    assert.throws(() => Cluster.fromYaml(input, { kubeVersion, onDuplicate: 'last' }));
  }
}

function isReplaced(object, all) {
  const name = ({ kind, metadata }) => JSON.stringify([kind, metadata?.namespace, metadata?.name]);
  return all.filter((other) => name(other) === name(object)).length > 1;
}

function sorted(given) {
  return JSON.stringify(given, (_, field) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)))
      : field,
  );
}

const called = new Set();
let replayed = 0;
let apart = 0;
for (const name of files) {
  test(`conformance: ${name}`, () => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const { cases } = JSON.parse(text);
    assert.ok(cases.length > 0, 'a file without cases');
    // A case is a line.
    const lines = text.split('\n').filter((line) => line.startsWith('{"id":'));
    assert.equal(lines.length, cases.length);
    const failed = [];
    for (const [index, one] of cases.entries()) {
      if (notAsked(one)) {
        apart += 1;
        continue;
      }
      try {
        const { answer, error } = ask(Object.hasOwn(compare, one.ask) ? question(one) : asWritten(lines[index]));
        assert.equal(error, undefined, JSON.stringify(error));
        (compare[one.ask] ?? holdsAll)(one, answer.result);
        replayed += 1;
        if (Object.hasOwn(typed, one.ask) && isTyped(one)) {
          const result = typed[one.ask](one);
          if (Object.hasOwn(compare, one.ask)) compare[one.ask](one, result);
          else holdsAll({ expect: expectedOfTyped(one.expect) }, result);
          called.add(one.ask);
        }
      } catch (error) {
        failed.push(`${one.id} (${one.about ?? 'generated'}): ${error.message}`);
      }
    }
    assert.equal(failed.length, 0, `${failed.length} of ${cases.length}\n${failed.slice(0, 10).join('\n')}`);
  });
}

test('there were cases', (context) => {
  context.diagnostic(`conformance: ${replayed} cases replayed, ${apart} cannot be asked`);
  assert.ok(replayed > 1000, `${replayed} cases`);
  assert.deepEqual([...called].sort(), Object.keys(typed).sort());
});
