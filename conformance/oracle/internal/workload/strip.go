//go:build !before137

package workload

import (
	"encoding/json"
	"strconv"

	batch "k8s.io/api/batch/v1"
	v1 "k8s.io/api/core/v1"
)

// noUID stands for the uid of an object that has none.
const noUID = "no-uid-was-given"

// bare is an object as JSON without status, nulls and empty collections: Go
// writes some of them whether anybody wrote them or not.
func bare(object any, apiVersion, kind string) any {
	fields := stripped(object).(map[string]any)
	delete(fields, "status")
	fields["apiVersion"], fields["kind"] = apiVersion, kind
	return fields
}

func stripped(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		panic(err)
	}
	kept, _ := strip(plain)
	if kept == nil {
		return map[string]any{}
	}
	return kept
}

func strip(value any) (any, bool) {
	switch value := value.(type) {
	case nil:
		return nil, false
	case map[string]any:
		for key, inner := range value {
			kept, any := strip(inner)
			if !any {
				delete(value, key)
				continue
			}
			value[key] = kept
		}
		return value, len(value) > 0
	case []any:
		for index, inner := range value {
			// An item keeps its place.
			if kept, any := strip(inner); any {
				value[index] = kept
			}
		}
		return value, len(value) > 0
	case string:
		if value == noUID {
			value = ""
		}
		return value, true
	default:
		return value, true
	}
}

// index is the completion index of a pod; -1 when it has none.
func index(pod *v1.Pod) int {
	index, err := strconv.Atoi(pod.Annotations[batch.JobCompletionIndexAnnotation])
	if err != nil {
		return -1
	}
	return index
}
