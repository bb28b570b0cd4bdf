package request

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/client-go/kubernetes/scheme"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

// status is a refusal as a client gets it.
type status struct {
	Code    int32    `json:"code"`
	Reason  string   `json:"reason"`
	Message string   `json:"message"`
	Details *details `json:"details,omitempty"`
}

type details struct {
	Name   string  `json:"name"`
	Group  string  `json:"group"`
	Kind   string  `json:"kind"`
	Causes []cause `json:"causes,omitempty"`
}

type cause struct {
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Field   string `json:"field"`
}

func statusOf(given metav1.Status) *status {
	found := &status{Code: given.Code, Reason: string(given.Reason), Message: given.Message}
	if given.Details != nil {
		found.Details = &details{Name: given.Details.Name, Group: given.Details.Group, Kind: given.Details.Kind}
		for _, one := range given.Details.Causes {
			found.Details.Causes = append(found.Details.Causes,
				cause{Reason: string(one.Type), Message: one.Message, Field: one.Field})
		}
	}
	return found
}

// refusalOf is the status of an error of the API server.
func refusalOf(err error) (*status, *protocol.Error) {
	var known apierrors.APIStatus
	if !errors.As(err, &known) {
		return nil, protocol.Errorf("bad-answer", "%v", err)
	}
	return statusOf(known.Status()), nil
}

// writtenStatus is what a handler answered: a Status, or plain text.
func writtenStatus(recorder *httptest.ResponseRecorder) *status {
	var given metav1.Status
	if err := json.Unmarshal(recorder.Body.Bytes(), &given); err == nil && given.Kind == "Status" {
		return statusOf(given)
	}
	return &status{Code: int32(recorder.Code), Message: recorder.Body.String()}
}

type forbidden struct {
	Status *status `json:"status"`
}

func forbiddenAnswer(question *Question) (any, *protocol.Error) {
	var asked access.Request
	if err := json.Unmarshal(question.Request, &asked); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	record := authorizer.AttributesRecord{
		User:            userOf(question.User),
		Verb:            asked.Verb,
		APIGroup:        asked.Group,
		APIVersion:      asked.Version,
		Resource:        asked.Resource,
		Subresource:     asked.Subresource,
		Name:            asked.Name,
		Namespace:       asked.Namespace,
		ResourceRequest: asked.Path == nil,
	}
	if asked.Path != nil {
		record.Path = *asked.Path
	}
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	writeForbidden(context.Background(), record, recorder, request, question.Reason, scheme.Codecs)
	return forbidden{Status: writtenStatus(recorder)}, nil
}
