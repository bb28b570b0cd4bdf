package access

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	rbacv1apply "k8s.io/client-go/applyconfigurations/rbac/v1"
	rbacclient "k8s.io/client-go/kubernetes/typed/rbac/v1"
	rbaclisters "k8s.io/client-go/listers/rbac/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/controller/clusterroleaggregation"

	"kubelogic/conformance/oracle/internal/protocol"
)

// passesUntilUnsettled is how often the controller may go over all roles.
// Chains settle in as many passes as they are long; cycles may never settle.
const passesUntilUnsettled = 200

// aggregate runs the real controller over the roles in the order of their
// names until a whole pass changes nothing. The cluster's own controller has
// no fixed order, but chains end in the same rules whatever the order.
func aggregate(store *store) *protocol.Error {
	controller, ok := controllers.Get().(*aggregationController)
	if !ok {
		return protocol.Errorf("unsupported", "the aggregation controller has no sync handler")
	}
	defer controllers.Put(controller)
	controller.store, controller.owned = store, map[string]bool{}
	for pass := 0; pass < passesUntilUnsettled; pass++ {
		controller.changed = false
		for _, name := range store.clusterRoleNames() {
			// A role that the controller cannot sync (an invalid selector)
			// keeps its rules, and the controller retries it for ever.
			_ = controller.sync(context.Background(), name)
		}
		if !controller.changed {
			return nil
		}
	}
	return protocol.Errorf("unsettled", "aggregation does not settle within %d passes", passesUntilUnsettled)
}

// controllers are reused, because each one starts goroutines of its own.
var controllers = sync.Pool{New: newAggregationController}

// aggregationController is the real controller over a store of ours. It is the
// informer, lister and client that the controller sees.
type aggregationController struct {
	store   *store
	owned   map[string]bool
	changed bool
	sync    func(ctx context.Context, key string) error

	rbacclient.ClusterRoleInterface
}

func newAggregationController() any {
	adapter := &aggregationController{}
	real := clusterroleaggregation.NewClusterRoleAggregation(adapter, adapter)
	// The handler is a private field. Calling it directly is what makes the
	// order of the roles ours instead of the work queue's.
	field := reflect.ValueOf(real).Elem().FieldByName("syncHandler")
	if !field.IsValid() {
		return nil
	}
	handler := reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem().Interface()
	sync, ok := handler.(func(ctx context.Context, key string) error)
	if !ok {
		return nil
	}
	adapter.sync = sync
	return adapter
}

func (c *aggregationController) Informer() cache.SharedIndexInformer { return silentInformer{} }

func (c *aggregationController) Lister() rbaclisters.ClusterRoleLister { return currentRoles{c} }

func (c *aggregationController) ClusterRoles() rbacclient.ClusterRoleInterface { return c }

// Apply does what the API server does to a forced apply of rules alone: the
// rules replace the stored ones, and applying none removes what this manager
// applied before but not what somebody else wrote.
func (c *aggregationController) Apply(_ context.Context, applied *rbacv1apply.ClusterRoleApplyConfiguration, _ metav1.ApplyOptions) (*rbacv1.ClusterRole, error) {
	if applied.Name == nil {
		return nil, fmt.Errorf("applied without a name")
	}
	stored, err := c.store.clusterRoleLister().Get(*applied.Name)
	if err != nil {
		return nil, err
	}
	updated := stored.DeepCopy()
	switch {
	case len(applied.Rules) > 0:
		updated.Rules = nil
		for i := range applied.Rules {
			updated.Rules = append(updated.Rules, storedRule(&applied.Rules[i]))
		}
		c.owned[updated.Name] = true
	case c.owned[updated.Name]:
		updated.Rules = nil
		delete(c.owned, updated.Name)
	default:
		return stored, nil
	}
	c.changed = true
	return updated, c.store.clusterRoles.Update(updated)
}

func storedRule(rule *rbacv1apply.PolicyRuleApplyConfiguration) rbacv1.PolicyRule {
	return rbacv1.PolicyRule{
		Verbs:           rule.Verbs,
		APIGroups:       rule.APIGroups,
		Resources:       rule.Resources,
		ResourceNames:   rule.ResourceNames,
		NonResourceURLs: rule.NonResourceURLs,
	}
}

// currentRoles lists the store that is being aggregated at the moment.
type currentRoles struct{ controller *aggregationController }

func (r currentRoles) List(selector labels.Selector) ([]*rbacv1.ClusterRole, error) {
	return r.controller.store.clusterRoleLister().List(selector)
}

func (r currentRoles) Get(name string) (*rbacv1.ClusterRole, error) {
	return r.controller.store.clusterRoleLister().Get(name)
}

// silentInformer never sends an event.
type silentInformer struct{ cache.SharedIndexInformer }

func (silentInformer) HasSynced() bool { return true }

func (silentInformer) AddEventHandler(cache.ResourceEventHandler) (cache.ResourceEventHandlerRegistration, error) {
	return nil, nil
}
