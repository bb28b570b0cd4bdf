// Recorded cases about requests, reviews, impersonation, and writes of roles, answered by the typed calls.

import {
  Cluster,
  compactRules,
  forbidden,
  kubeletAttributes,
  reconcileBootstrap,
  requestAttributes,
  rulesCover,
} from 'kubelogic';

function access({ objects, kubeVersion, bootstrap, aggregate, stored }) {
  return Cluster.from(objects, { kubeVersion }).access({ bootstrap, aggregate, stored });
}

/** By the name of the question. */
export const typed = {
  'access.check-write': (one) => access(one).checkWrite(one.user, one.operation, one.object).result,
  'access.compact': ({ rules, kubeVersion }) => compactRules(rules, { kubeVersion }).result,
  'access.covers': ({ owner, servant, kubeVersion }) => rulesCover(owner, servant, { kubeVersion }).result,
  'access.list': ({ namespace, noHeaders, authorizers, ...one }) =>
    access(one).listAccess(one.user, { namespace, noHeaders, authorizers }).result,
  'access.reconcile': ({ desired, removeExtraPermissions, removeExtraSubjects, ...one }) =>
    access(one).reconcile(desired, { removeExtraPermissions, removeExtraSubjects }).result,
  'access.reconcile-bootstrap': ({ objects, kubeVersion, stored }) =>
    reconcileBootstrap(Cluster.from(objects, { kubeVersion }), { stored }).result,
  'access.rules-review': ({ namespace, authorizers, ...one }) =>
    access(one).rulesReview(one.user, namespace, { authorizers }).result,
  'impersonation.check': ({ headers, request, lastMode, featureGates, ...one }) => {
    const pairs = headers.map(({ name, value }) => [name, value]);
    return access(one).impersonate(one.user, pairs, request, { lastMode, featureGates }).result;
  },
  'request.attributes': ({ request, featureGates, kubeVersion, user, ...one }) =>
    user === undefined
      ? requestAttributes(request, { featureGates, kubeVersion }).result
      : access({ kubeVersion, ...one }).httpRequest(user, request, { featureGates }).result,
  'request.forbidden': ({ user, request, reason, kubeVersion }) => forbidden(user, request, { reason, kubeVersion }).result,
  'request.kubelet': ({ node, request, featureGates, kubeVersion, user, ...one }) =>
    user === undefined
      ? kubeletAttributes(node, request, { featureGates, kubeVersion }).result
      : access({ kubeVersion, ...one }).kubeletRequest(user, node, request, { featureGates }).result,
  'review.access': ({ review, user, namespace, fieldValidation, featureGates, ...one }) =>
    access(one).review(review, { user, namespace, fieldValidation, featureGates }).result,
};
