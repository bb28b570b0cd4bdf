package crd

import (
	"context"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// embeddedErrors validates embedded resources. From 1.37 on the function takes
// a context.
func embeddedErrors(ctx context.Context, object map[string]any, structural *schema.Structural) []string {
	var found field.ErrorList
	switch validate := any(objectmeta.Validate).(type) {
	case func(*field.Path, any, *schema.Structural, bool) field.ErrorList:
		found = validate(nil, object, structural, false)
	case func(context.Context, *field.Path, any, *schema.Structural, bool) field.ErrorList:
		found = validate(ctx, nil, object, structural, false)
	default:
		panic("objectmeta.Validate has yet another signature")
	}
	texts := []string{}
	for _, one := range found {
		texts = append(texts, one.Error())
	}
	return texts
}
