package chain

import (
	"context"
	"fmt"
	"runtime"
	"sort"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/node"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Sizes of a cluster for the Node authorizer.
type Sizes struct {
	Nodes   int `json:"nodes"`
	Pods    int `json:"pods"`
	Volumes int `json:"volumes"`
}

// benchBehind is how many volumes are mounted with the same secret.
const benchBehind = 1500

// Measurement is the real Node authorizer's time for one question, and what
// building its graph took.
type Measurement struct {
	Bench       string `json:"bench"`
	KubeVersion string `json:"kubeVersion"`
	Sizes
	BuildMillis float64 `json:"buildMs"`
	GraphBytes  int64   `json:"graphBytes"`
	Question    string  `json:"question"`
	Allowed     bool    `json:"allowed"`
	MedianNanos int64   `json:"medianNs"`
}

func benchPod(number int, sizes Sizes) *corev1.Pod {
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Name: fmt.Sprintf("pod-%d", number), Namespace: fmt.Sprintf("namespace-%d", number%100),
		},
		Spec: corev1.PodSpec{
			NodeName:           fmt.Sprintf("node-%d", number%sizes.Nodes),
			ServiceAccountName: fmt.Sprintf("account-%d", number%20),
			ImagePullSecrets:   []corev1.LocalObjectReference{{Name: "pull"}},
			Containers: []corev1.Container{{
				Name: "main",
				EnvFrom: []corev1.EnvFromSource{
					{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: fmt.Sprintf("secret-%d", number%50)}}},
					{ConfigMapRef: &corev1.ConfigMapEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: fmt.Sprintf("settings-%d", number%50)}}},
				},
			}},
			Volumes: []corev1.Volume{{
				Name: "token",
				VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{Sources: []corev1.VolumeProjection{
					{ConfigMap: &corev1.ConfigMapProjection{LocalObjectReference: corev1.LocalObjectReference{Name: "kube-root-ca.crt"}}},
				}}},
			}},
		},
	}
	if number < sizes.Volumes {
		pod.Spec.Volumes = append(pod.Spec.Volumes, corev1.Volume{
			Name: "data",
			VolumeSource: corev1.VolumeSource{PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{
				ClaimName: fmt.Sprintf("claim-%d", number),
			}},
		})
	}
	return pod
}

func benchVolume(number int) *corev1.PersistentVolume {
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("volume-%d", number)},
		Spec: corev1.PersistentVolumeSpec{
			ClaimRef: &corev1.ObjectReference{
				Namespace: fmt.Sprintf("namespace-%d", number%100), Name: fmt.Sprintf("claim-%d", number),
			},
			PersistentVolumeSource: corev1.PersistentVolumeSource{CSI: &corev1.CSIPersistentVolumeSource{
				NodeStageSecretRef: &corev1.SecretReference{
					Namespace: "storage", Name: fmt.Sprintf("key-%d", number/benchBehind),
				},
			}},
		},
	}
}

// Bench builds the graph of a cluster and asks it questions.
func Bench(sizes Sizes, budget time.Duration) ([]Measurement, *protocol.Error) {
	pods := make([]*corev1.Pod, sizes.Pods)
	for number := range pods {
		pods[number] = benchPod(number, sizes)
	}
	volumes := make([]*corev1.PersistentVolume, sizes.Volumes)
	for number := range volumes {
		volumes[number] = benchVolume(number)
	}
	before := heapBytes()
	start := time.Now()
	graph := node.NewGraph()
	for _, pod := range pods {
		graph.AddPod(pod)
	}
	for _, volume := range volumes {
		graph.AddPV(volume)
	}
	took := time.Since(start)
	held := heapBytes() - before
	asked := nodeAuthorizer(graph)
	var results []Measurement
	for _, question := range []struct {
		name, node, resource, namespace, object string
	}{
		{"own pod", "node-7", "pods", "namespace-7", "pod-7"},
		{"configmap of every pod", "node-7", "configmaps", "namespace-7", "kube-root-ca.crt"},
		{"secret of a pod", "node-7", "secrets", "namespace-7", "secret-7"},
		{"secret of no pod here", "node-8", "secrets", "namespace-7", "secret-7"},
		{"secret that is not there", "node-7", "secrets", "namespace-7", "none"},
		{"volume", "node-7", "persistentvolumes", "", "volume-7"},
		{"volume of another node", "node-8", "persistentvolumes", "", "volume-7"},
		{"secret behind 1,500 volumes", "node-7", "secrets", "storage", "key-0"},
		{"secret behind 1,500 volumes, of another node", "node-4999", "secrets", "storage", "key-0"},
	} {
		request := authorizer.AttributesRecord{
			User: &user.DefaultInfo{Name: "system:node:" + question.node, Groups: []string{"system:nodes", "system:authenticated"}},
			Verb: "get", Resource: question.resource, Namespace: question.namespace, Name: question.object, ResourceRequest: true,
		}
		decision, _, _ := asked.Authorize(context.Background(), request)
		results = append(results, Measurement{
			Bench: "node", KubeVersion: protocol.KubeVersion(), Sizes: sizes,
			BuildMillis: float64(took.Microseconds()) / 1000, GraphBytes: held,
			Question: question.name, Allowed: decision == authorizer.DecisionAllow,
			MedianNanos: medianNanos(asked, request, budget),
		})
	}
	runtime.KeepAlive(pods)
	runtime.KeepAlive(volumes)
	return results, nil
}

// medianNanos asks in short runs: a single call is too short for the clock.
func medianNanos(asked authorizer.Authorizer, request authorizer.Attributes, budget time.Duration) int64 {
	calls := 1
	for {
		start := time.Now()
		for call := 0; call < calls; call++ {
			_, _, _ = asked.Authorize(context.Background(), request)
		}
		if time.Since(start) > 50*time.Microsecond || calls > 1<<20 {
			break
		}
		calls *= 2
	}
	var taken []int64
	for end := time.Now().Add(budget); time.Now().Before(end); {
		start := time.Now()
		for call := 0; call < calls; call++ {
			_, _, _ = asked.Authorize(context.Background(), request)
		}
		taken = append(taken, time.Since(start).Nanoseconds()/int64(calls))
	}
	sort.Slice(taken, func(i, j int) bool { return taken[i] < taken[j] })
	return taken[len(taken)/2]
}

func heapBytes() int64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
