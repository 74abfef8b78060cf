package scripts

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestAction runs scripts/action.sh as GitHub's runner does; each file of testdata/action is one story. In it $ACTION is
// a folder as the runner makes of this repository, with a list of checksums of its own, and $REPOSITORY the repository.
func TestAction(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a POSIX shell")
	}
	root := repository(t)
	readSources(t, root)
	goEnv := goEnvironment(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/action",
		Setup: func(env *testscript.Env) error {
			action := filepath.Join(env.WorkDir, "action")
			if err := os.MkdirAll(filepath.Join(action, "scripts"), 0o755); err != nil {
				return err
			}
			script, err := os.ReadFile("action.sh")
			if err != nil {
				return err
			}
			for name, value := range map[string]string{
				"REPOSITORY": root, "ACTION": action, "GITHUB_ACTION_PATH": action, "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64",
				"RUNNER_TEMP": filepath.Join(env.WorkDir, ".tmp"), "GITHUB_OUTPUT": filepath.Join(env.WorkDir, "output"),
				"GITHUB_STEP_SUMMARY": filepath.Join(env.WorkDir, "summary"), "PICKLETRACE_MIRROR": "file://" + env.WorkDir + "/mirror",
				"NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_SYSTEM": os.DevNull,
			} {
				env.Setenv(name, value)
			}
			env.Vars = append(env.Vars, goEnv...)
			return os.WriteFile(filepath.Join(action, "scripts", "action.sh"), script, 0o755)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"step": step},
	})
}

// step runs a step of the action and demands an exit code: step 0 scan. What it wrote to GITHUB_OUTPUT and
// GITHUB_STEP_SUMMARY before is gone, as on a runner.
func step(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: step CODE NAME")
	}
	for _, name := range []string{"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"} {
		ts.Check(os.WriteFile(ts.Getenv(name), nil, 0o644))
	}
	err := ts.Exec("bash", filepath.Join(ts.Getenv("GITHUB_ACTION_PATH"), "scripts", "action.sh"), args[1])
	if got := exitCode(ts, err); got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// exitCode gives the exit code of a command as text, from the error of running it.
func exitCode(ts *testscript.TestScript, err error) string {
	if err == nil {
		return "0"
	}
	var e *exec.ExitError
	if !errors.As(err, &e) {
		ts.Fatalf("%v", err)
	}
	return strconv.Itoa(e.ExitCode())
}
