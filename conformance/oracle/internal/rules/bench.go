//go:build !before132

package rules

import (
	"encoding/json"
	"fmt"
	"sort"
	"time"

	covers "k8s.io/component-helpers/auth/rbac/validation"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

// Measurement is what one question took the real functions.
type Measurement struct {
	Bench       string `json:"bench"`
	KubeVersion string `json:"kubeVersion"`
	MedianNanos int64  `json:"medianNs"`
	BestNanos   int64  `json:"bestNs"`
	Calls       int    `json:"calls"`
}

// Bench times covers over the default roles admin and edit, and the list of a
// user with this many roles of five rules.
func Bench(roles int, budget time.Duration) ([]Measurement, *protocol.Error) {
	defaults, problem := access.Load(nil, true, true)
	if problem != nil {
		return nil, problem
	}
	admin, err := defaults.ClusterRoles().Get("admin")
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	edit, err := defaults.ClusterRoles().Get("edit")
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	results := []Measurement{timed("covers", budget, func() { covers.Covers(admin.Rules, edit.Rules) })}

	stored, problem := access.Load(benchPolicy(roles), false, false)
	if problem != nil {
		return nil, problem
	}
	resolver, problem := resolverOf(stored, nil)
	if problem != nil {
		return nil, problem
	}
	asking := asked{User: &access.User{Name: "ann"}, Namespace: "default"}
	results = append(results, timed("list", budget, func() {
		_, status := reviewed(resolver, asking)
		listed(status, asking)
	}))
	return results, nil
}

// benchPolicy is a user with many roles, each of five rules for resources of
// its own.
func benchPolicy(roles int) []json.RawMessage {
	const group = "rbac.authorization.k8s.io"
	var objects []json.RawMessage
	for role := 0; role < roles; role++ {
		rules := ""
		for rule := 0; rule < 5; rule++ {
			if rule > 0 {
				rules += ","
			}
			rules += fmt.Sprintf(`{"verbs":["get","list","watch"],"apiGroups":["group-%d"],"resources":["resource-%d-%d"]}`, role, role, rule)
		}
		objects = append(objects, json.RawMessage(fmt.Sprintf(
			`{"apiVersion":"%s/v1","kind":"ClusterRole","metadata":{"name":"role-%d"},"rules":[%s]}`, group, role, rules)))
		objects = append(objects, json.RawMessage(fmt.Sprintf(
			`{"apiVersion":"%s/v1","kind":"ClusterRoleBinding","metadata":{"name":"binding-%d"},"roleRef":{"apiGroup":"%s","kind":"ClusterRole","name":"role-%d"},"subjects":[{"kind":"User","name":"ann"}]}`,
			group, role, group, role)))
	}
	return objects
}

func timed(name string, budget time.Duration, run func()) Measurement {
	run()
	var taken []int64
	for end := time.Now().Add(budget); time.Now().Before(end) || len(taken) == 0; {
		start := time.Now()
		run()
		taken = append(taken, time.Since(start).Nanoseconds())
	}
	sort.Slice(taken, func(i, j int) bool { return taken[i] < taken[j] })
	return Measurement{name, protocol.KubeVersion(), taken[len(taken)/2], taken[0], len(taken)}
}
