// Package lifecycle asks the registered API types when they were introduced,
// deprecated and removed, and what replaces them.
package lifecycle

import (
	"encoding/json"
	"fmt"
	"sort"

	admissionv1 "k8s.io/api/admission/v1"
	admissionv1beta1 "k8s.io/api/admission/v1beta1"
	apidiscoveryv2beta1 "k8s.io/api/apidiscovery/v2beta1"
	imagepolicyv1alpha1 "k8s.io/api/imagepolicy/v1alpha1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	apiregistrationv1beta1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question asks for the types of one version of a group, or of all.
type Question struct {
	APIVersion string `json:"apiVersion"`
	// Only the type with this name.
	Kind string `json:"kind"`
}

// Types is the answer: the types that say anything of themselves, by group,
// version and kind.
type Types struct {
	Types []Type `json:"types"`
}

// Type is what one type says of itself.
type Type struct {
	Group       string  `json:"group"`
	Version     string  `json:"version"`
	Kind        string  `json:"kind"`
	Introduced  *string `json:"introduced"`
	Deprecated  *string `json:"deprecated"`
	Removed     *string `json:"removed"`
	Replacement *GVK    `json:"replacement"`
	// What the API server of this version warns, if it does.
	Warning *string `json:"warning"`
}

// GVK names a type.
type GVK struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
}

// Answer answers schema.lifecycle.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	if ask != "schema.lifecycle" {
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	scheme, err := registered()
	if err != nil {
		return nil, protocol.Errorf("bad-scheme", "%v", err)
	}
	answer := Types{Types: []Type{}}
	for kind := range scheme.AllKnownTypes() {
		if question.APIVersion != "" && kind.GroupVersion().String() != question.APIVersion ||
			question.Kind != "" && kind.Kind != question.Kind {
			continue
		}
		object, err := scheme.New(kind)
		if err != nil {
			return nil, protocol.Errorf("bad-type", "%v", err)
		}
		if found, says := describe(object, kind); says {
			answer.Types = append(answer.Types, found)
		}
	}
	sort.Slice(answer.Types, func(i, j int) bool {
		a, b := answer.Types[i], answer.Types[j]
		return fmt.Sprint(a.Group, "\n", a.Version, "\n", a.Kind) < fmt.Sprint(b.Group, "\n", b.Version, "\n", b.Kind)
	})
	return answer, nil
}

// registered is every versioned type that ships with Kubernetes.
func registered() (*runtime.Scheme, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		clientscheme.AddToScheme,
		admissionv1.AddToScheme,
		admissionv1beta1.AddToScheme,
		apidiscoveryv2beta1.AddToScheme,
		imagepolicyv1alpha1.AddToScheme,
		apiextensionsv1.AddToScheme,
		apiextensionsv1beta1.AddToScheme,
		apiregistrationv1.AddToScheme,
		apiregistrationv1beta1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return scheme, nil
}

func describe(object runtime.Object, kind schema.GroupVersionKind) (Type, bool) {
	found := Type{Group: kind.Group, Version: kind.Version, Kind: kind.Kind}
	says := false
	release := func(major, minor int) *string {
		text := fmt.Sprintf("%d.%d", major, minor)
		says = true
		return &text
	}
	if type_, ok := object.(interface{ APILifecycleIntroduced() (int, int) }); ok {
		found.Introduced = release(type_.APILifecycleIntroduced())
	}
	if type_, ok := object.(interface{ APILifecycleDeprecated() (int, int) }); ok {
		found.Deprecated = release(type_.APILifecycleDeprecated())
	}
	if type_, ok := object.(interface{ APILifecycleRemoved() (int, int) }); ok {
		found.Removed = release(type_.APILifecycleRemoved())
	}
	if type_, ok := object.(interface {
		APILifecycleReplacement() schema.GroupVersionKind
	}); ok {
		replacement := type_.APILifecycleReplacement()
		found.Replacement = &GVK{replacement.Group, replacement.Version, replacement.Kind}
		says = true
	}
	object.GetObjectKind().SetGroupVersionKind(kind)
	var minor int
	_, _ = fmt.Sscanf(protocol.KubeMinor(), "1.%d", &minor)
	if deprecation.IsDeprecated(object, 1, minor) {
		warning := deprecation.WarningMessage(object)
		found.Warning = &warning
	}
	return found, says
}
