//go:build since135

package meta

import "k8s.io/apimachinery/pkg/util/validation"

// Rules that older versions do not have.
func init() {
	rules["domain-prefixed-key"] = fieldRule(validation.IsDomainPrefixedKey)
}
