package reading

import (
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"
)

// Value is one JSON text, or why there is none.
type Value struct {
	JSON  *string `json:"json,omitempty"`
	Error *string `json:"error,omitempty"`
}

func valueOf(text []byte, err error) Value {
	if err != nil {
		message := err.Error()
		return Value{Error: &message}
	}
	json := string(text)
	return Value{JSON: &json}
}

// readYAML converts one YAML document, without splitting it first.
func readYAML(question *Question) any {
	convert := yaml.YAMLToJSON
	if question.Strict {
		convert = yaml.YAMLToJSONStrict
	}
	text, err := convert(question.input())
	if err == nil && question.Canonical {
		text, err = canonical(text)
	}
	return valueOf(text, err)
}

func readCanonical(question *Question) any {
	input := question.input()
	if question.JSON != nil {
		input = []byte(*question.JSON)
	}
	return valueOf(canonical(input))
}

// canonical decodes JSON as unstructured objects are decoded (integers that
// fit stay int64, everything else becomes float64) and writes it again: keys
// sorted, Go's number texts, and <, >, &, U+2028 and U+2029 escaped.
func canonical(text []byte) ([]byte, error) {
	var value any
	if err := utiljson.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	return utiljson.Marshal(value)
}
