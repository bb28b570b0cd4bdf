// Command bootstrap writes the roles and bindings that an API server of each minor version creates by itself, with
// default feature gates.
//
//	go run ./bootstrap ../oracle/bin ../../rbac/data/bootstrap
//
// The source is the real default policy, as the access oracle of each minor prints it (`rbac.bootstrap`). An object
// that stays the same over several minors is one line; `until` is left out when the newest minor still has it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"kubelogic.example/generate/releases"
)

type line struct {
	Since  string          `json:"since"`
	Until  string          `json:"until,omitempty"`
	Object json.RawMessage `json:"object"`

	namespace, name string
	first, last     int
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run ./bootstrap ORACLE-FOLDER OUTPUT-FOLDER")
	}
	files := map[string][]*line{}
	for _, release := range releases.All {
		policy, err := ask(filepath.Join(os.Args[1], fmt.Sprintf("heavy-1.%d", release.Minor)))
		if err != nil {
			log.Fatalf("1.%d: %v", release.Minor, err)
		}
		for list, file := range map[string]string{
			"clusterRoles":        "cluster-roles.jsonl",
			"clusterRoleBindings": "cluster-role-bindings.jsonl",
			"roles":               "roles.jsonl",
			"roleBindings":        "role-bindings.jsonl",
		} {
			if len(policy[list]) == 0 {
				log.Fatalf("1.%d: the oracle printed no %s", release.Minor, list)
			}
			for _, object := range policy[list] {
				lines, err := add(files[file], release.Minor, object)
				if err != nil {
					log.Fatal(err)
				}
				files[file] = lines
			}
		}
	}
	for file, lines := range files {
		if err := write(filepath.Join(os.Args[2], file), lines); err != nil {
			log.Fatal(err)
		}
	}
}

// ask puts the question to one oracle.
func ask(oracle string) (map[string][]json.RawMessage, error) {
	command := exec.Command(oracle)
	command.Stdin = strings.NewReader(`{"id":1,"ask":"rbac.bootstrap"}` + "\n")
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, err
	}
	var reply struct {
		Answer map[string]json.RawMessage
		Error  json.RawMessage
	}
	if err := json.Unmarshal(output, &reply); err != nil {
		return nil, err
	}
	if reply.Error != nil {
		return nil, fmt.Errorf("%s", reply.Error)
	}
	lists := map[string][]json.RawMessage{}
	for name, raw := range reply.Answer {
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) == nil {
			lists[name] = list
		}
	}
	return lists, nil
}

// add extends the line of the minor before, if the object has not changed.
func add(lines []*line, minor int, raw json.RawMessage) ([]*line, error) {
	// Through a map, so that keys are sorted whatever the order of Go's fields was in that minor.
	var object map[string]any
	if err := json.Unmarshal(raw, &object); err != nil {
		return nil, err
	}
	metadata, _ := object["metadata"].(map[string]any)
	if metadata["creationTimestamp"] == nil {
		delete(metadata, "creationTimestamp")
	}
	sorted, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	namespace, _ := metadata["namespace"].(string)
	name, _ := metadata["name"].(string)
	for _, known := range lines {
		if known.last == minor-1 && bytes.Equal(known.Object, sorted) {
			known.last = minor
			return lines, nil
		}
	}
	return append(lines, &line{Object: sorted, namespace: namespace, name: name, first: minor, last: minor}), nil
}

func write(path string, lines []*line) error {
	slices.SortFunc(lines, func(a, b *line) int {
		return slices.Compare([]string{a.namespace, a.name, fmt.Sprintf("%03d", a.first)},
			[]string{b.namespace, b.name, fmt.Sprintf("%03d", b.first)})
	})
	newest := releases.All[len(releases.All)-1].Minor
	var text bytes.Buffer
	for _, l := range lines {
		l.Since = fmt.Sprintf("1.%d", l.first)
		if l.last != newest {
			l.Until = fmt.Sprintf("1.%d", l.last)
		}
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(l); err != nil {
			return err
		}
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}
