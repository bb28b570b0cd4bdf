// Package access asks the real RBAC authorizer, the real aggregation
// controller and the real bootstrap policy of one Kubernetes version.
package access

import (
	"encoding/json"

	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Question holds the fields of every access question.
type Question struct {
	// Roles, ClusterRoles and their bindings in any version the API server
	// decodes. A later object replaces an earlier one of the same identity.
	Objects []json.RawMessage `json:"objects"`
	// Add each default object of this version that is missing by name.
	Bootstrap bool `json:"bootstrap"`
	// Run the aggregation controller until it has nothing left to do.
	Aggregate bool `json:"aggregate"`
	// How bindings are listed: see Order.
	Order Order `json:"order"`
	// access.can: one request.
	User    *User    `json:"user"`
	Request *Request `json:"request"`
	// access.can-many: many requests to the same objects.
	Questions []struct {
		User    *User    `json:"user"`
		Request *Request `json:"request"`
	} `json:"questions"`
}

// User is who asks, exactly: nothing is added to the groups.
type User struct {
	Name   string              `json:"name"`
	UID    string              `json:"uid,omitempty"`
	Groups []string            `json:"groups,omitempty"`
	Extra  map[string][]string `json:"extra,omitempty"`
}

// Request is a resource request, or with Path a request for a URL.
type Request struct {
	Verb        string  `json:"verb"`
	Group       string  `json:"group"`
	Version     string  `json:"version"`
	Resource    string  `json:"resource"`
	Subresource string  `json:"subresource"`
	Name        string  `json:"name"`
	Namespace   string  `json:"namespace"`
	Path        *string `json:"path"`
}

func attributes(who *User, request *Request) authorizer.Attributes {
	if who == nil {
		who = &User{}
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
	return record
}

// Results is the answer to access.can-many, in the order of its questions.
type Results struct {
	Results []Verdict `json:"results"`
}

// Answer answers the access questions and rbac.bootstrap.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	switch ask {
	case "rbac.bootstrap":
		return bootstrapAnswer(question.Aggregate)
	case "access.can", "access.can-many", "access.aggregate":
	default:
		return nil, protocol.Errorf("unknown-question", "no such question: %q", ask)
	}
	store, problem := storeOf(&question)
	if problem != nil {
		return nil, problem
	}
	if ask == "access.aggregate" {
		return store.clusterRoleRules(), nil
	}
	judge, problem := newJudge(store, question.Order)
	if problem != nil {
		return nil, problem
	}
	if ask == "access.can" {
		return judge.verdict(attributes(question.User, question.Request)), nil
	}
	results := Results{Results: []Verdict{}}
	for _, asked := range question.Questions {
		results.Results = append(results.Results, judge.verdict(attributes(asked.User, asked.Request)))
	}
	return results, nil
}

func storeOf(question *Question) (*store, *protocol.Error) {
	store := newStore()
	if question.Bootstrap {
		for _, object := range bootstrapObjects() {
			if problem := store.add(object.DeepCopyObject()); problem != nil {
				return nil, problem
			}
		}
	}
	for _, raw := range question.Objects {
		if problem := store.addJSON(raw); problem != nil {
			return nil, problem
		}
	}
	if question.Aggregate {
		if problem := aggregate(store); problem != nil {
			return nil, problem
		}
	}
	return store, nil
}
