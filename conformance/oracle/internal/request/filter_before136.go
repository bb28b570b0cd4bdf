//go:build since135 && !since136

package request

import (
	"net/http"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/endpoints/filters/impersonation"
)

// impersonationFilter is the one that is on by default.
func impersonationFilter(next http.Handler, ears *listener, serializer runtime.NegotiatedSerializer) http.Handler {
	return impersonation.WithImpersonation(next, ears, serializer)
}
