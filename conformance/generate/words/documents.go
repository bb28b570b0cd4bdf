package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	apidiscoveryv2 "k8s.io/api/apidiscovery/v2"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/endpoints/discovery/aggregated"
)

type group struct {
	name     string
	versions []apidiscoveryv2.APIVersionDiscovery
}

// builtIn rebuilds, from the tables, the discovery documents of an API server that was started without flags.
func builtIn(tables string, minor int) ([]group, error) {
	lines := func(file string) ([][]string, error) {
		content, err := os.ReadFile(filepath.Join(tables, file))
		if err != nil {
			return nil, err
		}
		var rows [][]string
		for _, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")[1:] {
			cells := strings.Split(line, "\t")
			since, _ := strconv.Atoi(cells[0])
			until, _ := strconv.Atoi(cells[1])
			if since <= minor && minor <= until {
				rows = append(rows, cells[2:])
			}
		}
		return rows, nil
	}
	list := func(cell string) []string {
		return slices.DeleteFunc(strings.Split(cell, ","), func(word string) bool { return word == "" })
	}
	groupRows, err := lines("groups.tsv")
	if err != nil {
		return nil, err
	}
	resourceRows, err := lines("resources.tsv")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(groupRows, func(a, b []string) int {
		left, _ := strconv.Atoi(a[0])
		right, _ := strconv.Atoi(b[0])
		return left - right
	})
	var groups []group
	for _, cells := range groupRows {
		next := group{name: cells[1]}
		for _, version := range list(cells[2]) {
			document := apidiscoveryv2.APIVersionDiscovery{
				Version: version, Freshness: apidiscoveryv2.DiscoveryFreshnessCurrent,
			}
			for _, row := range resourceRows {
				served, inGroup := row[0] == "yes", row[1] == next.name && row[2] == version
				if !served || !inGroup {
					continue
				}
				kind := strings.Split(row[5], "/")
				response := &metav1.GroupVersionKind{Group: next.name, Version: version, Kind: kind[len(kind)-1]}
				if len(kind) == 3 {
					response.Group, response.Version = kind[0], kind[1]
				}
				if _, subresource, found := strings.Cut(row[3], "/"); found {
					last := &document.Resources[len(document.Resources)-1]
					last.Subresources = append(last.Subresources, apidiscoveryv2.APISubresourceDiscovery{
						Subresource: subresource, ResponseKind: response, Verbs: list(row[7]),
					})
					continue
				}
				document.Resources = append(document.Resources, apidiscoveryv2.APIResourceDiscovery{
					Resource: row[3], SingularResource: row[4], ResponseKind: response,
					Scope: apidiscoveryv2.ResourceScope(row[6]),
					Verbs: list(row[7]), ShortNames: list(row[8]), Categories: list(row[9]),
				})
			}
			if len(document.Resources) > 0 {
				next.versions = append(next.versions, document)
			}
		}
		if len(next.versions) > 0 {
			groups = append(groups, next)
		}
	}
	return groups, nil
}

// documents puts built-in groups and the custom resources of a scenario into the real manager that orders groups and
// versions, and returns what it serves at /api and at /apis.
func documents(groups []group, scenario scenario) (core, named []byte) {
	manager := aggregated.NewResourceManager("apis")
	legacy := aggregated.NewResourceManager("api")
	for i, group := range groups {
		target := manager.WithSource(aggregated.BuiltinSource)
		if group.name == "" {
			target = legacy
		}
		for j, version := range group.versions {
			target.AddGroupVersion(group.name, version)
			// The real priorities of built-in groups lie between 15000 and 20000, those of their versions below 100.
			target.SetGroupVersionPriority(metav1.GroupVersion{Group: group.name, Version: version.Version},
				20000-10*i, 90-j)
		}
	}
	custom := manager.WithSource(aggregated.CRDSource)
	versions := map[metav1.GroupVersion]*apidiscoveryv2.APIVersionDiscovery{}
	for _, c := range scenario.custom {
		for _, v := range c.versions {
			gv := metav1.GroupVersion{Group: c.group, Version: v}
			if versions[gv] == nil {
				versions[gv] = &apidiscoveryv2.APIVersionDiscovery{
					Version: v, Freshness: apidiscoveryv2.DiscoveryFreshnessCurrent,
				}
			}
			versions[gv].Resources = append(versions[gv].Resources, apidiscoveryv2.APIResourceDiscovery{
				Resource: c.plural, SingularResource: c.singular, ShortNames: c.short,
				ResponseKind: &metav1.GroupVersionKind{Group: c.group, Version: v, Kind: c.kind},
				Scope:        apidiscoveryv2.ScopeNamespace,
				Verbs:        []string{"delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"},
			})
		}
	}
	for gv, document := range versions {
		slices.SortFunc(document.Resources, func(a, b apidiscoveryv2.APIResourceDiscovery) int {
			return strings.Compare(a.Resource, b.Resource)
		})
		custom.AddGroupVersion(gv.Group, *document)
		// customresource_discovery_controller.go gives these to every custom resource.
		custom.SetGroupVersionPriority(gv, 1000, 100)
	}
	return fetch(legacy), fetch(manager)
}

func fetch(handler http.Handler) []byte {
	request := httptest.NewRequest(http.MethodGet, "/apis", nil)
	request.Header.Set("Accept", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	if recorder.Code != http.StatusOK {
		log.Fatal(fmt.Errorf("discovery: %d %s", recorder.Code, recorder.Body))
	}
	return recorder.Body.Bytes()
}

// isVersion tells the addresses /api/v1 and /apis/GROUP/VERSION.
func isVersion(path string) bool {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	return parts[0] == "api" && len(parts) == 2 || parts[0] == "apis" && len(parts) == 3
}

// resourceList is the document of one group and version, which can-i reads to learn the scope of a resource.
func resourceList(core, named []byte, path string) metav1.APIResourceList {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	document, group := core, ""
	if parts[0] == "apis" {
		document, group = named, parts[1]
	}
	list := metav1.APIResourceList{GroupVersion: strings.Join(parts[1:], "/")}
	list.Kind, list.APIVersion = "APIResourceList", "v1"
	var groups apidiscoveryv2.APIGroupDiscoveryList
	if err := json.Unmarshal(document, &groups); err != nil {
		log.Fatal(err)
	}
	for _, g := range groups.Items {
		for _, v := range g.Versions {
			if g.Name != group || v.Version != parts[len(parts)-1] {
				continue
			}
			for _, r := range v.Resources {
				list.APIResources = append(list.APIResources, metav1.APIResource{
					Name: r.Resource, SingularName: r.SingularResource, Kind: r.ResponseKind.Kind,
					Namespaced: r.Scope == apidiscoveryv2.ScopeNamespace, Verbs: r.Verbs,
				})
			}
		}
	}
	return list
}
