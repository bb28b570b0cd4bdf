//go:build before132

package chain

import (
	"k8s.io/apiserver/pkg/authorization/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Before 1.32 these functions have other parameters, and nobody asks.

func configurationAnswer(string) (any, *protocol.Error) {
	return nil, protocol.Errorf("version-unsupported", "authorization configurations are asked from 1.32 on")
}

func configuredBy(string) ([]configured, *protocol.Error) {
	return nil, protocol.Errorf("version-unsupported", "authorization configurations are asked from 1.32 on")
}

func webhookOf(configured, Webhook) (authorizer.Authorizer, *protocol.Error) {
	return nil, protocol.Errorf("version-unsupported", "webhooks are asked from 1.32 on")
}
