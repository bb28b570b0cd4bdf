package meta

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"kubelogic/conformance/oracle/internal/protocol"
)

type timesQuestion struct {
	texts
	// Six digits of a second are required and kept.
	Micro bool `json:"micro"`
}

type instant struct {
	// As it is written, null for the zero time.
	Text       *string `json:"text"`
	Seconds    int64   `json:"seconds"`
	Nanosecond int     `json:"nanosecond"`
}

func times(question *timesQuestion) (any, *protocol.Error) {
	results := make([]any, len(question.Texts))
	for i, text := range question.Texts {
		read, err := parseTime(text, question)
		if err != nil {
			results[i] = refused(err)
			continue
		}
		result := instant{Seconds: read.Unix(), Nanosecond: read.Nanosecond()}
		if !read.IsZero() {
			layout := time.RFC3339
			if question.Micro {
				layout = metav1.RFC3339Micro
			}
			written := read.UTC().Format(layout)
			result.Text = &written
		}
		results[i] = result
	}
	return map[string]any{"times": results}, nil
}

func parseTime(text string, question *timesQuestion) (time.Time, error) {
	switch {
	case question.JSON && question.Micro:
		read, err := jsonText[metav1.MicroTime](text)
		return read.Time, err
	case question.JSON:
		read, err := jsonText[metav1.Time](text)
		return read.Time, err
	case question.Micro:
		return time.Parse(metav1.RFC3339Micro, text)
	default:
		return time.Parse(time.RFC3339, text)
	}
}

type span struct {
	Text        string `json:"text"`
	Nanoseconds int64  `json:"nanoseconds"`
}

func durations(question *texts) (any, *protocol.Error) {
	results := make([]any, len(question.Texts))
	for i, text := range question.Texts {
		read, err := parseDuration(text, question.JSON)
		if err != nil {
			results[i] = refused(err)
			continue
		}
		results[i] = span{Text: read.String(), Nanoseconds: read.Nanoseconds()}
	}
	return map[string]any{"durations": results}, nil
}

func parseDuration(text string, isJSON bool) (time.Duration, error) {
	if !isJSON {
		return time.ParseDuration(text)
	}
	read, err := jsonText[metav1.Duration](text)
	return read.Duration, err
}
