//go:build !before132

// Package reconcile lets kubectl's `auth reconcile` and the API server's own
// reconciliation of its default policy run over a client without a server.
package reconcile

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/resource"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
	rbacv1client "k8s.io/client-go/kubernetes/typed/rbac/v1"
	"k8s.io/component-helpers/auth/rbac/reconciliation"
	kubectlauth "k8s.io/kubectl/pkg/cmd/auth"
	"k8s.io/kubectl/pkg/scheme"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

type question struct {
	Objects                []json.RawMessage `json:"objects"`
	Bootstrap              string            `json:"bootstrap"`
	Aggregate              bool              `json:"aggregate"`
	Desired                []json.RawMessage `json:"desired"`
	RemoveExtraPermissions bool              `json:"removeExtraPermissions"`
	RemoveExtraSubjects    bool              `json:"removeExtraSubjects"`
}

// Plan is what one desired object needs.
type Plan struct {
	Operation        string                 `json:"operation"`
	Protected        bool                   `json:"protected"`
	MissingRules     []Rule                 `json:"missingRules"`
	ExtraRules       []Rule                 `json:"extraRules"`
	MissingSubjects  []Subject              `json:"missingSubjects"`
	ExtraSubjects    []Subject              `json:"extraSubjects"`
	MissingSelectors []metav1.LabelSelector `json:"missingSelectors"`
	ExtraSelectors   []metav1.LabelSelector `json:"extraSelectors"`
	Result           json.RawMessage        `json:"result"`
}

// Rule is a rule without empty lists.
type Rule struct {
	Verbs           []string `json:"verbs,omitempty"`
	APIGroups       []string `json:"apiGroups,omitempty"`
	Resources       []string `json:"resources,omitempty"`
	ResourceNames   []string `json:"resourceNames,omitempty"`
	NonResourceURLs []string `json:"nonResourceURLs,omitempty"`
}

// Subject is a subject with all its fields.
type Subject struct {
	Kind      string `json:"kind"`
	APIGroup  string `json:"apiGroup"`
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
}

// Outcome is the answer to access.reconcile: the plans, and what kubectl prints.
type Outcome struct {
	Plans  []Plan `json:"plans"`
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
	Error  string `json:"error"`
}

// Answer answers access.reconcile and access.reconcile-bootstrap.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	stored, problem := access.Load(question.Objects, question.Bootstrap == "auto", question.Aggregate)
	if problem != nil {
		return nil, problem
	}
	if ask == "access.reconcile-bootstrap" {
		return bootstrapAnswer(stored)
	}
	outcome := Outcome{Plans: []Plan{}}
	for _, raw := range question.Desired {
		plan, err := planOf(stored, raw, question)
		if err != nil {
			return nil, protocol.Errorf("bad-object", "%v", err)
		}
		if plan != nil {
			outcome.Plans = append(outcome.Plans, *plan)
		}
	}
	var stdout, stderr bytes.Buffer
	if err := printed(stored, question, &stdout, &stderr); err != nil {
		outcome.Error = err.Error()
	}
	outcome.Stdout, outcome.Stderr = stdout.String(), stderr.String()
	return outcome, nil
}

// planOf reads an object as kubectl does, undefaulted.
func planOf(stored access.Stored, raw []byte, question question) (*Plan, error) {
	object, err := runtime.Decode(scheme.Codecs.UniversalDeserializer(), raw)
	if err != nil {
		return nil, err
	}
	client := clientOf(stored)
	switch object := object.(type) {
	case *rbacv1.Role:
		options := reconciliation.ReconcileRoleOptions{
			Role:                   reconciliation.RoleRuleOwner{Role: object},
			RemoveExtraPermissions: question.RemoveExtraPermissions,
			Client:                 reconciliation.RoleModifier{Client: client, NamespaceClient: namespaces{}},
		}
		return rolePlan(options.Run())
	case *rbacv1.ClusterRole:
		options := reconciliation.ReconcileRoleOptions{
			Role:                   reconciliation.ClusterRoleRuleOwner{ClusterRole: object},
			RemoveExtraPermissions: question.RemoveExtraPermissions,
			Client:                 reconciliation.ClusterRoleModifier{Client: client.ClusterRoles()},
		}
		return rolePlan(options.Run())
	case *rbacv1.RoleBinding:
		options := reconciliation.ReconcileRoleBindingOptions{
			RoleBinding:         reconciliation.RoleBindingAdapter{RoleBinding: object},
			RemoveExtraSubjects: question.RemoveExtraSubjects,
			Client:              reconciliation.RoleBindingClientAdapter{Client: client, NamespaceClient: namespaces{}},
		}
		return bindingPlan(options.Run())
	case *rbacv1.ClusterRoleBinding:
		options := reconciliation.ReconcileRoleBindingOptions{
			RoleBinding:         reconciliation.ClusterRoleBindingAdapter{ClusterRoleBinding: object},
			RemoveExtraSubjects: question.RemoveExtraSubjects,
			Client:              reconciliation.ClusterRoleBindingClientAdapter{Client: client.ClusterRoleBindings()},
		}
		return bindingPlan(options.Run())
	default:
		return nil, nil
	}
}

