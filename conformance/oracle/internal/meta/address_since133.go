//go:build since133

package meta

import (
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	netutils "k8s.io/utils/net"

	"kubelogic/conformance/oracle/internal/protocol"
)

type addressWarningsQuestion struct {
	Field string   `json:"field"`
	Texts []string `json:"texts"`
	// The texts are blocks of addresses.
	CIDR bool `json:"cidr"`
}

func init() {
	answerers["meta.address-warnings"] = ask(addressWarnings)
}

func addressWarnings(question *addressWarningsQuestion) (any, *protocol.Error) {
	path := field.NewPath(question.Field)
	warnings := make([][]string, len(question.Texts))
	for i, text := range question.Texts {
		warnings[i] = []string{}
		if question.CIDR {
			// Upstream wants only what can be read, and logs the rest.
			if _, _, err := netutils.ParseCIDRSloppy(text); err == nil {
				warnings[i] = append(warnings[i], validation.GetWarningsForCIDR(path, text)...)
			}
		} else if netutils.ParseIPSloppy(text) != nil {
			warnings[i] = append(warnings[i], validation.GetWarningsForIP(path, text)...)
		}
	}
	return map[string]any{"warnings": warnings}, nil
}
