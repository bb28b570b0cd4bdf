package convert

import "encoding/json"

// written takes out of an object what nobody wrote: the zero values that
// encoding adds, and what conversion sets for the sake of old clients. Lists
// keep all their items.
func written(text []byte) ([]byte, error) {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	prune(value)
	return json.Marshal(value)
}

func prune(value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			prune(item)
		}
	case map[string]any:
		// A daemon set that never counted its templates has no count to keep.
		if value["deprecated.daemonset.template.generation"] == "0" {
			delete(value, "deprecated.daemonset.template.generation")
		}
		// The old name of the field follows the new one.
		if value["serviceAccount"] == value["serviceAccountName"] {
			delete(value, "serviceAccount")
		}
		for key, field := range value {
			prune(field)
			if key == "volumeClaimTemplates" {
				for _, claim := range field.([]any) {
					delete(claim.(map[string]any), "apiVersion")
					delete(claim.(map[string]any), "kind")
				}
			}
			if isZero(field) {
				delete(value, key)
			}
		}
	}
}

func isZero(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case bool:
		return !value
	case float64:
		return value == 0
	case string:
		return value == ""
	case []any:
		return len(value) == 0
	case map[string]any:
		return len(value) == 0
	}
	return false
}
