package access

import (
	"k8s.io/apiserver/pkg/authorization/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// RBAC is the real RBAC authorizer over the objects of a question, listing
// bindings by name.
func RBAC(question *Question) (authorizer.Authorizer, *protocol.Error) {
	store, problem := storeOf(question)
	if problem != nil {
		return nil, problem
	}
	judge, problem := newJudge(store, OrderName)
	if problem != nil {
		return nil, problem
	}
	return judge.authorizer, nil
}
