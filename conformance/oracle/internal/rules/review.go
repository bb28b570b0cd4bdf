//go:build !before132

package rules

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/authorization/union"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/plugin/pkg/authorizer/webhook"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/printers"
	authorizationv1client "k8s.io/client-go/kubernetes/typed/authorization/v1"
	kubectlauth "k8s.io/kubectl/pkg/cmd/auth"
	authorizationapi "k8s.io/kubernetes/pkg/apis/authorization"
	internalv1 "k8s.io/kubernetes/pkg/apis/authorization/v1"
	"k8s.io/kubernetes/pkg/auth/nodeidentifier"
	"k8s.io/kubernetes/pkg/registry/authorization/selfsubjectrulesreview"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/node"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

type asked struct {
	User      *access.User `json:"user"`
	Namespace string       `json:"namespace"`
	NoHeaders bool         `json:"noHeaders"`
}

type reviewQuestion struct {
	Objects     []json.RawMessage `json:"objects"`
	Bootstrap   string            `json:"bootstrap"`
	Aggregate   bool              `json:"aggregate"`
	Authorizers []string          `json:"authorizers"`
	asked
}

// Review is the answer to access.rules-review.
type Review struct {
	ResourceRules    []Rule `json:"resourceRules"`
	NonResourceRules []Rule `json:"nonResourceRules"`
	Incomplete       bool   `json:"incomplete"`
	EvaluationError  string `json:"evaluationError"`
	Refusal          string `json:"refusal,omitempty"`
}

// Listing is the answer to access.list: what kubectl prints.
type Listing struct {
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
}

func reviewAnswer(ask string, line []byte) (any, *protocol.Error) {
	var question reviewQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	stored, problem := access.Load(question.Objects, question.Bootstrap == "auto", question.Aggregate)
	if problem != nil {
		return nil, problem
	}
	resolver, problem := resolverOf(stored, question.Authorizers)
	if problem != nil {
		return nil, problem
	}
	review, status := reviewed(resolver, question.asked)
	if ask == "access.list" {
		return listed(status, question.asked), nil
	}
	return review, nil
}

func resolverOf(stored access.Stored, names []string) (authorizer.RuleResolver, *protocol.Error) {
	if len(names) == 0 {
		names = []string{"rbac"}
	}
	var chain []authorizer.RuleResolver
	for _, name := range names {
		switch name {
		case "rbac":
			chain = append(chain, stored.RBAC())
		case "node":
			chain = append(chain, node.NewAuthorizer(node.NewGraph(), nodeidentifier.NewDefaultNodeIdentifier(), bootstrappolicy.NodeRules()))
		case "webhook":
			chain = append(chain, &webhook.WebhookAuthorizer{})
		case "always-allow":
			chain = append(chain, authorizerfactory.NewAlwaysAllowAuthorizer())
		case "always-deny":
			chain = append(chain, authorizerfactory.NewAlwaysDenyAuthorizer())
		default:
			return nil, protocol.Errorf("bad-question", "no such authorizer: %q", name)
		}
	}
	return union.NewRuleResolvers(chain...), nil
}

// reviewed lets the registry answer a SelfSubjectRulesReview. The second answer
// is the status as a client gets it; nothing when the review was refused.
func reviewed(resolver authorizer.RuleResolver, question asked) (Review, *authorizationv1.SubjectRulesReviewStatus) {
	who := question.User
	if who == nil {
		who = &access.User{}
	}
	ctx := genericapirequest.WithUser(context.Background(),
		&user.DefaultInfo{Name: who.Name, UID: who.UID, Groups: who.Groups, Extra: who.Extra})
	given := &authorizationapi.SelfSubjectRulesReview{}
	given.Spec.Namespace = question.Namespace
	created, err := selfsubjectrulesreview.NewREST(resolver).Create(ctx, given, nil, &metav1.CreateOptions{})
	review := Review{ResourceRules: []Rule{}, NonResourceRules: []Rule{}}
	if err != nil {
		review.Refusal = err.Error()
		return review, nil
	}
	status := &authorizationv1.SubjectRulesReviewStatus{}
	internal, _ := created.(*authorizationapi.SelfSubjectRulesReview)
	if err := internalv1.Convert_authorization_SubjectRulesReviewStatus_To_v1_SubjectRulesReviewStatus(&internal.Status, status, nil); err != nil {
		review.Refusal = err.Error()
		return review, nil
	}
	for _, rule := range status.ResourceRules {
		review.ResourceRules = append(review.ResourceRules,
			Rule{rule.Verbs, rule.APIGroups, rule.Resources, rule.ResourceNames, nil})
	}
	for _, rule := range status.NonResourceRules {
		review.NonResourceRules = append(review.NonResourceRules,
			Rule{Verbs: rule.Verbs, NonResourceURLs: rule.NonResourceURLs})
	}
	review.Incomplete, review.EvaluationError = status.Incomplete, status.EvaluationError
	return review, status
}

// reviews is a client whose only answer is one status.
type reviews struct {
	authorizationv1client.AuthorizationV1Interface
	status *authorizationv1.SubjectRulesReviewStatus
}

type oneReview struct {
	authorizationv1client.SelfSubjectRulesReviewInterface
	status *authorizationv1.SubjectRulesReviewStatus
}

func (r reviews) SelfSubjectRulesReviews() authorizationv1client.SelfSubjectRulesReviewInterface {
	return oneReview{status: r.status}
}

func (r oneReview) Create(context.Context, *authorizationv1.SelfSubjectRulesReview, metav1.CreateOptions) (*authorizationv1.SelfSubjectRulesReview, error) {
	if r.status == nil {
		return nil, fmt.Errorf("no namespace on request")
	}
	return &authorizationv1.SelfSubjectRulesReview{Status: *r.status}, nil
}

func listed(status *authorizationv1.SubjectRulesReviewStatus, question asked) Listing {
	var stdout, stderr bytes.Buffer
	options := kubectlauth.CanIOptions{
		List:           true,
		NoHeaders:      question.NoHeaders,
		Namespace:      question.Namespace,
		AuthClient:     reviews{status: status},
		IOStreams:      genericiooptions.IOStreams{Out: &stdout, ErrOut: &stderr},
		WarningPrinter: printers.NewWarningPrinter(&stderr, printers.WarningPrinterOptions{}),
	}
	if err := options.RunAccessList(); err != nil {
		fmt.Fprintln(&stderr, "error:", err)
	}
	return Listing{stdout.String(), stderr.String()}
}
