//go:build !before132

// Package rules asks the real functions about lists of rules: which cover
// which, how they are merged, which a user has, and how kubectl lists them.
package rules

import (
	"encoding/json"
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	covers "k8s.io/component-helpers/auth/rbac/validation"
	rbacutil "k8s.io/kubectl/pkg/util/rbac"
	rbacv1helpers "k8s.io/kubernetes/pkg/apis/rbac/v1"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"

	"kubelogic/conformance/oracle/internal/protocol"
)

type coversQuestion struct {
	Owner   []rbacv1.PolicyRule `json:"owner"`
	Servant []rbacv1.PolicyRule `json:"servant"`
}

// Rule is a rule without empty lists.
type Rule struct {
	Verbs           []string `json:"verbs,omitempty"`
	APIGroups       []string `json:"apiGroups,omitempty"`
	Resources       []string `json:"resources,omitempty"`
	ResourceNames   []string `json:"resourceNames,omitempty"`
	NonResourceURLs []string `json:"nonResourceURLs,omitempty"`
}

func rulesOf(given []rbacv1.PolicyRule) []Rule {
	rules := []Rule{}
	for _, rule := range given {
		rules = append(rules, Rule(rule))
	}
	return rules
}

// CoversAnswer is the answer to access.covers.
type CoversAnswer struct {
	Covered   bool     `json:"covered"`
	Breakdown []Rule   `json:"breakdown"`
	Uncovered []Rule   `json:"uncovered"`
	Missing   []Rule   `json:"missing"`
	Texts     []string `json:"texts"`
}

func coversAnswer(line []byte) (any, *protocol.Error) {
	var question coversQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	answer := CoversAnswer{Breakdown: []Rule{}}
	for _, rule := range question.Servant {
		answer.Breakdown = append(answer.Breakdown, rulesOf(covers.BreakdownRule(rule))...)
	}
	covered, uncovered := covers.Covers(question.Owner, question.Servant)
	missing, err := validation.CompactRules(uncovered)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	answer.Covered, answer.Uncovered, answer.Missing = covered, rulesOf(uncovered), rulesOf(firstSeen(uncovered, missing))
	texts := sets.NewString()
	for _, rule := range missing {
		texts.Insert(rbacv1helpers.CompactString(rule))
	}
	answer.Texts = texts.List()
	return answer, nil
}

type compactQuestion struct {
	Rules []rbacv1.PolicyRule `json:"rules"`
}

// CompactAnswer is the answer to access.compact.
type CompactAnswer struct {
	APIServer []Rule `json:"apiServer"`
	Kubectl   []Rule `json:"kubectl"`
}

func compactAnswer(line []byte) (any, *protocol.Error) {
	var question compactQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	// Stored objects know no difference between an empty list and none.
	for i := range question.Rules {
		withoutEmpty(&question.Rules[i])
	}
	server, err := validation.CompactRules(question.Rules)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	client, err := rbacutil.CompactRules(question.Rules)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return CompactAnswer{rulesOf(firstSeen(question.Rules, server)), rulesOf(firstSeen(question.Rules, client))}, nil
}

func withoutEmpty(rule *rbacv1.PolicyRule) {
	for _, list := range []*[]string{&rule.Verbs, &rule.APIGroups, &rule.Resources, &rule.ResourceNames, &rule.NonResourceURLs} {
		if len(*list) == 0 {
			*list = nil
		}
	}
}

// firstSeen brings merged rules, which stand behind the others in Go's random
// map order, into the order in which their resources were first seen.
func firstSeen(given, merged []rbacv1.PolicyRule) []rbacv1.PolicyRule {
	seen := map[string]int{}
	for i := len(given) - 1; i >= 0; i-- {
		if key, simple := simpleKey(given[i]); simple {
			seen[key] = i
		}
	}
	place := func(rule rbacv1.PolicyRule) int {
		if key, simple := simpleKey(rule); simple {
			return seen[key]
		}
		return -1
	}
	ordered := append([]rbacv1.PolicyRule{}, merged...)
	sort.SliceStable(ordered, func(i, j int) bool { return place(ordered[i]) < place(ordered[j]) })
	return ordered
}

func simpleKey(rule rbacv1.PolicyRule) (string, bool) {
	if len(rule.APIGroups) != 1 || len(rule.Resources) != 1 || len(rule.ResourceNames) > 1 || len(rule.NonResourceURLs) > 0 {
		return "", false
	}
	key, _ := json.Marshal([][]string{rule.APIGroups, rule.Resources, rule.ResourceNames})
	return string(key), true
}
