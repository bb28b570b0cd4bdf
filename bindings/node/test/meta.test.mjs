// Values that objects hold as text.

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';

import { Quantity } from 'kubelogic';

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
