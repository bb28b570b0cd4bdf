//! What a chain settles and what it leaves open.

use std::sync::Arc;

use kubelogic_core::access::{Attributes, Decision, UserInfo};
use kubelogic_core::cluster::{Cluster, Completeness, Coverage, GroupKind, LoadOptions};
use kubelogic_core::version::KubeVersion;

use super::{AuthorizationConfiguration, Authorizers, Chain, MissingAuthorizer};
use crate::{Abac, GROUP, NodeAuthorizer, NodeOptions, Options, Rbac, Webhook, WebhookReply};

struct Says(WebhookReply, Option<bool>);

impl Webhook for Says {
    fn review(&self, _: &UserInfo, _: &Attributes<'_>) -> Option<WebhookReply> {
        Some(self.0.clone())
    }

    fn matches(&self, _: &str, _: &UserInfo, _: &Attributes<'_>) -> Option<Result<bool, String>> {
        self.1.map(Ok)
    }
}

fn reply(allowed: bool, denied: bool) -> WebhookReply {
    WebhookReply::Answered { allowed, denied, reason: String::new() }
}

fn configured(condition: &str) -> AuthorizationConfiguration {
    let text = format!(
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n\
         - type: Webhook\n  name: hook\n  webhook:\n    timeout: 3s\n    subjectAccessReviewVersion: v1\n    \
         matchConditionSubjectAccessReviewVersion: v1\n    failurePolicy: Deny\n    \
         connectionInfo: {{type: KubeConfigFile, kubeConfigFile: /a}}\n    matchConditions: [{condition}]\n\
         - {{type: AlwaysAllow, name: alwaysallow}}\n"
    );
    AuthorizationConfiguration::parse(&text, "authz.yaml", KubeVersion::default()).unwrap()
}

fn chain(configuration: &AuthorizationConfiguration, webhook: Option<Says>) -> Chain {
    let mut authorizers = Authorizers::default();
    if let Some(webhook) = webhook {
        authorizers.webhooks.insert("hook".to_owned(), Arc::new(webhook));
    }
    Chain::new(configuration, &authorizers, KubeVersion::default()).unwrap()
}

fn asked() -> (UserInfo, Attributes<'static>) {
    (UserInfo::named("ann"), Attributes::resource("get", "", "pods"))
}

#[test]
fn a_webhook_that_nobody_answers_for_leaves_everything_open_but_masters() {
    let (ann, get) = asked();
    let open = chain(&configured(""), None);
    let undecided = open.can(&ann, &get).unwrap_err();
    assert_eq!(undecided.code(), "rbac/unknown-webhook");
    assert!(undecided.message().contains("`hook`"), "{undecided}");
    assert!(open.can(&UserInfo::exact("root", ["system:masters"]), &get).unwrap());
    assert!(open.authorize(&ann, &get).is_err());
}

#[test]
fn a_condition_that_nobody_evaluates_leaves_it_open_unless_another_one_settles_it() {
    let (ann, get) = asked();
    let one = configured("{expression: 'request.user == \"ann\"'}");
    let undecided = chain(&one, Some(Says(reply(false, true), None))).can(&ann, &get).unwrap_err();
    assert!(undecided.message().contains("request.user"), "{undecided}");
    assert!(!chain(&one, Some(Says(reply(false, true), Some(true)))).can(&ann, &get).unwrap());
    // The webhook is left out, and the next authorizer allows it.
    assert!(chain(&one, Some(Says(reply(false, true), Some(false)))).can(&ann, &get).unwrap());
}

#[test]
fn a_failure_counts_as_the_policy_says() {
    let (ann, get) = asked();
    let failed = || Says(WebhookReply::Failed("out of reach".to_owned()), None);
    let said = chain(&configured(""), Some(failed())).authorize(&ann, &get).unwrap();
    assert_eq!((said.decision, said.error.as_deref()), (Decision::Deny, Some("out of reach")));
    // The webhook of the flags lets others decide.
    let flags = AuthorizationConfiguration::of_modes(&["Webhook", "AlwaysAllow"]).unwrap();
    let mut authorizers = Authorizers::default();
    authorizers.webhooks.insert("default".to_owned(), Arc::new(failed()));
    let chain = Chain::new(&flags, &authorizers, KubeVersion::default()).unwrap();
    assert!(chain.can(&ann, &get).unwrap());
}

#[test]
fn what_was_not_given_leaves_a_no_open_and_not_a_later_yes() {
    let mut load = LoadOptions::default();
    load.coverage =
        Coverage::whole().declare(GroupKind::new(GROUP, "ClusterRoleBinding"), None, Completeness::Absent);
    let cluster = Cluster::load([], &load).unwrap();
    let authorizers = Authorizers {
        rbac: Some(Arc::new(Rbac::compile(&cluster, &Options::default()).unwrap())),
        node: Some(Arc::new(NodeAuthorizer::compile(&cluster, &NodeOptions::default()).unwrap())),
        ..Authorizers::default()
    };
    let (ann, get) = asked();
    let of = |modes: &[&str]| {
        let configuration = AuthorizationConfiguration::of_modes(modes).unwrap();
        Chain::new(&configuration, &authorizers, cluster.kube_version()).unwrap().can(&ann, &get)
    };
    assert_eq!(of(&["Node", "RBAC"]).unwrap_err().code(), "coverage/too-thin");
    assert!(of(&["RBAC", "AlwaysAllow"]).unwrap());
}

#[test]
fn what_a_configuration_names_must_be_given() {
    let configuration = AuthorizationConfiguration::of_modes(&["Node", "ABAC"]).unwrap();
    let missing: MissingAuthorizer =
        Chain::new(&configuration, &Authorizers::default(), KubeVersion::default()).unwrap_err();
    assert_eq!(missing.code(), "rbac/missing-authorizer");
    assert!(missing.to_string().contains("`Node`"), "{missing}");
}

#[test]
fn modes_are_checked_in_the_words_of_the_api_server() {
    let error = AuthorizationConfiguration::of_modes(&["RBAC", "RBAC", "x"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[authorization-mode \"x\" is not a valid mode, authorization-mode [\"RBAC\" \"RBAC\" \"x\"] has mode \
         specified more than once]"
    );
    let names: Vec<String> = AuthorizationConfiguration::of_modes(&[])
        .unwrap()
        .authorizers
        .into_iter()
        .map(|authorizer| authorizer.name)
        .collect();
    assert_eq!(names, ["alwaysallow"]);
}

#[test]
fn another_chain_explains_nothing() {
    let (ann, get) = asked();
    let abac = Arc::new(Abac::parse("{\"user\":\"ann\"}", "policy", KubeVersion::default()).unwrap());
    let of = || {
        let configuration = AuthorizationConfiguration::of_modes(&["ABAC"]).unwrap();
        let authorizers = Authorizers { abac: Some(Arc::clone(&abac)), ..Authorizers::default() };
        Chain::new(&configuration, &authorizers, KubeVersion::default()).unwrap()
    };
    let (one, other) = (of(), of());
    let decision = one.decide(&ann, &get).unwrap();
    assert_eq!(one.evidence(decision, &ann, &get).unwrap()[0].message, "the policy in line 1 allows it");
    assert_eq!(other.evidence(decision, &ann, &get).unwrap_err().code(), "stale-decision");
}
