// Values that objects hold as text.

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';

import {
  Duration,
  FieldSelector,
  IntOrPercent,
  LabelSelector,
  MicroTime,
  Quantity,
  Time,
  formatSelector,
  generateName,
  metadataErrors,
  nameProblems,
  nameRule,
} from 'kubelogic';

test('quantities are worth something', () => {
  assert.ok(new Quantity('1Gi').equals('1024Mi') && !new Quantity('1Gi').equals('1G'));
  assert.ok(new Quantity('1Gi').compare('1G') > 0 && new Quantity('1m').compare(1) < 0);
  const half = new Quantity('1.5');
  assert.deepEqual([half.canonical, `${half}`, half.value, half.milliValue], ['1500m', '1500m', 2n, 1500n]);
  assert.equal(new Quantity('1e3').format, 'DecimalExponent');
  assert.equal(JSON.stringify({ cpu: half }), '{"cpu":"1500m"}');
  assert.equal(inspect(half), 'Quantity(1500m)');
});

test('quantities are calculated with', () => {
  assert.equal(String(new Quantity('1Gi').add('512Mi')), '1536Mi');
  assert.equal(String(new Quantity('1').sub('100m')), '900m');
  assert.equal(String(new Quantity('2Mi').mul(3)), '6Mi');
  assert.equal(String(new Quantity('5').neg()), '-5');
  assert.equal(String(new Quantity('1.2m').roundUp(-3)), '2m');
});

test('a comparison that would compare texts is refused', () => {
  assert.throws(() => new Quantity('9') < new Quantity('10'), TypeError);
});

test('what is no quantity is refused', () => {
  for (const bad of ['1K', '1e3m', 'inf', '', '0x10', NaN]) {
    assert.throws(() => new Quantity(bad), { name: 'QueryError', code: 'meta/invalid-quantity' }, String(bad));
  }
  for (const bad of [null, undefined, true, {}, []]) assert.throws(() => new Quantity(bad), /a text or a number/);
});

test('label selectors select', () => {
  const selector = LabelSelector.parse('app in (web, api),!canary');
  assert.equal(`${selector}`, 'app in (api,web),!canary');
  assert.deepEqual([{ app: 'web' }, { app: 'web', canary: '' }, {}, null].map((one) => selector.matches(one)), [true, false, false, false]);
  assert.deepEqual(selector.requirements, [
    { key: 'app', operator: 'in', values: ['api', 'web'] },
    { key: 'canary', operator: '!', values: [] },
  ]);
  assert.equal(String(LabelSelector.of({ matchLabels: { app: 'shop' } })), 'app=shop');
  assert.equal(inspect(selector), 'LabelSelector(app in (api,web),!canary)');
});

test('no selector selects nothing, and an empty one everything', () => {
  for (const everything of [LabelSelector.of({}), LabelSelector.parse('')]) {
    assert.ok(everything.matches(undefined) && everything.selectsEverything && !everything.selectsNothing);
  }
  for (const nothing of [LabelSelector.of(null), LabelSelector.of(undefined)]) {
    assert.ok(!nothing.matches({ a: 'b' }) && nothing.selectsNothing && !nothing.selectsEverything);
  }
  assert.deepEqual([formatSelector(null), formatSelector({ matchLabels: { a: 'b' } })], ['<none>', 'a=b']);
});

test('field selectors select', () => {
  const selector = FieldSelector.parse('status.phase!=Running,metadata.namespace==shop');
  assert.ok(selector.matches({ 'metadata.namespace': 'shop' }) && !selector.matches({}));
  assert.deepEqual([selector.exactMatch('metadata.namespace'), selector.exactMatch('status.phase')], ['shop', undefined]);
});

test('times move', () => {
  const time = new Time('2026-11-21T07:30:00+01:00');
  assert.equal(`${time.plus('90s')}`, '2026-11-21T06:31:30Z');
  assert.equal(`${time.since('2026-11-20T06:30:00Z')}`, '24h0m0s');
  assert.ok(time.equals(new Date(Date.UTC(2026, 10, 21, 6, 30))) && time.compare('2026-11-21T06:29:59Z') > 0);
  assert.deepEqual(time.toDate(), new Date('2026-11-21T06:30:00Z'));
  assert.equal(new MicroTime(new Date(1)).nanosecond, 1_000_000);
  assert.equal(JSON.stringify([time, new Time(null)]), '["2026-11-21T06:30:00Z",null]');
  assert.throws(() => time < new Time(null), TypeError);
});

test('durations are nanoseconds', () => {
  assert.ok(new Duration('1.5h').equals(5_400_000_000_000n) && new Duration('90s').compare('2m') < 0);
  assert.equal(new Duration('1500us').milliseconds, 1.5);
  assert.equal(`${new Duration(-1n)}`, '-1ns');
});

