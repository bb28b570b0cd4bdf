'use strict';

// HTTP requests as an authorizer sees them. Who may send them is asked of Access.

const { answered, options } = require('./questions.cjs');
const { UserInfo } = require('./user.cjs');

/** What the API server asks its authorizer about an HTTP request. */
function requestAttributes(request, given = {}) {
  return answered({ ask: 'request.attributes', request, ...options(given, ['featureGates', 'kubeVersion']) });
}

/** What the kubelet of a node asks its authorizer about an HTTP request: the first check that is allowed is enough. */
function kubeletAttributes(node, request, given = {}) {
  return answered({ ask: 'request.kubelet', node, request, ...options(given, ['featureGates', 'kubeVersion']) });
}

/** What a client reads whose request is refused. */
function forbidden(user, request, given = {}) {
  const who = (user instanceof UserInfo ? user : new UserInfo(user)).toJSON();
  return answered({ ask: 'request.forbidden', user: who, request, ...options(given, ['kubeVersion', 'reason']) });
}

module.exports = { forbidden, kubeletAttributes, requestAttributes };
