// Package crd asks the API server of custom resources what it makes of objects:
// which fields it prunes, which defaults it sets, and what it refuses.
package crd

import (
	"fmt"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apihelpers"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/install"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
)

var (
	scheme = runtime.NewScheme()
	codecs = serializer.NewCodecFactory(scheme)
)

func init() {
	install.Install(scheme)
}

// definition is what a served CustomResourceDefinition makes of itself.
type definition struct {
	name       string
	group      string
	kind       string
	preserving bool
	namespaced bool
	errors     []string
	versions   map[string]*version
}

// version is one version of a definition, ready to look at objects.
type version struct {
	served     bool
	structural *schema.Structural
	strategy   strategy
}

// compile decodes a definition as the API server does, defaults included, and
// prepares its versions as the handler of custom resources prepares them.
func compile(raw []byte) (*definition, error) {
	internal := &apiextensions.CustomResourceDefinition{}
	decoder := codecs.UniversalDecoder(apiextensions.SchemeGroupVersion)
	if err := runtime.DecodeInto(decoder, raw, internal); err != nil {
		return nil, err
	}
	crd := &apiextensionsv1.CustomResourceDefinition{}
	if err := scheme.Convert(internal, crd, nil); err != nil {
		return nil, err
	}
	made := &definition{
		name:       crd.Name,
		group:      crd.Spec.Group,
		kind:       crd.Spec.Names.Kind,
		preserving: crd.Spec.PreserveUnknownFields,
		namespaced: crd.Spec.Scope != apiextensionsv1.ClusterScoped,
		versions:   map[string]*version{},
	}
	made.errors = createErrors(internal)
	if isFlawed(internal) && !made.preserving {
		return made, nil
	}
	for _, declared := range crd.Spec.Versions {
		prepared, err := prepare(crd, declared)
		if err != nil {
			return nil, err
		}
		// A definition that names a version twice is refused; the first one counts here.
		if made.versions[declared.Name] == nil {
			made.versions[declared.Name] = prepared
		}
	}
	return made, nil
}

func prepare(crd *apiextensionsv1.CustomResourceDefinition, declared apiextensionsv1.CustomResourceDefinitionVersion) (*version, error) {
	prepared := &version{served: declared.Served}
	given, err := apihelpers.GetSchemaForVersion(crd, declared.Name)
	if err != nil {
		return nil, err
	}
	var properties *apiextensions.JSONSchemaProps
	if given != nil {
		converted := &apiextensions.CustomResourceValidation{}
		if err := apiextensionsv1.Convert_v1_CustomResourceValidation_To_apiextensions_CustomResourceValidation(given, converted, nil); err != nil {
			return nil, err
		}
		properties = converted.OpenAPIV3Schema
		structural, err := schema.NewStructural(properties)
		if err != nil && !crd.Spec.PreserveUnknownFields {
			return nil, err
		}
		if !crd.Spec.PreserveUnknownFields {
			structural = structural.DeepCopy()
			if err := defaulting.PruneDefaults(structural); err != nil {
				return nil, err
			}
		}
		prepared.structural = structural
	}
	validator, _, err := validation.NewSchemaValidator(properties)
	if err != nil {
		return nil, err
	}
	prepared.strategy, err = newStrategy(crd, declared, validator, prepared.structural)
	return prepared, err
}

// isFlawed says whether a schema of a definition is not structural.
func isFlawed(crd *apiextensions.CustomResourceDefinition) bool {
	flawed := func(given *apiextensions.CustomResourceValidation) bool {
		if given == nil || given.OpenAPIV3Schema == nil {
			return false
		}
		structural, err := schema.NewStructural(given.OpenAPIV3Schema)
		return err != nil || len(schema.ValidateStructural(nil, structural)) > 0
	}
	if flawed(crd.Spec.Validation) {
		return true
	}
	for _, declared := range crd.Spec.Versions {
		if flawed(declared.Schema) {
			return true
		}
	}
	return false
}

func isDefinition(apiVersion, kind string) bool {
	return kind == "CustomResourceDefinition" && strings.HasPrefix(apiVersion, "apiextensions.k8s.io/")
}

func key(group, kind string) string {
	return fmt.Sprintf("%s/%s", group, kind)
}
