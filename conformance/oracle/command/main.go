//go:build command

// Command command answers questions about kubeconfig files with the package
// of kubectl that implements `kubectl config`.
//
//	command                                   questions on standard input
//	command record INPUTS.jsonl...            write cases beside their inputs
//	command verify [-sample F] CASES.json...  ask recorded cases again
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/kubectl/pkg/cmd/config"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/record"
)

var answer = protocol.Route(map[string]protocol.Answerer{"kubeconfig": answerKubeconfig})

func main() {
	oracle := record.Oracle{Module: "k8s.io/kubectl", Answer: answer}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	version := flag.Bool("version", false, "print the Kubernetes version this oracle is built from")
	flag.Parse()
	if *version {
		fmt.Println(protocol.KubeVersion())
		return
	}
	protocol.RelaxCollector()
	// The working directory and the environment belong to the process.
	if err := protocol.Serve(os.Stdin, os.Stdout, 1, answer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type question struct {
	Files []struct {
		Path string `json:"path"`
		Text string `json:"text"`
	} `json:"files"`
	Kubeconfig       string         `json:"kubeconfig"`
	Explicit         string         `json:"explicit"`
	Home             string         `json:"home"`
	WorkingDirectory string         `json:"workingDirectory"`
	Edit             map[string]any `json:"edit"`
	Merge            *bool          `json:"merge"`
	Minify           bool           `json:"minify"`
	Flatten          bool           `json:"flatten"`
	Raw              bool           `json:"raw"`
	Context          string         `json:"context"`
	Output           string         `json:"output"`
}

type file struct {
	Path string `json:"path"`
	Text string `json:"text"`
}

var (
	world    sync.Mutex
	start, _ = os.Getwd()
)

// fatal is how a command ends that kubectl would leave with an error.
type fatal string

func answerKubeconfig(ask string, line []byte) (any, *protocol.Error) {
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	var arguments []string
	switch ask {
	case "kubeconfig.edit":
		arguments = edit(asked.Edit)
	case "kubeconfig.view":
		arguments = view(&asked)
	default:
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	world.Lock()
	defer world.Unlock()
	root, err := os.MkdirTemp("", "kubectl-oracle-")
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	defer os.RemoveAll(root)
	before := map[string]string{}
	for _, given := range asked.Files {
		path := filepath.Join(root, given.Path)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, []byte(given.Text), 0o600); err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		before[path] = given.Text
	}
	work := filepath.Join(root, asked.WorkingDirectory)
	os.MkdirAll(work, 0o755)
	if err := os.Chdir(work); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	defer os.Chdir(start)

	out, warning, failure := run(&asked, root, arguments)
	here := func(text string) string { return strings.ReplaceAll(text, root, "") }
	result := map[string]any{"failed": failure != nil}
	if failure != nil {
		// Which of several files that are missing is named first is chance.
		if text := words(*failure); text != nil && !asked.Flatten {
			result["error"] = here(*text)
		}
	}
	if ask == "kubeconfig.view" {
		result["text"] = here(out)
		return result, nil
	}
	if failure != nil {
		out = ""
	}
	result["message"] = here(out)
	if warning != "" {
		result["warning"] = here(warning)
	}
	result["files"] = changed(root, before)
	return result, nil
}

func run(asked *question, root string, arguments []string) (out, warning string, failure *string) {
	var stdout, stderr bytes.Buffer
	var list []string
	for _, path := range filepath.SplitList(asked.Kubeconfig) {
		list = append(list, under(root, path))
	}
	os.Setenv("KUBECONFIG", strings.Join(list, string(filepath.ListSeparator)))
	options := &clientcmd.PathOptions{
		EnvVar:           "KUBECONFIG",
		ExplicitFileFlag: "kubeconfig",
		LoadingRules:     &clientcmd.ClientConfigLoadingRules{DoNotResolvePaths: true},
	}
	if asked.Home != "" {
		options.GlobalFile = under(root, filepath.Join(asked.Home, ".kube", "config"))
	}
	if asked.Explicit != "" {
		arguments = append([]string{"--kubeconfig=" + under(root, asked.Explicit)}, arguments...)
	}
	cmdutil.BehaviorOnFatal(func(text string, _ int) { panic(fatal(text)) })
	defer func() {
		if reason := recover(); reason != nil {
			text, is := reason.(fatal)
			if !is {
				panic(reason)
			}
			said := string(text)
			out, warning, failure = stdout.String(), stderr.String(), &said
		}
	}()
	top := &cobra.Command{Use: "kubectl", SilenceErrors: true, SilenceUsage: true}
	top.PersistentFlags().String("context", "", "")
	top.AddCommand(config.NewCmdConfig(nil, options, genericiooptions.IOStreams{In: os.Stdin, Out: &stdout, ErrOut: &stderr}))
	top.SetOut(&stdout)
	top.SetErr(&stderr)
	top.SetArgs(append([]string{"config"}, arguments...))
	if err := top.Execute(); err != nil {
		panic(err)
	}
	return stdout.String(), stderr.String(), nil
}

// edit writes a command's arguments.
func edit(fields map[string]any) []string {
	text := func(key string) string { value, _ := fields[key].(string); return value }
	arguments := []string{text("command")}
	flagged := map[string]string{
		"server": "server", "tlsServerName": "tls-server-name", "certificateAuthority": "certificate-authority",
		"proxyUrl": "proxy-url", "cluster": "cluster", "user": "user", "namespace": "namespace",
		"clientCertificate": "client-certificate", "clientKey": "client-key", "token": "token",
		"username": "username", "password": "password", "authProvider": "auth-provider",
		"execCommand": "exec-command", "execApiVersion": "exec-api-version",
		"execInteractiveMode": "exec-interactive-mode", "insecureSkipTlsVerify": "insecure-skip-tls-verify",
		"embedCerts": "embed-certs", "execProvideClusterInfo": "exec-provide-cluster-info", "current": "current",
		"setRawBytes": "set-raw-bytes", "authProviderArgs": "auth-provider-arg", "execArgs": "exec-arg",
		"execEnv": "exec-env",
	}
	keys := make([]string, 0, len(fields))
	for key := range fields {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		flag, known := flagged[key]
		if !known {
			continue
		}
		switch value := fields[key].(type) {
		case string:
			arguments = append(arguments, "--"+flag+"="+value)
		case bool:
			arguments = append(arguments, fmt.Sprintf("--%s=%t", flag, value))
		case []any:
			for _, item := range value {
				one, _ := item.(string)
				if key != "execEnv" {
					one = field(one)
				}
				arguments = append(arguments, "--"+flag+"="+one)
			}
		}
	}
	arguments = append(arguments, "--")
	for _, key := range []string{"name", "newName", "property", "value"} {
		value, given := fields[key].(string)
		if !given || (key == "name" && value == "" && fields["current"] == true) {
			continue
		}
		arguments = append(arguments, value)
	}
	return arguments
}

// field is a text as one field of CSV.
func field(text string) string {
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	writer.Write([]string{text})
	writer.Flush()
	return strings.TrimSuffix(out.String(), "\n")
}

func view(asked *question) []string {
	arguments := []string{
		"view", fmt.Sprintf("--minify=%t", asked.Minify), fmt.Sprintf("--flatten=%t", asked.Flatten),
		fmt.Sprintf("--raw=%t", asked.Raw), "--context=" + asked.Context,
	}
	if asked.Merge != nil {
		arguments = append(arguments, fmt.Sprintf("--merge=%t", *asked.Merge))
	}
	if asked.Output != "" {
		arguments = append(arguments, "--output="+asked.Output)
	}
	return arguments
}

func changed(root string, before map[string]string) []file {
	found := []file{}
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		old, was := before[path]
		if !was || old != string(text) {
			here := strings.ReplaceAll(string(text), root, "")
			found = append(found, file{Path: strings.TrimPrefix(path, root), Text: here})
		}
		return nil
	})
	sort.Slice(found, func(i, j int) bool { return found[i].Path < found[j].Path })
	return found
}

func under(root, path string) string {
	if filepath.IsAbs(path) {
		return root + path
	}
	return path
}

var (
	// The words of the YAML parser are its own.
	syntax = regexp.MustCompile(`: yaml: |error converting YAML to JSON`)
	// What follows may be any secret of the file, or changes from run to run.
	secrets  = regexp.MustCompile(`(?s)( in list: |is missing in '|no location of origin for &\{|invalid [a-z-]+ format: ).*`)
	pointers = regexp.MustCompile(`0x[0-9a-f]+|under \{|&Unknown\{`)
)

// words is the text of an error without secrets; nil when it is not the
// command's own, or several.
func words(text string) *string {
	text = strings.TrimSuffix(text, "\n")
	if syntax.MatchString(text) || pointers.MatchString(text) || strings.Contains(text, "\n") {
		return nil
	}
	text = strings.TrimPrefix(text, "error: ")
	text = secrets.ReplaceAllString(text, "${1}REDACTED")
	text = strings.Replace(text, "for &{REDACTED", "for REDACTED", 1)
	return &text
}
