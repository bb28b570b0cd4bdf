// Package reading asks the real readers of Kubernetes what is inside a text:
// sigs.k8s.io/yaml, apimachinery's stream decoder and cli-runtime's builder.
package reading

import (
	"encoding/json"
	"sort"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question holds the fields of every reading question.
type Question struct {
	// The input, as text or as base64 of its bytes.
	Text  *string `json:"text"`
	Bytes []byte  `json:"bytes"`
	// read.canonical: the JSON text to rewrite.
	JSON *string `json:"json"`
	// read.yaml: refuse duplicate keys.
	Strict bool `json:"strict"`
	// Rewrite every value in canonical form.
	Canonical bool `json:"canonical"`
	// Ask this often and answer the set of distinct outcomes.
	Repeat int `json:"repeat"`
	// read.objects: the namespace of kubectl's context.
	DefaultNamespace string `json:"defaultNamespace"`
}

func (q *Question) input() []byte {
	if q.Text != nil {
		return []byte(*q.Text)
	}
	return q.Bytes
}

// Outcomes is the answer to a question that was repeated.
type Outcomes struct {
	Outcomes []json.RawMessage `json:"outcomes"`
}

// Answer answers the reading questions.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	var answer func(*Question) any
	switch ask {
	case "read.yaml":
		answer = readYAML
	case "read.documents":
		answer = readDocuments
	case "read.objects":
		answer = readObjects
	case "read.canonical":
		answer = readCanonical
	default:
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	if question.Repeat > 0 {
		return repeated(&question, answer)
	}
	return answer(&question), nil
}

// repeated collects what upstream answers when Go's map order has a say.
func repeated(question *Question, answer func(*Question) any) (any, *protocol.Error) {
	seen := map[string]bool{}
	for i := 0; i < question.Repeat; i++ {
		text, err := protocol.EncodeLine(answer(question))
		if err != nil {
			return nil, protocol.Errorf("bad-answer", "%v", err)
		}
		seen[string(text)] = true
	}
	texts := make([]string, 0, len(seen))
	for text := range seen {
		texts = append(texts, text)
	}
	sort.Strings(texts)
	outcomes := Outcomes{}
	for _, text := range texts {
		outcomes.Outcomes = append(outcomes.Outcomes, json.RawMessage(text))
	}
	return outcomes, nil
}
