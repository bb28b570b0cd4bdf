package access

import (
	"context"
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Order is how bindings are listed to the authorizer.
type Order string

const (
	// OrderLister is the API server's: Go's map order, different each time.
	OrderLister Order = ""
	// OrderName lists bindings by name.
	OrderName Order = "name"
	// OrderAll asks about each binding alone and answers the set of reasons
	// the API server could give.
	OrderAll Order = "all"
)

// Verdict is what the authorizer answered.
type Verdict struct {
	Allowed bool   `json:"allowed"`
	Reason  string `json:"reason"`
	Error   string `json:"error,omitempty"`
	// With OrderAll: every reason the answer could carry, sorted. For a
	// refusal these are the reasons of the bindings one by one, which the
	// authorizer joins in the order it meets them.
	Reasons []string `json:"reasons,omitempty"`
}

// judge answers requests about one store.
type judge struct {
	authorizer authorizer.Authorizer
	// With OrderAll: one authorizer per binding.
	clusterWide []authorizer.Authorizer
	namespaced  map[string][]authorizer.Authorizer
}

func newJudge(store *store, order Order) (*judge, *protocol.Error) {
	roles := &rbac.RoleGetter{Lister: store.roleLister()}
	roleBindings := &rbac.RoleBindingLister{Lister: store.roleBindingLister()}
	clusterRoles := &rbac.ClusterRoleGetter{Lister: store.clusterRoleLister()}
	clusterRoleBindings := &rbac.ClusterRoleBindingLister{Lister: store.clusterRoleBindingLister()}
	sorted := sortedBindings{store}
	switch order {
	case OrderLister:
		return &judge{authorizer: rbac.New(roles, roleBindings, clusterRoles, clusterRoleBindings)}, nil
	case OrderName:
		return &judge{authorizer: rbac.New(roles, sorted, clusterRoles, sorted)}, nil
	case OrderAll:
	default:
		return nil, protocol.Errorf("bad-question", "no such order: %q", order)
	}

	result := &judge{
		authorizer: rbac.New(roles, sorted, clusterRoles, sorted),
		namespaced: map[string][]authorizer.Authorizer{},
	}
	bindings, err := sorted.clusterWide()
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	for _, binding := range bindings {
		alone := singleBinding{cluster: binding}
		result.clusterWide = append(result.clusterWide, rbac.New(roles, alone, clusterRoles, alone))
	}
	for _, object := range store.roleBindings.List() {
		binding, ok := object.(*rbacv1.RoleBinding)
		if !ok {
			continue
		}
		alone := singleBinding{role: binding}
		result.namespaced[binding.Namespace] = append(result.namespaced[binding.Namespace],
			rbac.New(roles, alone, clusterRoles, alone))
	}
	return result, nil
}

func (j *judge) verdict(request authorizer.Attributes) Verdict {
	decision, reason, err := j.authorizer.Authorize(context.Background(), request)
	verdict := Verdict{Allowed: decision == authorizer.DecisionAllow, Reason: reason}
	if err != nil {
		verdict.Error = err.Error()
	}
	if j.namespaced != nil {
		verdict.Reasons = j.reasons(request, decision)
	}
	return verdict
}

// reasons collects what each binding alone would make the authorizer say.
// Cluster role bindings always come first, so role bindings can only be named
// when no cluster role binding allows.
func (j *judge) reasons(request authorizer.Attributes, decision authorizer.Decision) []string {
	var reasons []string
	for _, group := range [][]authorizer.Authorizer{j.clusterWide, j.namespaced[request.GetNamespace()]} {
		for _, alone := range group {
			outcome, reason, _ := alone.Authorize(context.Background(), request)
			if outcome == decision && reason != "" {
				reasons = append(reasons, reason)
			}
		}
		if decision == authorizer.DecisionAllow && len(reasons) > 0 {
			break
		}
	}
	sort.Strings(reasons)
	return distinct(reasons)
}

func distinct(sorted []string) []string {
	kept := sorted[:0]
	for i, text := range sorted {
		if i == 0 || text != sorted[i-1] {
			kept = append(kept, text)
		}
	}
	return kept
}
