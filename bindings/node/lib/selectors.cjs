'use strict';

// Selectors over labels and over fields.

const native = require('../native.cjs');
const { encode } = require('./encode.cjs');
const { call } = require('./errors.cjs');
const { handleOf, keep, wrong } = require('./handles.cjs');
const { answered, options } = require('./questions.cjs');

/** A condition on labels, as `kubectl -l` or as objects write it. It never changes. */
class LabelSelector {
  /** Use `LabelSelector.parse` or `LabelSelector.of`. */
  constructor(handle) {
    if (!(handle instanceof native.NativeLabelSelector)) {
      throw wrong('a LabelSelector is made by LabelSelector.parse or LabelSelector.of');
    }
    keep(this, handle);
    Object.freeze(this);
  }

  /** Reads the text form: `app=web,tier in (a, b),!canary`. The empty text selects everything. */
  static parse(text, given = {}) {
    const { kubeVersion } = options(given, ['kubeVersion']);
    if (typeof text !== 'string') throw wrong('a selector is a text; what an object holds goes to LabelSelector.of');
    return new LabelSelector(call(() => native.NativeLabelSelector.parse(text, kubeVersion)));
  }

  /** Takes `matchLabels` and `matchExpressions`: `{}` selects everything, null and undefined nothing. */
  static of(selector, given = {}) {
    const { kubeVersion } = options(given, ['kubeVersion']);
    const json = encode(selector ?? null, 'selector');
    return new LabelSelector(call(() => native.NativeLabelSelector.of(json, kubeVersion)));
  }

  /** Whether something with these labels is selected; null and undefined stand for no labels. */
  matches(labels) {
    return handleOf(this, native.NativeLabelSelector).matches(pairs(labels, 'labels'));
  }

  /** The conditions in order of their keys; none for the selector that selects nothing. */
  get requirements() {
    return JSON.parse(call(() => handleOf(this, native.NativeLabelSelector).requirements()));
  }

  /** Whether it selects everything, whatever the labels are. */
  get selectsEverything() {
    return handleOf(this, native.NativeLabelSelector).selectsEverything;
  }

  /** Whether it selects nothing, as the selector of an object does that has none. */
  get selectsNothing() {
    return handleOf(this, native.NativeLabelSelector).selectsNothing;
  }

  toString() {
    return handleOf(this, native.NativeLabelSelector).text();
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return this.selectsNothing ? 'LabelSelector(nothing)' : `LabelSelector(${this})`;
  }
}

/** A condition on fields, as `kubectl --field-selector` takes it. It never changes. */
class FieldSelector {
  /** Use `FieldSelector.parse`. */
  constructor(handle) {
    if (!(handle instanceof native.NativeFieldSelector)) throw wrong('a FieldSelector is made by FieldSelector.parse');
    keep(this, handle);
    Object.freeze(this);
  }

  /** Reads a field selector. The empty text selects everything. */
  static parse(text) {
    if (typeof text !== 'string') throw wrong('a field selector is a text');
    return new FieldSelector(call(() => native.NativeFieldSelector.parse(text)));
  }

  /** Whether something with these fields is selected. A field that is not there has the empty value. */
  matches(fields) {
    return handleOf(this, native.NativeFieldSelector).matches(pairs(fields, 'fields'));
  }

  /** The conditions in the order in which they are printed. */
  get requirements() {
    return JSON.parse(call(() => handleOf(this, native.NativeFieldSelector).requirements()));
  }

  /** The one value that a field must have, or undefined when any of several will do. */
  exactMatch(field) {
    return call(() => handleOf(this, native.NativeFieldSelector).exactMatch(field)) ?? undefined;
  }

  /** Whether it selects everything. */
  get selectsEverything() {
    return handleOf(this, native.NativeFieldSelector).selectsEverything;
  }

  toString() {
    return handleOf(this, native.NativeFieldSelector).text();
  }

  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `FieldSelector(${this})`;
  }
}

function pairs(given, what) {
  if (given === null || given === undefined) return [];
  if (typeof given !== 'object' || Array.isArray(given)) throw wrong(`${what} are an object with texts`);
  const all = Object.entries(given).flat();
  if (!all.every((text) => typeof text === 'string')) throw wrong(`${what} have texts as values`);
  return all;
}

/** What the API server refuses about a label selector of an object, in its words and order. */
function selectorErrors(selector, given = {}) {
  return described(selector, given).errors;
}

/** A label selector as kubectl prints it: `<none>` when it is empty, `<error>` when it cannot be used. */
function formatSelector(selector, given = {}) {
  return described(selector ?? {}, given).formatted;
}

function described(selector, given) {
  if (typeof selector !== 'object' || selector === null) throw wrong('a selector of an object is an object');
  const { kubeVersion } = options(given, ['kubeVersion']);
  return answered({ ask: 'meta.label-selectors', selectors: [selector], kubeVersion }).result.selectors[0];
}

module.exports = { FieldSelector, LabelSelector, formatSelector, selectorErrors };
