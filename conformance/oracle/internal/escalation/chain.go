//go:build !before137

package escalation

import (
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/authorization/union"
)

// chain is what an API server with --authorization-mode=RBAC asks.
func chain(rbac authorizer.Authorizer) (authorizer.Authorizer, error) {
	return union.New(
		union.NamedAuthorizer{
			AuthorizerName: "system:masters",
			Authorizer:     authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup),
		},
		union.NamedAuthorizer{AuthorizerName: "rbac", Authorizer: rbac},
	)
}
