//go:build !before137

package chain

import (
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/union"
)

// From 1.37 the union knows its authorizers by name.
func unionOf(chain []link) (authorizer.Authorizer, error) {
	var named []union.NamedAuthorizer
	for _, link := range chain {
		named = append(named, union.NamedAuthorizer{AuthorizerName: link.name, Authorizer: link.authorizer})
	}
	return union.New(named...)
}
