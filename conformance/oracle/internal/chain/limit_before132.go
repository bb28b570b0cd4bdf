//go:build before132

package chain

import "k8s.io/apiserver/pkg/authorization/authorizer"

func limit(*authorizer.AttributesRecord, *Request) {}