func rolePlan(result *reconciliation.ReconcileClusterRoleResult, err error) (*Plan, error) {
	if err != nil {
		return nil, err
	}
	text, err := objectText(result.Role.GetObject())
	return &Plan{
		Operation: string(result.Operation), Protected: result.Protected,
		MissingRules: rulesOf(result.MissingRules), ExtraRules: rulesOf(result.ExtraRules),
		MissingSubjects: []Subject{}, ExtraSubjects: []Subject{},
		MissingSelectors: append([]metav1.LabelSelector{}, result.MissingAggregationRuleSelectors...),
		ExtraSelectors:   append([]metav1.LabelSelector{}, result.ExtraAggregationRuleSelectors...),
		Result:           text,
	}, err
}

func bindingPlan(result *reconciliation.ReconcileClusterRoleBindingResult, err error) (*Plan, error) {
	if err != nil {
		return nil, err
	}
	text, err := objectText(result.RoleBinding.GetObject())
	return &Plan{
		Operation: string(result.Operation), Protected: result.Protected,
		MissingRules: []Rule{}, ExtraRules: []Rule{},
		MissingSubjects: subjectsOf(result.MissingSubjects), ExtraSubjects: subjectsOf(result.ExtraSubjects),
		MissingSelectors: []metav1.LabelSelector{}, ExtraSelectors: []metav1.LabelSelector{},
		Result: text,
	}, err
}

func rulesOf(given []rbacv1.PolicyRule) []Rule {
	rules := []Rule{}
	for _, rule := range given {
		rules = append(rules, Rule(rule))
	}
	return rules
}

func subjectsOf(given []rbacv1.Subject) []Subject {
	subjects := []Subject{}
	for _, subject := range given {
		subjects = append(subjects, Subject(subject))
	}
	return subjects
}

// printed lets kubectl do the same as a dry run.
func printed(stored access.Stored, question question, stdout, stderr *bytes.Buffer) error {
	var text bytes.Buffer
	for _, raw := range question.Desired {
		text.Write(raw)
		text.WriteByte('\n')
	}
	visitor := resource.NewLocalBuilder().
		WithScheme(scheme.Scheme, scheme.Scheme.PrioritizedVersionsAllGroups()...).
		ContinueOnError().
		NamespaceParam("default").DefaultNamespace().
		Stream(strings.NewReader(text.String()), "desired").
		Flatten().
		Local().
		Do()
	if err := visitor.Err(); err != nil {
		return err
	}
	flags := genericclioptions.NewPrintFlags("reconciled").WithTypeSetter(scheme.Scheme)
	if err := flags.Complete("%s (dry run)"); err != nil {
		return err
	}
	printer, err := flags.ToPrinter()
	if err != nil {
		return err
	}
	client := clientOf(stored)
	options := kubectlauth.ReconcileOptions{
		DryRun:                 true,
		RemoveExtraPermissions: question.RemoveExtraPermissions,
		RemoveExtraSubjects:    question.RemoveExtraSubjects,
		Visitor:                visitor,
		RBACClient:             client,
		NamespaceClient:        core{},
		PrintObject:            printer.PrintObj,
		IOStreams:              genericiooptions.IOStreams{Out: stdout, ErrOut: stderr},
	}
	return options.RunReconcile()
}

// client reads what is stored; nothing is ever written.
type client struct {
	rbacv1client.RbacV1Interface
	stored access.Stored
}

func clientOf(stored access.Stored) client { return client{stored: stored} }

type core struct{ corev1client.CoreV1Interface }

func (core) Namespaces() corev1client.NamespaceInterface { return namespaces{} }

type namespaces struct {
	corev1client.NamespaceInterface
}

type roles struct {
	rbacv1client.RoleInterface
	client    client
	namespace string
}

func (c client) Roles(namespace string) rbacv1client.RoleInterface {
	return roles{client: c, namespace: namespace}
}

func (r roles) Get(_ context.Context, name string, _ metav1.GetOptions) (*rbacv1.Role, error) {
	found, err := r.client.stored.Roles().Roles(r.namespace).Get(name)
	return found.DeepCopy(), err
}

type clusterRoles struct {
	rbacv1client.ClusterRoleInterface
	client client
}

func (c client) ClusterRoles() rbacv1client.ClusterRoleInterface { return clusterRoles{client: c} }

