// Package chain asks the real Node, ABAC and webhook authorizers, the real
// union of authorizers and the real loader of authorization configurations.
package chain

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"sync"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/klog/v2"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

func init() {
	// The authorizers log every refusal and every webhook that fails.
	flags := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(flags)
	_ = flags.Set("logtostderr", "false")
	_ = flags.Set("stderrthreshold", "FATAL")
	klog.SetOutput(io.Discard)
}

// Question holds the fields of every question of this package.
type Question struct {
	access.Question
	Chain     Settings `json:"chain"`
	Questions []struct {
		User    *access.User `json:"user"`
		Request *Request     `json:"request"`
	} `json:"questions"`
	// access.policy and access.configuration
	Text string `json:"text"`
	Path string `json:"path"`
}

// Settings say which authorizers there are.
type Settings struct {
	// What --authorization-mode lists.
	Modes []string `json:"modes"`
	// The text of --authorization-policy-file, and its name in messages.
	Policy     string `json:"policy"`
	PolicyPath string `json:"policyPath"`
	// The text of --authorization-config.
	Configuration string `json:"configuration"`
	// What webhooks answer, by the name of the authorizer.
	Webhooks map[string]Webhook `json:"webhooks"`
	// Gates that differ from their defaults.
	FeatureGates map[string]bool `json:"featureGates"`
}

// Webhook is what one webhook always answers.
type Webhook struct {
	Allowed bool   `json:"allowed"`
	Denied  bool   `json:"denied"`
	Reason  string `json:"reason"`
	// The request fails with this error.
	Error string `json:"error"`
}

// Request is a request with selectors.
type Request struct {
	access.Request
	FieldSelector string `json:"fieldSelector"`
	LabelSelector string `json:"labelSelector"`
}

// Results are in the order of the questions.
type Results struct {
	Results []Outcome `json:"results"`
}

// Outcome is what a chain answered.
type Outcome struct {
	Allowed  bool   `json:"allowed"`
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
	Error    string `json:"error,omitempty"`
	// Each authorizer that was asked, in order.
	Authorizers []Said `json:"authorizers"`
}

// Said is what one authorizer answered.
type Said struct {
	Name     string `json:"name"`
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
	Error    string `json:"error,omitempty"`
}

// gates is held for writing while a question runs with other feature gates.
var gates sync.RWMutex

// Answer answers access.authorize, access.policy and access.configuration.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	if err := json.Unmarshal(line, &question.Question); err != nil && ask == "access.authorize" {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	switch ask {
	case "access.policy":
		return policyAnswer(question.Text, question.Path)
	case "access.configuration":
		return configurationAnswer(question.Text)
	case "access.authorize":
	default:
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	if len(question.Chain.FeatureGates) == 0 {
		gates.RLock()
		defer gates.RUnlock()
		return authorize(&question)
	}
	gates.Lock()
	defer gates.Unlock()
	before := map[string]bool{}
	for gate := range question.Chain.FeatureGates {
		before[gate] = utilfeature.DefaultFeatureGate.Enabled(featureOf(gate))
	}
	if err := utilfeature.DefaultMutableFeatureGate.SetFromMap(question.Chain.FeatureGates); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	defer func() { _ = utilfeature.DefaultMutableFeatureGate.SetFromMap(before) }()
	return authorize(&question)
}

func authorize(question *Question) (any, *protocol.Error) {
	chain, problem := build(question)
	if problem != nil {
		return nil, problem
	}
	union, err := unionOf(chain)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	results := Results{Results: []Outcome{}}
	for _, asked := range question.Questions {
		request := attributes(asked.User, asked.Request)
		decision, reason, err := union.Authorize(context.Background(), request)
		outcome := Outcome{
			Allowed:     decision == authorizer.DecisionAllow,
			Decision:    word(decision),
			Reason:      reason,
			Error:       text(err),
			Authorizers: []Said{},
		}
		for _, link := range chain {
			decision, reason, err := link.authorizer.Authorize(context.Background(), request)
			said := Said{Name: link.name, Decision: word(decision), Reason: reason, Error: text(err)}
			outcome.Authorizers = append(outcome.Authorizers, said)
			if decision != authorizer.DecisionNoOpinion {
				break
			}
		}
		results.Results = append(results.Results, outcome)
	}
	return results, nil
}

func attributes(who *access.User, request *Request) authorizer.Attributes {
	if who == nil {
		who = &access.User{}
	}
	if request == nil {
		request = &Request{}
	}
	record := authorizer.AttributesRecord{
		User:            &user.DefaultInfo{Name: who.Name, UID: who.UID, Groups: who.Groups, Extra: who.Extra},
		Verb:            request.Verb,
		APIGroup:        request.Group,
		APIVersion:      request.Version,
		Resource:        request.Resource,
		Subresource:     request.Subresource,
		Name:            request.Name,
		Namespace:       request.Namespace,
		ResourceRequest: request.Path == nil,
	}
	if request.Path != nil {
		record.Path = *request.Path
	}
	limit(&record, request)
	return record
}

func word(decision authorizer.Decision) string {
	switch decision {
	case authorizer.DecisionAllow:
		return "allow"
	case authorizer.DecisionDeny:
		return "deny"
	default:
		return "no-opinion"
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// selectors reads both selectors as the API server reads them from a URL.
func selectors(request *Request) (fields.Requirements, error, labels.Requirements, error) {
	var fieldRequirements fields.Requirements
	var labelRequirements labels.Requirements
	field, fieldError := fields.ParseSelector(request.FieldSelector)
	if fieldError == nil {
		fieldRequirements = field.Requirements()
	}
	label, labelError := labels.Parse(request.LabelSelector)
	if labelError == nil {
		labelRequirements, _ = label.Requirements()
	}
	return fieldRequirements, fieldError, labelRequirements, labelError
}
