'use strict';

// Questions about roles and bindings that need no user.

const { answered, options } = require('./questions.cjs');

/** The rules of each ClusterRole once the controller that aggregates them has nothing left to do. */
function aggregateRoles(cluster, given = {}) {
  const known = options(given, ['aggregate', 'bootstrap', 'kubeVersion', 'stored']);
  return answered({ ask: 'access.aggregate', ...known }, cluster);
}

module.exports = { aggregateRoles };
