//go:build !before132

package access

import (
	"context"

	rbacv1 "k8s.io/api/rbac/v1"
)

// From 1.32 the authorizer passes its context to the listers.

func (s sortedBindings) ListRoleBindings(_ context.Context, namespace string) ([]*rbacv1.RoleBinding, error) {
	return s.namespaced(namespace)
}

func (s sortedBindings) ListClusterRoleBindings(_ context.Context) ([]*rbacv1.ClusterRoleBinding, error) {
	return s.clusterWide()
}

func (s singleBinding) ListRoleBindings(_ context.Context, namespace string) ([]*rbacv1.RoleBinding, error) {
	return s.namespaced(namespace)
}

func (s singleBinding) ListClusterRoleBindings(_ context.Context) ([]*rbacv1.ClusterRoleBinding, error) {
	return s.clusterWide()
}
