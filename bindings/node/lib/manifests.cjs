'use strict';

// What manifests stand for and whether they say what they should: workloads, kinds, fields, versions.

const { answered, oneObject, options } = require('./questions.cjs');

/** The pods that a workload stands for, as its controller makes them at first. */
function expand(workload, given = {}) {
  const { at, ...rest } = options(given, ['at', 'hash', 'kubeVersion', 'maxPods', 'nodes']);
  const moment = at instanceof Date ? at.toISOString() : at;
  return answered({ ask: 'workload.expand', object: oneObject(workload), at: moment, ...rest });
}

/** An object in another version of its kind. */
function convert(object, given = {}) {
  const known = ['kubeVersion', 'to', 'writeDefaults'];
  return answered({ ask: 'convert.object', object: oneObject(object), ...options(given, known) });
}

/** When API types were introduced, deprecated and removed, and what replaces them. */
function lifecycle(given = {}) {
  const known = ['apiVersion', 'kind', 'kubeVersion', 'onlyPresent', 'removedIn'];
  return answered({ ask: 'schema.lifecycle', ...options(given, known) });
}

/** A kind, or a field of it, with what is below it. */
function explain(resource, given = {}) {
  const known = ['apiVersion', 'kubeVersion', 'path', 'recursive'];
  return answered({ ask: 'schema.explain', resource, ...options(given, known) });
}

/** What the API server's strict decoder says about one object. */
function strict(object, given = {}) {
  const known = ['fieldValidation', 'kubeVersion'];
  const text = typeof object === 'string' ? object : JSON.stringify(oneObject(object));
  return answered({ ask: 'schema.strict', text, ...options(given, known) });
}

/** The types that a kind is made of, each with its fields in the order in which Go writes them. */
function typesOf(apiVersion, kind, given = {}) {
  return answered({ ask: 'types.of', apiVersion, kind, ...options(given, ['kubeVersion']) });
}

module.exports = { convert, expand, explain, lifecycle, strict, typesOf };
