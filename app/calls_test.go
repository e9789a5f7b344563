package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

// callsOf lists the functions of a package that a file calls.
func callsOf(t *testing.T, file, pkg string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == pkg {
				out = append(out, sel.Sel.Name)
			}
		}
		return true
	})
	return out
}
