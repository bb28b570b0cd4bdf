package meta

import (
	"k8s.io/apimachinery/pkg/util/intstr"

	"kubelogic/conformance/oracle/internal/protocol"
)

type intOrPercentQuestion struct {
	Items []struct {
		// A JSON value.
		Text  string `json:"text"`
		Total int    `json:"total"`
		// `up` or `down`.
		Rounding string `json:"rounding"`
	} `json:"items"`
}

type intOrPercentResult struct {
	Text string `json:"text"`
	// `int` or `text`.
	Kind     string `json:"kind"`
	IntValue int    `json:"intValue"`
	Scaled   *int   `json:"scaled,omitempty"`
	// Why it cannot be scaled.
	ScaleError string `json:"scaleError,omitempty"`
}

func intOrPercent(question *intOrPercentQuestion) (any, *protocol.Error) {
	results := make([]any, len(question.Items))
	for i, item := range question.Items {
		read, err := jsonText[intstr.IntOrString](item.Text)
		if err != nil {
			results[i] = refused(err)
			continue
		}
		result := intOrPercentResult{Text: read.String(), Kind: "int", IntValue: read.IntValue()}
		if read.Type == intstr.String {
			result.Kind = "text"
		}
		scaled, err := intstr.GetScaledValueFromIntOrPercent(&read, item.Total, item.Rounding != "down")
		if err != nil {
			result.ScaleError = err.Error()
		} else {
			result.Scaled = &scaled
		}
		results[i] = result
	}
	return map[string]any{"results": results}, nil
}
