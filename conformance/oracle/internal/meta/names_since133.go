//go:build since133

package meta

import (
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Rules that older versions do not have.
func init() {
	rules["cidr"] = fieldRule(validation.IsValidCIDR)
	rules["cidr-legacy"] = fieldRule(legacyCIDR(false))
	rules["cidr-legacy-strict"] = fieldRule(legacyCIDR(true))
	rules["dns-subdomain-with-underscore"] = validation.IsDNS1123SubdomainWithUnderscore
	rules["interface-address"] = fieldRule(validation.IsValidInterfaceAddress)
	rules["ip-legacy"] = fieldRule(legacyIP(false))
	rules["ip-legacy-strict"] = fieldRule(legacyIP(true))
	rules["relaxed-env-var-name"] = validation.IsRelaxedEnvVarName
}

func legacyIP(strict bool) func(*field.Path, string) field.ErrorList {
	return func(path *field.Path, value string) field.ErrorList {
		return validation.IsValidIPForLegacyField(path, value, strict, nil)
	}
}

func legacyCIDR(strict bool) func(*field.Path, string) field.ErrorList {
	return func(path *field.Path, value string) field.ErrorList {
		return validation.IsValidCIDRForLegacyField(path, value, strict, nil)
	}
}
