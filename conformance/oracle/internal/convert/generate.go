package convert

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Generated is a question about a generated object.
type Generated struct {
	ID     int64           `json:"id"`
	Ask    string          `json:"ask"`
	Object json.RawMessage `json:"object"`
	To     string          `json:"to"`
	Whole  bool            `json:"whole"`
}

// Generate fills an object of a kind and version that are drawn, too, and asks
// for another version of it. The same seed and number make the same question.
func Generate(seed, number int64) (Generated, error) {
	filler := filler{rand.New(rand.NewSource(seed*1_000_003 + number))}
	known := families()
	chosen := known[filler.Intn(len(known))]
	// Most kinds are written the same in every version; the others have more to show.
	for !differs[chosen.kinds[0].Kind] && filler.Intn(3) > 0 {
		chosen = known[filler.Intn(len(known))]
	}
	versions := filler.Perm(len(chosen.kinds))
	from, to := chosen.kinds[versions[0]], chosen.kinds[versions[1]]
	object, err := scheme.New(from)
	if err != nil {
		return Generated{}, err
	}
	filler.fill(reflect.ValueOf(object).Elem(), "", 0)
	object.GetObjectKind().SetGroupVersionKind(from)
	text, err := runtime.Encode(serializer, object)
	if err != nil {
		return Generated{}, fmt.Errorf("%s: %w", from, err)
	}
	// Most manifests do not write what is zero, but some do.
	if filler.Intn(4) > 0 {
		if text, err = withoutNulls(text); err != nil {
			return Generated{}, err
		}
	}
	return Generated{ID: number, Ask: "convert.object", Object: text, To: to.GroupVersion().String(), Whole: true}, nil
}

type filler struct{ *rand.Rand }

// differs names the kinds whose versions are written differently.
var differs = map[string]bool{
	"ClusterRoleBinding": true, "CustomResourceDefinition": true, "DaemonSet": true, "Deployment": true,
	"EndpointSlice": true, "Event": true, "HorizontalPodAutoscaler": true, "Ingress": true,
	"LocalSubjectAccessReview": true, "NetworkPolicy": true, "PodCertificateRequest": true,
	"PodDisruptionBudget": true, "PriorityLevelConfiguration": true, "ResourceClaim": true,
	"ResourceClaimTemplate": true, "ResourceSlice": true, "RoleBinding": true, "RuntimeClass": true,
	"StatefulSet": true, "SubjectAccessReview": true,
}

// words are what texts are made of; some of them mean something to conversion.
var words = []string{
	"a", "web", "shop", "x-1", "node-1", "cpu", "memory", "1", "80", "http", "*", "Pod", "User", "Group", "ServiceAccount",
	"v1", "rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io", "Resource", "ContainerResource", "Object",
	"Pods", "External", "Exists", "DoesNotExist", "Utilization", "AverageValue", "topology.kubernetes.io/zone",
	"kubernetes.io/hostname", "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match", "system:authenticated",
	"{}", "[]", "v1beta1",
}

// annotations are the keys that conversion knows, and texts for them.
var annotations = []struct {
	key   string
	texts []string
}{
	{"deprecated.daemonset.template.generation", []string{"0", "5", "007", "-3", "x", "99999999999999999999"}},
	{"deprecated.deployment.rollback.to", []string{"", "0", "12", "+4", "1_0"}},
	{"flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares", []string{""}},
	{"autoscaling.alpha.kubernetes.io/metrics", []string{
		`[]`, `{`, `[{"type":"Pods","pods":{"metricName":"q","targetAverageValue":"20"}}]`,
		`[{"type":"Resource","resource":{"name":"memory","targetAverageUtilization":7}},{"type":"External","external":{"metricName":"e","metricSelector":{"matchLabels":{"a":"b"}},"targetValue":"3"}}]`,
		`[{"type":"Object","object":{"target":{"kind":"Service","name":"s","apiVersion":"v1"},"metricName":"o","targetValue":"9","averageValue":"2"}},{"Type":"ContainerResource","containerResource":{"name":"cpu","container":"c","targetAverageValue":"1"}}]`,
	}},
	{"autoscaling.alpha.kubernetes.io/behavior", []string{
		`{}`, `{"ScaleUp":null}`, `x`, `{"ScaleUp":{"StabilizationWindowSeconds":5,"SelectPolicy":"Max","Policies":[{"Type":"Pods","Value":4,"PeriodSeconds":60}],"Tolerance":"500m"},"ScaleDown":null}`,
		`{"scaleDown":{"policies":[{"type":"Percent","value":10,"periodSeconds":15}]}}`,
	}},
	{"autoscaling.alpha.kubernetes.io/conditions", []string{
		`[{"type":"AbleToScale","status":"True","lastTransitionTime":"2020-01-01T00:00:00Z","reason":"r","message":"m"}]`, `7`,
	}},
	{"autoscaling.alpha.kubernetes.io/current-metrics", []string{
		`[{"type":"Resource","resource":{"name":"cpu","currentAverageUtilization":3,"currentAverageValue":"10m"}},{"type":"Pods","pods":{"metricName":"q","currentAverageValue":"1"}}]`,
		`[{"type":"External","external":{"metricName":"e","currentValue":"2","currentAverageValue":"1"}},{"type":"Object","object":{"target":{"kind":"Service","name":"s"},"metricName":"o","currentValue":"4"}}]`,
	}},
}

