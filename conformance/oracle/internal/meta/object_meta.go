package meta

import (
	"encoding/json"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"kubelogic/conformance/oracle/internal/protocol"
)

type objectMetaQuestion struct {
	Objects []struct {
		Metadata json.RawMessage `json:"metadata"`
		// What was there before, when it is an update.
		Old json.RawMessage `json:"old"`
	} `json:"objects"`
	Group      string `json:"group"`
	Kind       string `json:"kind"`
	Namespaced bool   `json:"namespaced"`
	Rule       string `json:"rule"`
}

type fieldError struct {
	Reason string `json:"reason"`
	Field  string `json:"field"`
	Detail string `json:"detail"`
	Text   string `json:"text"`
}

type objectMetaResult struct {
	Errors []fieldError `json:"errors"`
	// What a client prints.
	Message string `json:"message,omitempty"`
}

var nameFunctions = map[string]apivalidation.ValidateNameFunc{
	"any":            func(string, bool) []string { return nil },
	"dns-1035-label": apivalidation.NameIsDNS1035Label,
	"dns-label":      apivalidation.NameIsDNSLabel,
	"dns-subdomain":  apivalidation.NameIsDNSSubdomain,
	"path-segment":   path.ValidatePathSegmentName,
}

func objectMeta(question *objectMetaQuestion) (any, *protocol.Error) {
	nameFunction, ok := nameFunctions[question.Rule]
	if !ok {
		return nil, protocol.Errorf("bad-question", "no such rule: %q", question.Rule)
	}
	results := make([]objectMetaResult, len(question.Objects))
	for i, object := range question.Objects {
		metadata, err := jsonText[metav1.ObjectMeta](string(object.Metadata))
		if err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		var errors field.ErrorList
		if object.Old == nil {
			errors = apivalidation.ValidateObjectMeta(&metadata, question.Namespaced, nameFunction, field.NewPath("metadata"))
		} else {
			old, err := jsonText[metav1.ObjectMeta](string(object.Old))
			if err != nil {
				return nil, protocol.Errorf("bad-question", "%v", err)
			}
			errors = apivalidation.ValidateObjectMetaUpdate(&metadata, &old, field.NewPath("metadata"))
		}
		result := &results[i]
		result.Errors = []fieldError{}
		for _, err := range errors {
			result.Errors = append(result.Errors, fieldError{
				Reason: string(err.Type), Field: err.Field, Detail: err.Detail, Text: err.Error(),
			})
		}
		if len(errors) > 0 {
			kind := schema.GroupKind{Group: question.Group, Kind: question.Kind}
			result.Message = apierrors.NewInvalid(kind, metadata.Name, errors).ErrStatus.Message
		}
	}
	return map[string]any{"objects": results}, nil
}
