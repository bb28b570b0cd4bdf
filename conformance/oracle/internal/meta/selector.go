package meta

import (
	"bytes"
	"encoding/json"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/selection"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"kubelogic/conformance/oracle/internal/protocol"
)

type labelSelectors struct {
	// Texts, or objects with matchLabels and matchExpressions.
	Selectors []json.RawMessage   `json:"selectors"`
	Labels    []map[string]string `json:"labels"`
}

type requirement struct {
	Key      string   `json:"key"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

type selector struct {
	Text         *string       `json:"text,omitempty"`
	Requirements []requirement `json:"requirements,omitempty"`
	Matches      []bool        `json:"matches,omitempty"`
	Error        string        `json:"error,omitempty"`
	// Of an object.
	Formatted string   `json:"formatted,omitempty"`
	Errors    []string `json:"errors,omitempty"`
}

func labelSelectorsAnswer(question *labelSelectors) (any, *protocol.Error) {
	results := make([]selector, len(question.Selectors))
	for i, raw := range question.Selectors {
		result := &results[i]
		var parsed labels.Selector
		var err error
		if bytes.HasPrefix(raw, []byte{'"'}) {
			text, bad := jsonText[string](string(raw))
			if bad != nil {
				return nil, protocol.Errorf("bad-question", "%v", bad)
			}
			parsed, err = labels.Parse(text)
		} else {
			written, bad := jsonText[metav1.LabelSelector](string(raw))
			if bad != nil {
				return nil, protocol.Errorf("bad-question", "%v", bad)
			}
			result.Formatted = metav1.FormatLabelSelector(&written)
			options := validation.LabelSelectorValidationOptions{}
			for _, problem := range validation.ValidateLabelSelector(&written, options, field.NewPath("selector")) {
				result.Errors = append(result.Errors, problem.Error())
			}
			parsed, err = metav1.LabelSelectorAsSelector(&written)
		}
		if err != nil {
			result.Error = err.Error()
			continue
		}
		text := parsed.String()
		result.Text = &text
		all, _ := parsed.Requirements()
		for _, one := range all {
			result.Requirements = append(result.Requirements, requirement{
				Key: one.Key(), Operator: string(one.Operator()), Values: one.Values().List(),
			})
		}
		for _, set := range question.Labels {
			result.Matches = append(result.Matches, parsed.Matches(labels.Set(set)))
		}
	}
	return map[string]any{"selectors": results}, nil
}

type fieldSelectors struct {
	Selectors []string            `json:"selectors"`
	Fields    []map[string]string `json:"fields"`
}

func fieldSelectorsAnswer(question *fieldSelectors) (any, *protocol.Error) {
	results := make([]selector, len(question.Selectors))
	for i, text := range question.Selectors {
		result := &results[i]
		parsed, err := fields.ParseSelector(text)
		if err != nil {
			result.Error = err.Error()
			continue
		}
		printed := parsed.String()
		result.Text = &printed
		for _, one := range parsed.Requirements() {
			operator := "="
			if one.Operator == selection.NotEquals {
				operator = "!="
			}
			result.Requirements = append(result.Requirements, requirement{
				Key: one.Field, Operator: operator, Values: []string{one.Value},
			})
		}
		for _, set := range question.Fields {
			result.Matches = append(result.Matches, parsed.Matches(fields.Set(set)))
		}
	}
	return map[string]any{"selectors": results}, nil
}
