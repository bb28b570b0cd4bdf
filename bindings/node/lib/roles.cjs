'use strict';

// Questions about roles and bindings that need no user.

const { answered, options } = require('./questions.cjs');

/** The rules of each ClusterRole once the controller that aggregates them has nothing left to do. */
function aggregateRoles(cluster, given = {}) {
  const known = options(given, ['aggregate', 'bootstrap', 'kubeVersion', 'stored']);
  return answered({ ask: 'access.aggregate', ...known }, cluster);
}

/** The default roles and bindings among those given that an API server changes when it starts, as it leaves them. */
function reconcileBootstrap(cluster, given = {}) {
  return answered({ ask: 'access.reconcile-bootstrap', ...options(given, ['kubeVersion', 'stored']) }, cluster);
}

/** Whether some rules allow everything that others allow, as the API server decides it before a role is written. */
function rulesCover(owner, servant, given = {}) {
  return answered({ ask: 'access.covers', owner, servant, ...options(given, ['kubeVersion']) });
}

/** Rules with those merged that differ only in their verbs, as the API server and as kubectl do it. */
function compactRules(rules, given = {}) {
  return answered({ ask: 'access.compact', rules, ...options(given, ['kubeVersion']) });
}

module.exports = { aggregateRoles, compactRules, reconcileBootstrap, rulesCover };
