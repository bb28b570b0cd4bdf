'use strict';

// Values that objects hold as text: quantities.

const native = require('../native.cjs');
const { QueryError, call } = require('./errors.cjs');

const natives = new WeakMap();

function nativeOf(value, type) {
  const handle = natives.get(value);
  if (handle === undefined) throw wrong(`a ${type} is wanted`);
  return handle;
}

function wrong(message) {
  return new QueryError(message, { code: 'query/wrong-argument' });
}

/** An amount such as `100m`, `1.5Gi` or `2e3`, exact to a billionth. It never changes. */
class Quantity {
  /** @param {string | number | bigint | Quantity} value */
  constructor(value) {
    if (value instanceof Quantity) return value;
    if (value instanceof native.NativeQuantity) natives.set(this, value);
    else if (typeof value === 'string') natives.set(this, call(() => new native.NativeQuantity(value, false)));
    else if (typeof value === 'number' || typeof value === 'bigint') {
      natives.set(this, call(() => new native.NativeQuantity(String(value), true)));
    } else throw wrong(`a quantity is a text or a number, not ${value === null ? 'null' : typeof value}`);
    Object.freeze(this);
  }

  /** `DecimalSI`, `BinarySI` or `DecimalExponent`: how it is printed. */
  get format() {
    return nativeOf(this, 'Quantity').format;
  }

  /** The text that calculations and the API server print, such as `1500m` for `1.5`. */
  get canonical() {
    return nativeOf(this, 'Quantity').canonical;
  }

  /** Whole units, rounded up, and cut off at the ends of the 64-bit range. */
  get value() {
    return nativeOf(this, 'Quantity').value;
  }

  /** Thousandths, rounded up, and cut off at the ends of the 64-bit range. */
  get milliValue() {
    return nativeOf(this, 'Quantity').milliValue;
  }

  /** Negative when this is less than the other, 0 when both are worth the same, positive when it is more. */
  compare(other) {
    return nativeOf(this, 'Quantity').compare(nativeOf(new Quantity(other), 'Quantity'));
  }

  /** Whether both are worth the same: `1Gi` and `1024Mi` are. */
  equals(other) {
    return this.compare(other) === 0;
  }

  add(other) {
    return new Quantity(call(() => nativeOf(this, 'Quantity').add(nativeOf(new Quantity(other), 'Quantity'))));
  }

  sub(other) {
    return new Quantity(call(() => nativeOf(this, 'Quantity').sub(nativeOf(new Quantity(other), 'Quantity'))));
  }

  /** The product with a whole number. */
  mul(factor) {
    if (!Number.isSafeInteger(factor)) throw wrong('the factor must be a whole number');
    return new Quantity(call(() => nativeOf(this, 'Quantity').mul(factor)));
  }

  neg() {
    return new Quantity(call(() => nativeOf(this, 'Quantity').neg()));
  }

  /** Rounded away from zero to a power of ten: 0 to whole units, -3 to thousandths. */
  roundUp(scale = 0) {
    if (!Number.isInteger(scale)) throw wrong('the scale must be a whole number');
    return new Quantity(call(() => nativeOf(this, 'Quantity').roundUp(scale)));
  }

  toString() {
    return nativeOf(this, 'Quantity').text();
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

module.exports = { Quantity };
