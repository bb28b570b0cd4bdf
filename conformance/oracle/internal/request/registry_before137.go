//go:build before137

package request

import (
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/registry/rest"

	authorization "k8s.io/kubernetes/pkg/apis/authorization"
	"k8s.io/kubernetes/pkg/registry/authorization/localsubjectaccessreview"
	"k8s.io/kubernetes/pkg/registry/authorization/selfsubjectaccessreview"
	"k8s.io/kubernetes/pkg/registry/authorization/subjectaccessreview"
)

func registryOf(object runtime.Object, asker *recorder) rest.Creater {
	switch object.(type) {
	case *authorization.LocalSubjectAccessReview:
		return localsubjectaccessreview.NewREST(asker)
	case *authorization.SelfSubjectAccessReview:
		return selfsubjectaccessreview.NewREST(asker)
	default:
		return subjectaccessreview.NewREST(asker)
	}
}