func (r clusterRoles) Get(_ context.Context, name string, _ metav1.GetOptions) (*rbacv1.ClusterRole, error) {
	found, err := r.client.stored.ClusterRoles().Get(name)
	return found.DeepCopy(), err
}

type roleBindings struct {
	rbacv1client.RoleBindingInterface
	client    client
	namespace string
}

func (c client) RoleBindings(namespace string) rbacv1client.RoleBindingInterface {
	return roleBindings{client: c, namespace: namespace}
}

func (r roleBindings) Get(_ context.Context, name string, _ metav1.GetOptions) (*rbacv1.RoleBinding, error) {
	found, err := r.client.stored.RoleBindings().RoleBindings(r.namespace).Get(name)
	return found.DeepCopy(), err
}

type clusterRoleBindings struct {
	rbacv1client.ClusterRoleBindingInterface
	client client
}

func (c client) ClusterRoleBindings() rbacv1client.ClusterRoleBindingInterface {
	return clusterRoleBindings{client: c}
}

func (r clusterRoleBindings) Get(_ context.Context, name string, _ metav1.GetOptions) (*rbacv1.ClusterRoleBinding, error) {
	found, err := r.client.stored.ClusterRoleBindings().Get(name)
	return found.DeepCopy(), err
}

// objectText is an object with its kind and without what is empty.
func objectText(object runtime.Object) (json.RawMessage, error) {
	object = object.DeepCopyObject()
	kinds, _, err := scheme.Scheme.ObjectKinds(object)
	if err != nil {
		return nil, err
	}
	object.GetObjectKind().SetGroupVersionKind(kinds[0])
	value, err := runtime.DefaultUnstructuredConverter.ToUnstructured(object)
	if err != nil {
		return nil, err
	}
	return json.Marshal(withoutEmpty(value))
}

func withoutEmpty(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			switch inner := withoutEmpty(inner).(type) {
			case nil:
				delete(value, key)
			case []any:
				if len(inner) == 0 {
					delete(value, key)
				}
			default:
				value[key] = inner
			}
		}
		return value
	case []any:
		for i := range value {
			value[i] = withoutEmpty(value[i])
		}
		return value
	default:
		return value
	}
}

// bootstrapAnswer reconciles the stored objects with the default policy, as at
// the start of an API server.
func bootstrapAnswer(stored access.Stored) (any, *protocol.Error) {
	results := []json.RawMessage{}
	defaults := append([]runtime.Object{}, access.Bootstrap()...)
	sort.SliceStable(defaults, func(i, j int) bool {
		return defaults[i].GetObjectKind().GroupVersionKind().Kind < defaults[j].GetObjectKind().GroupVersionKind().Kind
	})
	for _, desired := range defaults {
		desired = desired.DeepCopyObject()
		plan, err := bootstrapPlan(stored, desired)
		if err != nil && !apierrors.IsNotFound(err) {
			return nil, protocol.Errorf("bad-object", "%v", err)
		}
		if plan != nil && plan.Operation != "create" && plan.Operation != "none" && !plan.Protected {
			results = append(results, plan.Result)
		}
	}
	return map[string]any{"objects": results}, nil
}

func bootstrapPlan(stored access.Stored, desired runtime.Object) (*Plan, error) {
	client := clientOf(stored)
	switch object := desired.(type) {
	case *rbacv1.Role:
		options := reconciliation.ReconcileRoleOptions{
			Role: reconciliation.RoleRuleOwner{Role: object}, Client: reconciliation.RoleModifier{Client: client, NamespaceClient: namespaces{}},
		}
		return rolePlan(options.Run())
	case *rbacv1.ClusterRole:
		options := reconciliation.ReconcileRoleOptions{
			Role: reconciliation.ClusterRoleRuleOwner{ClusterRole: object}, Client: reconciliation.ClusterRoleModifier{Client: client.ClusterRoles()},
		}
		return rolePlan(options.Run())
	case *rbacv1.RoleBinding:
		options := reconciliation.ReconcileRoleBindingOptions{
			RoleBinding: reconciliation.RoleBindingAdapter{RoleBinding: object},
			Client:      reconciliation.RoleBindingClientAdapter{Client: client, NamespaceClient: namespaces{}},
		}
		return bindingPlan(options.Run())
	case *rbacv1.ClusterRoleBinding:
		options := reconciliation.ReconcileRoleBindingOptions{
			RoleBinding: reconciliation.ClusterRoleBindingAdapter{ClusterRoleBinding: object},
			Client:      reconciliation.ClusterRoleBindingClientAdapter{Client: client.ClusterRoleBindings()},
		}
		return bindingPlan(options.Run())
	default:
		return nil, fmt.Errorf("%T is no default object", desired)
	}
}
