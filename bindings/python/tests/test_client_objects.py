"""The objects of client libraries, each made by the real library."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import kr8s.objects
import kubernetes
import kubernetes_asyncio
import lightkube.codecs
import pytest
from kubelogic import Object
from lightkube.models.meta_v1 import LabelSelector, ObjectMeta
from lightkube.models.networking_v1 import IPBlock, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicySpec
from lightkube.models.rbac_v1 import PolicyRule
from lightkube.resources.networking_v1 import NetworkPolicy
from lightkube.resources.rbac_authorization_v1 import Role

#: Every name here is one that a simple change of case gets wrong, or that Python does not allow.
POLICY = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {"name": "shop", "creationTimestamp": "2024-01-02T03:04:05+00:00"},
    "spec": {
        "podSelector": {},
        "ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}]}],
    },
}
ROLE = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "ClusterRole",
    "metadata": {"name": "probe"},
    "rules": [{"nonResourceURLs": ["/healthz"], "verbs": ["get"]}],
}
NODE = {
    "apiVersion": "v1",
    "kind": "Node",
    "metadata": {"name": "one"},
    "spec": {"podCIDR": "10.0.0.0/24", "providerID": "x", "podCIDRs": ["10.0.0.0/24"]},
}
SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"clusterIP": "10.0.0.1", "ports": [{"port": 80, "targetPort": "http"}, {"port": 81, "targetPort": 8081}]},
}


def models(client: Any) -> list[tuple[Any, dict[str, Any]]]:
    when = datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    meta = client.V1ObjectMeta
    policy = client.V1NetworkPolicy(
        api_version="networking.k8s.io/v1",
        kind="NetworkPolicy",
        metadata=meta(name="shop", creation_timestamp=when),
        spec=client.V1NetworkPolicySpec(
            pod_selector=client.V1LabelSelector(),
            ingress=[
                client.V1NetworkPolicyIngressRule(
                    _from=[
                        client.V1NetworkPolicyPeer(
                            ip_block=client.V1IPBlock(cidr="10.0.0.0/8", _except=["10.1.0.0/16"])
                        )
                    ]
                )
            ],
        ),
    )
    role = client.V1ClusterRole(
        api_version="rbac.authorization.k8s.io/v1",
        kind="ClusterRole",
        metadata=meta(name="probe"),
        rules=[client.V1PolicyRule(non_resource_urls=["/healthz"], verbs=["get"])],
    )
    node = client.V1Node(
        api_version="v1",
        kind="Node",
        metadata=meta(name="one"),
        spec=client.V1NodeSpec(pod_cidr="10.0.0.0/24", provider_id="x", pod_cidrs=["10.0.0.0/24"]),
    )
    service = client.V1Service(
        api_version="v1",
        kind="Service",
        metadata=meta(name="web"),
        spec=client.V1ServiceSpec(
            cluster_ip="10.0.0.1",
            ports=[
                client.V1ServicePort(port=80, target_port="http"),
                client.V1ServicePort(port=81, target_port=8081),
            ],
        ),
    )
    return [(policy, POLICY), (role, ROLE), (node, NODE), (service, SERVICE)]


@pytest.mark.parametrize("library", [kubernetes, kubernetes_asyncio], ids=lambda library: library.__name__)
def test_models_have_the_names_that_the_library_sends(library: Any) -> None:
    client = library.client
    sends = client.ApiClient.sanitize_for_serialization
    for model, wanted in models(client):
        found = Object(model).to_dict()
        assert found == wanted
        assert found == sends(object.__new__(client.ApiClient), model)


def test_lightkube() -> None:
    policy = NetworkPolicy(
        metadata=ObjectMeta(name="shop"),
        spec=NetworkPolicySpec(
            podSelector=LabelSelector(),
            ingress=[
                NetworkPolicyIngressRule(
                    from_=[NetworkPolicyPeer(ipBlock=IPBlock(cidr="10.0.0.0/8", except_=["10.1.0.0/16"]))]
                )
            ],
        ),
    )
    found = Object(policy)
    assert found.get("spec.ingress") == POLICY["spec"]["ingress"]  # type: ignore[index]
    assert (found.api_version, found.kind) == ("networking.k8s.io/v1", "NetworkPolicy")
    role = Role(metadata=ObjectMeta(name="r"), rules=[PolicyRule(verbs=["get"], nonResourceURLs=["/x"])])
    assert Object(role).get("rules[0]") == {"verbs": ["get"], "nonResourceURLs": ["/x"]}
    generic = lightkube.codecs.from_dict(ROLE)
    assert Object(generic).to_dict() == ROLE


def test_kr8s() -> None:
    role = kr8s.objects.ClusterRole(ROLE, api=cast(Any, object()))
    assert Object(role).to_dict() == ROLE
    assert Object(role.raw).to_dict() == ROLE


def test_an_older_kubernetes_client(older_client: Path) -> None:
    """The same models, made by the last release line before 37, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(older_client)}
    program = (
        "import json, kubernetes, sys; sys.path.insert(0, sys.argv[1]); "
        "from kubelogic import Object; from test_client_objects import models; "
        "print(kubernetes.__version__); "
        "print(json.dumps([Object(model).to_dict() for model, _ in models(kubernetes.client)]))"
    )
    run = [sys.executable, "-W", "ignore", "-c", program, str(Path(__file__).parent)]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    version, found = done.stdout.splitlines()
    assert version.startswith("36.")
    assert json.loads(found) == [POLICY, ROLE, NODE, SERVICE]
