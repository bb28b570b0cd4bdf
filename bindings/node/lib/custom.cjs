'use strict';

// Custom resources whose definitions are in the input: what the API server says to them and makes of them.

const { answered } = require('./questions.cjs');

/** What the API server says to each definition and to each custom resource. */
function checkCustomResources(cluster) {
  return answered({ ask: 'crd.check' }, cluster);
}

/** The custom resources without the fields that their schemas do not name. */
function pruneCustomResources(cluster) {
  return answered({ ask: 'crd.prune' }, cluster);
}

/** The custom resources, pruned and with the defaults of their schemas. */
function defaultCustomResources(cluster) {
  return answered({ ask: 'crd.default' }, cluster);
}

module.exports = { checkCustomResources, defaultCustomResources, pruneCustomResources };
