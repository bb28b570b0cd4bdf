'use strict';

// What manifests stand for: pods of workloads, API types and their versions.

const { answered, oneObject, options } = require('./questions.cjs');

/** The pods that a workload stands for, as its controller makes them at first. */
function expand(workload, given = {}) {
  const { at, ...rest } = options(given, ['at', 'hash', 'kubeVersion', 'maxPods', 'nodes']);
  const moment = at instanceof Date ? at.toISOString() : at;
  return answered({ ask: 'workload.expand', object: oneObject(workload), at: moment, ...rest });
}

/** When API types were introduced, deprecated and removed, and what replaces them. */
function lifecycle(given = {}) {
  const known = ['apiVersion', 'kind', 'kubeVersion', 'onlyPresent', 'removedIn'];
  return answered({ ask: 'schema.lifecycle', ...options(given, known) });
}

module.exports = { expand, lifecycle };