test('a text is no number unless a flag says it', () => {
  assert.deepEqual([new IntOrPercent(5).isInt, new IntOrPercent('5').isInt, IntOrPercent.parse('5').isInt], [true, false, true]);
  assert.equal(JSON.stringify([new IntOrPercent(5), new IntOrPercent('5')]), '[5,"5"]');
  assert.deepEqual([new IntOrPercent('50%').scaled(3), new IntOrPercent('50%').scaled(3, { rounding: 'down' })], [2, 1]);
});

test('names go by rule or kind', () => {
  assert.equal(nameRule('Service', { kubeVersion: '1.33' }), 'dns-1035-label');
  assert.equal(nameRule('StatefulSet', { group: 'apps' }), 'dns-label');
  assert.deepEqual(nameProblems('8080', { rule: 'port-name' }), ['must contain at least one letter (a-z)']);
  assert.deepEqual(nameProblems('1a', { kind: 'Service' }), []);
  assert.deepEqual(nameProblems('web-', { rule: 'dns-label', prefix: true }), []);
  assert.equal(generateName('web-', { seed: 7 }), generateName('web-', { seed: 7 }));
  assert.notEqual(generateName('web-', { seed: 7 }), generateName('web-', { seed: 8 }));
});

test('metadata is looked at', () => {
  const { errors, message } = metadataErrors({ name: 'a', namespace: 'b', labels: { 'x y': 'z' } }, { namespaced: true, kind: 'Pod' });
  assert.deepEqual(errors.map(({ field }) => field), ['metadata.labels']);
  assert.ok(message.startsWith('Pod "a" is invalid: metadata.labels: '), message);
  const old = { name: 'a', namespace: 'b', uid: '1', resourceVersion: '1' };
  assert.deepEqual(metadataErrors({ ...old, uid: '2' }, { old, namespaced: true }).errors.map(({ field }) => field), ['metadata.uid']);
});

test('bad input is one clear error', () => {
  for (const [make, code] of [
    [() => LabelSelector.parse('a in ('), 'meta/invalid-selector'],
    [() => LabelSelector.parse(5), 'query/wrong-argument'],
    [() => LabelSelector.of({ matchExpressions: [{ key: 'a', operator: 'Is' }] }), 'meta/invalid-selector'],
    [() => LabelSelector.parse('a', { kubeVersion: '1.12' }), 'version-unsupported'],
    [() => LabelSelector.parse('a', { version: '1.37' }), 'query/wrong-argument'],
    [() => LabelSelector.parse('a').matches('a'), 'query/wrong-argument'],
    [() => LabelSelector.parse('a').matches({ a: 1 }), 'query/wrong-argument'],
    [() => LabelSelector.prototype.matches.call({}, {}), 'query/wrong-argument'],
    [() => new LabelSelector('a'), 'query/wrong-argument'],
    [() => FieldSelector.parse('a'), 'meta/invalid-selector'],
    [() => new Time('2026-11-21'), 'meta/invalid-time'],
    [() => new Time(5), 'query/wrong-argument'],
    [() => new Time(new Date(NaN)), 'query/wrong-argument'],
    [() => new Time(new MicroTime(null)), 'query/wrong-argument'],
    [() => new MicroTime('2026-11-21T06:30:00Z'), 'meta/invalid-time'],
    [() => new Duration('1d'), 'meta/invalid-duration'],
    [() => new Duration(2n ** 63n), 'query/wrong-argument'],
    [() => new Duration(5), 'query/wrong-argument'],
    [() => new IntOrPercent(2 ** 31), 'meta/invalid-int-or-percent'],
    [() => new IntOrPercent(1.5), 'meta/invalid-int-or-percent'],
    [() => new IntOrPercent('5').scaled(1), 'meta/invalid-int-or-percent'],
    [() => new IntOrPercent(true), 'query/wrong-argument'],
    [() => new IntOrPercent(1).scaled(1, { rounding: 'off' }), 'query/wrong-argument'],
    [() => nameProblems('a'), 'ask/bad-question'],
    [() => metadataErrors({ labels: [] }, { namespaced: true }), 'ask/bad-question'],
  ]) {
    assert.throws(make, { name: 'QueryError', code }, String(make));
  }
  assert.throws(() => nameProblems('a', { rule: 'dns-lable' }), { help: 'did you mean `dns-label`?' });
  const of = (selector) => () => LabelSelector.of(selector);
  const place = { name: 'DecodeError', code: 'decode/unknown-field', source: 'selector', path: 'match_labels' };
  assert.throws(of({ match_labels: { a: 'b' } }), place);
  assert.throws(of({ match_labels: { a: 'b' } }), ({ line }) => line === undefined);
  assert.throws(of({ matchExpressions: [{ key: 'a', values: 'b' }] }), { name: 'DecodeError', path: 'matchExpressions[0].values' });
});
