package access

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	rbaclisters "k8s.io/client-go/listers/rbac/v1"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Stored is what an API server holds, for the rooms that ask other components
// than the authorizer about it.
type Stored struct{ *store }

// Load stores objects: see Question for what the two switches do.
func Load(objects []json.RawMessage, bootstrap, aggregated bool) (Stored, *protocol.Error) {
	stored, problem := storeOf(&Question{Objects: objects, Bootstrap: bootstrap, Aggregate: aggregated})
	return Stored{stored}, problem
}

// Bootstrap is the default policy after defaulting, sorted by namespace and name.
func Bootstrap() []runtime.Object { return bootstrapObjects() }

// Roles lists Roles.
func (s Stored) Roles() rbaclisters.RoleLister { return s.roleLister() }

// RoleBindings lists RoleBindings.
func (s Stored) RoleBindings() rbaclisters.RoleBindingLister { return s.roleBindingLister() }

// ClusterRoles lists ClusterRoles.
func (s Stored) ClusterRoles() rbaclisters.ClusterRoleLister { return s.clusterRoleLister() }

// ClusterRoleBindings lists ClusterRoleBindings.
func (s Stored) ClusterRoleBindings() rbaclisters.ClusterRoleBindingLister {
	return s.clusterRoleBindingLister()
}

// RBAC is the real authorizer over the objects, which lists bindings by name.
func (s Stored) RBAC() *rbac.RBACAuthorizer {
	sorted := sortedBindings{s.store}
	return rbac.New(&rbac.RoleGetter{Lister: s.roleLister()}, sorted,
		&rbac.ClusterRoleGetter{Lister: s.clusterRoleLister()}, sorted)
}

// Attributes is a request as an authorizer sees it.
func Attributes(who *User, request *Request) authorizer.Attributes { return attributes(who, request) }
