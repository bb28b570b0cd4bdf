//go:build since133

package strict

import (
	admissionwebhook "k8s.io/apiserver/pkg/admission/plugin/webhook/config/apis/webhookadmission/v1"
	apiserverv1 "k8s.io/apiserver/pkg/apis/apiserver/v1"
	apiserverv1alpha1 "k8s.io/apiserver/pkg/apis/apiserver/v1alpha1"
	apiserverv1beta1 "k8s.io/apiserver/pkg/apis/apiserver/v1beta1"
	auditv1 "k8s.io/apiserver/pkg/apis/audit/v1"
	clientauthenticationv1 "k8s.io/client-go/pkg/apis/clientauthentication/v1"
	clientauthenticationv1beta1 "k8s.io/client-go/pkg/apis/clientauthentication/v1beta1"
	clientcmdv1 "k8s.io/client-go/tools/clientcmd/api/v1"
	controllermanagerv1alpha1 "k8s.io/kube-controller-manager/config/v1alpha1"
	proxyv1alpha1 "k8s.io/kube-proxy/config/v1alpha1"
	schedulerv1 "k8s.io/kube-scheduler/config/v1"
	kubeletv1 "k8s.io/kubelet/config/v1"
	kubeletv1alpha1 "k8s.io/kubelet/config/v1alpha1"
	kubeletv1beta1 "k8s.io/kubelet/config/v1beta1"
	credentialproviderv1 "k8s.io/kubelet/pkg/apis/credentialprovider/v1"
	kubeadmv1beta4 "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/v1beta4"
	podsecurityv1 "k8s.io/pod-security-admission/admission/api/v1"

	"k8s.io/apimachinery/pkg/runtime"
)

// configurations are the files that components read. Each of them has a scheme
// of its own and the same strict serializer over it; one scheme holds them here.
var configurations = newDecoders(
	admissionwebhook.AddToScheme,
	apiserverv1.AddToScheme, apiserverv1alpha1.AddToScheme, apiserverv1beta1.AddToScheme,
	auditv1.AddToScheme,
	clientauthenticationv1.AddToScheme, clientauthenticationv1beta1.AddToScheme,
	clientcmdv1.AddToScheme,
	controllermanagerv1alpha1.AddToScheme,
	credentialproviderv1.AddToScheme,
	kubeadmv1beta4.AddToScheme,
	kubeletv1.AddToScheme, kubeletv1alpha1.AddToScheme, kubeletv1beta1.AddToScheme,
	podsecurityv1.AddToScheme,
	proxyv1alpha1.AddToScheme,
	schedulerv1.AddToScheme,
)

func isConfiguration(err error) (decoders, bool) {
	return configurations, runtime.IsNotRegisteredError(err)
}
