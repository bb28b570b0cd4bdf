package access

import (
	"encoding/json"
	"sort"
	"sync"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"

	"kubelogic/conformance/oracle/internal/protocol"
)

// BootstrapAnswer is the policy an API server of this version creates, each
// list sorted by namespace and name.
type BootstrapAnswer struct {
	KubeVersion         string            `json:"kubeVersion"`
	ClusterRoles        []json.RawMessage `json:"clusterRoles"`
	ClusterRoleBindings []json.RawMessage `json:"clusterRoleBindings"`
	Roles               []json.RawMessage `json:"roles"`
	RoleBindings        []json.RawMessage `json:"roleBindings"`
	// Old name to new name of roles that became aggregated.
	ClusterRolesToAggregate map[string]string `json:"clusterRolesToAggregate"`
}

// bootstrapObjects is the policy with default feature gates, after defaulting.
var bootstrapObjects = sync.OnceValue(func() []runtime.Object {
	var objects []runtime.Object
	for _, roles := range [][]rbacv1.ClusterRole{bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()} {
		for i := range roles {
			objects = append(objects, &roles[i])
		}
	}
	for _, bindings := range [][]rbacv1.ClusterRoleBinding{bootstrappolicy.ClusterRoleBindings(), bootstrappolicy.ControllerRoleBindings()} {
		for i := range bindings {
			objects = append(objects, &bindings[i])
		}
	}
	for namespace, roles := range bootstrappolicy.NamespaceRoles() {
		for i := range roles {
			roles[i].Namespace = namespace
			objects = append(objects, &roles[i])
		}
	}
	for namespace, bindings := range bootstrappolicy.NamespaceRoleBindings() {
		for i := range bindings {
			bindings[i].Namespace = namespace
			objects = append(objects, &bindings[i])
		}
	}
	for _, object := range objects {
		legacyscheme.Scheme.Default(object)
		if kinds, _, err := legacyscheme.Scheme.ObjectKinds(object); err == nil {
			object.GetObjectKind().SetGroupVersionKind(kinds[0])
		}
	}
	sort.SliceStable(objects, func(i, j int) bool { return identity(objects[i]) < identity(objects[j]) })
	return objects
})

func identity(object runtime.Object) string {
	accessor, err := meta.Accessor(object)
	if err != nil {
		return ""
	}
	return accessor.GetNamespace() + "\x00" + accessor.GetName()
}

func bootstrapAnswer(aggregated bool) (any, *protocol.Error) {
	store := newStore()
	for _, object := range bootstrapObjects() {
		if problem := store.add(object.DeepCopyObject()); problem != nil {
			return nil, problem
		}
	}
	if aggregated {
		if problem := aggregate(store); problem != nil {
			return nil, problem
		}
	}
	answer := BootstrapAnswer{
		KubeVersion:             protocol.KubeVersion(),
		ClusterRolesToAggregate: bootstrappolicy.ClusterRolesToAggregate(),
	}
	for _, list := range []struct {
		objects []any
		into    *[]json.RawMessage
	}{
		{store.clusterRoles.List(), &answer.ClusterRoles},
		{store.clusterRoleBindings.List(), &answer.ClusterRoleBindings},
		{store.roles.List(), &answer.Roles},
		{store.roleBindings.List(), &answer.RoleBindings},
	} {
		texts, err := objectTexts(list.objects)
		if err != nil {
			return nil, protocol.Errorf("bad-object", "%v", err)
		}
		*list.into = texts
	}
	return answer, nil
}

func objectTexts(objects []any) ([]json.RawMessage, error) {
	sort.Slice(objects, func(i, j int) bool {
		left, _ := objects[i].(runtime.Object)
		right, _ := objects[j].(runtime.Object)
		return identity(left) < identity(right)
	})
	texts := []json.RawMessage{}
	for _, object := range objects {
		value, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
		if err != nil {
			return nil, err
		}
		// Older versions write a creation time that is not there as null.
		if metadata, ok := value["metadata"].(map[string]any); ok && metadata["creationTimestamp"] == nil {
			delete(metadata, "creationTimestamp")
		}
		text, err := utiljson.Marshal(value)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}
