package kubeconfig

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	utilerrors "k8s.io/apimachinery/pkg/util/errors"
	"k8s.io/client-go/tools/clientcmd"
)

// prepare writes the files below a new directory and goes to work there.
func prepare(question *Question) (string, error) {
	root, err := os.MkdirTemp("", "kubeconfig-oracle-")
	if err != nil {
		return "", err
	}
	for _, file := range question.Files {
		path := filepath.Join(root, file.Path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return root, err
		}
		if err := os.WriteFile(path, []byte(file.Text), 0o600); err != nil {
			return root, err
		}
	}
	work := filepath.Join(root, question.WorkingDirectory)
	if err := os.MkdirAll(work, 0o755); err != nil {
		return root, err
	}
	return root, os.Chdir(work)
}

// rules are those of NewDefaultClientConfigLoadingRules, which reads the
// environment of the process.
func (question *Question) rules(root string) *clientcmd.ClientConfigLoadingRules {
	rules := &clientcmd.ClientConfigLoadingRules{ExplicitPath: under(root, question.Explicit)}
	if question.Kubeconfig == "" {
		if question.Home != "" {
			rules.Precedence = []string{under(root, filepath.Join(question.Home, ".kube", "config"))}
		}
		return rules
	}
	rules.WarnIfAllMissing = true
	known := map[string]bool{}
	for _, path := range filepath.SplitList(question.Kubeconfig) {
		if !known[path] {
			known[path] = true
			rules.Precedence = append(rules.Precedence, under(root, path))
		}
	}
	return rules
}

func under(root, path string) string {
	if filepath.IsAbs(path) {
		return root + path
	}
	return path
}

var (
	// The words of the YAML parser are its own.
	syntax = regexp.MustCompile(`yaml: |error converting YAML to JSON`)
	// What follows may be any secret of the file.
	secrets = regexp.MustCompile(`(?s)( in list: |is missing in ').*`)
)

// words is the text of an error without secrets; nil when they are not
// client-go's own.
func words(err error) *string {
	if many, is := err.(utilerrors.Aggregate); is && strings.Contains(err.Error(), "error loading config file") {
		texts := make([]error, 0, len(many.Errors()))
		for _, one := range many.Errors() {
			if syntax.MatchString(one.Error()) {
				return nil
			}
			texts = append(texts, errors.New(secrets.ReplaceAllString(one.Error(), "${1}REDACTED")))
		}
		err = utilerrors.NewAggregate(texts)
	}
	text := err.Error()
	return &text
}
