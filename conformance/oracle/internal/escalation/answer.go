//go:build !before132

package escalation

import (
	"context"
	"encoding/json"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/rbac"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

// internalKind is the type of objects inside the API server: none.
var internalKind = schema.GroupVersionKind{}

type write struct {
	User      *access.User    `json:"user"`
	Operation string          `json:"operation"`
	Object    json.RawMessage `json:"object"`
}

type question struct {
	Objects   []json.RawMessage `json:"objects"`
	Bootstrap string            `json:"bootstrap"`
	Aggregate bool              `json:"aggregate"`
	write
}

// Outcome is the answer to access.check-write: what a client sees.
type Outcome struct {
	Allowed bool   `json:"allowed"`
	Code    int32  `json:"code,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
}

// Answer answers access.check-write.
func Answer(_ string, line []byte) (any, *protocol.Error) {
	var question question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	stored, problem := access.Load(question.Objects, question.Bootstrap == "auto", question.Aggregate)
	if problem != nil {
		return nil, problem
	}
	server, err := newServer(stored)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	return server.outcome(question.write)
}

var resources = map[string]string{
	"Role": "roles", "ClusterRole": "clusterroles", "RoleBinding": "rolebindings", "ClusterRoleBinding": "clusterrolebindings",
}

func (s *server) outcome(one write) (*Outcome, *protocol.Error) {
	object, kind, err := legacyscheme.Codecs.UniversalDecoder(rbac.SchemeGroupVersion).Decode(one.Object, nil, nil)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	resource := resources[kind.Kind]
	if resource == "" {
		return nil, protocol.Errorf("bad-object", "%s is no RBAC object", kind.Kind)
	}
	object.GetObjectKind().SetGroupVersionKind(internalKind)
	if err := s.handle(one, object, resource); err != nil {
		status := responsewriters.ErrorToAPIStatus(err)
		return &Outcome{false, status.Code, string(status.Reason), status.Message}, nil
	}
	return &Outcome{Allowed: true}, nil
}

// handle does what the handler of a request does, without admission.
func (s *server) handle(one write, object runtime.Object, resource string) error {
	who := one.User
	if who == nil {
		who = &access.User{}
	}
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	info := &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: one.Operation, APIPrefix: "apis", APIGroup: rbac.GroupName, APIVersion: "v1", Resource: resource,
	}
	if one.Operation == "apply" {
		info.Verb = "patch"
	}
	if !strings.HasPrefix(resource, "cluster") {
		info.Namespace = accessor.GetNamespace()
	}
	if one.Operation != "create" {
		info.Name = accessor.GetName()
	}
	asking := &user.DefaultInfo{Name: who.Name, UID: who.UID, Groups: who.Groups, Extra: who.Extra}
	ctx := genericapirequest.WithUser(context.Background(), asking)
	ctx = genericapirequest.WithRequestInfo(ctx, info)
	ctx = genericapirequest.WithNamespace(ctx, info.Namespace)

	attributes := authorizer.AttributesRecord{
		User: asking, Verb: info.Verb, APIGroup: info.APIGroup, APIVersion: info.APIVersion, Resource: resource,
		Namespace: info.Namespace, Name: info.Name, ResourceRequest: true,
	}
	if err := s.authorized(ctx, attributes); err != nil {
		return err
	}
	namespace := rest.ExpectedNamespaceForScope(info.Namespace, !strings.HasPrefix(resource, "cluster"))
	if err := rest.EnsureObjectNamespaceMatchesRequestNamespace(namespace, accessor); err != nil {
		return err
	}
	validate := func(context.Context, runtime.Object) error { return nil }
	if one.Operation == "create" {
		_, err := s.storage[resource].Create(ctx, object, validate, &metav1.CreateOptions{})
		return err
	}
	// A write to what is not there is a creation, and that needs a permission of its own.
	mayCreate := func(ctx context.Context, _ runtime.Object) error {
		creation := attributes
		creation.Verb = "create"
		return s.authorized(ctx, creation)
	}
	updates := func(context.Context, runtime.Object, runtime.Object) error { return nil }
	changed := rest.DefaultUpdatedObjectInfo(object)
	if one.Operation != "update" {
		changed = rest.DefaultUpdatedObjectInfo(nil, patched(object, one.Operation, resource))
	}
	_, _, err = s.storage[resource].Update(ctx, info.Name, changed, mayCreate, updates, one.Operation == "apply", &metav1.UpdateOptions{})
	return err
}

// patched makes the object what a patch leads to: what the server keeps for
// itself stays as it is stored.
func patched(object runtime.Object, operation, resource string) rest.TransformFunc {
	return func(_ context.Context, _, old runtime.Object) (runtime.Object, error) {
		result := object.DeepCopyObject()
		now, err := meta.Accessor(result)
		if err != nil {
			return nil, err
		}
		before, err := meta.Accessor(old)
		if err != nil {
			return nil, err
		}
		if before.GetName() == "" {
			if operation == "patch" {
				return nil, apierrors.NewNotFound(rbac.Resource(resource), now.GetName())
			}
			return result, nil
		}
		now.SetUID(before.GetUID())
		now.SetResourceVersion(before.GetResourceVersion())
		now.SetGeneration(before.GetGeneration())
		now.SetCreationTimestamp(before.GetCreationTimestamp())
		now.SetDeletionTimestamp(before.GetDeletionTimestamp())
		now.SetDeletionGracePeriodSeconds(before.GetDeletionGracePeriodSeconds())
		return result, nil
	}
}

func (s *server) authorized(ctx context.Context, attributes authorizer.Attributes) error {
	decision, reason, err := s.authorizer.Authorize(ctx, attributes)
	if decision == authorizer.DecisionAllow {
		return nil
	}
	if err != nil {
		return apierrors.NewInternalError(err)
	}
	return responsewriters.ForbiddenStatusError(attributes, reason)
}
