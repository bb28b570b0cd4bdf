//! Codes of RBAC.

use kubelogic_core::finding::Severity::{Error, Note, Warning};

use super::{Code, Nature, code, error, finding};

pub(super) const CODES: &[Code] = &[
    finding(
        "rbac/abac-everybody",
        Error,
        "a line of an ABAC policy file that is for everybody",
        "A line that names no API version is read in the oldest form of policies, in which no user and no group means the group `system:authenticated`, no namespace means all of them, and no resource means everything. That includes lines that hold nothing of a policy: `null`, `---`, `a: b`, and policies of the newer form whose `apiVersion` was forgotten.",
        "Take the line out, or give the policy its `apiVersion` and `kind`. Where everybody is meant, write `\"user\": \"*\"`.",
    ),
    finding(
        "rbac/abac-ignored-field",
        Warning,
        "a field of an ABAC policy that nobody reads",
        "The loader of policy files passes over fields that its form of policy does not have. A condition that is misspelled, or that only the other form knows, does not limit anything.",
        "Correct the name, and mind its case; `apiGroup` and `nonResourcePath` need the form with an `apiVersion`.",
    ),
    finding(
        "rbac/authorization-configuration",
        Error,
        "an AuthorizationConfiguration that no API server starts with",
        "The API server reads, defaults and checks this file at its start, and refuses it with this message. Webhooks are reported under the path of their authorizer, without `webhook`.",
        "Correct the field that the message names.",
    ),
    code(
        "rbac/policy-file",
        Nature::Error,
        Error,
        "an ABAC policy file that no API server starts with",
        "Each line of a policy file is an object of its own. The API server does not start when one of them cannot be read.",
        "Correct the line that the message names.",
    ),
    code(
        "rbac/missing-authorizer",
        Nature::Error,
        Error,
        "a chain names an authorizer that was not given",
        "The configuration asks for an authorizer that needs something to stand on: objects for RBAC and Node, a policy file for ABAC.",
        "Give the policy file, or take the authorizer out of the chain.",
    ),
    code(
        "rbac/unknown-webhook",
        Nature::Undecided,
        Warning,
        "a request reaches a webhook that nobody answers for",
        "A webhook may allow or deny a request before the authorizers behind it are asked. Nothing in the input says what it answers, or what becomes of one of its match conditions.",
        "Say what the webhook answers; from Rust it can be a function of yours.",
    ),
    finding(
        "rbac/match-conditions",
        Note,
        "match conditions are taken as they are written",
        "The match conditions of a webhook are expressions in CEL, which are neither compiled nor evaluated here. A request that reaches one is undecided unless the caller says what becomes of it.",
        "Say in the question what becomes of each condition, or try the file with an API server.",
    ),
    finding(
        "rbac/missing-role",
        Warning,
        "a binding grants a role that is not there",
        "The role that a binding names is not in the input, nor among those that every API server creates. The binding grants nothing; when somebody creates a role of that name, it grants whatever that role says.",
        "Create the role, correct its name, or remove the binding. Mind that a RoleBinding looks for a `Role` in its own namespace.",
    )
    .shown(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: readers\n  namespace: shop\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: reader\nsubjects:\n- apiGroup: rbac.authorization.k8s.io\n  kind: Group\n  name: staff\n",
    ),
    finding(
        "rbac/missing-service-account",
        Warning,
        "a service account that is not there",
        "A binding names a service account, or a question is about one, that is not in the input. Whoever may create service accounts there gets what is granted to it.",
        "Create the service account, or correct name and namespace.",
    )
    .shown(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: robots\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: view\nsubjects:\n- kind: ServiceAccount\n  name: robot\n  namespace: shop\n",
    ),
    finding(
        "rbac/invalid-object",
        Error,
        "a role or binding that the API server refuses",
        "The API server's own rules for roles and bindings refuse this object, with this message.",
        "Correct the field that the message names.",
    )
    .shown(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: reader\n  namespace: shop\nrules:\n- apiGroups: [\"\"]\n  resources: [pods]\n",
    ),
    finding(
        "rbac/left-out",
        Warning,
        "a role or binding counts as absent",
        "The API server would refuse this object, and the answer was asked for as if it were absent (`--invalid=drop`).",
        "Correct the object; the message says what is wrong with it.",
    ),
    finding(
        "rbac/removed-version",
        Warning,
        "a version of RBAC that no API server serves",
        "Since Kubernetes 1.22 no API server takes RBAC objects of the versions `v1alpha1` and `v1beta1`. The object is read as if it were stored already.",
        "Write `apiVersion: rbac.authorization.k8s.io/v1`; the fields are the same.",
    )
    .shown(
        "apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: Role\nmetadata:\n  name: reader\n  namespace: shop\nrules:\n- apiGroups: [\"\"]\n  resources: [pods]\n  verbs: [get]\n",
    ),
    finding(
        "rbac/aggregation-circle",
        Warning,
        "aggregated roles take rules from each other in a circle",
        "A ClusterRole selects itself by way of other aggregated roles. What its rules are in the end may depend on the order in which the controller meets the roles, or they never settle.",
        "Take the label away that closes the circle.",
    )
    .shown(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: a\n  labels: {for: b}\naggregationRule:\n  clusterRoleSelectors:\n  - matchLabels: {for: a}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: b\n  labels: {for: a}\naggregationRule:\n  clusterRoleSelectors:\n  - matchLabels: {for: b}\n",
    ),
    finding(
        "rbac/unknown-resource",
        Warning,
        "a question about a resource that is not known",
        "The API of this version has no resource of this name, nor does a custom resource definition in the input define one. The authorizer answers all the same: it compares words.",
        "Correct the name, or give the custom resource definition as well.",
    ),
    finding(
        "rbac/unknown-subresource",
        Warning,
        "a question about a subresource that is not known",
        "The resource exists and has no subresource of this name.",
        "Correct the name.",
    ),
    finding(
        "rbac/cluster-scoped-resource",
        Warning,
        "a question names a namespace for what has none",
        "The resource belongs to no namespace, so that real requests for it carry none. The answer is about the request as it was asked; the message says what the real one would get.",
        "Ask without a namespace.",
    ),
    code(
        "rbac/bootstrap",
        Nature::Assumption,
        Note,
        "default roles and bindings are added",
        "Every API server creates roles and bindings when it starts. Those that were not given are added, as this version creates them.",
        "If your cluster has removed them, say `--bootstrap=never`.",
    ),
    error(
        "rbac/no-role-or-binding",
        "an object of another kind where a role or binding is wanted",
        "The question is what the API server says to a write of a Role, ClusterRole, RoleBinding or ClusterRoleBinding of `rbac.authorization.k8s.io`. The object is none of them.",
        "Ask about a role or a binding.",
    ),
    error(
        "rbac/impossible-change",
        "a change of something that is not there",
        "A change names an object that the policy does not hold, or a place that the object does not have. Changes fit the model that advised them.",
        "Apply the changes of a near miss to the model that gave it.",
    ),
    error(
        "rbac/not-reconciled",
        "a version that kubectl does not reconcile",
        "`kubectl auth reconcile` takes roles and bindings of `rbac.authorization.k8s.io/v1` and refuses older versions.",
        "Write `apiVersion: rbac.authorization.k8s.io/v1`.",
    ),
];
