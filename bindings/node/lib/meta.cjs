'use strict';

// Values that objects hold as text: quantities, and numbers that may be percentages.

const native = require('../native.cjs');
const { call } = require('./errors.cjs');
const { handleOf, keep, wrong } = require('./handles.cjs');

/** An amount such as `100m`, `1.5Gi` or `2e3`, exact to a billionth. It never changes. */
class Quantity {
  /** @param {string | number | bigint | Quantity} value */
  constructor(value) {
    if (value instanceof Quantity) return value;
    if (value instanceof native.NativeQuantity) keep(this, value);
    else if (typeof value === 'string') keep(this, call(() => new native.NativeQuantity(value, false)));
    else if (typeof value === 'number' || typeof value === 'bigint') {
      keep(this, call(() => new native.NativeQuantity(String(value), true)));
    } else throw wrong(`a quantity is a text or a number, not ${value === null ? 'null' : typeof value}`);
    Object.freeze(this);
  }

  /** `DecimalSI`, `BinarySI` or `DecimalExponent`: how it is printed. */
  get format() {
    return handleOf(this, native.NativeQuantity).format;
  }

  /** The text that calculations and the API server print, such as `1500m` for `1.5`. */
  get canonical() {
    return handleOf(this, native.NativeQuantity).canonical;
  }

  /** Whole units, rounded up, and cut off at the ends of the 64-bit range. */
  get value() {
    return handleOf(this, native.NativeQuantity).value;
  }

  /** Thousandths, rounded up, and cut off at the ends of the 64-bit range. */
  get milliValue() {
    return handleOf(this, native.NativeQuantity).milliValue;
  }

  /** -1, 0 or 1. */
  get sign() {
    return handleOf(this, native.NativeQuantity).sign;
  }

  /** The amount roughly, rounded as Kubernetes rounds it; infinite beyond the range of a number. */
  get approximate() {
    return handleOf(this, native.NativeQuantity).approximate;
  }

  /** The whole number, when it is one that fits 64 bits and nothing has to be calculated for it; otherwise undefined. */
  get asInt64() {
    return handleOf(this, native.NativeQuantity).asInt64 ?? undefined;
  }

  /** Negative when this is less than the other, 0 when both are worth the same, positive when it is more. */
  compare(other) {
    return handleOf(this, native.NativeQuantity).compare(handleOf(new Quantity(other), native.NativeQuantity));
  }

  /** Whether both are worth the same: `1Gi` and `1024Mi` are. */
  equals(other) {
    return this.compare(other) === 0;
  }

  add(other) {
    return new Quantity(call(() => handleOf(this, native.NativeQuantity).add(handleOf(new Quantity(other), native.NativeQuantity))));
  }

  sub(other) {
    return new Quantity(call(() => handleOf(this, native.NativeQuantity).sub(handleOf(new Quantity(other), native.NativeQuantity))));
  }

  /** The product with a whole number. */
  mul(factor) {
    if (!Number.isSafeInteger(factor)) throw wrong('the factor must be a whole number');
    return new Quantity(call(() => handleOf(this, native.NativeQuantity).mul(factor)));
  }

  neg() {
    return new Quantity(call(() => handleOf(this, native.NativeQuantity).neg()));
  }

  /** Rounded away from zero to a power of ten: 0 to whole units, -3 to thousandths. */
  roundUp(scale = 0) {
    if (!Number.isInteger(scale)) throw wrong('the scale must be a whole number');
    return new Quantity(call(() => handleOf(this, native.NativeQuantity).roundUp(scale)));
  }

  toString() {
    return handleOf(this, native.NativeQuantity).text();
  }

  toJSON() {
    return this.toString();
  }

  // `a < b` would compare texts; that is never what is meant.
  [Symbol.toPrimitive](hint) {
    if (hint === 'string' || hint === 'default') return this.toString();
    throw new TypeError('a quantity is no number: use compare(), value or milliValue');
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `Quantity(${this})`;
  }
}

/** A number or a percentage, such as the `maxSurge` of a Deployment. It never changes. */
class IntOrPercent {
  /** @param {string | number | IntOrPercent} value what an object holds: a number or a text */
  constructor(value) {
    if (value instanceof IntOrPercent) return value;
    if (value instanceof native.NativeIntOrPercent) keep(this, value);
    else if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) {
      keep(this, call(() => new native.NativeIntOrPercent(JSON.stringify(value))));
    } else throw wrong(`a number or percentage is a number or a text, not ${value === null ? 'null' : typeof value}`);
    Object.freeze(this);
  }

  /** Reads a text as flags do: a number where it is one. */
  static parse(text) {
    if (typeof text !== 'string') throw wrong('`IntOrPercent.parse` wants a text');
    return new IntOrPercent(call(() => native.NativeIntOrPercent.parse(text)));
  }

  /** Whether it is a number. */
  get isInt() {
    return handleOf(this, native.NativeIntOrPercent).isInt;
  }

  /** The number; 0 for a text that is none. */
  get intValue() {
    return handleOf(this, native.NativeIntOrPercent).intValue;
  }

  /** The number, or the percentage of a total, rounded up or down. */
  scaled(total, { rounding = 'up' } = {}) {
    if (!Number.isInteger(total) || Math.abs(total) > 0x7fffffff) throw wrong('the total must be a whole number of 32 bits');
    if (rounding !== 'up' && rounding !== 'down') throw wrong(`\`rounding\` is \`up\` or \`down\`, not \`${rounding}\``);
    return call(() => handleOf(this, native.NativeIntOrPercent).scaled(total, rounding === 'up'));
  }

  toString() {
    return handleOf(this, native.NativeIntOrPercent).text();
  }

  /** As objects hold it: a number or a text. */
  toJSON() {
    return this.isInt ? this.intValue : this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `IntOrPercent(${this})`;
  }
}

module.exports = { IntOrPercent, Quantity };
