package chain

import (
	"encoding/json"
	"reflect"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/pkg/auth/nodeidentifier"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/node"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"

	"kubelogic/conformance/oracle/internal/protocol"
)

type typed struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

// about is what the graph takes of an object that names a node.
type about struct {
	Metadata struct {
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	} `json:"metadata"`
	Spec struct {
		NodeName string `json:"nodeName"`
	} `json:"spec"`
}

func nodeAuthorizer(graph *node.Graph) authorizer.Authorizer {
	return node.NewAuthorizer(graph, nodeidentifier.NewDefaultNodeIdentifier(), bootstrappolicy.NodeRules())
}

// rbacObjects leaves the objects that the RBAC authorizer's store takes.
func rbacObjects(objects []json.RawMessage) []json.RawMessage {
	var kept []json.RawMessage
	for _, raw := range objects {
		var kind typed
		_ = json.Unmarshal(raw, &kind)
		switch kind.Kind {
		case "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding":
			kept = append(kept, raw)
		}
	}
	return kept
}

// graphOf adds objects to a graph as the populator's handlers for new objects
// do: a pod once it has a node, everything else as it comes.
func graphOf(objects []json.RawMessage) (*node.Graph, *protocol.Error) {
	graph := node.NewGraph()
	for _, raw := range objects {
		if err := addTo(graph, raw); err != nil {
			return nil, protocol.Errorf("bad-object", "%v", err)
		}
	}
	return graph, nil
}

func addTo(graph *node.Graph, raw []byte) error {
	var kind typed
	if err := json.Unmarshal(raw, &kind); err != nil {
		return err
	}
	switch kind.Kind {
	case "Pod":
		var pod corev1.Pod
		if err := json.Unmarshal(raw, &pod); err != nil {
			return err
		}
		if pod.Spec.NodeName != "" {
			graph.AddPod(&pod)
		}
	case "PersistentVolume":
		var volume corev1.PersistentVolume
		if err := json.Unmarshal(raw, &volume); err != nil {
			return err
		}
		graph.AddPV(&volume)
	case "VolumeAttachment", "ResourceSlice":
		var object about
		if err := json.Unmarshal(raw, &object); err != nil {
			return err
		}
		if kind.Kind == "VolumeAttachment" {
			graph.AddVolumeAttachment(object.Metadata.Name, object.Spec.NodeName)
			return nil
		}
		// Unknown to the graph of 1.29.
		if graph, knows := any(graph).(interface{ AddResourceSlice(slice, node string) }); knows {
			graph.AddResourceSlice(object.Metadata.Name, object.Spec.NodeName)
		}
	case "PodCertificateRequest":
		// Unknown before 1.34, and of another version until 1.37.
		add := reflect.ValueOf(graph).MethodByName("AddPodCertificateRequest")
		if !add.IsValid() {
			return nil
		}
		request := reflect.New(add.Type().In(0).Elem())
		if err := json.Unmarshal(raw, request.Interface()); err != nil {
			return err
		}
		add.Call([]reflect.Value{request})
	}
	return nil
}