// maxDepth is where optional fields end; types refer to themselves.
const maxDepth = 14

func (f filler) fill(value reflect.Value, field string, depth int) {
	if f.special(value, field) {
		return
	}
	switch value.Kind() {
	case reflect.Pointer:
		if depth < maxDepth && f.Intn(3) > 0 {
			value.Set(reflect.New(value.Type().Elem()))
			f.fill(value.Elem(), field, depth+1)
		}
	case reflect.Struct:
		for i := 0; i < value.NumField(); i++ {
			if value.Type().Field(i).IsExported() {
				f.fill(value.Field(i), value.Type().Field(i).Name, depth+1)
			}
		}
	case reflect.Slice:
		if depth >= maxDepth || f.Intn(3) == 0 {
			return
		}
		count := f.Intn(3)
		value.Set(reflect.MakeSlice(value.Type(), count, count))
		for i := 0; i < count; i++ {
			f.fill(value.Index(i), "", depth+1)
		}
	case reflect.Array:
		for i := 0; i < value.Len(); i++ {
			f.fill(value.Index(i), "", depth+1)
		}
	case reflect.Map:
		if depth >= maxDepth || f.Intn(3) == 0 {
			return
		}
		value.Set(reflect.MakeMap(value.Type()))
		for count := f.Intn(3); count > 0; count-- {
			key, item := reflect.New(value.Type().Key()).Elem(), reflect.New(value.Type().Elem()).Elem()
			f.fill(key, "", depth+1)
			f.fill(item, "", depth+1)
			value.SetMapIndex(key, item)
		}
	case reflect.String:
		if f.Intn(4) > 0 {
			value.SetString(words[f.Intn(len(words))])
		}
	case reflect.Bool:
		value.SetBool(f.Intn(2) == 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		if f.Intn(3) > 0 {
			value.SetInt(int64(f.Intn(1000)))
		}
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		value.SetUint(uint64(f.Intn(200)))
	case reflect.Float64:
		value.SetFloat(float64(f.Intn(100)))
	}
}

// special fills types whose fields do not say what their texts may be.
func (f filler) special(value reflect.Value, field string) bool {
	switch target := value.Addr().Interface().(type) {
	case *metav1.TypeMeta, *metav1.FieldsV1:
		return true
	case *metav1.Time:
		if f.Intn(2) == 0 {
			*target = metav1.NewTime(time.Unix(int64(f.Intn(2_000_000_000)), 0).UTC())
		}
	case *metav1.MicroTime:
		if f.Intn(2) == 0 {
			*target = metav1.NewMicroTime(time.Unix(int64(f.Intn(2_000_000_000)), 5000).UTC())
		}
	case *metav1.Duration:
		target.Duration = time.Duration(f.Intn(1000)) * time.Second
	case *[]metav1.ManagedFieldsEntry:
		return true
	case *resource.Quantity:
		*target = resource.MustParse([]string{"0", "1", "250m", "1Gi", "1500m", "2k"}[f.Intn(6)])
	case *intstr.IntOrString:
		if f.Intn(2) == 0 {
			*target = intstr.FromInt32(int32(f.Intn(100)))
		} else {
			*target = intstr.FromString([]string{"http", "25%", "", "80"}[f.Intn(4)])
		}
	case *runtime.RawExtension:
		if f.Intn(2) == 0 {
			target.Raw = []byte(`{"apiVersion":"v1","kind":"ConfigMap","data":{"a":"b"}}`)
		}
	case *map[string]string:
		if field == "Annotations" && f.Intn(2) == 0 {
			*target = map[string]string{}
			for _, known := range annotations {
				if f.Intn(4) == 0 {
					(*target)[known.key] = known.texts[f.Intn(len(known.texts))]
				}
			}
			return true
		}
		return false
	default:
		// The JSON values of a schema: the same type in both versions of CRDs.
		if value.Kind() == reflect.Struct && value.Type().Name() == "JSON" {
			value.FieldByName("Raw").SetBytes([]byte([]string{`1`, `"x"`, `{"a":[1,null]}`, `true`}[f.Intn(4)]))
			return true
		}
		return false
	}
	return true
}

func withoutNulls(text []byte) ([]byte, error) {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return nil, err
	}
	dropNulls(value)
	return json.Marshal(value)
}

func dropNulls(value any) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			dropNulls(item)
		}
	case map[string]any:
		for key, field := range value {
			dropNulls(field)
			if field == nil {
				delete(value, key)
			}
		}
	}
}
