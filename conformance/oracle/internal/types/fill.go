package types

import (
	"fmt"
	"reflect"
	"time"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apiextensionsv1beta1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1beta1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// special is a type that writes itself: a value of it, and whether another
// value would be written as another kind of JSON.
type special struct {
	value   any
	unclear bool
}

var specials = map[reflect.Type]special{}

func init() {
	for _, one := range []special{
		{resource.MustParse("1"), false},
		{metav1.Time{Time: time.Unix(1, 0)}, false},
		{metav1.MicroTime{Time: time.Unix(1, 0)}, false},
		{metav1.Duration{Duration: time.Second}, false},
		{metav1.FieldsV1{Raw: []byte(`{}`)}, true},
		{runtime.RawExtension{Raw: []byte(`{}`)}, true},
		{runtime.Unknown{Raw: []byte(`{}`), ContentType: runtime.ContentTypeJSON}, true},
		{intstr.FromInt32(1), true},
		{apiextensions.JSON{Raw: []byte(`1`)}, true},
		{apiextensions.JSONSchemaPropsOrBool{Allows: true}, true},
		{apiextensions.JSONSchemaPropsOrArray{Schema: &apiextensions.JSONSchemaProps{}}, true},
		{apiextensions.JSONSchemaPropsOrStringArray{Property: []string{"a"}}, true},
		{apiextensionsv1beta1.JSON{Raw: []byte(`1`)}, true},
		{apiextensionsv1beta1.JSONSchemaPropsOrBool{Allows: true}, true},
		{apiextensionsv1beta1.JSONSchemaPropsOrArray{Schema: &apiextensionsv1beta1.JSONSchemaProps{}}, true},
		{apiextensionsv1beta1.JSONSchemaPropsOrStringArray{Property: []string{"a"}}, true},
	} {
		specials[reflect.TypeOf(one.value)] = one
	}
}

// fill makes a value that is not empty, so that the encoder leaves nothing out.
// Below a type it does not fill that type again.
func fill(value reflect.Value, above []reflect.Type) {
	goType := value.Type()
	if special, known := specials[goType]; known {
		value.Set(reflect.ValueOf(special.value))
		return
	}
	switch goType.Kind() {
	case reflect.Bool:
		value.SetBool(true)
	case reflect.String:
		value.SetString("a")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		value.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		value.SetUint(1)
	case reflect.Float32, reflect.Float64:
		value.SetFloat(1.5)
	case reflect.Pointer:
		value.Set(reflect.New(goType.Elem()))
		fill(value.Elem(), above)
	case reflect.Slice:
		value.Set(reflect.MakeSlice(goType, 1, 1))
		fill(value.Index(0), above)
	case reflect.Map:
		value.Set(reflect.MakeMap(goType))
		key, inner := reflect.New(goType.Key()).Elem(), reflect.New(goType.Elem()).Elem()
		fill(key, above)
		fill(inner, above)
		value.SetMapIndex(key, inner)
	case reflect.Struct:
		for _, outer := range above {
			if outer == goType {
				return
			}
		}
		for i := 0; i < goType.NumField(); i++ {
			if field := goType.Field(i); field.IsExported() {
				fill(value.Field(i), append(above[:len(above):len(above)], goType))
			}
		}
	case reflect.Interface:
		value.Set(reflect.ValueOf("a"))
	default:
		panic(fmt.Sprintf("%s is no type of JSON", goType))
	}
}
