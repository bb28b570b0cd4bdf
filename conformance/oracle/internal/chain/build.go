package chain

import (
	"strings"

	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/component-base/featuregate"

	"kubelogic/conformance/oracle/internal/access"
	"kubelogic/conformance/oracle/internal/protocol"
)

func featureOf(gate string) featuregate.Feature {
	return featuregate.Feature(gate)
}

// link is an authorizer of a chain with the name that the chain knows it by.
type link struct {
	name       string
	authorizer authorizer.Authorizer
}

// configured is an authorizer as a configuration names it.
type configured struct {
	mode, name string
	// Of a webhook: what the configuration says about it.
	webhook any
}

// build puts the real authorizers together as the API server does, the
// privileged group before all that are configured.
func build(question *Question) ([]link, *protocol.Error) {
	wanted, problem := wantedBy(&question.Chain)
	if problem != nil {
		return nil, problem
	}
	chain := []link{{
		name:       "kubernetes.io/system-privileged-group",
		authorizer: authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup),
	}}
	for _, configured := range wanted {
		var next authorizer.Authorizer
		switch configured.mode {
		case "AlwaysAllow":
			next = authorizerfactory.NewAlwaysAllowAuthorizer()
		case "AlwaysDeny":
			next = authorizerfactory.NewAlwaysDenyAuthorizer()
		case "Node":
			graph, problem := graphOf(question.Objects)
			if problem != nil {
				return nil, problem
			}
			next = nodeAuthorizer(graph)
		case "RBAC":
			objects := access.Question{
				Objects: rbacObjects(question.Objects), Bootstrap: question.Bootstrap, Aggregate: question.Aggregate,
			}
			rbac, problem := access.RBAC(&objects)
			if problem != nil {
				return nil, problem
			}
			next = rbac
		case "ABAC":
			path := question.Chain.PolicyPath
			policies, err := policiesOf(question.Chain.Policy, path)
			if err != nil {
				return nil, protocol.Errorf("bad-question", "%v", err)
			}
			next = policies
		case "Webhook":
			webhook, problem := webhookOf(configured, question.Chain.Webhooks[configured.name])
			if problem != nil {
				return nil, problem
			}
			next = webhook
		default:
			return nil, protocol.Errorf("bad-question", "no such mode: %q", configured.mode)
		}
		chain = append(chain, link{name: configured.name, authorizer: next})
	}
	return chain, nil
}

func wantedBy(settings *Settings) ([]configured, *protocol.Error) {
	if settings.Configuration != "" {
		return configuredBy(settings.Configuration)
	}
	modes := settings.Modes
	if len(modes) == 0 {
		modes = []string{"AlwaysAllow"}
	}
	var wanted []configured
	for _, mode := range modes {
		// upstream: pkg/kubeapiserver/options/authorization.go
		name := strings.ToLower(mode)
		if mode == "Webhook" {
			name = "default"
		}
		wanted = append(wanted, configured{mode: mode, name: name})
	}
	return wanted, nil
}
