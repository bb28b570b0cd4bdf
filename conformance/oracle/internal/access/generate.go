package access

import (
	"fmt"
	"math/rand"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
)

// Generated is one generated question: a small policy and many requests. Names
// are drawn from small vocabularies, so that rules and requests often meet.
type Generated struct {
	ID        string             `json:"id"`
	About     string             `json:"about,omitempty"`
	Ask       string             `json:"ask"`
	Seed      int64              `json:"seed"`
	Versions  []string           `json:"versions,omitempty"`
	Aggregate bool               `json:"aggregate,omitempty"`
	Order     Order              `json:"order"`
	Objects   []generatedObject  `json:"objects"`
	Questions []generatedRequest `json:"questions"`
}

// generatedObject is written by hand rather than as a typed object, because
// what is left out matters as much as what is there.
type generatedObject map[string]any

type generatedRequest struct {
	User    map[string]any `json:"user"`
	Request map[string]any `json:"request"`
}

var (
	verbs        = []string{"get", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*", "impersonate", "use", "GET", "get*", ""}
	apiGroups    = []string{"", "", "apps", "batch", "example.com", "*", "rbac.authorization.k8s.io"}
	resources    = []string{"pods", "pods", "deployments", "services", "nodes", "widgets", "*", "pods/log", "pods/status", "deployments/scale", "*/scale", "*/status", "pods/*", "*/*"}
	bare         = []string{"pods", "pods", "deployments", "services", "nodes", "widgets", "*", "scale"}
	subresources = []string{"", "", "", "log", "status", "scale", "*"}
	names        = []string{"", "", "a", "b", "a*", "*"}
	urls         = []string{"/healthz", "/healthz/*", "/healthz*", "*", "/a/*/b", "/foo/**", "/foo", "/foo/", "", "/*", "/api/*"}
	paths        = []string{"/healthz", "/healthz/", "/healthz/etcd", "/a/x/b", "/a/*/b", "/foo", "/foo/", "/foo/bar", "/", "", "/api/v1", "/healthzz"}
	users        = []string{"alice", "bob", "Alice", "", "*", "system:serviceaccount:x:robot", "system:serviceaccount:y:robot", "robot", "system:serviceaccount:x:"}
	groups       = []string{"dev", "ops", "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:x", "alice"}
	namespaces   = []string{"x", "y"}
	roleNames    = []string{"r0", "r1", "r2", "r3"}
)

// GenerateQuestion makes question number n of a seed. The same seed and number
// always make the same question.
func GenerateQuestion(seed, number int64, questions int) Generated {
	g := &generator{rand.New(rand.NewSource(seed*1_000_003 + number))}
	generated := Generated{
		ID:        fmt.Sprintf("generated/%d-%05d", seed, number),
		Ask:       "access.can-many",
		Seed:      seed,
		Aggregate: g.chance(30),
		Order:     OrderAll,
		Objects:   g.policy(),
	}
	for i := 0; i < questions; i++ {
		generated.Questions = append(generated.Questions, g.question(generated.Objects))
	}
	return generated
}

type generator struct{ random *rand.Rand }

func (g *generator) chance(percent int) bool { return g.random.Intn(100) < percent }

func (g *generator) one(from []string) string { return from[g.random.Intn(len(from))] }

func (g *generator) some(from []string, most int) []string {
	picked := []string{}
	for i := g.random.Intn(most + 1); i >= 0; i-- {
		picked = append(picked, g.one(from))
	}
	if g.chance(3) {
		return []string{}
	}
	return picked
}

func (g *generator) policy() []generatedObject {
	var objects []generatedObject
	for _, name := range roleNames {
		if g.chance(85) {
			objects = append(objects, g.clusterRole(name))
		}
		for _, namespace := range namespaces {
			if g.chance(50) {
				role := g.object("Role", name, namespace)
				role["rules"] = g.rules(false)
				objects = append(objects, role)
			}
		}
	}
	for i, count := 0, 1+g.random.Intn(5); i < count; i++ {
		objects = append(objects, g.binding("ClusterRoleBinding", fmt.Sprintf("cb%d", i), ""))
	}
	for i, count := 0, 1+g.random.Intn(7); i < count; i++ {
		objects = append(objects, g.binding("RoleBinding", fmt.Sprintf("rb%d", i), g.one(namespaces)))
	}
	return objects
}

func (g *generator) object(kind, name, namespace string) generatedObject {
	metadata := map[string]any{"name": name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	version := "v1"
	if g.chance(5) {
		version = "v1beta1"
	}
	return generatedObject{"apiVersion": rbacv1.GroupName + "/" + version, "kind": kind, "metadata": metadata}
}

// clusterRole makes a role that may aggregate roles with a higher number, so
// that chains are common and cycles do not occur.
func (g *generator) clusterRole(name string) generatedObject {
	role := g.object("ClusterRole", name, "")
	metadata, _ := role["metadata"].(map[string]any)
	number := int(name[1] - '0')
	if number > 0 && g.chance(50) {
		metadata["labels"] = map[string]string{"into": fmt.Sprintf("r%d", g.random.Intn(number))}
	}
	if g.chance(25) {
		role["aggregationRule"] = map[string]any{"clusterRoleSelectors": []any{
			map[string]any{"matchLabels": map[string]string{"into": name}},
		}}
	}
	role["rules"] = g.rules(true)
	return role
}

func (g *generator) rules(withURLs bool) []map[string]any {
	rules := []map[string]any{}
	for i := g.random.Intn(4); i > 0; i-- {
		rule := map[string]any{"verbs": g.some(verbs, 2)}
		if withURLs && g.chance(25) {
			rule["nonResourceURLs"] = g.some(urls, 2)
		}
		if rule["nonResourceURLs"] == nil || g.chance(10) {
			rule["apiGroups"] = g.some(apiGroups, 2)
			rule["resources"] = g.some(resources, 2)
		}
		if g.chance(25) {
			rule["resourceNames"] = g.some(names, 2)
		}
		rules = append(rules, rule)
	}
	return rules
}

func (g *generator) binding(kind, name, namespace string) generatedObject {
	binding := g.object(kind, name, namespace)
	roleKind := "ClusterRole"
	if namespace != "" && g.chance(50) || g.chance(3) {
		roleKind = "Role"
	}
	if g.chance(2) {
		roleKind = "Thing"
	}
	role := g.one(roleNames)
	if g.chance(5) {
		role = "gone"
	}
	reference := map[string]any{"kind": roleKind, "name": role}
	if g.chance(80) {
		reference["apiGroup"] = rbacv1.GroupName
	}
	binding["roleRef"] = reference
	var subjects []map[string]any
	for i := g.random.Intn(4); i >= 0; i-- {
		subjects = append(subjects, g.subject())
	}
	if !g.chance(3) {
		binding["subjects"] = subjects
	}
	return binding
}

func (g *generator) subject() map[string]any {
	switch g.random.Intn(10) {
	case 0, 1, 2, 3:
		return map[string]any{"kind": "User", "name": g.one(users), "apiGroup": rbacv1.GroupName}
	case 4, 5, 6:
		return map[string]any{"kind": "Group", "name": g.one(groups), "apiGroup": rbacv1.GroupName}
	case 7, 8:
		subject := map[string]any{"kind": "ServiceAccount", "name": "robot"}
		if g.chance(60) {
			subject["namespace"] = g.one(namespaces)
		}
		return subject
	default:
		return map[string]any{"kind": "Robot", "name": g.one(users)}
	}
}

// question asks mostly for what some binding grants to somebody, because a
// request drawn blindly is nearly always refused.
func (g *generator) question(objects []generatedObject) generatedRequest {
	asked := generatedRequest{g.user(), g.request()}
	binding := g.pick(objects, func(object generatedObject) bool { return object["roleRef"] != nil })
	if binding == nil || g.chance(20) {
		return asked
	}
	metadata, _ := binding["metadata"].(map[string]any)
	namespace, _ := metadata["namespace"].(string)
	if subjects, _ := binding["subjects"].([]map[string]any); len(subjects) > 0 && g.chance(85) {
		asked.User = g.userOf(subjects[g.random.Intn(len(subjects))], namespace)
	}
	reference, _ := binding["roleRef"].(map[string]any)
	role := g.pick(objects, func(object generatedObject) bool {
		candidate, _ := object["metadata"].(map[string]any)
		return object["kind"] == reference["kind"] && candidate["name"] == reference["name"] &&
			(object["kind"] == "ClusterRole" || candidate["namespace"] == namespace)
	})
	if rules, _ := role["rules"].([]map[string]any); len(rules) > 0 && g.chance(85) {
		asked.Request = g.requestFor(rules[g.random.Intn(len(rules))])
		if asked.Request["path"] == nil && namespace != "" && g.chance(90) {
			asked.Request["namespace"] = namespace
		}
	}
	return asked
}

func (g *generator) pick(objects []generatedObject, wanted func(generatedObject) bool) generatedObject {
	var candidates []generatedObject
	for _, object := range objects {
		if wanted(object) {
			candidates = append(candidates, object)
		}
	}
	if len(candidates) == 0 {
		return nil
	}
	return candidates[g.random.Intn(len(candidates))]
}

func (g *generator) user() map[string]any {
	user := map[string]any{"name": g.one(users)}
	if g.chance(70) {
		user["groups"] = g.some(groups, 2)
	}
	return user
}

func (g *generator) userOf(subject map[string]any, namespace string) map[string]any {
	user := g.user()
	name, _ := subject["name"].(string)
	switch subject["kind"] {
	case "User":
		user["name"] = name
	case "Group":
		user["groups"] = append(g.some(groups, 1), name)
	case "ServiceAccount":
		if given, ok := subject["namespace"].(string); ok {
			namespace = given
		}
		user["name"] = "system:serviceaccount:" + namespace + ":" + name
	}
	return user
}

func (g *generator) request() map[string]any {
	if g.chance(20) {
		return map[string]any{"verb": g.one(verbs), "path": g.one(paths)}
	}
	return g.resourceRequest(g.one(verbs), g.one(apiGroups), g.one(bare), g.one(subresources), g.one(names))
}

func (g *generator) resourceRequest(verb, group, resource, subresource, name string) map[string]any {
	request := map[string]any{"verb": verb, "resource": resource}
	for _, field := range []struct{ name, value string }{{"group", group}, {"subresource", subresource}, {"name", name}} {
		if field.value != "" {
			request[field.name] = field.value
		}
	}
	if g.chance(70) {
		request["namespace"] = g.one(namespaces)
	}
	return request
}

// requestFor asks for something a rule seems to grant, and now and then for
// its neighbour.
func (g *generator) requestFor(rule map[string]any) map[string]any {
	verb := g.meant(rule["verbs"], verbs)
	if _, ok := rule["nonResourceURLs"]; ok && g.chance(80) {
		path := g.meant(rule["nonResourceURLs"], paths)
		if trimmed := strings.TrimRight(path, "*"); trimmed != path && g.chance(80) {
			path = trimmed + g.one([]string{"", "x", "/x", "/"})
		}
		return map[string]any{"verb": verb, "path": path}
	}
	resource, subresource, _ := strings.Cut(g.meant(rule["resources"], bare), "/")
	if resource == "*" && g.chance(80) {
		resource = g.one(bare)
	}
	if subresource == "" && g.chance(15) {
		subresource = g.one(subresources)
	}
	name := g.one(names)
	if allowed, ok := rule["resourceNames"]; ok {
		name = g.meant(allowed, names)
	}
	return g.resourceRequest(verb, g.meant(rule["apiGroups"], apiGroups), resource, subresource, name)
}

// meant draws from what a rule lists; a star stands for anything.
func (g *generator) meant(listed any, vocabulary []string) string {
	values, _ := listed.([]string)
	if len(values) == 0 || g.chance(10) {
		return g.one(vocabulary)
	}
	value := g.one(values)
	if value == "*" && g.chance(80) {
		return g.one(vocabulary)
	}
	return value
}
