package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"kubelogic.example/generate/releases"
)

// aggregated is the part we use of apidiscovery.k8s.io APIGroupDiscoveryList. v2beta1, which 1.29 and 1.30 carry,
// and v2 have the same shape.
type aggregated struct {
	Items []struct {
		Metadata struct{ Name string }
		Versions []struct {
			Version   string
			Resources []struct {
				Resource         string
				SingularResource string
				Scope            string
				ResponseKind     kind
				ShortNames       []string
				Categories       []string
				Verbs            []string
				Subresources     []struct {
					Subresource  string
					ResponseKind kind
					Verbs        []string
				}
			}
		}
	}
}

// legacy is the part we use of APIResourceList. The core group exists in this form only.
type legacy struct {
	Resources []struct {
		Name         string
		SingularName string
		Namespaced   bool
		Group        string
		Version      string
		Kind         string
		ShortNames   []string
		Categories   []string
		Verbs        []string
	}
}

type kind struct{ Group, Version, Kind string }

// cell writes the kind, with its group and version only where they are not those of the resource.
func (k kind) cell(group, version string) string {
	if k.Group == "" && k.Version == "" || k.Group == group && k.Version == version {
		return k.Kind
	}
	return k.Group + "/" + k.Version + "/" + k.Kind
}

func addRelease(release releases.Release, source string, groups, resources *table) error {
	defaults, err := readDefaults(source)
	if err != nil {
		return err
	}
	documents := filepath.Join(source, "api", "discovery")
	add := func(group, version, resource, singular, kind string, namespaced bool, verbs, short, categories []string) {
		scope, served := "Cluster", "no"
		if namespaced {
			scope = "Namespaced"
		}
		if defaults.serves(group, version, resource) {
			served = "yes"
		}
		resources.add(release.Minor, served, group, version, resource, singular, kind, scope,
			strings.Join(verbs, ","), strings.Join(short, ","), strings.Join(categories, ","))
	}

	var core legacy
	if err := readJSON(filepath.Join(documents, "api__v1.json"), &core); err != nil {
		return err
	}
	groups.add(release.Minor, "0", "", "v1")
	for _, r := range core.Resources {
		if r.Kind == "" {
			return fmt.Errorf("%s has no kind", r.Name)
		}
		// A subresource has no singular of its own in the aggregated form; keep one convention.
		singular := r.SingularName
		if strings.Contains(r.Name, "/") {
			singular = ""
		}
		add("", "v1", r.Name, singular, kind{r.Group, r.Version, r.Kind}.cell("", "v1"), r.Namespaced, r.Verbs,
			r.ShortNames, r.Categories)
	}

	var list aggregated
	path := filepath.Join(documents, "aggregated_v2.json")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		path = filepath.Join(documents, "aggregated_v2beta1.json")
	}
	if err := readJSON(path, &list); err != nil {
		return err
	}
	for i, item := range list.Items {
		group := item.Metadata.Name
		var versions []string
		for _, v := range item.Versions {
			versions = append(versions, v.Version)
			for _, r := range v.Resources {
				if r.ResponseKind.Kind == "" || r.SingularResource == "" {
					return fmt.Errorf("%s in %s/%s has no kind or no singular name", r.Resource, group, v.Version)
				}
				namespaced := r.Scope == "Namespaced"
				add(group, v.Version, r.Resource, r.SingularResource, r.ResponseKind.cell(group, v.Version),
					namespaced, r.Verbs, r.ShortNames, r.Categories)
				for _, s := range r.Subresources {
					add(group, v.Version, r.Resource+"/"+s.Subresource, "", s.ResponseKind.cell(group, v.Version),
						namespaced, s.Verbs, nil, nil)
				}
			}
		}
		groups.add(release.Minor, strconv.Itoa(i+1), group, strings.Join(versions, ","))
	}
	return defaults.checkUsed()
}

func readJSON(path string, into any) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
