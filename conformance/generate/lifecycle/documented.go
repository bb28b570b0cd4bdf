package main

// documented lists API types that say nothing of themselves in any release, and that no supported minor serves.
// Where a release of removal is given, it is the first one whose k8s.io/api has no such type any more, or the one that
// the documentation of the type names. Their rows are valid for no minor.
var documented = []row{
	gone("auditregistration.k8s.io", "v1alpha1", "AuditSink", "", "1.19", ""),
	gone("batch", "v2alpha1", "CronJob", "", "1.21", "batch/v1/CronJob"),
	gone("discovery.k8s.io", "v1alpha1", "EndpointSlice", "", "1.21", "discovery.k8s.io/v1/EndpointSlice"),
	gone("node.k8s.io", "v1alpha1", "RuntimeClass", "", "", "node.k8s.io/v1/RuntimeClass"),
	gone("rbac.authorization.k8s.io", "v1alpha1", "ClusterRole", "1.17", "1.22", "rbac.authorization.k8s.io/v1/ClusterRole"),
	gone("rbac.authorization.k8s.io", "v1alpha1", "ClusterRoleBinding", "1.17", "1.22", "rbac.authorization.k8s.io/v1/ClusterRoleBinding"),
	gone("rbac.authorization.k8s.io", "v1alpha1", "Role", "1.17", "1.22", "rbac.authorization.k8s.io/v1/Role"),
	gone("rbac.authorization.k8s.io", "v1alpha1", "RoleBinding", "1.17", "1.22", "rbac.authorization.k8s.io/v1/RoleBinding"),
	gone("resource.k8s.io", "v1alpha1", "PodScheduling", "", "1.27", ""),
	gone("resource.k8s.io", "v1alpha1", "ResourceClaim", "", "1.27", "resource.k8s.io/v1/ResourceClaim"),
	gone("resource.k8s.io", "v1alpha1", "ResourceClaimTemplate", "", "1.27", "resource.k8s.io/v1/ResourceClaimTemplate"),
	gone("resource.k8s.io", "v1alpha1", "ResourceClass", "", "1.27", ""),
	gone("resource.k8s.io", "v1alpha2", "PodSchedulingContext", "", "1.31", ""),
	gone("resource.k8s.io", "v1alpha2", "ResourceClaim", "", "1.31", "resource.k8s.io/v1/ResourceClaim"),
	gone("resource.k8s.io", "v1alpha2", "ResourceClaimParameters", "", "1.31", ""),
	gone("resource.k8s.io", "v1alpha2", "ResourceClaimTemplate", "", "1.31", "resource.k8s.io/v1/ResourceClaimTemplate"),
	gone("resource.k8s.io", "v1alpha2", "ResourceClass", "", "1.31", ""),
	gone("resource.k8s.io", "v1alpha2", "ResourceClassParameters", "", "1.31", ""),
	gone("resource.k8s.io", "v1alpha2", "ResourceSlice", "", "1.31", "resource.k8s.io/v1/ResourceSlice"),
	gone("resource.k8s.io", "v1alpha3", "PodSchedulingContext", "", "1.32", ""),
	gone("scheduling.k8s.io", "v1alpha1", "PriorityClass", "", "", "scheduling.k8s.io/v1/PriorityClass"),
	gone("settings.k8s.io", "v1alpha1", "PodPreset", "", "1.20", ""),
}

func gone(group, version, kind, deprecated, removed, replacement string) row {
	return row{apiType: apiType{group, version, kind, "", deprecated, removed, replacement}}
}
