//go:build !before137

// Package workload lets the real controllers make the pods of a workload.
package workload

import (
	"context"
	"encoding/json"
	"sort"
	"time"

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	internalbatch "k8s.io/kubernetes/pkg/apis/batch"
	"k8s.io/kubernetes/pkg/controller"
	daemonutil "k8s.io/kubernetes/pkg/controller/daemon/util"
	jobregistry "k8s.io/kubernetes/pkg/registry/batch/job"

	"kubelogic/conformance/oracle/internal/protocol"
)

type question struct {
	Object json.RawMessage `json:"object"`
	// The hash in names and labels; the real one depends on Go's memory layout.
	Hash string `json:"hash"`
	// The nodes that a DaemonSet runs on.
	Nodes []string `json:"nodes"`
	// When a CronJob starts its job, RFC 3339.
	At string `json:"at"`
}

// Expansion is what a workload becomes.
type Expansion struct {
	Objects []any `json:"objects"`
	Pods    []any `json:"pods"`
	Claims  []any `json:"claims"`
}

type wrapped struct {
	Object any `json:"object"`
}

// Answer answers `workload.expand`.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	if ask != "workload.expand" {
		return nil, protocol.Errorf("unknown-ask", "nobody here answers %q", ask)
	}
	var asked question
	if err := json.Unmarshal(line, &asked); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	if asked.Hash == "" {
		asked.Hash = "0"
	}
	decoded, _, err := legacyscheme.Codecs.UniversalDeserializer().Decode(asked.Object, nil, nil)
	if err != nil {
		return nil, protocol.Errorf("bad-object", "%v", err)
	}
	expansion := &Expansion{Objects: []any{}, Pods: []any{}, Claims: []any{}}
	if err := expansion.expand(decoded, asked); err != nil {
		return nil, protocol.Errorf("refused", "%v", err)
	}
	return expansion, nil
}

func (e *Expansion) expand(object runtime.Object, asked question) error {
	switch written := object.(type) {
	case *apps.Deployment:
		return e.deployment(written, asked.Hash)
	case *apps.ReplicaSet:
		set := written.DeepCopy()
		legacyscheme.Scheme.Default(set)
		set.Spec.Template = written.Spec.Template
		owner := metav1.NewControllerRef(set, apps.SchemeGroupVersion.WithKind("ReplicaSet"))
		return e.copies(int(*set.Spec.Replicas), &set.Spec.Template, set, owner)
	case *v1.ReplicationController:
		set := written.DeepCopy()
		legacyscheme.Scheme.Default(set)
		set.Spec.Template = written.Spec.Template
		owner := metav1.NewControllerRef(set, v1.SchemeGroupVersion.WithKind("ReplicationController"))
		return e.copies(int(*set.Spec.Replicas), set.Spec.Template, set, owner)
	case *apps.StatefulSet:
		set := written.DeepCopy()
		legacyscheme.Scheme.Default(set)
		set.Spec.Template, set.Spec.VolumeClaimTemplates = written.Spec.Template, written.Spec.VolumeClaimTemplates
		return e.statefulSet(set, asked.Hash)
	case *apps.DaemonSet:
		set := written.DeepCopy()
		legacyscheme.Scheme.Default(set)
		set.Spec.Template = written.Spec.Template
		return e.daemonSet(set, asked)
	case *batch.Job:
		return e.job(written)
	case *batch.CronJob:
		return e.cronJob(written, asked.At)
	default:
		panic("no workload")
	}
}

func (e *Expansion) copies(count int, template *v1.PodTemplateSpec, owner runtime.Object, reference *metav1.OwnerReference) error {
	for range count {
		pod, err := controller.GetPodFromTemplate(template, owner, reference)
		if err != nil {
			return err
		}
		e.pod(pod, owner)
	}
	return nil
}

func (e *Expansion) pod(pod *v1.Pod, owner runtime.Object) {
	// The client puts the namespace into the object that it creates.
	pod.Namespace = owner.(metav1.Object).GetNamespace()
	e.Pods = append(e.Pods, wrapped{bare(pod, "v1", "Pod")})
}

// deployment runs the controller's own creation of a new ReplicaSet over a
// client that stores nothing.
func (e *Expansion) deployment(written *apps.Deployment, hash string) error {
	deployment := written.DeepCopy()
	legacyscheme.Scheme.Default(deployment)
	deployment.Spec.Template = written.Spec.Template
	client := fake.NewClientset()
	var made *apps.ReplicaSet
	client.PrependReactor("create", "replicasets", func(action clienttesting.Action) (bool, runtime.Object, error) {
		made = action.(clienttesting.CreateAction).GetObject().(*apps.ReplicaSet)
		return true, made, nil
	})
	client.PrependReactor("update", "deployments", func(action clienttesting.Action) (bool, runtime.Object, error) {
		return true, action.(clienttesting.UpdateAction).GetObject(), nil
	})
	ctx := context.Background()
	factory := informers.NewSharedInformerFactory(client, 0)
	deployments, err := newDeploymentController(ctx, factory, client)
	if err != nil {
		return err
	}
	if _, err := getNewReplicaSet(deployments, ctx, deployment, nil, nil, true); err != nil {
		return err
	}
	real := made.Labels[apps.DefaultDeploymentUniqueLabelKey]
	made.Name = made.Name[:len(made.Name)-len(real)] + hash
	made.Labels[apps.DefaultDeploymentUniqueLabelKey] = hash
	made.Spec.Template.Labels[apps.DefaultDeploymentUniqueLabelKey] = hash
	if made.Spec.Selector != nil && made.Spec.Selector.MatchLabels != nil {
		made.Spec.Selector.MatchLabels[apps.DefaultDeploymentUniqueLabelKey] = hash
	}
	e.Objects = append(e.Objects, wrapped{map[string]any{
		"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": stripped(made.ObjectMeta),
		"spec": map[string]any{"replicas": made.Spec.Replicas, "selector": stripped(made.Spec.Selector)},
	}})
	owner := metav1.NewControllerRef(made, apps.SchemeGroupVersion.WithKind("ReplicaSet"))
	return e.copies(int(*made.Spec.Replicas), &made.Spec.Template, made, owner)
}

