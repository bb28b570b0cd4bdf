//go:build !before132 && !before135

package main

import (
	"context"
	"net/http"

	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/pkg/kubelet/server"
)

func attributesOf(node string, who user.Info, request *http.Request) []authorizer.Attributes {
	getter := server.NewNodeAuthorizerAttributesGetter(types.NodeName(node))
	return getter.GetRequestAttributes(context.Background(), who, request)
}
