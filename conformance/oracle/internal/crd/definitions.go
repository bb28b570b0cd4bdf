// Package crd asks the API server of custom resources what it makes of objects:
// which fields it prunes, which defaults it sets, and what it refuses.
package crd

import (
	"fmt"
	"sort"
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
	"k8s.io/apimachinery/pkg/util/validation/field"
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
	errors     []string
	versions   map[string]*version
}

// version is one version of a definition, ready to look at objects.
type version struct {
	served     bool
	structural *schema.Structural
	validator  validation.SchemaValidator
	hasStatus  bool
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
		versions:   map[string]*version{},
	}
	made.errors = structuralErrors(internal)
	if len(made.errors) > 0 && !made.preserving {
		return made, nil
	}
	for _, declared := range crd.Spec.Versions {
		prepared, err := prepare(crd, declared)
		if err != nil {
			return nil, err
		}
		made.versions[declared.Name] = prepared
	}
	return made, nil
}

func prepare(crd *apiextensionsv1.CustomResourceDefinition, declared apiextensionsv1.CustomResourceDefinitionVersion) (*version, error) {
	prepared := &version{served: declared.Served}
	prepared.hasStatus = declared.Subresources != nil && declared.Subresources.Status != nil
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
	prepared.validator, _, err = validation.NewSchemaValidator(properties)
	return prepared, err
}

// structuralErrors lists what makes the schemas of a definition non-structural,
// under the paths that the API server prints.
func structuralErrors(crd *apiextensions.CustomResourceDefinition) []string {
	texts := []string{}
	add := func(path *field.Path, given *apiextensions.CustomResourceValidation) {
		if given == nil || given.OpenAPIV3Schema == nil {
			return
		}
		path = path.Child("openAPIV3Schema")
		structural, err := schema.NewStructural(given.OpenAPIV3Schema)
		if err != nil {
			texts = append(texts, field.Invalid(path, "", err.Error()).Error())
			return
		}
		for _, found := range schema.ValidateStructural(path, structural) {
			texts = append(texts, found.Error())
		}
	}
	add(field.NewPath("spec", "validation"), crd.Spec.Validation)
	for i, declared := range crd.Spec.Versions {
		add(field.NewPath("spec", "versions").Index(i).Child("schema"), declared.Schema)
	}
	sort.Strings(texts)
	return texts
}

func isDefinition(apiVersion, kind string) bool {
	return kind == "CustomResourceDefinition" && strings.HasPrefix(apiVersion, "apiextensions.k8s.io/")
}

func key(group, kind string) string {
	return fmt.Sprintf("%s/%s", group, kind)
}
