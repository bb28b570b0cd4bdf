//go:build before137

package chain

import (
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/union"
)

// Up to 1.36 the authorizers of a union have no names.
func unionOf(chain []link) (authorizer.Authorizer, error) {
	var plain []authorizer.Authorizer
	for _, link := range chain {
		plain = append(plain, link.authorizer)
	}
	return union.New(plain...), nil
}
