package scripts

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// released packs the program as a release does, and gives the folder of its files.
func released(t *testing.T) (dir, target string) {
	t.Helper()
	dir, target = t.TempDir(), runtime.GOOS+"-"+runtime.GOARCH
	pack := exec.Command("go", "run", "./scripts/dist", "-version", builtVersion, "-sbom=false", "-o", dir, "-binary", program(t), strings.ReplaceAll(target, "-", "/"))
	pack.Dir = repository(t)
	if out, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir, target
}

// TestReleaseTry tries a program as the release workflow does, and one that says something else.
func TestReleaseTry(t *testing.T) {
	dir, target := released(t)
	try := func(version string) (string, error) {
		cmd := exec.Command("bash", "release.sh", "try")
		cmd.Env = append(os.Environ(), "DIST="+dir, "TARGET="+target, "VERSION="+version, "EMULATOR=")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := try("v" + builtVersion); err != nil || !strings.HasSuffix(out, target+": works\n") {
		t.Errorf("%v: %s", err, out)
	}
	if err := os.Rename(archive(dir, builtVersion, target), archive(dir, "1.2.4", target)); err != nil {
		t.Fatal(err)
	}
	if out, err := try("1.2.4"); err == nil {
		t.Errorf("a program of another version passed:\n%s", out)
	}
}

func archive(dir, version, target string) string {
	return filepath.Join(dir, "pickletrace-"+version+"-"+target+".tar.gz")
}

// TestReleaseInstalls lets the action download what a release has, from a folder, and compare it with its checksums.
func TestReleaseInstalls(t *testing.T) {
	dir, target := released(t)
	action, mirror := t.TempDir(), t.TempDir()
	copyFile(t, action, "scripts/action.sh")
	data := readFile(t, archive(dir, builtVersion, target))
	writeFile(t, archive(filepath.Join(mirror, "v"+builtVersion), builtVersion, target), data)
	writeFile(t, filepath.Join(action, "scripts/checksums.txt"), fmt.Sprintf("%x  %s\n", sum(t, archive(dir, builtVersion, target)), filepath.Base(archive("", builtVersion, target))))
	output := filepath.Join(t.TempDir(), "output")
	cmd := exec.Command("bash", filepath.Join(action, "scripts/action.sh"), "install")
	cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+action, "GITHUB_OUTPUT="+output, "RUNNER_TEMP="+t.TempDir(), "RUNNER_OS=", "RUNNER_ARCH=",
		"INPUT_VERSION="+builtVersion, "PICKLETRACE_MIRROR=file://"+mirror)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "pickletrace "+builtVersion+" ") || !strings.HasPrefix(readFile(t, output), "program=/") {
		t.Errorf("%v: %s", err, out)
	}
}
