//go:build since135

package request

import (
	"context"
	"net/http"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
)

func writeForbidden(_ context.Context, asked authorizer.Attributes, out http.ResponseWriter, request *http.Request, reason string, serializer runtime.NegotiatedSerializer) {
	responsewriters.Forbidden(asked, out, request, reason, serializer)
}
