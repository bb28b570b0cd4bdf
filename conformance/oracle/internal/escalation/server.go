//go:build !before132

package escalation

import (
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/rbac"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	clusterrolepolicybased "k8s.io/kubernetes/pkg/registry/rbac/clusterrole/policybased"
	clusterrolestore "k8s.io/kubernetes/pkg/registry/rbac/clusterrole/storage"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	clusterrolebindingpolicybased "k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding/policybased"
	clusterrolebindingstore "k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding/storage"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	rolepolicybased "k8s.io/kubernetes/pkg/registry/rbac/role/policybased"
	rolestore "k8s.io/kubernetes/pkg/registry/rbac/role/storage"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	rolebindingpolicybased "k8s.io/kubernetes/pkg/registry/rbac/rolebinding/policybased"
	rolebindingstore "k8s.io/kubernetes/pkg/registry/rbac/rolebinding/storage"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"

	"kubelogic/conformance/oracle/internal/access"
)

// server is the part of an API server that serves roles and bindings.
type server struct {
	authorizer authorizer.Authorizer
	storage    map[string]rest.StandardStorage
	// Everything that is stored, by resource and namespace/name.
	objects map[string]map[string]runtime.Object
}

func newServer(stored access.Stored) (*server, error) {
	objects, err := internalObjects(stored)
	if err != nil {
		return nil, err
	}
	authorizer, err := chain(stored.RBAC())
	if err != nil {
		return nil, err
	}
	options := stores{objects}
	roles, err := rolestore.NewREST(options)
	if err != nil {
		return nil, err
	}
	roleBindings, err := rolebindingstore.NewREST(options)
	if err != nil {
		return nil, err
	}
	clusterRoles, err := clusterrolestore.NewREST(options)
	if err != nil {
		return nil, err
	}
	clusterRoleBindings, err := clusterrolebindingstore.NewREST(options)
	if err != nil {
		return nil, err
	}
	resolver := validation.NewDefaultRuleResolver(
		role.AuthorizerAdapter{Registry: role.NewRegistry(roles)},
		rolebinding.AuthorizerAdapter{Registry: rolebinding.NewRegistry(roleBindings)},
		clusterrole.AuthorizerAdapter{Registry: clusterrole.NewRegistry(clusterRoles)},
		clusterrolebinding.AuthorizerAdapter{Registry: clusterrolebinding.NewRegistry(clusterRoleBindings)},
	)
	return &server{authorizer, map[string]rest.StandardStorage{
		"roles":               rolepolicybased.NewStorage(roles, authorizer, resolver),
		"rolebindings":        rolebindingpolicybased.NewStorage(roleBindings, authorizer, resolver),
		"clusterroles":        clusterrolepolicybased.NewStorage(clusterRoles, authorizer, resolver),
		"clusterrolebindings": clusterrolebindingpolicybased.NewStorage(clusterRoleBindings, authorizer, resolver),
	}, objects}, nil
}

// created is when objects were created whose input does not say so.
var created = metav1.NewTime(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))

// internalObjects is what is stored, with what a server would have added.
func internalObjects(stored access.Stored) (map[string]map[string]runtime.Object, error) {
	objects := map[string]map[string]runtime.Object{}
	add := func(resource string, versioned runtime.Object) error {
		internal, err := legacyscheme.Scheme.ConvertToVersion(versioned, rbac.SchemeGroupVersion)
		if err != nil {
			return err
		}
		internal.GetObjectKind().SetGroupVersionKind(internalKind)
		accessor, err := meta.Accessor(internal)
		if err != nil {
			return err
		}
		accessor.SetResourceVersion(fmt.Sprint(version))
		if accessor.GetUID() == "" {
			accessor.SetUID(types.UID("made-up"))
		}
		if made := accessor.GetCreationTimestamp(); made.IsZero() {
			accessor.SetCreationTimestamp(created)
		}
		key := accessor.GetName()
		if accessor.GetNamespace() != "" {
			key = accessor.GetNamespace() + "/" + key
		}
		if objects[resource] == nil {
			objects[resource] = map[string]runtime.Object{}
		}
		objects[resource][key] = internal
		return nil
	}
	roles, err := stored.Roles().List(labels.Everything())
	for i := 0; err == nil && i < len(roles); i++ {
		err = add("roles", roles[i])
	}
	if err != nil {
		return nil, err
	}
	roleBindings, err := stored.RoleBindings().List(labels.Everything())
	for i := 0; err == nil && i < len(roleBindings); i++ {
		err = add("rolebindings", roleBindings[i])
	}
	if err != nil {
		return nil, err
	}
	clusterRoles, err := stored.ClusterRoles().List(labels.Everything())
	for i := 0; err == nil && i < len(clusterRoles); i++ {
		err = add("clusterroles", clusterRoles[i])
	}
	if err != nil {
		return nil, err
	}
	bindings, err := stored.ClusterRoleBindings().List(labels.Everything())
	for i := 0; err == nil && i < len(bindings); i++ {
		err = add("clusterrolebindings", bindings[i])
	}
	return objects, err
}
