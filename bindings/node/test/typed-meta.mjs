// Recorded cases about metadata and kubeconfig files, answered by the typed calls: each function gives what the catalogue
// would give as the result, as far as cases look at it.

import assert from 'node:assert/strict';

import {
  Cluster,
  Duration,
  FieldSelector,
  IntOrPercent,
  LabelSelector,
  MicroTime,
  Quantity,
  QueryError,
  Time,
  addressWarnings,
  aggregateRoles,
  formatSelector,
  kubeconfig,
  metadataErrors,
  nameProblems,
  selectorErrors,
  stopSignalProblem,
  typesOf,
} from 'kubelogic';

/** What a call gives, or its refusal in the catalogue's form. */
function attempt(make) {
  try {
    return make();
  } catch (error) {
    assert.ok(error instanceof QueryError && error.code.startsWith('meta/invalid-'), error.stack);
    return { error: error.message };
  }
}

// JSON of the catalogue has numbers where there are 64 bits.
const number = (value) => (value === undefined ? null : Number(value));

function calculate({ left: text, op, right, number: factor = 0 }) {
  const left = new Quantity(text);
  const value = {
    add: () => left.add(right),
    sub: () => left.sub(right),
    neg: () => left.neg(),
    mul: () => left.mul(factor),
    'round-up': () => left.roundUp(factor),
    compare: () => left,
  }[op]();
  const order = op === 'compare' ? { order: Math.sign(left.compare(right)) } : {};
  return { text: value.toString(), format: value.format, ...order };
}

function percent({ text, total = 0, rounding = 'up' }) {
  const value = new IntOrPercent(JSON.parse(text));
  const scaled = attempt(() => value.scaled(total, { rounding }));
  return {
    text: value.toString(),
    kind: value.isInt ? 'int' : 'text',
    intValue: value.intValue,
    ...(typeof scaled === 'number' ? { scaled } : { scaleError: scaled.error }),
  };
}

function labels(written, { labels: all, kubeVersion }) {
  const text = typeof written === 'string';
  const more = text ? {} : { errors: selectorErrors(written, { kubeVersion }), formatted: formatSelector(written, { kubeVersion }) };
  const selector = attempt(() => LabelSelector[text ? 'parse' : 'of'](written, { kubeVersion }));
  return { ...more, ...(selector instanceof LabelSelector ? described(selector, all) : selector) };
}

function described(selector, all) {
  const matches = all.map((one) => selector.matches(one));
  return { text: selector.toString(), requirements: selector.requirements, matches };
}

function files({ files: given, kubeconfig: list, explicit, home, workingDirectory, raw, kubeVersion }) {
  const texts = Object.fromEntries(given.map(({ path, text }) => [path, text]));
  return { files: texts, kubeconfig: list, explicit, home, workingDirectory, raw, kubeVersion };
}

/** By the name of the question. */
export const typed = {
  'access.aggregate': ({ objects, kubeVersion, bootstrap = false, aggregate = false }) => {
    const cluster = Cluster.from(objects, { kubeVersion, onDuplicate: 'last', fieldValidation: 'ignore' });
    return aggregateRoles(cluster, { bootstrap: bootstrap ? 'auto' : 'never', aggregate, stored: true }).result;
  },
  'kubeconfig.load': (one) => kubeconfig.load(undefined, { ...files(one), resolvePaths: one.resolvePaths }).result,
  'kubeconfig.resolve': (one) => kubeconfig.resolve(undefined, { ...files(one), overrides: one.overrides }).result,
  'meta.address-warnings': ({ texts, field, cidr, kubeVersion }) => ({
    warnings: texts.map((text) => addressWarnings(text, field, { cidr, kubeVersion })),
  }),
  'meta.durations': ({ texts }) => ({
    durations: texts.map((text) =>
      attempt(() => {
        const duration = new Duration(text);
        return { text: duration.toString(), nanoseconds: Number(duration.nanoseconds) };
      }),
    ),
  }),
  'meta.field-selectors': ({ selectors, fields }) => ({
    selectors: selectors.map((text) => attempt(() => described(FieldSelector.parse(text), fields))),
  }),
  'meta.int-or-percent': ({ items }) => ({ results: items.map((item) => attempt(() => percent(item))) }),
  'meta.kind-names': ({ names, kind, group, prefix, signerName, kubeVersion }) => ({
    problems: names.map((name) => nameProblems(name, { kind, group, prefix, signerName, kubeVersion })),
  }),
  'meta.label-selectors': (one) => ({ selectors: one.selectors.map((written) => labels(written, one)) }),
  'meta.names': ({ names, rule, prefix, kubeVersion }) => ({
    problems: names.map((name) => nameProblems(name, { rule, prefix, kubeVersion })),
  }),
  'meta.object-meta': ({ objects, namespaced, kind, group, rule, kubeVersion }) => ({
    objects: objects.map(({ metadata, old }) => metadataErrors(metadata, { old, namespaced, kind, group, rule, kubeVersion })),
  }),
  'meta.quantities': ({ texts }) => ({
    quantities: texts.map((text) =>
      attempt(() => {
        const { canonical, format, sign, value, milliValue, asInt64, approximate } = new Quantity(text);
        const printed = { text: new Quantity(text).toString(), canonical, format, sign };
        // What does not fit 64 bits is cut off here, and not in the case.
        printed.approximate = Number.isFinite(approximate) ? approximate : null;
        return { ...printed, value: number(value), milliValue: number(milliValue), asInt64: number(asInt64) };
      }),
    ),
  }),
  'meta.quantity-arithmetic': ({ items }) => ({ results: items.map((item) => attempt(() => calculate(item))) }),
  'meta.stop-signals': ({ signals, os, kubeVersion }) => ({
    problems: signals.map((signal) => stopSignalProblem(signal, { os, kubeVersion }) ?? null),
  }),
  'meta.times': ({ texts, micro = false }) => ({
    times: texts.map((text) =>
      attempt(() => {
        const time = micro ? new MicroTime(text) : new Time(text);
        return { text: time.toJSON(), seconds: time.seconds, nanosecond: time.nanosecond };
      }),
    ),
  }),
  'types.of': ({ apiVersion, kind, kubeVersion }) => typesOf(apiVersion, kind, { kubeVersion }).result,
};

/** Other kinds of JSON values than the typed calls take are asked of the catalogue alone. */
export function isTyped({ json = false, id }) {
  return !json && id !== 'int-or-percent/kinds';
}

/** What is expected of a typed call: a quantity does not say whether a calculation was exact. */
export function expectedOfTyped(expect) {
  return JSON.parse(JSON.stringify(expect, (key, value) => (key === 'exact' ? undefined : value)));
}
