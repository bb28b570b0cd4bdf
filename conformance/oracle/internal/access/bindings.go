package access

import (
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// sortedBindings lists what the real listers list, by name.
type sortedBindings struct{ store *store }

func (s sortedBindings) namespaced(namespace string) ([]*rbacv1.RoleBinding, error) {
	bindings, err := s.store.roleBindingLister().RoleBindings(namespace).List(labels.Everything())
	sort.Slice(bindings, func(i, j int) bool { return bindings[i].Name < bindings[j].Name })
	return bindings, err
}

func (s sortedBindings) clusterWide() ([]*rbacv1.ClusterRoleBinding, error) {
	bindings, err := s.store.clusterRoleBindingLister().List(labels.Everything())
	sort.Slice(bindings, func(i, j int) bool { return bindings[i].Name < bindings[j].Name })
	return bindings, err
}

// singleBinding lists one binding and nothing else.
type singleBinding struct {
	cluster *rbacv1.ClusterRoleBinding
	role    *rbacv1.RoleBinding
}

func (s singleBinding) namespaced(namespace string) ([]*rbacv1.RoleBinding, error) {
	if s.role == nil || s.role.Namespace != namespace {
		return nil, nil
	}
	return []*rbacv1.RoleBinding{s.role}, nil
}

func (s singleBinding) clusterWide() ([]*rbacv1.ClusterRoleBinding, error) {
	if s.cluster == nil {
		return nil, nil
	}
	return []*rbacv1.ClusterRoleBinding{s.cluster}, nil
}
