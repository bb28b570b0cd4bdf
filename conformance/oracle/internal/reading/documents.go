package reading

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

// Documents is what kubectl sees in a stream before it decodes objects.
type Documents struct {
	Documents []Value `json:"documents"`
	// Why the stream stopped early, or null.
	Error *string `json:"error"`
}

// kubectlReader wraps a file as kubectl does before it looks at it: a byte
// order mark chooses UTF-8 or UTF-16, and bytes that are no UTF-8 become U+FFFD.
// upstream: cli-runtime pkg/resource/visitor.go, FileVisitor
func kubectlReader(input []byte) io.Reader {
	return transform.NewReader(bytes.NewReader(input), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
}

// readDocuments reads a stream to its end or to the first document that is no
// YAML or JSON, skipping empty documents.
// upstream: cli-runtime pkg/resource/visitor.go, StreamVisitor
func readDocuments(question *Question) any {
	answer := Documents{Documents: []Value{}}
	decoder := utilyaml.NewYAMLOrJSONDecoder(kubectlReader(question.input()), 4096)
	for {
		extension := runtime.RawExtension{}
		if err := decoder.Decode(&extension); err != nil {
			if err != io.EOF {
				message := err.Error()
				answer.Error = &message
			}
			return answer
		}
		raw := bytes.TrimSpace(extension.Raw)
		if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		if question.Canonical {
			answer.Documents = append(answer.Documents, valueOf(canonical(raw)))
		} else {
			answer.Documents = append(answer.Documents, valueOf(raw, nil))
		}
	}
}
