//go:build !before132

package chain

import "k8s.io/apiserver/pkg/authorization/authorizer"

// From 1.31 requests carry selectors; from 1.32 they are on by default.
func limit(record *authorizer.AttributesRecord, request *Request) {
	record.FieldSelectorRequirements, record.FieldSelectorParsingErr,
		record.LabelSelectorRequirements, record.LabelSelectorParsingErr = selectors(request)
}
