// Package meta asks apimachinery about the types that all objects share:
// quantities, times, selectors, names and object metadata.
package meta

import (
	"encoding/json"

	"kubelogic/conformance/oracle/internal/protocol"
)

type answerer func(line []byte) (any, *protocol.Error)

var answerers = map[string]answerer{
	"meta.quantities":          ask(quantities),
	"meta.quantity-arithmetic": ask(quantityArithmetic),
	"meta.int-or-percent":      ask(intOrPercent),
	"meta.times":               ask(times),
	"meta.durations":           ask(durations),
	"meta.field-selectors":     ask(fieldSelectorsAnswer),
	"meta.label-selectors":     ask(labelSelectorsAnswer),
	"meta.names":               ask(names),
	"meta.object-meta":         ask(objectMeta),
}

// Answer answers the questions that begin with `meta.`.
func Answer(name string, line []byte) (any, *protocol.Error) {
	answer, ok := answerers[name]
	if !ok {
		return nil, protocol.Errorf("unknown-question", "no such question: %q", name)
	}
	return answer(line)
}

// ask decodes a question before it is answered.
func ask[Question any](answer func(*Question) (any, *protocol.Error)) answerer {
	return func(line []byte) (any, *protocol.Error) {
		var question Question
		if err := json.Unmarshal(line, &question); err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		return answer(&question)
	}
}

// refusal is the answer for what upstream does not accept.
type refusal struct {
	Error string `json:"error"`
}

func refused(err error) refusal {
	return refusal{Error: err.Error()}
}

// texts are scalars as they are written, or as JSON values.
type texts struct {
	Texts []string `json:"texts"`
	JSON  bool     `json:"json"`
}
