package scripts

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The program talks to nobody and starts nothing: shown by what it is made of, and by watching it.

// TestNoNetwork: nothing the program is made of, dependencies included, speaks to the network by itself or can start
// another program.
func TestNoNetwork(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "./cmd/pickletrace")
	cmd.Dir = repository(t)
	readSources(t, cmd.Dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, "github.com/spf13/cobra") {
		t.Error("the list of dependencies is not that of the program")
	}
	for _, p := range []string{"net/http", "net/rpc", "net/smtp", "crypto/tls", "plugin", "os/exec"} {
		if slices.Contains(deps, p) {
			t.Errorf("the program is made of %s", p)
		}
	}
}

// dialing is what reaches the network with the package net, which the flag library brings along.
var dialing = regexp.MustCompile(`\bnet\.(Dial|Listen|Lookup|Resolve|Dialer|Resolver)`)

// TestNoDialing looks at our own code and at that of the modules the program is made of.
func TestNoDialing(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}\n{{end}}{{range .CgoFiles}}{{$d}}/{{.}}\n{{end}}{{end}}", "./cmd/pickletrace")
	cmd.Dir = repository(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Fields(string(out))
	if len(files) < 100 {
		t.Errorf("%d files only", len(files))
	}
	for _, f := range files {
		if m := dialing.FindString(readFile(t, f)); m != "" {
			t.Errorf("%s uses %s", f, m)
		}
	}
}

var (
	execved   = regexp.MustCompile(`execve(?:at)?\([^"\n]*"([^"]*)"`)
	connected = regexp.MustCompile(`(?m)^.*\b(connect|sendto|sendmsg|bind)\([^\n]*AF_INET[^\n]*$`)
)

// TestWatched scans a repository, in every way that asks about its history, and looks at all programs that are started and
// sockets that are opened.
func TestWatched(t *testing.T) {
	repo := monorepo(t)
	writeFile(t, filepath.Join(repo, "evil.py"), "import os\nos.system('true')\n")
	code, out := watched(t, repo, "scan", "--exit-zero", "--diff-base", "HEAD", "-o", "sarif=report.sarif", "-o", "html=report.html")
	if code != 0 {
		t.Errorf("exit code %d: %s", code, out)
	}
}

// watched runs the program under strace, if there is one, and demands that it starts nothing and connects to nothing.
func watched(t *testing.T, dir string, args ...string) (int, string) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("there is no strace")
	}
	log := filepath.Join(t.TempDir(), "log")
	args = append([]string{"-f", "-qq", "-e", "trace=execve,execveat,connect,sendto,sendmsg,bind", "-s", "200", "-o", log, program(t)}, args...)
	cmd := exec.Command(strace, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	var e *exec.ExitError
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "ptrace") {
		t.Skipf("strace may not look here: %s", out)
	}
	seen := readFile(t, log)
	var started []string
	for _, m := range execved.FindAllStringSubmatch(seen, -1) {
		if name := filepath.Base(m[1]); !slices.Contains(started, name) {
			started = append(started, name)
		}
	}
	if !slices.Equal(started, []string{"pickletrace"}) {
		t.Errorf("programs started: %v", started)
	}
	if m := connected.FindAllString(seen, -1); m != nil {
		t.Errorf("connections:\n%s", strings.Join(m, "\n"))
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// TestWithoutNetwork scans where there is no network at all, not even to this machine, and finds the same.
func TestWithoutNetwork(t *testing.T) {
	if err := exec.Command("unshare", "--net", "--map-root-user", "true").Run(); err != nil {
		t.Skipf("no network namespace can be made here: %v", err)
	}
	repo := monorepo(t)
	scan := func(name string, args ...string) string {
		cmd := exec.Command(name, append(args, "scan", "--exit-zero", "--format", "json")...)
		cmd.Dir = repo
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	with, without := scan(program(t)), scan("unshare", "--net", "--map-root-user", program(t))
	if with != without || !strings.Contains(with, `"PKL101"`) {
		t.Errorf("without network:\n%s", without)
	}
}
