package access

import (
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	rbaclisters "k8s.io/client-go/listers/rbac/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"

	"kubelogic/conformance/oracle/internal/protocol"
)

// store holds objects the way the API server's informers hold them.
type store struct {
	roles, roleBindings, clusterRoles, clusterRoleBindings cache.Indexer
}

func newStore() *store {
	indexer := func() cache.Indexer {
		return cache.NewIndexer(cache.DeletionHandlingMetaNamespaceKeyFunc, cache.Indexers{
			cache.NamespaceIndex: cache.MetaNamespaceIndexFunc,
		})
	}
	return &store{indexer(), indexer(), indexer(), indexer()}
}

func (s *store) roleLister() rbaclisters.RoleLister {
	return rbaclisters.NewRoleLister(s.roles)
}

func (s *store) roleBindingLister() rbaclisters.RoleBindingLister {
	return rbaclisters.NewRoleBindingLister(s.roleBindings)
}

func (s *store) clusterRoleLister() rbaclisters.ClusterRoleLister {
	return rbaclisters.NewClusterRoleLister(s.clusterRoles)
}

func (s *store) clusterRoleBindingLister() rbaclisters.ClusterRoleBindingLister {
	return rbaclisters.NewClusterRoleBindingLister(s.clusterRoleBindings)
}

// addJSON decodes and defaults with the API server's own scheme, goes through
// the internal type as the API server does, and ends at rbac/v1, which is what
// its informers hold.
func (s *store) addJSON(raw []byte) *protocol.Error {
	internal, _, err := legacyscheme.Codecs.UniversalDecoder().Decode(raw, nil, nil)
	if err != nil {
		return protocol.Errorf("bad-object", "%v", err)
	}
	object, err := legacyscheme.Scheme.ConvertToVersion(internal, rbacv1.SchemeGroupVersion)
	if err != nil {
		return protocol.Errorf("bad-object", "%v", err)
	}
	return s.add(object)
}

func (s *store) add(object runtime.Object) *protocol.Error {
	var err error
	switch object := object.(type) {
	case *rbacv1.Role:
		err = s.roles.Add(object)
	case *rbacv1.RoleBinding:
		err = s.roleBindings.Add(object)
	case *rbacv1.ClusterRole:
		err = s.clusterRoles.Add(object)
	case *rbacv1.ClusterRoleBinding:
		err = s.clusterRoleBindings.Add(object)
	default:
		return s.addItems(object)
	}
	if err != nil {
		return protocol.Errorf("bad-object", "%v", err)
	}
	return nil
}

func (s *store) addItems(object runtime.Object) *protocol.Error {
	if !meta.IsListType(object) {
		return protocol.Errorf("bad-object", "%T is no RBAC object", object)
	}
	items, err := meta.ExtractList(object)
	if err != nil {
		return protocol.Errorf("bad-object", "%v", err)
	}
	for _, item := range items {
		if problem := s.add(item); problem != nil {
			return problem
		}
	}
	return nil
}

// ClusterRoleRules is the rules of one ClusterRole as they are stored.
type ClusterRoleRules struct {
	Name  string              `json:"name"`
	Rules []rbacv1.PolicyRule `json:"rules"`
}

// AggregateAnswer is the answer to access.aggregate.
type AggregateAnswer struct {
	ClusterRoles []ClusterRoleRules `json:"clusterRoles"`
}

func (s *store) clusterRoleRules() AggregateAnswer {
	answer := AggregateAnswer{ClusterRoles: []ClusterRoleRules{}}
	for _, name := range s.clusterRoleNames() {
		role, err := s.clusterRoleLister().Get(name)
		if err == nil {
			answer.ClusterRoles = append(answer.ClusterRoles, ClusterRoleRules{Name: name, Rules: role.Rules})
		}
	}
	return answer
}

func (s *store) clusterRoleNames() []string {
	names := s.clusterRoles.ListKeys()
	sort.Strings(names)
	return names
}
