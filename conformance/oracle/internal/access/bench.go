package access

import (
	"context"
	"fmt"
	"runtime"
	"sort"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kruntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/authorization/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// benchRoles is how many ClusterRoles the bindings of a benchmark share, and
// benchRules how many rules each holds.
const (
	benchRoles = 100
	benchRules = 5
)

// Measurement is the real authorizer's time for one request.
type Measurement struct {
	Bench       string `json:"bench"`
	KubeVersion string `json:"kubeVersion"`
	// Cluster role bindings in the store.
	Bindings int `json:"bindings"`
	// Subjects of each binding.
	Subjects int    `json:"subjects"`
	Outcome  string `json:"outcome"`
	// Median and best nanoseconds of one Authorize call.
	MedianNanos int64 `json:"medianNs"`
	BestNanos   int64 `json:"bestNs"`
	Calls       int   `json:"calls"`
	// Bytes allocated by one call, and held by the store.
	BytesPerCall int64 `json:"bytesPerCall"`
	StoreBytes   int64 `json:"storeBytes"`
}

// BenchObjects is the policy of a benchmark. Role r grants get, list and watch
// on resource-r-k of group-r.example.com for k = 0..4. Binding b, numbered with
// seven digits, binds role b mod 100 to user-b, to group-(b mod 1000) and to
// service account sa-b of namespace-(b mod 50).
// The first `subjects` of the three are kept.
func BenchObjects(bindings, subjects int) []kruntime.Object {
	var objects []kruntime.Object
	for role := 0; role < benchRoles; role++ {
		object := &rbacv1.ClusterRole{
			TypeMeta:   metav1.TypeMeta{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "ClusterRole"},
			ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("role-%d", role)},
		}
		for rule := 0; rule < benchRules; rule++ {
			object.Rules = append(object.Rules, rbacv1.PolicyRule{
				Verbs:     []string{"get", "list", "watch"},
				APIGroups: []string{fmt.Sprintf("group-%d.example.com", role)},
				Resources: []string{fmt.Sprintf("resource-%d-%d", role, rule)},
			})
		}
		objects = append(objects, object)
	}
	for binding := 0; binding < bindings; binding++ {
		bound := []rbacv1.Subject{
			{APIGroup: rbacv1.GroupName, Kind: "User", Name: fmt.Sprintf("user-%d", binding)},
			{APIGroup: rbacv1.GroupName, Kind: "Group", Name: fmt.Sprintf("group-%d", binding%1000)},
			{Kind: "ServiceAccount", Namespace: fmt.Sprintf("namespace-%d", binding%50), Name: fmt.Sprintf("sa-%d", binding)},
		}
		objects = append(objects, &rbacv1.ClusterRoleBinding{
			TypeMeta:   metav1.TypeMeta{APIVersion: "rbac.authorization.k8s.io/v1", Kind: "ClusterRoleBinding"},
			ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("binding-%07d", binding)},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: fmt.Sprintf("role-%d", binding%benchRoles)},
			Subjects:   bound[:min(max(subjects, 1), len(bound))],
		})
	}
	return objects
}

// Bench measures a deny that no binding applies to, a deny of a user whom one
// binding applies to, and an allow by that binding.
func Bench(bindings, subjects int, budget time.Duration) ([]Measurement, *protocol.Error) {
	before := heapBytes()
	store := newStore()
	for _, object := range BenchObjects(bindings, subjects) {
		if problem := store.add(object); problem != nil {
			return nil, problem
		}
	}
	held := heapBytes() - before
	judge, problem := newJudge(store, OrderLister)
	if problem != nil {
		return nil, problem
	}
	member := bindings / 2
	role := member % benchRoles
	group := fmt.Sprintf("group-%d.example.com", role)
	groups := []string{"developers", "oidc:team", "system:authenticated"}
	requests := []struct {
		outcome string
		request authorizer.Attributes
	}{
		{"deny-stranger", attributes(&User{Name: "stranger", Groups: groups}, &Request{Verb: "get", Group: group, Resource: fmt.Sprintf("resource-%d-4", role), Namespace: "default", Name: "x"})},
		{"deny-member", attributes(&User{Name: fmt.Sprintf("user-%d", member), Groups: groups}, &Request{Verb: "delete", Group: group, Resource: fmt.Sprintf("resource-%d-4", role), Namespace: "default", Name: "x"})},
		{"allow-member", attributes(&User{Name: fmt.Sprintf("user-%d", member), Groups: groups}, &Request{Verb: "get", Group: group, Resource: fmt.Sprintf("resource-%d-4", role), Namespace: "default", Name: "x"})},
	}
	var results []Measurement
	for _, asked := range requests {
		result := measure(judge.authorizer, asked.request, budget)
		result.Bindings, result.Subjects = bindings, subjects
		result.Outcome, result.StoreBytes = asked.outcome, held
		allowed := judge.verdict(asked.request).Allowed
		if allowed != (asked.outcome == "allow-member") {
			return nil, protocol.Errorf("bench", "%s was answered %v", asked.outcome, allowed)
		}
		results = append(results, result)
	}
	return results, nil
}

func measure(asked authorizer.Authorizer, request authorizer.Attributes, budget time.Duration) Measurement {
	ctx := context.Background()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var nanos []int64
	for start := time.Now(); time.Since(start) < budget || len(nanos) < 10; {
		call := time.Now()
		_, _, _ = asked.Authorize(ctx, request)
		nanos = append(nanos, time.Since(call).Nanoseconds())
		if len(nanos) >= 1_000_000 {
			break
		}
	}
	runtime.ReadMemStats(&after)
	calls := len(nanos)
	sort.Slice(nanos, func(i, j int) bool { return nanos[i] < nanos[j] })
	return Measurement{
		Bench: "authorize", KubeVersion: protocol.KubeVersion(),
		MedianNanos: nanos[calls/2], BestNanos: nanos[0], Calls: calls,
		BytesPerCall: int64(after.TotalAlloc-before.TotalAlloc) / int64(calls),
	}
}

func heapBytes() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
