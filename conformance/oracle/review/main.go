//go:build review

// Command review is as much of an API server as `kubectl auth can-i` needs:
// discovery documents, impersonation and SelfSubjectAccessReviews, decided by
// the real RBAC authorizer behind the real union authorizer.
//
//	review -discovery DIR -objects FILE -kubectl KUBECTL < CASES.jsonl
//
// FILE is a JSON array of objects. For each line {"args": [...]} it runs
// KUBECTL auth can-i with these arguments and prints the line with what
// kubectl wrote and how it ended.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/union"
	"k8s.io/apiserver/pkg/endpoints/filters/impersonation"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/client-go/kubernetes/scheme"

	"kubelogic/conformance/oracle/internal/access"
)

func main() {
	discovery := flag.String("discovery", "", "the `folder` with the discovery documents")
	objects := flag.String("objects", "", "a `file` with a JSON array of objects")
	kubectl := flag.String("kubectl", "kubectl", "the kubectl to run")
	flag.Parse()

	var raw []json.RawMessage
	text, err := os.ReadFile(*objects)
	exitOn(err)
	exitOn(json.Unmarshal(text, &raw))
	rbac, err := access.Authorizer(raw)
	exitOn(err)
	chain, err := union.New(union.NamedAuthorizer{AuthorizerName: "rbac", Authorizer: rbac})
	exitOn(err)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	exitOn(err)
	go func() { exitOn(http.Serve(listener, server(*discovery, chain))) }()
	config, err := os.CreateTemp("", "kubeconfig")
	exitOn(err)
	defer os.Remove(config.Name())
	fmt.Fprintf(config, `{"apiVersion":"v1","kind":"Config","current-context":"c",
"clusters":[{"name":"c","cluster":{"server":"http://%s"}}],"users":[{"name":"c","user":{}}],
"contexts":[{"name":"c","context":{"cluster":"c","user":"c"}}]}`, listener.Addr())
	exitOn(config.Close())
	cache, err := os.MkdirTemp("", "cache")
	exitOn(err)
	defer os.RemoveAll(cache)

	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var entry struct {
			About  string   `json:"about,omitempty"`
			Args   []string `json:"args"`
			Exit   int      `json:"exit"`
			Stdout string   `json:"stdout"`
			Stderr string   `json:"stderr"`
		}
		exitOn(json.Unmarshal(lines.Bytes(), &entry))
		args := append([]string{"auth", "can-i", "--kubeconfig", config.Name(), "--cache-dir", cache}, entry.Args...)
		command := exec.Command(*kubectl, args...)
		var stdout, stderr bytes.Buffer
		command.Stdout, command.Stderr = &stdout, &stderr
		var ended *exec.ExitError
		if err := command.Run(); errors.As(err, &ended) {
			entry.Exit = ended.ExitCode()
		} else {
			exitOn(err)
		}
		entry.Stdout, entry.Stderr = stdout.String(), stderr.String()
		out := json.NewEncoder(os.Stdout)
		out.SetEscapeHTML(false)
		exitOn(out.Encode(entry))
	}
	exitOn(lines.Err())
}

func server(discovery string, chain authorizer.Authorizer) http.Handler {
	everything := authorizer.AuthorizerFunc(
		func(ctx context.Context, a authorizer.Attributes) (authorizer.Decision, string, error) {
			return authorizer.DecisionAllow, "", nil
		})
	review := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r, chain) })
	impersonate := impersonation.WithConstrainedImpersonation(review, everything, scheme.Codecs)
	resolver := &request.RequestInfoFactory{APIPrefixes: sets.NewString("api", "apis"), GrouplessAPIPrefixes: sets.NewString("api")}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			name := strings.ReplaceAll(strings.Trim(r.URL.Path, "/"), "/", "__") + ".json"
			text, err := os.ReadFile(filepath.Join(discovery, filepath.Base(name)))
			if err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.Write(text)
			return
		}
		info, err := resolver.NewRequestInfo(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		ctx := request.WithRequestInfo(r.Context(), info)
		ctx = request.WithUser(ctx, &user.DefaultInfo{Name: "operator", Groups: []string{"system:authenticated"}})
		impersonate.ServeHTTP(w, r.WithContext(ctx))
	})
}

func answer(w http.ResponseWriter, r *http.Request, chain authorizer.Authorizer) {
	var review authorizationv1.SelfSubjectAccessReview
	body, err := io.ReadAll(r.Body)
	if err == nil {
		// kubectl sends protobuf.
		_, _, err = scheme.Codecs.UniversalDeserializer().Decode(body, nil, &review)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	who, _ := request.UserFrom(r.Context())
	record := authorizer.AttributesRecord{User: who}
	if path := review.Spec.NonResourceAttributes; path != nil {
		record.Verb, record.Path = path.Verb, path.Path
	} else if resource := review.Spec.ResourceAttributes; resource != nil {
		record.ResourceRequest = true
		record.Verb, record.Namespace, record.APIGroup = resource.Verb, resource.Namespace, resource.Group
		record.Resource, record.Subresource, record.Name = resource.Resource, resource.Subresource, resource.Name
	}
	review.TypeMeta = metav1.TypeMeta{APIVersion: "authorization.k8s.io/v1", Kind: "SelfSubjectAccessReview"}
	decision, reason, err := chain.Authorize(r.Context(), record)
	review.Status = authorizationv1.SubjectAccessReviewStatus{Allowed: decision == authorizer.DecisionAllow, Reason: reason}
	if err != nil {
		review.Status.EvaluationError = err.Error()
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	if err := json.NewEncoder(w).Encode(review); err != nil {
		log.Print(err)
	}
}

func exitOn(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
