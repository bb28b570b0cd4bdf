package request

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	apirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	authorization "k8s.io/kubernetes/pkg/apis/authorization"
	_ "k8s.io/kubernetes/pkg/apis/authorization/install"

	"kubelogic/conformance/oracle/internal/protocol"
)

// reviewed is the answer to review.access.
type reviewed struct {
	Status     *reviewStatus `json:"status,omitempty"`
	Attributes *attributes   `json:"attributes,omitempty"`
	Refusal    *status       `json:"refusal,omitempty"`
}

type reviewStatus struct {
	Allowed         bool   `json:"allowed"`
	Denied          bool   `json:"denied"`
	Reason          string `json:"reason"`
	EvaluationError string `json:"evaluationError"`
}

// recorder keeps the last question to an authorizer.
type recorder struct {
	authorizer authorizer.Authorizer
	asked      *attributes
}

func (r *recorder) Authorize(ctx context.Context, asked authorizer.Attributes) (authorizer.Decision, string, error) {
	r.asked = attributesOf(asked)
	return r.authorizer.Authorize(ctx, asked)
}

func reviewAnswer(question *Question) (any, *protocol.Error) {
	rbac, problem := question.RBAC()
	if problem != nil {
		return nil, problem
	}
	object, _, err := legacyscheme.Codecs.UniversalDecoder().Decode(question.Review, nil, nil)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	object, err = legacyscheme.Scheme.ConvertToVersion(object, authorization.SchemeGroupVersion)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	// The decoder's type says nothing of its kind, as in the API server.
	clearKind(object)
	meta, ok := object.(metav1.Object)
	if !ok {
		return nil, protocol.Errorf("bad-object", "%T is no object", object)
	}
	asker := &recorder{authorizer: rbac}
	namespace := question.Namespace
	local := false
	switch review := object.(type) {
	case *authorization.LocalSubjectAccessReview:
		local = true
		if namespace == "" {
			namespace = review.Namespace
		}
	case *authorization.SubjectAccessReview, *authorization.SelfSubjectAccessReview:
		namespace = ""
	default:
		return nil, protocol.Errorf("bad-object", "%T is no review of access", object)
	}
	// What the handler of every creation does before it calls the registry.
	rest.WipeObjectMetaSystemFields(meta)
	if err := rest.EnsureObjectNamespaceMatchesRequestNamespace(namespace, meta); err != nil {
		refusal, problem := refusalOf(err)
		return reviewed{Refusal: refusal}, problem
	}
	ctx := apirequest.WithUser(context.Background(), userOf(question.User))
	ctx = apirequest.WithRequestInfo(ctx, &apirequest.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: authorization.GroupName, APIVersion: "v1",
	})
	if local && namespace != "" {
		ctx = apirequest.WithNamespace(ctx, namespace)
	}
	made, err := registryOf(object, asker).Create(ctx, object, nil, &metav1.CreateOptions{})
	if err != nil {
		refusal, problem := refusalOf(err)
		return reviewed{Refusal: refusal}, problem
	}
	return reviewed{Status: reviewStatusOf(made), Attributes: asker.asked}, nil
}

func clearKind(object runtime.Object) {
	switch review := object.(type) {
	case *authorization.SubjectAccessReview:
		review.TypeMeta = metav1.TypeMeta{}
	case *authorization.LocalSubjectAccessReview:
		review.TypeMeta = metav1.TypeMeta{}
	case *authorization.SelfSubjectAccessReview:
		review.TypeMeta = metav1.TypeMeta{}
	}
}

func reviewStatusOf(made runtime.Object) *reviewStatus {
	var given authorization.SubjectAccessReviewStatus
	switch review := made.(type) {
	case *authorization.SubjectAccessReview:
		given = review.Status
	case *authorization.LocalSubjectAccessReview:
		given = review.Status
	case *authorization.SelfSubjectAccessReview:
		given = review.Status
	}
	return &reviewStatus{
		Allowed:         given.Allowed,
		Denied:          given.Denied,
		Reason:          given.Reason,
		EvaluationError: given.EvaluationError,
	}
}
