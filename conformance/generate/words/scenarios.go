package main

import (
	"strings"

	apidiscoveryv2 "k8s.io/api/apidiscovery/v2"
)

type custom struct {
	group, kind, plural, singular string
	short, versions               []string
}

// scenario is a set of custom resources that were added to the built-in ones, and the words to ask about.
// The tests of core/src/schema/lookup hold the same scenarios under the same names.
type scenario struct {
	name   string
	custom []custom
	words  []string
}

var scenarios = []scenario{
	{name: "none"},
	{
		name: "plain",
		custom: []custom{
			{"example.com", "Widget", "widgets", "widget", []string{"wd"}, []string{"v1alpha1", "v1", "v2beta1", "foo10", "foo2"}},
			{"aaa.example.com", "Gadget", "gadgets", "gadget", []string{"gd"}, []string{"v1beta1", "v1beta2"}},
		},
		words: []string{
			"widgets", "widget", "wd", "WD", "Widget", "widgets.example.com", "widgets.v1.example.com",
			"widgets.foo10.example.com", "widgets.v9.example.com", "wd.example.com", "wd.example", "wd.v1alpha1.example.com",
			"widgets.example", "Widget.v1alpha1.example.com", "widgetlists", "widgetlist", "WidgetList", "gadgets", "gd", "gadgets.aaa",
			"lists.example.com", "List.v1beta1.aaa.example.com",
		},
	},
	{
		name: "names-of-built-ins",
		custom: []custom{
			{"zzz.example.com", "Pod", "pods", "pod", []string{"po"}, []string{"v1"}},
			{"aaa.example.com", "Deployment", "deployments", "deployment", []string{"deploy"}, []string{"v1"}},
		},
		words: []string{
			"po", "pods", "pod", "Pod", "pods.zzz.example.com", "po.zzz", "po.zzz.example.com", "deploy", "deployments",
			"deployments.a", "deployments.aaa", "deployments.ap", "deploy.a", "deploy.aaa", "deploy.apps", "deploy.app",
			"Deployment", "Deployment.aaa.example.com", "Pod.v1.zzz.example.com", "pods.v1.", "pods.v1", "ev", "deployments.v1.",
		},
	},
	{
		name: "short-names-as-plurals",
		custom: []custom{
			{"example.com", "Po", "po", "po", nil, []string{"v1"}},
			{"example.com", "Release", "releases", "deploy", nil, []string{"v1"}},
			{"example.com", "Secretary", "secretaries", "svc", []string{"secret"}, []string{"v1"}},
		},
		words: []string{
			"po", "PO", "Po", "pods", "deploy", "releases", "Deployment", "svc", "secret", "secretaries", "po.example.com", "deploy.apps",
			"svc.example", "secret.example.com",
		},
	},
	{
		// A version that is no part of the built-in group comes before those that are; one that the API server serves
		// itself hides what a custom resource adds to it. Seen on a real API server, too.
		name: "groups-of-built-ins",
		custom: []custom{
			{"storage.k8s.io", "Rollout", "rollouts", "rollout", []string{"ro"}, []string{"v2", "v1alpha1"}},
			{"storage.k8s.io", "StorageClass", "storageclasses", "storageclass", []string{"sc"}, []string{"v2"}},
			{"storage.k8s.io", "Task", "tasks", "task", []string{"tk"}, []string{"v1"}},
			{"scheduling.k8s.io", "Shift", "shifts", "shift", nil, []string{"v1alpha3"}},
		},
		words: []string{
			"rollouts", "ro", "ro.storage", "ro.storage.k8s.io", "rollouts.v1alpha1.storage.k8s.io", "storageclasses", "sc",
			"storageclasses.v1.storage.k8s.io", "storageclasses.v2.storage.k8s.io", "sc.v1.storage.k8s.io", "sc.v1.storage", "sc.v2.storage",
			"StorageClass", "StorageClass.v1.storage.k8s.io", "csidrivers", "volumeattachments.storage", "tasks", "tk",
			"tasks.storage.k8s.io", "tasks.v1.storage.k8s.io", "shifts", "shifts.scheduling", "pc", "rolloutlists", "csidriverlists",
		},
	},
	{
		name: "ambiguous",
		custom: []custom{
			{"b.example.com", "Foo", "foos", "foo", []string{"f", "bar"}, []string{"v1"}},
			{"a.example.com", "Food", "food", "food", []string{"f"}, []string{"v1", "v1beta1"}},
			{"c.example.com", "Left", "both", "left", nil, []string{"v1", "v2"}},
			{"c.example.com", "Right", "rights", "both", nil, []string{"v1"}},
			{"appsify.io", "Deployment", "deployments", "deployment", nil, []string{"v1"}},
		},
		words: []string{
			"f", "F", "bar", "foos", "food", "foo", "f.b", "f.b.example.com", "f.a", "f.v1.a.example.com", "both", "left", "rights", "both.c",
			"both.c.example.com", "both.v2.c.example.com", "left.v1.c.example.com", "both.v1.", "deployments.app", "deployments.apps", "deployments.appsi",
			"deployments.appsify.io", "deployment.v1.app", "Left", "Right",
		},
	},
	{
		name: "undiscovered",
		custom: []custom{
			{"example.com", "User", "users", "user", nil, []string{"v1"}},
		},
		words: []string{"users", "groups", "user", "users.example.com", "users.example", "User"},
	},
}

