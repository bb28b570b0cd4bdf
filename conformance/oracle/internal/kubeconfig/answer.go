// Package kubeconfig asks client-go what it makes of kubeconfig files.
package kubeconfig

import (
	"encoding/json"
	"os"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/runtime/schema"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	clientcmdlatest "k8s.io/client-go/tools/clientcmd/api/latest"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question is a set of files and how a program finds them.
type Question struct {
	// The files; everything else is missing.
	Files []File `json:"files"`
	// The value of KUBECONFIG.
	Kubeconfig string `json:"kubeconfig"`
	// The one file of `--kubeconfig`.
	Explicit string `json:"explicit"`
	// The home directory.
	Home string `json:"home"`
	// Where relative paths start; `/` unless given.
	WorkingDirectory string `json:"workingDirectory"`
	// `kubeconfig.load`: make relative paths absolute.
	ResolvePaths bool `json:"resolvePaths"`
	// Show secrets.
	Raw bool `json:"raw"`
	// `kubeconfig.resolve`: what flags say.
	Overrides Overrides `json:"overrides"`
}

// File is a file with its absolute path.
type File struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

// Loaded is what all files together say.
type Loaded struct {
	// Left out when nothing was loaded.
	Config json.RawMessage `json:"config,omitempty"`
	// Why the load fails; left out when a file is no YAML, for those words
	// are the parser's.
	Error  *string `json:"error,omitempty"`
	Failed bool    `json:"failed"`
	// The files that the warning names when none was found.
	Warning *string `json:"warning"`
}

// One question at a time has the process's working directory.
var world sync.Mutex

// Where the process was started.
var start, _ = os.Getwd()

// Answer answers `kubeconfig.load` and `kubeconfig.resolve`.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	if ask != "kubeconfig.load" && ask != "kubeconfig.resolve" {
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	world.Lock()
	defer world.Unlock()
	root, err := prepare(&question)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	defer os.RemoveAll(root)
	defer os.Chdir(start)

	var answer any
	if ask == "kubeconfig.load" {
		answer = load(&question, root)
	} else {
		answer = resolve(&question, root)
	}
	text, err := json.Marshal(answer)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return json.RawMessage(strings.ReplaceAll(string(text), root, "")), nil
}

func load(question *Question, root string) Loaded {
	rules := question.rules(root)
	rules.DoNotResolvePaths = !question.ResolvePaths
	answer := Loaded{}
	rules.Warner = func(err error) {
		text := err.Error()
		answer.Warning = &text
	}
	config, err := rules.Load()
	if err != nil {
		answer.Failed = true
		answer.Error = words(err)
	}
	if config == nil {
		return answer
	}
	if !question.Raw {
		if err := clientcmdapi.RedactSecrets(config); err != nil {
			panic(err)
		}
		clientcmdapi.ShortenConfig(config)
	}
	written, err := clientcmdlatest.Scheme.ConvertToVersion(config, schema.GroupVersion{Version: "v1"})
	if err != nil {
		panic(err)
	}
	answer.Config, err = json.Marshal(written)
	if err != nil {
		panic(err)
	}
	return answer
}
