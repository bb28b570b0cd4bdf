//go:build !since135

package request

import (
	"net/http"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/filters"
)

// impersonationFilter is the only one.
func impersonationFilter(next http.Handler, ears *listener, serializer runtime.NegotiatedSerializer) http.Handler {
	return filters.WithImpersonation(next, ears, serializer)
}
