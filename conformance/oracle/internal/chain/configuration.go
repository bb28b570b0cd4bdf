//go:build !before132

package chain

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	authzconfig "k8s.io/apiserver/pkg/apis/apiserver"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	authorizationcel "k8s.io/apiserver/pkg/authorization/cel"
	"k8s.io/apiserver/plugin/pkg/authorizer/webhook"
	webhookmetrics "k8s.io/apiserver/plugin/pkg/authorizer/webhook/metrics"
	"k8s.io/client-go/rest"
	kubeapiserver "k8s.io/kubernetes/pkg/kubeapiserver/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Configuration is the answer to access.configuration: what the file says
// after defaulting, or why the API server would not start with it.
type Configuration struct {
	Authorizers []Authorizer `json:"authorizers"`
	Error       *string      `json:"error"`
}

// Authorizer is one authorizer of a configuration.
type Authorizer struct {
	Type    string         `json:"type"`
	Name    string         `json:"name"`
	Webhook *WebhookConfig `json:"webhook,omitempty"`
}

// WebhookConfig is what a configuration says about a webhook; durations are
// in Go's notation.
type WebhookConfig struct {
	AuthorizedTTL                            string   `json:"authorizedTTL"`
	CacheAuthorizedRequests                  bool     `json:"cacheAuthorizedRequests"`
	UnauthorizedTTL                          string   `json:"unauthorizedTTL"`
	CacheUnauthorizedRequests                bool     `json:"cacheUnauthorizedRequests"`
	Timeout                                  string   `json:"timeout"`
	SubjectAccessReviewVersion               string   `json:"subjectAccessReviewVersion"`
	MatchConditionSubjectAccessReviewVersion string   `json:"matchConditionSubjectAccessReviewVersion"`
	FailurePolicy                            string   `json:"failurePolicy"`
	ConnectionType                           string   `json:"connectionType"`
	KubeConfigFile                           *string  `json:"kubeConfigFile"`
	MatchConditions                          []string `json:"matchConditions"`
}

var compiler = sync.OnceValue(authorizationcel.NewDefaultCompiler)

func configurationAnswer(text string) (any, *protocol.Error) {
	answer := Configuration{Authorizers: []Authorizer{}}
	loaded, err := kubeapiserver.LoadAndValidateData([]byte(text), compiler(), nil)
	if err != nil {
		message := err.Error()
		answer.Error = &message
		return answer, nil
	}
	for _, configured := range loaded.Authorizers {
		authorizer := Authorizer{Type: string(configured.Type), Name: configured.Name}
		if given := configured.Webhook; given != nil {
			authorizer.Webhook = plainWebhook(given)
		}
		answer.Authorizers = append(answer.Authorizers, authorizer)
	}
	return answer, nil
}

func plainWebhook(given *authzconfig.WebhookConfiguration) *WebhookConfig {
	plain := &WebhookConfig{
		AuthorizedTTL:                            given.AuthorizedTTL.Duration.String(),
		CacheAuthorizedRequests:                  cached(given, "CacheAuthorizedRequests"),
		UnauthorizedTTL:                          given.UnauthorizedTTL.Duration.String(),
		CacheUnauthorizedRequests:                cached(given, "CacheUnauthorizedRequests"),
		Timeout:                                  given.Timeout.Duration.String(),
		SubjectAccessReviewVersion:               given.SubjectAccessReviewVersion,
		MatchConditionSubjectAccessReviewVersion: given.MatchConditionSubjectAccessReviewVersion,
		FailurePolicy:                            given.FailurePolicy,
		ConnectionType:                           given.ConnectionInfo.Type,
		KubeConfigFile:                           given.ConnectionInfo.KubeConfigFile,
		MatchConditions:                          []string{},
	}
	for _, condition := range given.MatchConditions {
		plain.MatchConditions = append(plain.MatchConditions, condition.Expression)
	}
	return plain
}

// cached reads a switch that is there from 1.34 on; before, everything was cached.
func cached(given *authzconfig.WebhookConfiguration, field string) bool {
	value := reflect.ValueOf(given).Elem().FieldByName(field)
	return !value.IsValid() || value.Bool()
}

func configuredBy(text string) ([]configured, *protocol.Error) {
	loaded, err := kubeapiserver.LoadAndValidateData([]byte(text), compiler(), nil)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	var wanted []configured
	for _, given := range loaded.Authorizers {
		wanted = append(wanted, configured{mode: string(given.Type), name: given.Name, webhook: given.Webhook})
	}
	return wanted, nil
}

// transport answers every request with one review, or fails.
type transport struct{ answer Webhook }

func (t transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if t.answer.Error != "" {
		// The client says itself which request failed.
		_, cause, _ := strings.Cut(t.answer.Error, "\": ")
		return nil, errors.New(cause)
	}
	review := authorizationv1.SubjectAccessReview{
		TypeMeta: metav1.TypeMeta{APIVersion: "authorization.k8s.io/v1", Kind: "SubjectAccessReview"},
		Status: authorizationv1.SubjectAccessReviewStatus{
			Allowed: t.answer.Allowed, Denied: t.answer.Denied, Reason: t.answer.Reason,
		},
	}
	body, err := protocol.EncodeLine(review)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Status:     "200 OK",
		Header:     http.Header{"Content-Type": []string{"application/json"}},
		Body:       io.NopCloser(bytes.NewReader(body)),
		Request:    request,
	}, nil
}

func webhookOf(configured configured, answer Webhook) (authorizer.Authorizer, *protocol.Error) {
	onError := authorizer.DecisionNoOpinion
	var conditions []authzconfig.WebhookMatchCondition
	if given, ok := configured.webhook.(*authzconfig.WebhookConfiguration); ok {
		conditions = given.MatchConditions
		if given.FailurePolicy == authzconfig.FailurePolicyDeny {
			onError = authorizer.DecisionDeny
		}
	}
	client := &rest.Config{Host: "https://webhook.example", Transport: transport{answer}, QPS: -1}
	backoff := wait.Backoff{Duration: time.Nanosecond, Steps: 1}
	metrics := webhookmetrics.NoopAuthorizerMetrics{}
	made, err := webhook.New(client, "v1", 0, 0, backoff, onError, conditions, configured.name, metrics, compiler())
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", fmt.Errorf("webhook: %w", err))
	}
	return made, nil
}
