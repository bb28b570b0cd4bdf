package strict

import (
	"strings"

	admissionv1 "k8s.io/api/admission/v1"
	admissionv1beta1 "k8s.io/api/admission/v1beta1"
	imagepolicyv1alpha1 "k8s.io/api/imagepolicy/v1alpha1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	"k8s.io/apimachinery/pkg/runtime/serializer/recognizer"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	apiregistrationv1beta1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1beta1"
)

// decoders are an API server's: JSON when the text begins with a brace, YAML
// otherwise, over all types of one release.
type decoders struct{ strict, lenient runtime.Decoder }

var served = newDecoders(
	scheme.AddToScheme,
	admissionv1.AddToScheme, admissionv1beta1.AddToScheme, imagepolicyv1alpha1.AddToScheme,
	apiextensionsv1.AddToScheme, apiextensionsv1beta1.AddToScheme,
	apiregistrationv1.AddToScheme, apiregistrationv1beta1.AddToScheme,
)

func newDecoders(packages ...func(*runtime.Scheme) error) decoders {
	types := runtime.NewScheme()
	for _, add := range packages {
		if err := add(types); err != nil {
			panic(err)
		}
	}
	decoder := func(strict bool) runtime.Decoder {
		serializer := func(yaml bool) runtime.Decoder {
			options := json.SerializerOptions{Yaml: yaml, Strict: strict}
			return json.NewSerializerWithOptions(json.DefaultMetaFactory, types, types, options)
		}
		return recognizer.NewDecoder(serializer(false), serializer(true))
	}
	return decoders{strict: decoder(true), lenient: decoder(false)}
}

// decode reads one object. The error is what makes it unusable; found are the
// strict decoder's complaints about an object that can be used. Kinds that no
// API server serves are read as the component reads them whose file they are.
func decode(text []byte, strict bool) (kind schema.GroupVersionKind, found []error, err error) {
	kind, found, err = served.decode(text, strict)
	if others, is := isConfiguration(err); is {
		if kind, found, own := others.decode(text, strict); !runtime.IsNotRegisteredError(own) {
			return kind, found, own
		}
	}
	return kind, found, err
}

func (d decoders) decode(text []byte, strict bool) (kind schema.GroupVersionKind, found []error, err error) {
	decoder := d.lenient
	if strict {
		decoder = d.strict
	}
	_, actual, err := decoder.Decode(text, nil, nil)
	if actual != nil {
		kind = *actual
	}
	if problem, ok := runtime.AsStrictDecodingError(err); ok {
		return kind, problem.Errors(), nil
	}
	return kind, nil, err
}

func joined(found []error) error { return runtime.NewStrictDecodingError(found) }

// warnings splits a complaint as the API server does before it makes warning
// headers of them.
//
// upstream: apiserver pkg/endpoints/handlers/rest.go (parseYAMLWarnings), which
// is private.
func warnings(text string) []string {
	const prefix = "yaml: unmarshal errors:\n"
	rest, isYAML := strings.CutPrefix(text, prefix)
	if !isYAML {
		return []string{text}
	}
	lines := strings.Split(rest, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}