// fixedWords are asked in every version.
var fixedWords = []string{
	"*", "foo", "foo.bar", "foo.bar.baz", "foo.bar.baz.qux", "foo.", ".", "..", ".apps", "FOO", "Foo.Bar", "users", "groups",
	"users.rbac.authorization.k8s.io", "Users", "pods.", "pods.v1", "pods.v1.", "pods.v2.", "pods.core", "po.v1.", "po.", "PO", "Po",
	"Pods", "PODS", "Pod", "pod.v1.", "Pod.v1.", "deploy", "deployments.apps", "deployments.v1.apps", "deployments.v2.apps",
	"deployments.app", "deployments.v1.", "deployments.v1.app", "deploy.v1.app", "deploy.v2.app", "deploy.v2.apps", "ev.v1.",
	"horizontalpodautoscalers.v1.", "hpa.v2.auto", "hpa.v1.auto", "Deployments.Apps", "deploy.v1.apps", "deploy.apps", "deploy.app", "Deploy", "deployment.v1.apps",
	"Deployment.v1.apps", "Deployment.apps", "deployments.extensions", "storageclass.storage", "sc.storage", "sc.s", "ev", "events",
	"event", "ev.events.k8s.io", "ev.events", "events.events", "events.e", "events.v1", "events.v1.events.k8s.io", "Event",
	"Event.events.k8s.io", "list", "lists", "List", "podlist", "podlists", "PodList", "deploymentlists.apps", "jobs.batch", "jobs.batc",
	"cronjobs.batch", "cronjob.v1beta1.batch", "hpa", "hpa.v1.autoscaling", "hpa.autoscaling", "horizontalpodautoscalers.v1.autoscaling",
	"hpa.auto", "ing", "ingress", "Ingress.v1.networking.k8s.io", "netpol", "netpol.networking", "nodes", "no", "namespaces", "ns",
	"node.", "cs", "componentstatuses", "crd", "csr", "csr.certificates", "ep", "endpoints", "endpoint", "endpointslices",
	"leases", "podgroups", "workloads", "vap", "clustertrustbundles", "flowschemas", "flowschemas.v1beta3.flowcontrol.apiserver.k8s.io",
	"selfsubjectreviews", "tokenreviews", "scales", "scale", "eviction", "bindings", "Ｐods", "pöds", "İngress",
}

// wordsOf are the names of every resource of a version, in every form in which kubectl reads them.
func wordsOf(groups []group) []string {
	var words []string
	for _, group := range groups {
		for _, version := range group.versions {
			for _, resource := range version.Resources {
				words = append(words, forms(group.name, version, resource)...)
			}
		}
	}
	return words
}

func forms(group string, version apidiscoveryv2.APIVersionDiscovery, resource apidiscoveryv2.APIResourceDiscovery) []string {
	plural, singular, kind := resource.Resource, resource.SingularResource, resource.ResponseKind.Kind
	words := []string{
		plural, singular, kind, plural + "." + group, plural + "." + version.Version + "." + group,
		kind + "." + version.Version + "." + group,
	}
	for _, short := range resource.ShortNames {
		words = append(words, short, strings.ToUpper(short), short+"."+group)
	}
	return words
}
