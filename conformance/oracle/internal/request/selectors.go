//go:build !before132

package request

import "k8s.io/apiserver/pkg/authorization/authorizer"

func selectorsOf(asked authorizer.Attributes) (*selector, *selector) {
	return fieldSelectorOf(asked.GetFieldSelector()), labelSelectorOf(asked.GetLabelSelector())
}
