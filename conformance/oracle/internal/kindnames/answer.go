// Package kindnames asks the API server's validation about names of objects
// by their kind, and about the signals that stop containers.
package kindnames

import (
	"encoding/json"
	"strings"

	v1 "k8s.io/api/core/v1"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	apiserverinternalvalidation "k8s.io/kubernetes/pkg/apis/apiserverinternal/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	networkingvalidation "k8s.io/kubernetes/pkg/apis/networking/validation"
	rbacvalidation "k8s.io/kubernetes/pkg/apis/rbac/validation"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Answer answers `meta.kind-names` and `meta.stop-signals`.
func Answer(ask string, line []byte) (any, *protocol.Error) {
	switch ask {
	case "meta.kind-names":
		return decoded(line, kindNames)
	case "meta.stop-signals":
		return decoded(line, stopSignals)
	}
	return nil, protocol.Errorf("unknown-ask", "nobody here answers %q", ask)
}

func decoded[Question any](line []byte, answer func(*Question) (any, *protocol.Error)) (any, *protocol.Error) {
	var question Question
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return answer(&question)
}

type namesQuestion struct {
	Group      string   `json:"group"`
	Kind       string   `json:"kind"`
	Names      []string `json:"names"`
	Prefix     bool     `json:"prefix"`
	SignerName *string  `json:"signerName"`
}

func kindNames(question *namesQuestion) (any, *protocol.Error) {
	var function apivalidation.ValidateNameFunc
	switch question.Group + "/" + question.Kind {
	case "/Namespace":
		function = corevalidation.ValidateNamespaceName
	case "/Pod":
		function = corevalidation.ValidatePodName
	case "/ServiceAccount":
		function = corevalidation.ValidateServiceAccountName
	case "certificates.k8s.io/ClusterTrustBundle":
		if question.SignerName == nil {
			return nil, protocol.Errorf("bad-question", "no signer")
		}
		function = corevalidation.ValidateClusterTrustBundleName(*question.SignerName)
	case "internal.apiserver.k8s.io/StorageVersion":
		function = apiserverinternalvalidation.ValidateStorageVersionName
	case "networking.k8s.io/IPAddress":
		function = networkingvalidation.ValidateIPAddressName
	case "rbac.authorization.k8s.io/Role", "rbac.authorization.k8s.io/ClusterRoleBinding":
		function = rbacvalidation.ValidateRBACName
	default:
		return nil, protocol.Errorf("bad-question", "no such kind in this oracle: %q", question.Kind)
	}
	problems := make([][]string, len(question.Names))
	for i, name := range question.Names {
		problems[i] = append([]string{}, function(name, question.Prefix)...)
	}
	return map[string]any{"problems": problems}, nil
}

type signalsQuestion struct {
	Signals []string `json:"signals"`
	OS      *string  `json:"os"`
}

// stopSignals validates a pod with one container for each signal. The field is
// set by JSON, because older versions do not have it.
func stopSignals(question *signalsQuestion) (any, *protocol.Error) {
	problems := make([]*string, len(question.Signals))
	for i, signal := range question.Signals {
		container := map[string]any{
			"name": "a", "image": "a", "lifecycle": map[string]any{"stopSignal": signal},
		}
		spec := map[string]any{"containers": []any{container}}
		if question.OS != nil {
			spec["os"] = map[string]any{"name": *question.OS}
		}
		text, err := json.Marshal(map[string]any{"spec": spec})
		if err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		var pod v1.Pod
		if err := json.Unmarshal(text, &pod); err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		legacyscheme.Scheme.Default(&pod)
		var internal core.Pod
		if err := legacyscheme.Scheme.Convert(&pod, &internal, nil); err != nil {
			return nil, protocol.Errorf("bad-question", "%v", err)
		}
		path := field.NewPath("spec")
		errors := corevalidation.ValidatePodSpec(&internal.Spec, &metav1.ObjectMeta{}, path, corevalidation.PodValidationOptions{})
		for _, err := range errors {
			if strings.HasSuffix(err.Field, ".stopSignal") {
				body := err.ErrorBody()
				problems[i] = &body
			}
		}
	}
	return map[string]any{"problems": problems}, nil
}
