//go:build before137

// Package workload lets the real controllers make the pods of a workload. Their
// functions have other shapes in older minors.
package workload

import "kubelogic/conformance/oracle/internal/protocol"

// Answer refuses: only the newest minor answers here.
func Answer(ask string, _ []byte) (any, *protocol.Error) {
	return nil, protocol.Errorf("unknown-ask", "%q is answered by the newest minor only", ask)
}
