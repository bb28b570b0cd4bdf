//go:build !before132

// Package escalation lets the API server's own storage layers answer what
// becomes of a write to a role or binding: the authorizer, the checks against
// escalation, the generic registry with its strategies. Only etcd is missing.
package escalation

import (
	"context"
	"reflect"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/generic"
	"k8s.io/apiserver/pkg/storage"
	"k8s.io/apiserver/pkg/storage/storagebackend"
	"k8s.io/apiserver/pkg/storage/storagebackend/factory"
	"k8s.io/client-go/tools/cache"
)

// memory answers reads of one resource and forgets every write.
type memory struct {
	storage.Interface
	objects map[string]runtime.Object
	create  func() runtime.Object
}

func (m *memory) Versioner() storage.Versioner { return storage.APIObjectVersioner{} }

func (m *memory) ReadinessCheck() error { return nil }

func (m *memory) Get(_ context.Context, key string, options storage.GetOptions, out runtime.Object) error {
	object, found := m.objects[key]
	if !found {
		if options.IgnoreNotFound {
			return runtime.SetZeroValue(out)
		}
		return storage.NewKeyNotFoundError(key, 0)
	}
	put(object, out)
	return nil
}

// GetList lists in the order of keys, as etcd does.
func (m *memory) GetList(_ context.Context, prefix string, _ storage.ListOptions, list runtime.Object) error {
	var keys []string
	for key := range m.objects {
		if strings.HasPrefix(key, strings.TrimSuffix(prefix, "/")+"/") {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	var found []runtime.Object
	for _, key := range keys {
		found = append(found, m.objects[key].DeepCopyObject())
	}
	return meta.SetList(list, found)
}

func (m *memory) Create(_ context.Context, key string, object, out runtime.Object, _ uint64) error {
	if _, found := m.objects[key]; found {
		return storage.NewKeyExistsError(key, 0)
	}
	put(object, out)
	return nil
}

func (m *memory) GuaranteedUpdate(_ context.Context, key string, out runtime.Object, ignoreNotFound bool,
	preconditions *storage.Preconditions, update storage.UpdateFunc, _ runtime.Object) error {
	object, found := m.objects[key]
	response := storage.ResponseMeta{ResourceVersion: version}
	switch {
	case found:
		object = object.DeepCopyObject()
	case ignoreNotFound:
		object, response.ResourceVersion = m.create(), 0
	default:
		return storage.NewKeyNotFoundError(key, 0)
	}
	if err := preconditions.Check(key, object); err != nil {
		return err
	}
	updated, _, err := update(object, response)
	if err != nil {
		return err
	}
	put(updated, out)
	return nil
}

func put(object, out runtime.Object) {
	reflect.ValueOf(out).Elem().Set(reflect.ValueOf(object.DeepCopyObject()).Elem())
}

// version is the resource version of everything that is stored.
const version = 7

// stores makes the storage of each resource.
type stores struct {
	objects map[string]map[string]runtime.Object
}

func (s stores) GetRESTOptions(resource schema.GroupResource, _ runtime.Object) (generic.RESTOptions, error) {
	decorate := func(_ *storagebackend.ConfigForResource, prefix string, _ func(runtime.Object) (string, error),
		create func() runtime.Object, _ func() runtime.Object, _ storage.AttrFunc, _ storage.IndexerFuncs,
		_ *cache.Indexers) (storage.Interface, factory.DestroyFunc, error) {
		own := &memory{objects: map[string]runtime.Object{}, create: create}
		for key, object := range s.objects[resource.Resource] {
			own.objects[prefix+"/"+key] = object
		}
		return own, func() {}, nil
	}
	config := &storagebackend.ConfigForResource{GroupResource: resource}
	return generic.RESTOptions{StorageConfig: config, Decorator: decorate, ResourcePrefix: "/" + resource.Resource}, nil
}
