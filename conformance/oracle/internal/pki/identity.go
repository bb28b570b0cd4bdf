package pki

import (
	"crypto/x509"

	x509request "k8s.io/apiserver/pkg/authentication/request/x509"

	"kubelogic/conformance/oracle/internal/protocol"
)

type identityQuestion struct {
	Certificate string `json:"certificate"`
}

func identity(q identityQuestion) (any, *protocol.Error) {
	leaf, err := first(q.Certificate)
	if err != nil {
		return nil, protocol.Errorf("pki/certificate", "%v", err)
	}
	response, ok, err := x509request.CommonNameUserConversion.User([]*x509.Certificate{leaf})
	if err != nil {
		return map[string]any{"user": nil, "error": err.Error()}, nil
	}
	if !ok {
		return map[string]any{"user": nil, "error": nil}, nil
	}
	groups := append([]string{}, response.User.GetGroups()...)
	extra := map[string][]string{}
	for key, values := range response.User.GetExtra() {
		extra[key] = values
	}
	user := map[string]any{
		"name": response.User.GetName(), "uid": response.User.GetUID(), "groups": groups, "extra": extra,
	}
	return map[string]any{"user": user, "error": nil}, nil
}
