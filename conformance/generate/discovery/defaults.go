package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// defaults says what an API server serves when it is started without --runtime-config and --feature-gates.
type defaults struct {
	versions  map[string]bool // "group/version"
	resources map[string]bool // "group/version/resource", for versions that are only served in part
	off       map[string]bool // "group/version/resource" behind a feature gate that is off
	seen      map[string]bool // every "group/version" that was asked about
}

// gated lists what a feature gate can take out of a version that is served by default, with the gate. All gates are
// looked up in the REST storage packages, pkg/registry/*/rest. The token subresource of service accounts, the other
// gated storage there, is served under every setting.
var gated = []struct{ resource, gate string }{
	{"/v1/pods/resize", "InPlacePodVerticalScaling"},
	{"certificates.k8s.io/v1/clustertrustbundles", "ClusterTrustBundle"},
	{"certificates.k8s.io/v1/podcertificaterequests", "PodCertificateRequest"},
	{"certificates.k8s.io/v1/podcertificaterequests/status", "PodCertificateRequest"},
	{"storagemigration.k8s.io/v1/storageversionmigrations", "StorageVersionMigrator"},
	{"storagemigration.k8s.io/v1/storageversionmigrations/status", "StorageVersionMigrator"},
}

// groupOf maps a folder of k8s.io/api, or of pkg/apis, to its API group, where appending ".k8s.io" does not do it.
var groupOf = map[string]string{
	"core": "", "apps": "apps", "autoscaling": "autoscaling", "batch": "batch", "policy": "policy",
	"rbac":              "rbac.authorization.k8s.io",
	"flowcontrol":       "flowcontrol.apiserver.k8s.io",
	"apiserverinternal": "internal.apiserver.k8s.io",
}

func (d *defaults) serves(group, version, resource string) bool {
	groupVersion := group + "/" + version
	d.seen[groupVersion] = true
	if d.off[groupVersion+"/"+resource] {
		return false
	}
	parent, _, _ := strings.Cut(resource, "/")
	return d.versions[groupVersion] || d.resources[groupVersion+"/"+parent]
}

// checkUsed fails when a version that is served by default is missing from the discovery documents: then groupOf or
// the reading of the Go file is wrong.
func (d *defaults) checkUsed() error {
	for groupVersion := range d.versions {
		if !d.seen[groupVersion] {
			return fmt.Errorf("%s is served by default, but no discovery document lists it", groupVersion)
		}
	}
	return nil
}

func readDefaults(source string) (*defaults, error) {
	d := &defaults{
		versions: map[string]bool{
			// The aggregator and the server of custom resources serve their own groups.
			"apiregistration.k8s.io/v1": true,
			"apiextensions.k8s.io/v1":   true,
		},
		resources: map[string]bool{}, off: map[string]bool{}, seen: map[string]bool{},
	}
	if err := d.readVersions(filepath.Join(source, "pkg", "controlplane", "instance.go")); err != nil {
		return nil, err
	}
	gates, err := readGates(filepath.Join(source, "pkg", "features"))
	if err != nil {
		return nil, err
	}
	for _, entry := range gated {
		if on, known := gates[entry.gate]; known && !on {
			d.off[entry.resource] = true
		}
	}
	return d, nil
}

// readVersions reads the lists whose names end in EnabledByDefault or EnabledByDefaultResources.
func (d *defaults) readVersions(path string) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	imports := map[string]string{}
	for _, spec := range file.Imports {
		if spec.Name != nil {
			imports[spec.Name.Name] = strings.Trim(spec.Path.Value, `"`)
		}
	}
	lists := 0
	var failure error
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || len(spec.Values) != 1 {
			return true
		}
		name := spec.Names[0].Name
		list, ok := spec.Values[0].(*ast.CompositeLit)
		if !ok || !strings.HasSuffix(name, "EnabledByDefault") && !strings.HasSuffix(name, "EnabledByDefaultResources") {
			return true
		}
		lists++
		for _, element := range list.Elts {
			if err := d.readElement(element, imports); err != nil {
				failure = fmt.Errorf("%s: %s: %w", path, name, err)
			}
		}
		return false
	})
	if lists == 0 {
		return fmt.Errorf("%s: no list of versions enabled by default", path)
	}
	return failure
}

// readElement reads `alias.SchemeGroupVersion` or `alias.SchemeGroupVersion.WithResource("name")`.
func (d *defaults) readElement(element ast.Expr, imports map[string]string) error {
	resource := ""
	if call, ok := element.(*ast.CallExpr); ok {
		resource = strings.Trim(call.Args[0].(*ast.BasicLit).Value, `"`)
		element = call.Fun.(*ast.SelectorExpr).X
	}
	selector, ok := element.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "SchemeGroupVersion" {
		return fmt.Errorf("unexpected element %T", element)
	}
	alias := selector.X.(*ast.Ident).Name
	parts := strings.Split(imports[alias], "/")
	if len(parts) < 4 || parts[len(parts)-3] != "api" && parts[len(parts)-3] != "apis" {
		return fmt.Errorf("%s is imported from %q", alias, imports[alias])
	}
	folder, version := parts[len(parts)-2], parts[len(parts)-1]
	group, known := groupOf[folder]
	if !known {
		group = folder + ".k8s.io"
	}
	if resource == "" {
		d.versions[group+"/"+version] = true
	} else {
		d.resources[group+"/"+version+"/"+resource] = true
	}
	return nil
}

// readGates reads the default of every feature gate in a Go package: the last `Default:` of the entry that carries
// the gate's name, as the stages of a gate are listed from the oldest to the current one.
func readGates(folder string) (map[string]bool, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	gates := map[string]bool{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			pair, ok := node.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			gate, isName := pair.Key.(*ast.Ident)
			stages, isList := pair.Value.(*ast.CompositeLit)
			if !isName || !isList {
				return true
			}
			ast.Inspect(stages, func(node ast.Node) bool {
				field, ok := node.(*ast.KeyValueExpr)
				if !ok {
					return true
				}
				if key, ok := field.Key.(*ast.Ident); ok && key.Name == "Default" {
					gates[gate.Name] = field.Value.(*ast.Ident).Name == "true"
				}
				return true
			})
			return false
		})
	}
	if len(gates) == 0 {
		return nil, fmt.Errorf("%s: no feature gates found", folder)
	}
	return gates, nil
}
