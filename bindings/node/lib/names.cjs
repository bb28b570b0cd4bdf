'use strict';

// Names and metadata: what the API server says to them.

const { wrong } = require('./handles.cjs');
const { answered, options } = require('./questions.cjs');

/** What is wrong with a name, in the words of the API server; nothing for one that is right. */
function nameProblems(name, given = {}) {
  if (typeof name !== 'string') throw wrong('a name is a text');
  const { rule, kind, group, signerName, ...rest } = options(given, NAME);
  const asked = rule === undefined && kind !== undefined ? { ask: 'meta.kind-names', kind, group, signerName } : { ask: 'meta.names', rule };
  return answered({ ...asked, names: [name], ...rest }).result.problems[0];
}

const NAME = ['group', 'kind', 'kubeVersion', 'prefix', 'rule', 'signerName'];

/** What the API server remarks on an address that is not in canonical form. */
function addressWarnings(address, field, given = {}) {
  const known = options(given, ['cidr', 'kubeVersion']);
  return answered({ ask: 'meta.address-warnings', field, texts: [address], ...known }).result.warnings[0];
}

/** What is wrong with `lifecycle.stopSignal` of a container; undefined when nothing is. */
function stopSignalProblem(signal, given = {}) {
  const known = options(given, ['kubeVersion', 'os']);
  return answered({ ask: 'meta.stop-signals', signals: [signal], ...known }).result.problems[0] ?? undefined;
}

/** The rule for the names of a kind. */
function nameRule(kind, given = {}) {
  return answered({ ask: 'meta.names', names: [], kind, ...options(given, ['group', 'kubeVersion']) }).result.rule;
}

/** A name that the API server could make of `generateName`. */
function generateName(base, given = {}) {
  const { seed } = options(given, ['seed']);
  return answered({ ask: 'meta.generate-names', bases: [base], seed }).result.names[0];
}

/** What the API server refuses about the `metadata` of an object. */
function metadataErrors(metadata, given) {
  const known = ['group', 'kind', 'kubeVersion', 'namespaced', 'old', 'rule', 'standardFinalizers'];
  const { old, ...rest } = options(given, known);
  return answered({ ask: 'meta.object-meta', objects: [{ metadata, old }], ...rest }).result.objects[0];
}

module.exports = { addressWarnings, generateName, metadataErrors, nameProblems, nameRule, stopSignalProblem };
