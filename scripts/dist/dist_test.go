package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const wheelLinux = "pickletrace-1.2.3-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl"

// pack makes the files of a target for a program, and gives their folder.
func pack(t *testing.T, target, program string) string {
	t.Helper()
	out := t.TempDir()
	if err := run([]string{"-version", "1.2.3", "-o", out, "-sbom=false", "-binary", program, target}); err != nil {
		t.Fatal(err)
	}
	return out
}

func inRepository(t *testing.T) {
	t.Helper()
	t.Chdir("../..")
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestSameBytes packs the same program twice, from files of another name, time and mode.
func TestSameBytes(t *testing.T) {
	inRepository(t)
	a := pack(t, "linux/amd64", write(t, filepath.Join(t.TempDir(), "a"), "program"))
	other := write(t, filepath.Join(t.TempDir(), "b"), "program")
	if err := errors.Join(os.Chmod(other, 0o644), os.Chtimes(other, epoch, epoch)); err != nil {
		t.Fatal(err)
	}
	b := pack(t, "linux/amd64", other)
	for _, name := range []string{"pickletrace-1.2.3-linux-amd64.tar.gz", wheelLinux} {
		if !bytes.Equal(read(t, filepath.Join(a, name)), read(t, filepath.Join(b, name))) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestArchive(t *testing.T) {
	inRepository(t)
	for target, program := range map[string]string{"linux/arm64": "pickletrace", "windows/amd64": "pickletrace.exe"} {
		out := pack(t, target, write(t, filepath.Join(t.TempDir(), "a"), "program"))
		zr, err := gzip.NewReader(bytes.NewReader(read(t, filepath.Join(out, "pickletrace-1.2.3-"+strings.ReplaceAll(target, "/", "-")+".tar.gz"))))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for tr := tar.NewReader(zr); ; {
			h, err := tr.Next()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%s %o", h.Name, h.Mode))
		}
		if want := program + " 755, LICENSE 644, README.md 644"; strings.Join(got, ", ") != want {
			t.Errorf("%s: %v, want %s", target, got, want)
		}
	}
}

// TestWheel compares the wheel with what it says of itself.
func TestWheel(t *testing.T) {
	inRepository(t)
	out := pack(t, "linux/amd64", write(t, filepath.Join(t.TempDir(), "a"), "program"))
	zr, err := zip.OpenReader(filepath.Join(out, wheelLinux))
	if err != nil {
		t.Fatal(err)
	}
	defer zr.Close()
	var record string
	seen := map[string]string{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		seen[f.Name] = fmt.Sprintf("%s,sha256=%s,%d", f.Name, base64.RawURLEncoding.EncodeToString(sum[:]), len(data))
		if strings.HasSuffix(f.Name, "/RECORD") {
			record, seen[f.Name] = string(data), f.Name+",,"
		}
		if strings.HasSuffix(f.Name, "scripts/pickletrace") && f.Mode().Perm() != 0o755 {
			t.Errorf("mode of the program: %v", f.Mode())
		}
	}
	if lines := strings.Fields(record); len(lines) != len(seen) || len(lines) != 5 {
		t.Errorf("%d lines in RECORD, %d files", len(lines), len(seen))
	}
	for name, line := range seen {
		if !strings.Contains(record, line+"\n") {
			t.Errorf("RECORD does not say %s", line)
		}
		if strings.HasSuffix(name, "/METADATA") && !strings.Contains(name, "pickletrace-1.2.3.dist-info") {
			t.Errorf("metadata is in %s", name)
		}
	}
}

// TestInstall installs a wheel of the program itself with pip, and runs it with uvx, if they are there.
func TestInstall(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the wheel is one for Linux")
	}
	inRepository(t)
	program := filepath.Join(t.TempDir(), "pickletrace")
	do(t, "go", "build", "-ldflags", "-X main.version=1.2.3", "-o", program, "./cmd/pickletrace")
	out := pack(t, "linux/"+runtime.GOARCH, program)
	wheels, err := filepath.Glob(filepath.Join(out, "*.whl"))
	if err != nil || len(wheels) != 1 {
		t.Fatalf("wheels: %v %v", wheels, err)
	}
	t.Run("pip", func(t *testing.T) {
		need(t, "python3")
		env := filepath.Join(t.TempDir(), "env")
		do(t, "python3", "-m", "venv", "--without-pip", env)
		do(t, "python3", "-m", "pip", "--python", filepath.Join(env, "bin/python"), "install", "--quiet", "--no-index", "--no-deps", "--no-cache-dir", wheels[0])
		if got := do(t, filepath.Join(env, "bin/pickletrace"), "version"); !strings.HasPrefix(got, "pickletrace 1.2.3 ") {
			t.Errorf("version: %s", got)
		}
		do(t, "python3", "-m", "pip", "--python", filepath.Join(env, "bin/python"), "uninstall", "--quiet", "--yes", "pickletrace")
		if _, err := os.Stat(filepath.Join(env, "bin/pickletrace")); err == nil {
			t.Error("pip does not know that the program is the package's")
		}
	})
	t.Run("uvx", func(t *testing.T) {
		need(t, "uvx")
		t.Setenv("UV_CACHE_DIR", t.TempDir())
		if got := do(t, "uvx", "--offline", "--no-config", "--from", wheels[0], "pickletrace", "version"); !strings.HasPrefix(got, "pickletrace 1.2.3 ") {
			t.Errorf("version: %s", got)
		}
	})
}

func need(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("there is no %s", tool)
	}
}

// do runs a command and gives what it prints on standard output.
func do(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out, stderr.String())
	}
	return string(out)
}

