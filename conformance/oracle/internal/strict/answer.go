// Package strict asks the API server's strict decoder what it says about a
// manifest: unknown and duplicate fields, values of the wrong type.
package strict

import (
	"encoding/json"
	"fmt"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question is a manifest and what is to be said about fields that its type
// does not have.
type Question struct {
	// One object, JSON or YAML.
	Text string `json:"text"`
	// `strict` (left out), `warn` or `ignore`.
	FieldValidation string `json:"fieldValidation"`
	// Answer why decoding failed, in the decoder's words.
	Texts bool `json:"texts"`
}

// Verdict is what the API server would answer.
type Verdict struct {
	// Whether the object cannot be decoded at all, whatever the directive.
	Fatal bool `json:"fatal"`
	// Unknown and duplicate fields, when they are errors.
	Errors []string `json:"errors"`
	// The same, when they are warnings: a header of the response each.
	Warnings []string `json:"warnings"`
	// The refusal as a client sees it; left out for what is fatal, because
	// the words then depend on the Go release.
	Message *string `json:"message,omitempty"`
	// Why it is fatal, when `texts` asks for it.
	Error *string `json:"error,omitempty"`
}

// Answer answers `schema.strict`.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	if ask != "schema.strict" {
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	switch question.FieldValidation {
	case "", "strict", "warn", "ignore":
	default:
		return nil, protocol.Errorf("bad-question", "no such directive: %q", question.FieldValidation)
	}
	return judge(&question), nil
}

func judge(question *Question) Verdict {
	verdict := Verdict{Errors: []string{}, Warnings: []string{}}
	kind, found, err := decode([]byte(question.Text), question.FieldValidation != "ignore")
	if err != nil {
		verdict.Fatal = true
		if question.Texts {
			text := err.Error()
			verdict.Error = &text
		}
		return verdict
	}
	for _, problem := range found {
		if question.FieldValidation == "warn" {
			verdict.Warnings = append(verdict.Warnings, warnings(problem.Error())...)
		} else {
			verdict.Errors = append(verdict.Errors, problem.Error())
		}
	}
	if len(verdict.Errors) > 0 {
		text := fmt.Sprintf("%s in version %q cannot be handled as a %s: %v",
			kind.Kind, kind.Version, kind.Kind, joined(found))
		verdict.Message = &text
	}
	return verdict
}
