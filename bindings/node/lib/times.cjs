'use strict';

// Points in time and durations, as Kubernetes and Go write them.

const native = require('../native.cjs');
const { call } = require('./errors.cjs');
const { handleOf, keep, wrong } = require('./handles.cjs');

/** The native class of a kind of time. */
const TYPE = Symbol('type');

/** What both kinds of time have. */
class Instant {
  constructor(value, type) {
    if (value instanceof this.constructor) return value;
    if (value instanceof type) keep(this, value);
    else if (value === null) keep(this, new type());
    else if (typeof value === 'string') keep(this, call(() => new type(value)));
    else if (value instanceof Date && !Number.isNaN(value.getTime())) {
      // Six digits of a second are what leases and events want, and others take.
      keep(this, call(() => new type(value.toISOString().replace('Z', '000Z'))));
    } else throw wrong(`a time is a text, a Date or null, not ${value instanceof Date ? 'an invalid Date' : typeof value}`);
    Object.freeze(this);
  }

  /** Seconds since the beginning of 1970, rounded down. */
  get seconds() {
    return handleOf(this, this[TYPE]).seconds;
  }

  /** The nanoseconds within the second. */
  get nanosecond() {
    return handleOf(this, this[TYPE]).nanosecond;
  }

  /** Whether it is the time that objects write as null. */
  get isZero() {
    return handleOf(this, this[TYPE]).isZero;
  }

  /** The same as a Date, with milliseconds. */
  toDate() {
    return new Date(this.seconds * 1000 + Math.floor(this.nanosecond / 1e6));
  }

  /** Negative when this is earlier than the other, 0 when both are the same, positive when it is later. */
  compare(other) {
    return handleOf(this, this[TYPE]).compare(same(this, other));
  }

  /** Whether both are the same point in time. */
  equals(other) {
    return this.compare(other) === 0;
  }

  /** This time moved by a duration. */
  plus(duration) {
    const span = handleOf(new Duration(duration), native.NativeDuration);
    return new this.constructor(call(() => handleOf(this, this[TYPE]).plus(span)));
  }

  /** How long it is since another time, cut off at about 292 years. */
  since(earlier) {
    return new Duration(call(() => handleOf(this, this[TYPE]).since(same(this, earlier))));
  }

  toString() {
    return handleOf(this, this[TYPE]).text();
  }

  /** As objects hold it: null for the time that is none. */
  toJSON() {
    return this.isZero ? null : this.toString();
  }

  // `a < b` would compare texts, which say the same in several ways.
  [Symbol.toPrimitive](hint) {
    if (hint === 'string' || hint === 'default') return this.toString();
    throw new TypeError('a time is no number: use compare(), seconds or toDate()');
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `${this.constructor.name}(${this})`;
  }
}

function same(one, other) {
  return handleOf(new one.constructor(other), one[TYPE]);
}

/** A point in time as objects write it, such as `metadata.creationTimestamp`. It never changes. */
class Time extends Instant {
  /** @param {string | Date | null | Time} value */
  constructor(value) {
    super(value, native.NativeTime);
  }

  get [TYPE]() {
    return native.NativeTime;
  }
}

/** A point in time with six digits of a second, as leases and events write it. It never changes. */
class MicroTime extends Instant {
  /** @param {string | Date | null | MicroTime} value */
  constructor(value) {
    super(value, native.NativeMicroTime);
  }

  get [TYPE]() {
    return native.NativeMicroTime;
  }
}

/** A span of time as Go writes it: `1h30m`, `1.5s`, `300ms`. It never changes. */
class Duration {
  /** @param {string | bigint | Duration} value a text, or nanoseconds */
  constructor(value) {
    if (value instanceof Duration) return value;
    if (value instanceof native.NativeDuration) keep(this, value);
    else if (typeof value === 'string') keep(this, call(() => new native.NativeDuration(value)));
    else if (typeof value === 'bigint') {
      const handle = call(() => native.NativeDuration.fromNanoseconds(value));
      if (handle === null) throw wrong('a duration has at most 64 bits of nanoseconds, about 292 years');
      keep(this, handle);
    } else throw wrong(`a duration is a text, or nanoseconds as a bigint, not ${value === null ? 'null' : typeof value}`);
    Object.freeze(this);
  }

  /** Its length. */
  get nanoseconds() {
    return handleOf(this, native.NativeDuration).nanoseconds;
  }

  /** Its length in milliseconds, with a fraction. */
  get milliseconds() {
    return Number(this.nanoseconds) / 1e6;
  }

  /** Negative when this is shorter than the other, 0 when both are as long, positive when it is longer. */
  compare(other) {
    return handleOf(this, native.NativeDuration).compare(handleOf(new Duration(other), native.NativeDuration));
  }

  /** Whether both are as long. */
  equals(other) {
    return this.compare(other) === 0;
  }

  toString() {
    return handleOf(this, native.NativeDuration).text();
  }

  toJSON() {
    return this.toString();
  }

  [Symbol.toPrimitive](hint) {
    if (hint === 'string' || hint === 'default') return this.toString();
    throw new TypeError('a duration is no number: use compare(), nanoseconds or milliseconds');
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `Duration(${this})`;
  }
}

module.exports = { Duration, MicroTime, Time };