func (e *Expansion) statefulSet(set *apps.StatefulSet, hash string) error {
	start := 0
	if set.Spec.Ordinals != nil {
		start = int(set.Spec.Ordinals.Start)
	}
	order := map[string]int{}
	for index, claim := range set.Spec.VolumeClaimTemplates {
		order[claim.Name] = index - len(set.Spec.VolumeClaimTemplates)
	}
	for ordinal := start; ordinal < start+int(*set.Spec.Replicas); ordinal++ {
		revision := set.Name + "-" + hash
		pod := newVersionedStatefulSetPod(set, set, revision, revision, ordinal)
		// The controller puts them there in the random order of a map.
		sort.SliceStable(pod.Spec.Volumes, func(i, j int) bool {
			return order[pod.Spec.Volumes[i].Name] < order[pod.Spec.Volumes[j].Name]
		})
		e.pod(pod, set)
		claims := getPersistentVolumeClaims(set, pod)
		for _, template := range set.Spec.VolumeClaimTemplates {
			claim, known := claims[template.Name]
			if known {
				delete(claims, template.Name)
				e.Claims = append(e.Claims, wrapped{bare(&claim, "v1", "PersistentVolumeClaim")})
			}
		}
	}
	return nil
}

func (e *Expansion) daemonSet(set *apps.DaemonSet, asked question) error {
	generation, err := daemonutil.GetTemplateGeneration(set)
	if err != nil {
		generation = nil
	}
	template := daemonutil.CreatePodTemplate(set.Spec.Template, generation, asked.Hash)
	owner := metav1.NewControllerRef(set, apps.SchemeGroupVersion.WithKind("DaemonSet"))
	for _, node := range asked.Nodes {
		own := template.DeepCopy()
		own.Spec.Affinity = daemonutil.ReplaceDaemonSetPodNodeNameNodeAffinity(own.Spec.Affinity, node)
		if err := e.copies(1, own, set, owner); err != nil {
			return err
		}
	}
	return nil
}

// job runs one turn of the real controller over a client that stores nothing.
func (e *Expansion) job(written *batch.Job) error {
	job := written.DeepCopy()
	legacyscheme.Scheme.Default(job)
	job.Spec.Template = written.Spec.Template
	if job.Namespace == "" {
		job.Namespace = "default"
	}
	// The controller refuses to work for an owner without a uid.
	if job.UID == "" {
		job.UID = noUID
	}
	// What the API server does to a new job.
	internal := &internalbatch.Job{}
	if err := legacyscheme.Scheme.Convert(job, internal, nil); err != nil {
		return err
	}
	jobregistry.Strategy.PrepareForCreate(context.Background(), internal)
	job = &batch.Job{}
	if err := legacyscheme.Scheme.Convert(internal, job, nil); err != nil {
		return err
	}
	client := fake.NewClientset()
	var made []*v1.Pod
	var guard = make(chan struct{}, 1)
	client.PrependReactor("create", "pods", func(action clienttesting.Action) (bool, runtime.Object, error) {
		guard <- struct{}{}
		defer func() { <-guard }()
		pod := action.(clienttesting.CreateAction).GetObject().(*v1.Pod)
		made = append(made, pod)
		return true, pod, nil
	})
	client.PrependReactor("update", "jobs", func(action clienttesting.Action) (bool, runtime.Object, error) {
		return true, action.(clienttesting.UpdateAction).GetObject(), nil
	})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	factory := informers.NewSharedInformerFactory(client, 0)
	jobs, err := newJobController(ctx, client, factory)
	if err != nil {
		return err
	}
	if err := factory.Batch().V1().Jobs().Informer().GetStore().Add(job); err != nil {
		return err
	}
	if err := syncJob(jobs, ctx, job.Namespace+"/"+job.Name); err != nil {
		return err
	}
	sort.SliceStable(made, func(i, j int) bool { return index(made[i]) < index(made[j]) })
	for _, pod := range made {
		e.pod(pod, written)
	}
	return nil
}

func (e *Expansion) cronJob(written *batch.CronJob, at string) error {
	when, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	cron := written.DeepCopy()
	legacyscheme.Scheme.Default(cron)
	cron.Spec.JobTemplate = written.Spec.JobTemplate
	job, err := getJobFromTemplate2(cron, when)
	if err != nil {
		return err
	}
	job.Namespace = cron.Namespace
	job.CreationTimestamp = metav1.Time{}
	e.Objects = append(e.Objects, wrapped{map[string]any{
		"apiVersion": "batch/v1", "kind": "Job", "metadata": stripped(job.ObjectMeta),
	}})
	if cron.Spec.Suspend != nil && *cron.Spec.Suspend {
		e.Objects = e.Objects[:0]
		return nil
	}
	return e.job(job)
}
