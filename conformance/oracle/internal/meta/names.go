package meta

import (
	"strconv"
	"strings"

	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/api/validation/path"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"kubelogic/conformance/oracle/internal/protocol"
)

type namesQuestion struct {
	Rule  string   `json:"rule"`
	Names []string `json:"names"`
	// The names are beginnings that are to be completed.
	Prefix bool `json:"prefix"`
}

// rule says what is wrong with a name.
type rule func(name string) []string

var rules = map[string]rule{
	"any":                         func(string) []string { return nil },
	"annotation-key":              func(name string) []string { return validation.IsQualifiedName(strings.ToLower(name)) },
	"c-identifier":                func(name string) []string { return validation.IsCIdentifier(name) },
	"config-map-key":              validation.IsConfigMapKey,
	"dns-1035-label":              validation.IsDNS1035Label,
	"dns-label":                   validation.IsDNS1123Label,
	"dns-subdomain":               validation.IsDNS1123Subdomain,
	"domain-prefixed-path":        fieldRule(validation.IsDomainPrefixedPath),
	"env-var-name":                validation.IsEnvVarName,
	"finalizer":                   details(apivalidation.ValidateFinalizerName),
	"fully-qualified-domain-name": fieldRule(validation.IsFullyQualifiedDomainName),
	"fully-qualified-name":        fieldRule(validation.IsFullyQualifiedName),
	"group-id":                    number(validation.IsValidGroupID),
	"http-header-name":            validation.IsHTTPHeaderName,
	"ip":                          ip,
	"label-key":                   func(name string) []string { return validation.IsQualifiedName(name) },
	"label-value":                 func(name string) []string { return validation.IsValidLabelValue(name) },
	"path-segment":                path.IsValidPathSegmentName,
	"percent":                     validation.IsValidPercent,
	"port-name":                   validation.IsValidPortName,
	"port-number":                 number(func(port int64) []string { return validation.IsValidPortNum(int(port)) }),
	"user-id":                     number(validation.IsValidUserID),
	"wildcard-dns-subdomain":      validation.IsWildcardDNS1123Subdomain,
}

// prefixes are the rules for names that are to be completed.
var prefixes = map[string]apivalidation.ValidateNameFunc{
	"dns-1035-label": apivalidation.NameIsDNS1035Label,
	"dns-label":      apivalidation.NameIsDNSLabel,
	"dns-subdomain":  apivalidation.NameIsDNSSubdomain,
	"path-segment":   path.ValidatePathSegmentName,
}

func names(question *namesQuestion) (any, *protocol.Error) {
	judge, ok := rules[question.Rule]
	if question.Prefix {
		function, known := prefixes[question.Rule]
		judge, ok = func(name string) []string { return function(name, true) }, known
	}
	if !ok {
		return nil, protocol.Errorf("bad-question", "no such rule in this oracle: %q", question.Rule)
	}
	problems := make([][]string, len(question.Names))
	for i, name := range question.Names {
		problems[i] = append([]string{}, judge(name)...)
	}
	return map[string]any{"problems": problems}, nil
}

// fieldRule is a rule of upstream that makes field errors; their bodies are
// kept.
func fieldRule(function func(*field.Path, string) field.ErrorList) rule {
	return func(name string) []string { return bodies(function(nil, name)) }
}

func bodies(errors field.ErrorList) []string {
	var texts []string
	for _, err := range errors {
		texts = append(texts, err.ErrorBody())
	}
	return texts
}

// details keeps only what the errors say about the value.
func details(function func(string, *field.Path) field.ErrorList) rule {
	return func(name string) []string {
		var texts []string
		for _, err := range function(name, nil) {
			texts = append(texts, err.Detail)
		}
		return texts
	}
}

func number(function func(int64) []string) rule {
	return func(name string) []string {
		value, err := strconv.ParseInt(name, 10, 64)
		if err != nil {
			return bodies(field.ErrorList{field.Invalid(nil, name, "must be an integer")})
		}
		return function(value)
	}
}

// ip asks the function whose signature 1.30 changed.
func ip(name string) []string {
	switch function := any(validation.IsValidIP).(type) {
	case func(string) []string:
		var errors field.ErrorList
		for _, text := range function(name) {
			errors = append(errors, field.Invalid(nil, name, text))
		}
		return bodies(errors)
	case func(*field.Path, string) field.ErrorList:
		return bodies(function(nil, name))
	default:
		return []string{"the oracle does not know this function"}
	}
}
