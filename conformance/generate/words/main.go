// Command words writes what the real kubectl takes typed words for, in every minor version and with custom resources
// beside the built-in ones. The tests of core/src/schema/lookup hold our look-up against this file.
//
//	cd words && go run . ../../../core/data/discovery ../../../core/src/schema/lookup/words.tsv
//
// The real commands run in this process, against a server that serves discovery documents: `kubectl auth can-i`,
// which shows what it asks about in the review it posts, and the resource builder behind `kubectl get`, which shows
// it in the address it requests.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"

	authorizationv1 "k8s.io/api/authorization/v1"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/klog/v2"
	"k8s.io/kubectl/pkg/cmd/auth"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"kubelogic.example/generate/releases"
)

func main() {
	log.SetFlags(0)
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run . TABLES OUTPUT-FILE")
	}
	tables, output := os.Args[1], os.Args[2]

	rows := newRows()
	for _, release := range releases.All {
		groups, err := builtIn(tables, release.Minor)
		if err != nil {
			log.Fatal(err)
		}
		for _, scenario := range scenarios {
			if scenario.name != "none" && release.Minor != releases.All[len(releases.All)-1].Minor {
				continue
			}
			words := scenario.words
			if scenario.name == "none" {
				words = slices.Concat(wordsOf(groups), fixedWords)
			}
			documents := serve(groups, scenario)
			for _, word := range sortedUnique(words) {
				rows.add(release.Minor, scenario.name, word, documents.get(word), documents.canI(word))
			}
			documents.close()
		}
	}
	if err := os.WriteFile(output, []byte(rows.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// server is an API server reduced to discovery, access reviews and empty lists.
type server struct {
	http      *httptest.Server
	cache     string
	asked     *authorizationv1.ResourceAttributes
	requested string
}

func serve(groups []group, scenario scenario) *server {
	core, named := documents(groups, scenario)
	s := &server{}
	s.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		const discovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
		switch {
		case r.URL.Path == "/api":
			w.Header().Set("Content-Type", discovery)
			w.Write(core)
		case r.URL.Path == "/apis":
			w.Header().Set("Content-Type", discovery)
			w.Write(named)
		case r.Method == http.MethodPost:
			body, _ := io.ReadAll(r.Body)
			object, _, err := scheme.Codecs.UniversalDeserializer().Decode(body, nil, nil)
			if err != nil {
				log.Fatalf("%s: %v", r.URL.Path, err)
			}
			review := object.(*authorizationv1.SelfSubjectAccessReview)
			review.APIVersion, review.Kind = "authorization.k8s.io/v1", "SelfSubjectAccessReview"
			s.asked = review.Spec.ResourceAttributes
			review.Status.Allowed = true
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(review)
		case isVersion(r.URL.Path):
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(resourceList(core, named, r.URL.Path))
		default:
			s.requested = r.URL.Path
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"apiVersion":"v1","kind":"List","metadata":{},"items":[]}`)
		}
	}))
	cache, err := os.MkdirTemp("", "words")
	if err != nil {
		log.Fatal(err)
	}
	s.cache = cache
	return s
}

func (s *server) close() {
	s.http.Close()
	os.RemoveAll(s.cache)
}

func (s *server) factory(streams genericiooptions.IOStreams) cmdutil.Factory {
	flags := genericclioptions.NewConfigFlags(true).WithWarningPrinter(streams).
		WithDiscoveryBurst(100000).WithDiscoveryQPS(100000)
	none := "/dev/null"
	namespace := "default"
	flags.APIServer, flags.CacheDir, flags.KubeConfig, flags.Namespace = &s.http.URL, &s.cache, &none, &namespace
	return cmdutil.NewFactory(flags)
}

type failure string

// canI is the answer of `kubectl auth can-i get WORD`: the group and resource it asks about, and what it prints on
// standard error, escaped.
func (s *server) canI(word string) string {
	var stderr bytes.Buffer
	streams := genericiooptions.IOStreams{In: &bytes.Buffer{}, Out: io.Discard, ErrOut: &stderr}
	s.asked = nil
	if message := guarded(func() {
		command := auth.NewCmdCanI(s.factory(streams), streams)
		command.SetArgs([]string{"get", word})
		command.SilenceErrors, command.SilenceUsage = true, true
		if err := command.Execute(); err != nil {
			panic(failure(err.Error()))
		}
	}); message != "" {
		log.Fatalf("can-i get %q: %s", word, message)
	}
	if s.asked == nil {
		log.Fatalf("can-i get %q asked nothing", word)
	}
	return s.asked.Group + "\t" + s.asked.Resource + "\t" + escape(stderr.String())
}

// get is the answer of the resource builder: group, version and resource, or the error.
func (s *server) get(word string) string {
	streams := genericiooptions.IOStreams{In: &bytes.Buffer{}, Out: io.Discard, ErrOut: io.Discard}
	s.requested = ""
	message := guarded(func() {
		result := s.factory(streams).NewBuilder().Unstructured().NamespaceParam("default").DefaultNamespace().
			SelectAllParam(true).ResourceTypeOrNameArgs(true, word).Latest().Do()
		if _, err := result.Infos(); err != nil {
			panic(failure(err.Error()))
		}
	})
	if message != "" {
		return "\t\t\t" + escape(message)
	}
	parts := strings.Split(strings.TrimPrefix(s.requested, "/"), "/")
	group := ""
	if parts[0] == "apis" {
		group, parts = parts[1], parts[1:]
	}
	version := parts[1]
	return group + "\t" + version + "\t" + parts[len(parts)-1] + "\t"
}

// guarded runs a command in which kubectl ends the process on errors, and returns the message.
func guarded(run func()) (message string) {
	defer func() {
		if caught := recover(); caught != nil {
			text, ok := caught.(failure)
			if !ok {
				panic(caught)
			}
			message = string(text)
		}
	}()
	cmdutil.BehaviorOnFatal(func(text string, _ int) { panic(failure(text)) })
	run()
	return ""
}

func escape(text string) string {
	return strings.NewReplacer("\\", "\\\\", "\n", "\\n", "\t", "\\t").Replace(text)
}

func sortedUnique(words []string) []string {
	words = slices.Clone(words)
	slices.Sort(words)
	return slices.Compact(words)
}

// rows folds equal answers of consecutive minor versions into one line.
type rows struct {
	order []string
	since map[string]int
	until map[string]int
}

func newRows() *rows {
	return &rows{since: map[string]int{}, until: map[string]int{}}
}

func (r *rows) add(minor int, scenario, word, get, canI string) {
	line := scenario + "\t" + word + "\t" + get + "\t" + canI
	if until, seen := r.until[line]; seen {
		if until != minor-1 {
			log.Fatalf("%q comes back in 1.%d", line, minor)
		}
	} else {
		r.order = append(r.order, line)
		r.since[line] = minor
	}
	r.until[line] = minor
}

func (r *rows) String() string {
	var text strings.Builder
	text.WriteString("since\tuntil\tscenario\tword\tget-group\tget-version\tget-resource\tget-error\tcan-i-group\tcan-i-resource\tcan-i-stderr\n")
	slices.SortFunc(r.order, func(a, b string) int {
		cells := func(line string) string { return strings.Join(strings.SplitN(line, "\t", 3)[:2], "\t") }
		if order := strings.Compare(cells(a), cells(b)); order != 0 {
			return order
		}
		return r.since[a] - r.since[b]
	})
	for _, line := range r.order {
		fmt.Fprintf(&text, "%d\t%d\t%s\n", r.since[line], r.until[line], line)
	}
	return text.String()
}