// TestSums: the list is that of sha256sum, and archives that are not what users compare with are no release.
func TestSums(t *testing.T) {
	out := t.TempDir()
	var known strings.Builder
	known.WriteString("# comment\n")
	for i := range targets {
		name := (&release{version: "1.2.3"}).path(&targets[i], ".tar.gz")
		write(t, filepath.Join(out, name), "archive of "+name)
		fmt.Fprintf(&known, "%x  %s\n", sha256.Sum256([]byte("archive of "+name)), name)
	}
	write(t, filepath.Join(out, "other.whl"), "wheel")
	list := write(t, filepath.Join(t.TempDir(), "known.txt"), known.String())
	sums := func(known string) error {
		return run([]string{"-version", "1.2.3", "-o", out, "-sums", "-known", known})
	}
	if err := sums(list); err != nil {
		t.Fatal(err)
	}
	got := string(read(t, filepath.Join(out, "checksums.txt")))
	if strings.Count(got, "\n") != len(targets)+1 || !strings.Contains(got, fmt.Sprintf("%x  other.whl\n", sha256.Sum256([]byte("wheel")))) {
		t.Errorf("checksums:\n%s", got)
	}
	if err := sums(""); err != nil {
		t.Error(err)
	}
	write(t, list, strings.ReplaceAll(known.String(), "1.2.3-linux-amd64", "1.2.4-linux-amd64"))
	wantError(t, sums(list), "has no checksum of pickletrace-1.2.3-linux-amd64.tar.gz")
	write(t, list, known.String())
	write(t, filepath.Join(out, "pickletrace-1.2.3-windows-arm64.tar.gz"), "another")
	wantError(t, sums(list), "pickletrace-1.2.3-windows-arm64.tar.gz has the checksum")
	if err := os.Remove(filepath.Join(out, "pickletrace-1.2.3-darwin-arm64.tar.gz")); err != nil {
		t.Fatal(err)
	}
	wantError(t, sums(list), "pickletrace-1.2.3-darwin-arm64.tar.gz was not made")
}

func wantError(t *testing.T, err error, part string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("error %v, want %q", err, part)
	}
}

func TestUsage(t *testing.T) {
	for part, args := range map[string][]string{
		"write it as 1.2.3": {"-version", "v1", "linux/amd64"},
		"name the targets":  {"-version", "1.2.3"},
		"no target":         {"-version", "1.2.3", "-o", t.TempDir(), "plan9/amd64"},
		"with -binary, one": {"-version", "1.2.3", "-binary", "x", "linux/amd64", "linux/arm64"},
		"no such file":      {"-version", "1.2.3", "-o", t.TempDir(), "-binary", "nowhere", "linux/amd64"},
		"dist is empty":     {"-version", "1.2.3", "-o", emptyDist(t), "-sums"},
	} {
		wantError(t, run(args), part)
	}
}

func emptyDist(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "dist")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
