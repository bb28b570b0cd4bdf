// Recorded cases about requests, reviews and impersonation, answered by the typed calls.

import { Cluster, forbidden, kubeletAttributes, requestAttributes } from 'kubelogic';

function access({ objects, kubeVersion, bootstrap, aggregate, stored }) {
  return Cluster.from(objects, { kubeVersion }).access({ bootstrap, aggregate, stored });
}

/** By the name of the question. */
export const typed = {
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
