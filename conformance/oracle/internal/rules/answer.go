//go:build !before132

package rules

import "kubelogic/conformance/oracle/internal/protocol"

// Answer answers access.covers, access.compact, access.rules-review and
// access.list.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	switch ask {
	case "access.covers":
		return coversAnswer(line)
	case "access.compact":
		return compactAnswer(line)
	default:
		return reviewAnswer(ask, line)
	}
}
