//go:build review

package access

import (
	"encoding/json"
	"errors"

	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// Authorizer is the real RBAC authorizer over these objects, with the default
// policy added and ClusterRoles aggregated, listing bindings by name.
func Authorizer(objects []json.RawMessage) (authorizer.Authorizer, error) {
	store, problem := storeOf(&Question{Objects: objects, Bootstrap: true, Aggregate: true})
	if problem != nil {
		return nil, errors.New(problem.Message)
	}
	judge, problem := newJudge(store, OrderName)
	if problem != nil {
		return nil, errors.New(problem.Message)
	}
	return judge.authorizer, nil
}
