// Command kubelet answers what the real kubelet asks its authorizer about an
// HTTP request. It is a module of its own, for the kubelet's server brings far
// more packages than the other programs need.
//
//	kubelet [-workers N]               questions on standard input
//	kubelet record INPUTS.jsonl...     write cases beside their inputs
//	kubelet verify CASES.json...       ask recorded cases again
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"

	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/component-base/featuregate"

	"kubelogic/conformance/oracle/internal/protocol"
	"kubelogic/conformance/oracle/internal/record"
)

// question is a request to the kubelet of a node.
type question struct {
	Node         string          `json:"node"`
	Request      string          `json:"request"`
	FeatureGates map[string]bool `json:"featureGates"`
}

// check is one thing that the kubelet asks its authorizer.
type check struct {
	ResourceRequest bool `json:"resourceRequest"`
	// The path does not matter to a request for a resource.
	Path        string `json:"path"`
	Verb        string `json:"verb"`
	Group       string `json:"group"`
	Version     string `json:"version"`
	Resource    string `json:"resource"`
	Subresource string `json:"subresource"`
	Namespace   string `json:"namespace"`
	Name        string `json:"name"`
}

type answer struct {
	Checks []check `json:"checks"`
}

func answerOf(ask string, line []byte) (any, *protocol.Error) {
	if ask != "request.kubelet" {
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	method, target, found := strings.Cut(asked.Request, " ")
	if !found {
		method, target = http.MethodGet, asked.Request
	}
	address, err := url.ParseRequestURI(target)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	// One process has one set of gates; questions with gates are asked alone.
	for name, on := range asked.FeatureGates {
		gate := featuregate.Feature(name)
		before := utilfeature.DefaultFeatureGate.Enabled(gate)
		if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(map[string]bool{name: on}); err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		defer func() {
			_ = utilfeature.DefaultMutableFeatureGate.SetFromMap(map[string]bool{name: before})
		}()
	}
	request := &http.Request{Method: method, URL: address}
	result := answer{Checks: []check{}}
	for _, attributes := range attributesOf(asked.Node, &user.DefaultInfo{Name: "someone"}, request) {
		result.Checks = append(result.Checks, checkOf(attributes))
	}
	return result, nil
}

func checkOf(attributes authorizer.Attributes) check {
	return check{
		ResourceRequest: attributes.IsResourceRequest(),
		Verb:            attributes.GetVerb(),
		Group:           attributes.GetAPIGroup(),
		Version:         attributes.GetAPIVersion(),
		Resource:        attributes.GetResource(),
		Subresource:     attributes.GetSubresource(),
		Namespace:       attributes.GetNamespace(),
		Name:            attributes.GetName(),
	}
}

func main() {
	oracle := record.Oracle{Module: "k8s.io/kubernetes", Answer: answerOf}
	if record.Command(oracle, os.Args[1:]) {
		return
	}
	workers := flag.Int("workers", runtime.NumCPU(), "questions answered side by side")
	version := flag.Bool("version", false, "print the Kubernetes version this oracle is built from")
	flag.Parse()
	if *version {
		fmt.Println(protocol.KubeVersion())
		return
	}
	protocol.RelaxCollector()
	if err := protocol.Serve(os.Stdin, os.Stdout, *workers, answerOf); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}
