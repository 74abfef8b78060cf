package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pickletrace/pickletrace/pkg/sarifcheck"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pickletrace": main})
}

// TestScript runs the command as a user does; each file of testdata/script is one story.
func TestScript(t *testing.T) {
	dir, err := filepath.Abs("../../testdata/script")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(env.WorkDir, ".gitconfig"))
			env.Setenv("GIT_CONFIG_SYSTEM", os.DevNull)
			env.Setenv("DEMO", filepath.Join(filepath.Dir(dir), "demo"))
			env.Defer(func() { checkSARIF(t, env.WorkDir) })
			env.Setenv("NO_COLOR", "")
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("CI", "")
			return os.WriteFile(filepath.Join(env.WorkDir, ".gitconfig"),
				[]byte("[user]\n\tname = A\n\temail = a@example.org\n[init]\n\tdefaultBranch = main\n"), 0o644)
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"code": code, "applied": applied},
		Condition:     func(name string) (bool, error) { return name == "root" && os.Geteuid() == 0, nil },
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

// checkSARIF holds all reports that a script left to what code scanning services demand.
func checkSARIF(t *testing.T, dir string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".sarif" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, []byte(`"name":"pickletrace"`)) {
			return err
		}
		l, err := sarifcheck.Parse(data)
		for id, msg := range l.Failed() {
			t.Errorf("%s: %s: %s", path, id, msg)
		}
		sarifcheck.Keep(t, filepath.Base(dir)+"-"+filepath.Base(path), data)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// code runs the command and demands an exit code: code 3 scan nowhere.
func code(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: code CODE ARG...")
	}
	err := ts.Exec("pickletrace", args[1:]...)
	got := 0
	if e := (*exec.ExitError)(nil); errors.As(err, &e) {
		got = e.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}
