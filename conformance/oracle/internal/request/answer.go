// Package request asks the real components of the API server what an HTTP
// request means to an authorizer, how reviews of access are answered, who may
// act as somebody else, and what a refused client reads.
package request

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"sort"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/filters"
	apirequest "k8s.io/apiserver/pkg/endpoints/request"
	genericfilters "k8s.io/apiserver/pkg/server/filters"
	"k8s.io/klog/v2"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

// Question holds the fields of every question of this package.
type Question struct {
	access.Policy
	// Method and URL.
	Request json.RawMessage `json:"request"`
	// Who asks.
	User *access.User `json:"user"`
	// review.access: the review, and the namespace it is sent to.
	Review    json.RawMessage `json:"review"`
	Namespace string          `json:"namespace"`
	// request.forbidden: what the authorizer said.
	Reason string `json:"reason"`
	// impersonation.check: the headers, in order.
	Headers []Header `json:"headers"`
}

// Header is a header of a request.
type Header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Answer answers the questions of the rooms request, review and impersonation.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	switch ask {
	case "request.attributes":
		return attributesAnswer(&question)
	case "request.forbidden":
		return forbiddenAnswer(&question)
	case "review.access":
		return reviewAnswer(&question)
	case "impersonation.check":
		return impersonationAnswer(&question)
	}
	return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
}

// info is what a request is to the authorization filter.
type info struct {
	Error      string      `json:"error,omitempty"`
	Attributes *attributes `json:"attributes,omitempty"`
	Path       string      `json:"path"`
	APIPrefix  string      `json:"apiPrefix"`
	Long       bool        `json:"longRunning"`
}

// attributes is what an authorizer is asked.
type attributes struct {
	ResourceRequest bool      `json:"resourceRequest"`
	Verb            string    `json:"verb"`
	Path            string    `json:"path"`
	Group           string    `json:"group"`
	Version         string    `json:"version"`
	Resource        string    `json:"resource"`
	Subresource     string    `json:"subresource"`
	Namespace       string    `json:"namespace"`
	Name            string    `json:"name"`
	FieldSelector   *selector `json:"fieldSelector,omitempty"`
	LabelSelector   *selector `json:"labelSelector,omitempty"`
}

type selector struct {
	Requirements []requirement `json:"requirements"`
	Error        string        `json:"error,omitempty"`
}

type requirement struct {
	Key      string   `json:"key"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

// What the components log is in their answers.
func init() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
}

// resolver is configured as kube-apiserver's.
var resolver = &apirequest.RequestInfoFactory{
	APIPrefixes:          sets.NewString("api", "apis"),
	GrouplessAPIPrefixes: sets.NewString("api"),
}

// longRunning is kube-apiserver's own check.
var longRunning = genericfilters.BasicLongRunningRequestCheck(
	sets.NewString("watch", "proxy"),
	sets.NewString("attach", "exec", "proxy", "log", "portforward"),
)

func attributesAnswer(question *Question) (any, *protocol.Error) {
	request, problem := requestOf(question.Request)
	if problem != nil {
		return nil, problem
	}
	found, err := resolver.NewRequestInfo(request)
	if err != nil {
		return info{Error: err.Error(), Path: request.URL.Path}, nil
	}
	ctx := apirequest.WithRequestInfo(request.Context(), found)
	asked, err := filters.GetAuthorizerAttributes(ctx)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return info{
		Attributes: attributesOf(asked),
		Path:       found.Path,
		APIPrefix:  found.APIPrefix,
		Long:       longRunning(request, found),
	}, nil
}

func requestOf(raw json.RawMessage) (*http.Request, *protocol.Error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	method, address := "GET", text
	for index := range text {
		if text[index] == ' ' {
			method, address = text[:index], text[index+1:]
			break
		}
	}
	parsed, err := url.ParseRequestURI(address)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return &http.Request{Method: method, URL: parsed, RequestURI: address, Header: http.Header{}}, nil
}

func userOf(given *access.User) *user.DefaultInfo {
	if given == nil {
		return &user.DefaultInfo{}
	}
	return &user.DefaultInfo{Name: given.Name, UID: given.UID, Groups: given.Groups, Extra: given.Extra}
}

func attributesOf(asked authorizer.Attributes) *attributes {
	found := &attributes{
		ResourceRequest: asked.IsResourceRequest(),
		Verb:            asked.GetVerb(),
		Group:           asked.GetAPIGroup(),
		Version:         asked.GetAPIVersion(),
		Resource:        asked.GetResource(),
		Subresource:     asked.GetSubresource(),
		Namespace:       asked.GetNamespace(),
		Name:            asked.GetName(),
	}
	if !found.ResourceRequest {
		found.Path = asked.GetPath()
	}
	found.FieldSelector, found.LabelSelector = selectorsOf(asked)
	return found
}

func fieldSelectorOf(requirements fields.Requirements, err error) *selector {
	if len(requirements) == 0 && err == nil {
		return nil
	}
	found := &selector{Requirements: []requirement{}, Error: textOf(err)}
	for _, one := range requirements {
		found.Requirements = append(found.Requirements,
			requirement{Key: one.Field, Operator: string(one.Operator), Values: []string{one.Value}})
	}
	return found
}

func labelSelectorOf(requirements labels.Requirements, err error) *selector {
	if len(requirements) == 0 && err == nil {
		return nil
	}
	found := &selector{Requirements: []requirement{}, Error: textOf(err)}
	for _, one := range requirements {
		values := one.Values().UnsortedList()
		sort.Strings(values)
		found.Requirements = append(found.Requirements,
			requirement{Key: one.Key(), Operator: string(one.Operator()), Values: append([]string{}, values...)})
	}
	return found
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
