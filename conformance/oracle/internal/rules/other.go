//go:build before132

// Package rules needs interfaces that older minors do not have.
package rules

import "kubelogic/conformance/oracle/internal/protocol"

// Answer refuses: minors before 1.32 have other interfaces.
func Answer(ask string, _ []byte) (any, *protocol.Error) {
	return nil, protocol.Errorf("unknown-ask", "%q is answered from 1.32 on", ask)
}
