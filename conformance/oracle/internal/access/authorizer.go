package access

import (
	"encoding/json"

	"k8s.io/apiserver/pkg/authorization/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Policy is what a question says about the roles and bindings that are asked.
type Policy struct {
	Objects []json.RawMessage `json:"objects"`
	// Left out or true, the default policy is added and ClusterRoles are
	// aggregated.
	Bootstrap *bool `json:"bootstrap"`
}

// RBAC is the real RBAC authorizer over a question's policy, listing bindings
// by name.
func (p Policy) RBAC() (authorizer.Authorizer, *protocol.Error) {
	whole := p.Bootstrap == nil || *p.Bootstrap
	store, problem := storeOf(&Question{Objects: p.Objects, Bootstrap: whole, Aggregate: whole})
	if problem != nil {
		return nil, problem
	}
	judge, problem := newJudge(store, OrderName)
	if problem != nil {
		return nil, problem
	}
	return judge.authorizer, nil
}
