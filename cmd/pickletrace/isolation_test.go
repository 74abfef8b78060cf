package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNoNetworkCode: what the program is made of cannot speak HTTP or TLS, nor load code.
func TestNoNetworkCode(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "os/exec") {
		t.Fatalf("%d packages, and not even os/exec", len(deps))
	}
	for _, p := range deps {
		if slices.Contains([]string{"net/http", "net/rpc", "net/smtp", "crypto/tls", "plugin"}, p) {
			t.Errorf("the program is made of %s, too", p)
		}
	}
}

// TestRunsOnlyGit looks at every place where a program could be started.
func TestRunsOnlyGit(t *testing.T) {
	starts := 0
	for _, root := range []string{".", "../../pkg", "../../rules"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			starts += checkStarts(t, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if starts < 2 {
		t.Errorf("only %d places start git: the test does not see them", starts)
	}
}

// checkStarts gives how many places of a file start git, and fails for every other start.
func checkStarts(t *testing.T, path string) int {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	starts := 0
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		pkg, _ := fn.X.(*ast.Ident)
		if pkg == nil {
			return true
		}
		switch name := pkg.Name + "." + fn.Sel.Name; name {
		case "exec.Command", "exec.LookPath":
			if starts++; !isGit(call.Args[0]) {
				t.Errorf("%s starts something else than git", set.Position(call.Pos()))
			}
		case "exec.CommandContext", "os.StartProcess", "syscall.Exec", "syscall.ForkExec", "plugin.Open", "net.Dial", "net.Listen":
			t.Errorf("%s: %s", set.Position(call.Pos()), name)
		}
		return true
	})
	return starts
}

// isGit accepts the name, and a variable that is called so because its path was looked up.
func isGit(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Value == `"git"`
	case *ast.Ident:
		return e.Name == "git"
	}
	return false
}
