package request

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"

	"k8s.io/apiserver/pkg/authorization/authorizer"
	apirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/client-go/kubernetes/scheme"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

// impersonated is the answer to impersonation.check.
type impersonated struct {
	Allowed bool         `json:"allowed"`
	User    *access.User `json:"user,omitempty"`
	Mode    string       `json:"mode,omitempty"`
	Refusal *status      `json:"refusal,omitempty"`
	Checks  []asked      `json:"checks"`
}

// asked is one question to the authorizer.
type asked struct {
	Mode       string      `json:"mode"`
	Attributes *attributes `json:"attributes"`
	Allowed    bool        `json:"allowed"`
	Reason     string      `json:"reason"`
}

// listener keeps every question to an authorizer.
type listener struct {
	authorizer authorizer.Authorizer
	heard      []asked
}

func (l *listener) Authorize(ctx context.Context, question authorizer.Attributes) (authorizer.Decision, string, error) {
	decision, reason, err := l.authorizer.Authorize(ctx, question)
	l.heard = append(l.heard, asked{
		Mode:       modeOf(question.GetVerb()),
		Attributes: attributesOf(question),
		Allowed:    decision == authorizer.DecisionAllow,
		Reason:     reason,
	})
	return decision, reason, err
}

// modeOf is the mode that a verb belongs to.
func modeOf(verb string) string {
	parts := strings.SplitN(verb, ":", 3)
	if len(parts) < 2 {
		return "legacy"
	}
	return parts[1]
}

func impersonationAnswer(question *Question) (any, *protocol.Error) {
	rbac, problem := question.RBAC()
	if problem != nil {
		return nil, problem
	}
	request, problem := requestOf(question.Request)
	if problem != nil {
		return nil, problem
	}
	info, err := resolver.NewRequestInfo(request)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	for _, header := range question.Headers {
		request.Header.Add(header.Name, header.Value)
	}
	ctx := apirequest.WithUser(request.Context(), userOf(question.User))
	ctx = apirequest.WithRequestInfo(ctx, info)
	result := impersonated{Checks: []asked{}}
	ears := &listener{authorizer: rbac}
	carriedOut := http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		who, _ := apirequest.UserFrom(request.Context())
		result.Allowed = true
		result.User = &access.User{Name: who.GetName(), UID: who.GetUID(), Groups: who.GetGroups(), Extra: who.GetExtra()}
	})
	recorder := httptest.NewRecorder()
	impersonationFilter(carriedOut, ears, scheme.Codecs).ServeHTTP(recorder, request.WithContext(ctx))
	result.Checks = append(result.Checks, ears.heard...)
	if !result.Allowed {
		result.Refusal = writtenStatus(recorder)
	} else if count := len(ears.heard); count > 0 {
		// The last check is one of the mode that allowed it.
		result.Mode = ears.heard[count-1].Mode
	}
	return result, nil
}
