package scripts

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

var built struct {
	once sync.Once
	dir  string
	err  error
}

// builtVersion is the version of the program that the tests run.
const builtVersion = "1.2.3"

// program gives the path of the program, which is called pickletrace and built when it is asked for first.
func program(t *testing.T) string {
	t.Helper()
	root := repository(t)
	readSources(t, root)
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "pickletrace"); built.err != nil {
			return
		}
		cmd := exec.Command("go", "build", "-ldflags", "-X main.version="+builtVersion, "-o", filepath.Join(built.dir, "pickletrace"), "./cmd/pickletrace")
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			built.err = fmt.Errorf("%w: %s", err, out)
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "pickletrace")
}

// repository gives the top of the repository.
func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// goEnvironment is what the go command needs to work outside of this process' environment.
func goEnvironment(t *testing.T) []string {
	t.Helper()
	var env []string
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "GOFLAGS"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"="+strings.TrimSpace(string(out)))
	}
	return env
}

// readSources reads what the program is built from: go test, which keeps results, then knows that a test depends on it.
func readSources(t *testing.T, root string) {
	t.Helper()
	for _, dir := range []string{"cmd", "pkg", "rules", "go.mod", "go.sum"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(p string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, err = os.ReadFile(p)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// slow skips a test that takes long, unless PICKLETRACE_SLOW is set, as in .ci/run.
func slow(t *testing.T) {
	t.Helper()
	if os.Getenv("PICKLETRACE_SLOW") == "" {
		t.Skip("takes long; PICKLETRACE_SLOW=1 runs it")
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
}

func shell(t *testing.T, dir string, env []string, command string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir, cmd.Env = dir, env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, out)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
