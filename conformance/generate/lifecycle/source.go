package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// apiType is a type with what it says of itself. Releases are written like 1.22, and a release that it does not say
// is left empty.
type apiType struct {
	group, version, kind            string
	introduced, deprecated, removed string
	// group/version/kind
	replacement string
}

func (t apiType) name() string { return t.group + "/" + t.version + "/" + t.kind }

// readFolder reads the methods of all types of one version of a group.
func readFolder(folder string) ([]apiType, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var order []string
	types := map[string]*apiType{}
	group := ""
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		// Most files say nothing, and parsing takes time.
		says := strings.Contains(string(text), "APILifecycle")
		if strings.HasSuffix(path, "_test.go") || !says && !strings.Contains(string(text), "GroupName") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, declaration := range file.Decls {
			if constants, ok := declaration.(*ast.GenDecl); ok && constants.Tok == token.CONST {
				group += groupName(constants)
			}
			method, ok := declaration.(*ast.FuncDecl)
			if !ok || method.Recv == nil || !strings.HasPrefix(method.Name.Name, "APILifecycle") {
				continue
			}
			kind := method.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name
			if types[kind] == nil {
				types[kind] = &apiType{version: filepath.Base(folder), kind: kind}
				order = append(order, kind)
			}
			result, ok := method.Body.List[0].(*ast.ReturnStmt)
			if !ok || len(method.Body.List) != 1 {
				return nil, fmt.Errorf("%s of %s is no plain return", method.Name.Name, kind)
			}
			if err := types[kind].say(method.Name.Name, result.Results); err != nil {
				return nil, fmt.Errorf("%s: %w", kind, err)
			}
		}
	}
	var found []apiType
	for _, kind := range order {
		types[kind].group = group
		found = append(found, *types[kind])
	}
	if len(found) > 0 && group == "" && filepath.Base(filepath.Dir(folder)) != "core" {
		return nil, errors.New("no GroupName")
	}
	return found, nil
}

func (t *apiType) say(method string, results []ast.Expr) error {
	if method == "APILifecycleReplacement" {
		literal, ok := results[0].(*ast.CompositeLit)
		if !ok {
			return fmt.Errorf("the replacement is no literal")
		}
		fields := map[string]string{}
		for _, element := range literal.Elts {
			pair := element.(*ast.KeyValueExpr)
			fields[pair.Key.(*ast.Ident).Name] = strings.Trim(pair.Value.(*ast.BasicLit).Value, `"`)
		}
		t.replacement = fields["Group"] + "/" + fields["Version"] + "/" + fields["Kind"]
		return nil
	}
	if len(results) != 2 {
		return fmt.Errorf("%s returns %d values", method, len(results))
	}
	release := results[0].(*ast.BasicLit).Value + "." + results[1].(*ast.BasicLit).Value
	switch method {
	case "APILifecycleIntroduced":
		t.introduced = release
	case "APILifecycleDeprecated":
		t.deprecated = release
	case "APILifecycleRemoved":
		t.removed = release
	default:
		return fmt.Errorf("unknown method %s", method)
	}
	return nil
}

// groupName is the value of the constant GroupName, where it is declared.
func groupName(constants *ast.GenDecl) string {
	for _, spec := range constants.Specs {
		value := spec.(*ast.ValueSpec)
		if value.Names[0].Name == "GroupName" && len(value.Values) == 1 {
			if literal, ok := value.Values[0].(*ast.BasicLit); ok {
				return strings.Trim(literal.Value, `"`)
			}
		}
	}
	return ""
}
