'use strict';

// Names and metadata: what the API server says to them.

const { wrong } = require('./handles.cjs');
const { answered, options } = require('./questions.cjs');

/** What is wrong with a name, in the words of the API server; nothing for one that is right. */
function nameProblems(name, given = {}) {
  if (typeof name !== 'string') throw wrong('a name is a text');
  const known = options(given, ['group', 'kind', 'kubeVersion', 'prefix', 'rule']);
  return answered({ ask: 'meta.names', names: [name], ...known }).result.problems[0];
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

module.exports = { generateName, metadataErrors, nameProblems, nameRule };
