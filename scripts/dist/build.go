package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A target is a platform that a release is made for.
type target struct {
	os, arch string
	compiler string   // what is added to the C compiler's command
	link     string   // what is added for the linker
	wheel    []string // the platform tags of the wheel
}

// targets. Programs for Linux are static, made with musl, and so run everywhere. macOS 12 is the oldest that Go supports.
var targets = []target{
	{"linux", "amd64", "-target x86_64-linux-musl", "-linkmode external -extldflags '-static -s'", []string{"manylinux2014_x86_64", "manylinux_2_17_x86_64", "musllinux_1_1_x86_64"}},
	{"linux", "arm64", "-target aarch64-linux-musl", "-linkmode external -extldflags '-static -s'", []string{"manylinux2014_aarch64", "manylinux_2_17_aarch64", "musllinux_1_1_aarch64"}},
	{"windows", "amd64", "-target x86_64-windows-gnu", "-extldflags -s", []string{"win_amd64"}},
	{"windows", "arm64", "-target aarch64-windows-gnu", "-extldflags -s", []string{"win_arm64"}},
	{"darwin", "amd64", "-arch x86_64", "", []string{"macosx_12_0_x86_64"}},
	{"darwin", "arm64", "-arch arm64", "", []string{"macosx_12_0_arm64"}},
}

func (t *target) program() string {
	if t.os == "windows" {
		return "pickletrace.exe"
	}
	return "pickletrace"
}

// build compiles the program. Nothing of this machine may be in it: no path, no state of the repository, no other Go
// than go.mod names, no flag that somebody set for this shell.
func (r *release) build(t *target, to string) error {
	goVersion, err := moduleGo()
	if err != nil {
		return err
	}
	compiler := r.zig + " cc " + t.compiler
	if t.os == "darwin" {
		compiler = "clang " + t.compiler
	}
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", "netgo,osusergo",
		"-ldflags", strings.TrimSpace("-s -w -buildid= -X main.version="+r.version+" "+t.link), "-o", to, "./cmd/pickletrace")
	cmd.Env = append(environment(goVersion), "CGO_ENABLED=1", "CC="+compiler, "GOOS="+t.os, "GOARCH="+t.arch, "MACOSX_DEPLOYMENT_TARGET=12.0")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// environment is this process' without what would change a build.
func environment(goVersion string) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "CGO_") {
			env = append(env, v)
		}
	}
	return append(env, "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off", "GOTOOLCHAIN=go"+goVersion)
}

// moduleGo gives the version of Go that go.mod names.
func moduleGo() (string, error) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		return "", fmt.Errorf("run this at the top of the repository: %w", err)
	}
	for line := range strings.Lines(string(mod)) {
		if v, ok := strings.CutPrefix(line, "go "); ok {
			return strings.TrimSpace(v), nil
		}
	}
	return "", errors.New("go.mod names no version of Go")
}

const sbomTool = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0"

// writeSBOM lists the modules in the program, and the standard library, as CycloneDX.
func (r *release) writeSBOM(t *target, binary string) error {
	goVersion, err := moduleGo()
	if err != nil {
		return err
	}
	path, err := filepath.Abs(r.path(t, ".cdx.json"))
	if err != nil {
		return err
	}
	if err := os.Chmod(binary, 0o755); err != nil {
		return err // the tool wants to see a program, though it does not run it
	}
	cmd := exec.Command("go", "run", "-trimpath", sbomTool, "bin", "-json", "-noserial", "-notimestamp", "-std", "-version", "v"+r.version, "-output", path, binary)
	cmd.Env = append(environment(goVersion), "CGO_ENABLED=0") // the list has the checksum of the tool
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}
