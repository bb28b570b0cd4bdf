package chain

import (
	"os"
	"strings"

	"k8s.io/kubernetes/pkg/apis/abac"
	abacauthorizer "k8s.io/kubernetes/pkg/auth/authorizer/abac"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Policies is the answer to access.policy.
type Policies struct {
	Policies []Policy `json:"policies"`
	Error    *string  `json:"error"`
}

// Policy is a line of a policy file as the authorizer compares it.
type Policy struct {
	User            string `json:"user"`
	Group           string `json:"group"`
	Readonly        bool   `json:"readonly"`
	APIGroup        string `json:"apiGroup"`
	Resource        string `json:"resource"`
	Namespace       string `json:"namespace"`
	NonResourcePath string `json:"nonResourcePath"`
}

func policyAnswer(text, path string) (any, *protocol.Error) {
	answer := Policies{Policies: []Policy{}}
	policies, err := policiesOf(text, path)
	if err != nil {
		message := err.Error()
		answer.Error = &message
		return answer, nil
	}
	for _, policy := range policies {
		answer.Policies = append(answer.Policies, plain(policy))
	}
	return answer, nil
}

func plain(policy *abac.Policy) Policy {
	spec := policy.Spec
	return Policy{
		User: spec.User, Group: spec.Group, Readonly: spec.Readonly, APIGroup: spec.APIGroup,
		Resource: spec.Resource, Namespace: spec.Namespace, NonResourcePath: spec.NonResourcePath,
	}
}

type namedError struct {
	error
	from, to string
}

func (e namedError) Error() string {
	return strings.Replace(e.error.Error(), e.from, e.to, 1)
}

// policiesOf loads a policy file of this text; the file's name in errors is path.
func policiesOf(text, path string) (abacauthorizer.PolicyList, error) {
	folder := "/dev/shm"
	if _, err := os.Stat(folder); err != nil {
		folder = ""
	}
	file, err := os.CreateTemp(folder, "abac-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	if _, err := file.WriteString(text); err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	policies, err := abacauthorizer.NewFromFile(file.Name())
	if err != nil {
		return nil, namedError{err, file.Name(), path}
	}
	return policies, nil
}
