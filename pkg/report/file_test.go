package report

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func writeText(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func mustBe(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s has %q (%v), want %q", path, got, err, want)
	}
}

// alone says whether the file is the only one in its folder: nothing was left behind.
func alone(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v (%v)", entries, err)
	}
}

func TestWriteFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.sarif")
	for _, s := range []string{"new", strings.Repeat("long", 5000), "short"} {
		if err := WriteFile(path, writeText(s)); err != nil {
			t.Fatal(err)
		}
		mustBe(t, path, s)
		alone(t, path)
	}
	failing := func(w io.Writer) error {
		_, _ = io.WriteString(w, strings.Repeat("half", 5000))
		return errors.New("no more")
	}
	if err := WriteFile(path, failing); err == nil || !strings.Contains(err.Error(), "no more") || !strings.Contains(err.Error(), path) {
		t.Errorf("error %v", err)
	}
	mustBe(t, path, "short")
	alone(t, path)
}

func TestWriteFileKeepsModeAndLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes and links as elsewhere")
	}
	dir := t.TempDir()
	path, link := filepath.Join(dir, "r"), filepath.Join(dir, "link")
	if err := os.WriteFile(path, nil, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, writeText("x")); err != nil {
		t.Fatal(err)
	}
	mustBe(t, path, "x")
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	if info, err = os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v", info.Mode())
	}
	if err := WriteFile(os.DevNull, writeText("x")); err != nil {
		t.Errorf("a device: %v", err)
	}
	if err := WriteFile(filepath.Join(dir, "missing", "r"), writeText("x")); err == nil {
		t.Error("a folder that does not exist is no error")
	}
}

// TestWriteFileKilled lets a process die in the middle of writing.
func TestWriteFileKilled(t *testing.T) {
	if path := os.Getenv("PICKLETRACE_TEST_KILL"); path != "" {
		_ = WriteFile(path, func(w io.Writer) error {
			_, _ = io.WriteString(w, strings.Repeat("half", 50000))
			p, _ := os.FindProcess(os.Getpid())
			_ = p.Kill()
			select {}
		})
		return
	}
	path := filepath.Join(t.TempDir(), "r.sarif")
	if err := os.WriteFile(path, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^TestWriteFileKilled$")
	cmd.Env = append(os.Environ(), "PICKLETRACE_TEST_KILL="+path)
	if err := cmd.Run(); err == nil {
		t.Fatal("the process was not killed")
	}
	mustBe(t, path, "old")
}
