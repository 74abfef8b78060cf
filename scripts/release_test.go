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

// TestCross builds for Linux with zig as a release does, and tries what comes out, on arm64 with an emulator. What is built
// in another folder, with empty caches, has the same checksum. It takes minutes, and so runs only if PICKLETRACE_ZIG is set.
func TestCross(t *testing.T) {
	if os.Getenv("PICKLETRACE_ZIG") == "" {
		t.Skip("takes minutes; PICKLETRACE_ZIG=1 runs it")
	}
	release := func(root, dir string, env ...string) {
		cmd := exec.Command("bash", filepath.Join(root, "scripts/release.sh"), env[0])
		cmd.Env = append(os.Environ(), "DIST="+dir, "VERSION="+builtVersion, "EMULATOR=")
		cmd.Env = append(cmd.Env, env[1:]...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("release.sh %v: %v\n%s", env, err, out)
		}
	}
	one, two, dir, other := t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()
	for _, name := range tracked(t, repository(t), "*") {
		copyFile(t, one, name)
		copyFile(t, two, name)
	}
	commit(t, one) // the other stays without a repository
	release(one, dir, "build", "TARGETS=linux/amd64 linux/arm64")
	release(one, dir, "try", "TARGET=linux-amd64")
	if emulator, err := exec.LookPath("qemu-aarch64-static"); err == nil {
		release(one, dir, "try", "TARGET=linux-arm64", "EMULATOR="+emulator)
	} else {
		t.Log("not tried on arm64: there is no qemu-aarch64-static")
	}
	cache := t.TempDir()
	release(two, other, "build", "TARGETS=linux/amd64", "GOCACHE="+cache, "ZIG_GLOBAL_CACHE_DIR="+filepath.Join(cache, "zig"), "GOFLAGS=-v")
	files, err := filepath.Glob(filepath.Join(other, "*"))
	if err != nil || len(files) != 3 {
		t.Errorf("files of a target: %v %v", files, err)
	}
	for _, f := range files {
		if sum(t, f) != sum(t, filepath.Join(dir, filepath.Base(f))) {
			t.Errorf("two builds of %s differ", filepath.Base(f))
		}
	}
}
