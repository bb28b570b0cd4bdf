//go:build before132

package access

import (
	rbacv1 "k8s.io/api/rbac/v1"
)

// Up to 1.31 the listers take no context.

func (s sortedBindings) ListRoleBindings(namespace string) ([]*rbacv1.RoleBinding, error) {
	return s.namespaced(namespace)
}

func (s sortedBindings) ListClusterRoleBindings() ([]*rbacv1.ClusterRoleBinding, error) {
	return s.clusterWide()
}

func (s singleBinding) ListRoleBindings(namespace string) ([]*rbacv1.RoleBinding, error) {
	return s.namespaced(namespace)
}

func (s singleBinding) ListClusterRoleBindings() ([]*rbacv1.ClusterRoleBinding, error) {
	return s.clusterWide()
}
