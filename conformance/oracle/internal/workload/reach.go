//go:build !before137

package workload

import (
	"context"
	"time"
	_ "unsafe" // go:linkname reaches functions of the controllers that are not exported

	apps "k8s.io/api/apps/v1"
	batch "k8s.io/api/batch/v1"
	v1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	_ "k8s.io/kubernetes/pkg/controller/cronjob"
	"k8s.io/kubernetes/pkg/controller/deployment"
	"k8s.io/kubernetes/pkg/controller/job"
	_ "k8s.io/kubernetes/pkg/controller/statefulset"
)

//go:linkname getNewReplicaSet k8s.io/kubernetes/pkg/controller/deployment.(*DeploymentController).getNewReplicaSet
func getNewReplicaSet(c *deployment.DeploymentController, ctx context.Context, d *apps.Deployment, all, old []*apps.ReplicaSet, create bool) (*apps.ReplicaSet, error)

//go:linkname newVersionedStatefulSetPod k8s.io/kubernetes/pkg/controller/statefulset.newVersionedStatefulSetPod
func newVersionedStatefulSetPod(current, update *apps.StatefulSet, currentRevision, updateRevision string, ordinal int) *v1.Pod

//go:linkname getPersistentVolumeClaims k8s.io/kubernetes/pkg/controller/statefulset.getPersistentVolumeClaims
func getPersistentVolumeClaims(set *apps.StatefulSet, pod *v1.Pod) map[string]v1.PersistentVolumeClaim

//go:linkname syncJob k8s.io/kubernetes/pkg/controller/job.(*Controller).syncJob
func syncJob(c *job.Controller, ctx context.Context, key string) error

//go:linkname getJobFromTemplate2 k8s.io/kubernetes/pkg/controller/cronjob.getJobFromTemplate2
func getJobFromTemplate2(cron *batch.CronJob, scheduled time.Time) (*batch.Job, error)

func newDeploymentController(ctx context.Context, factory informers.SharedInformerFactory, client *fake.Clientset) (*deployment.DeploymentController, error) {
	return deployment.NewDeploymentController(ctx, factory.Apps().V1().Deployments(), factory.Apps().V1().ReplicaSets(), factory.Core().V1().Pods(), client)
}

func newJobController(ctx context.Context, client *fake.Clientset, factory informers.SharedInformerFactory) (*job.Controller, error) {
	scheduling := factory.Scheduling().V1beta1()
	return job.NewController(ctx, client, factory.Core().V1().Pods(), factory.Batch().V1().Jobs(), scheduling.Workloads(), scheduling.PodGroups())
}
