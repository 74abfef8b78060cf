package scripts

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// An instruction is one of a Dockerfile, such as RUN, and what follows it, on one line.
type instruction struct{ name, rest string }

// stages reads a Dockerfile: the instructions of each stage, FROM first. Only the form in use here is understood.
func stages(t *testing.T, path string) [][]instruction {
	t.Helper()
	var lines []string
	for line := range strings.Lines(readFile(t, path)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	var out [][]instruction
	for line := range strings.Lines(strings.ReplaceAll(strings.Join(lines, ""), "\\\n", "")) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case name == "":
			continue
		case name == "FROM":
			out = append(out, nil)
		case out == nil:
			t.Fatalf("%s before the first stage", name)
		}
		out[len(out)-1] = append(out[len(out)-1], instruction{name, strings.TrimSpace(rest)})
	}
	return out
}

// last gives what the last instruction of a name says, "" if there is none.
func last(stage []instruction, name string) string {
	for _, in := range slices.Backward(stage) {
		if in.name == name {
			return in.rest
		}
	}
	return ""
}

var pinnedImage = regexp.MustCompile(`^[a-z/]+:\d+\.\d+\.\d+[a-z0-9.-]*@sha256:[0-9a-f]{64} AS [a-z]+$`)

// TestDockerfile holds the images to what is promised of them: pinned, not root, and the main one has nothing but the program.
func TestDockerfile(t *testing.T) {
	all := stages(t, filepath.Join(repository(t), "Dockerfile"))
	if len(all) != 3 {
		t.Fatalf("%d stages, want build, ci and main", len(all))
	}
	for _, stage := range all {
		if from := stage[0].rest; from != "scratch AS main" && !pinnedImage.MatchString(from) {
			t.Errorf("FROM %s: not pinned by version and digest", from)
		}
	}
	ci, main := all[1], all[2]
	for _, stage := range all[1:] {
		if user := last(stage, "USER"); user != "65532:65532" {
			t.Errorf("%s: USER %q", stage[0].rest, user)
		}
	}
	if main[0].rest != "scratch AS main" || last(main, "RUN") != "" {
		t.Error("the image that is built by default must be of nothing but the program")
	}
	if got := last(main, "ENTRYPOINT"); got != `["/usr/bin/pickletrace"]` {
		t.Errorf("ENTRYPOINT %s", got)
	}
	// CI systems start the image with a shell of theirs.
	if last(ci, "ENTRYPOINT") != "" || last(ci, "RUN") != "apk add --no-cache git" {
		t.Errorf("the target ci needs git, and no entry point")
	}
}

// TestDockerBuild does what the build stage of the Dockerfile does, in another folder and with an empty cache, and
// compares with the same command in this repository: both make the same bytes. What comes out runs in a root folder
// that holds nothing else and cannot be written, as another user.
func TestDockerBuild(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("builds for Linux, natively")
	}
	slow(t)
	root := repository(t)
	src := t.TempDir()
	build := stages(t, filepath.Join(root, "Dockerfile"))[0]
	env := append(os.Environ(), "VERSION=1.2.3", "GOFLAGS=")
	for _, in := range build {
		switch in.name {
		case "COPY":
			copyContext(t, root, src, in.rest)
		case "RUN":
			shell(t, src, append(env, "GOCACHE="+filepath.Join(src, ".cache")), in.rest)
		}
	}
	program := filepath.Join(src, "pickletrace")
	again := filepath.Join(t.TempDir(), "pickletrace")
	shell(t, root, env, strings.ReplaceAll(last(build, "RUN"), "-o pickletrace", "-o "+again))
	if sum(t, program) != sum(t, again) {
		t.Error("two builds of the same source differ")
	}
	static(t, program)
	alone(t, program)
}

// copyContext does what COPY does: files of the context, without those that .dockerignore leaves out, into a folder.
func copyContext(t *testing.T, root, to, args string) {
	t.Helper()
	names := strings.Fields(args)
	names = names[:len(names)-1]
	for _, rel := range contextFiles(t, root) {
		if slices.Contains(names, ".") || slices.Contains(names, rel) {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(to, rel), []byte(readFile(t, filepath.Join(root, rel))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// contextFiles gives the files that docker build sends, relative to the repository.
func contextFiles(t *testing.T, root string) []string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(readFile(t, filepath.Join(root, ".dockerignore"))))
	if err != nil {
		t.Fatal(err)
	}
	m, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil || rel == "." {
			return err
		}
		if rel == ".git" && d.IsDir() {
			return fs.SkipDir
		}
		ignored, err := m.MatchesOrParentMatches(rel)
		if err == nil && !ignored && !d.IsDir() {
			out = append(out, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDockerContext: what is sent to the build is sources only.
func TestDockerContext(t *testing.T) {
	files := contextFiles(t, repository(t))
	for _, f := range []string{"LICENSE", "go.mod", "go.sum"} {
		if !slices.Contains(files, f) {
			t.Errorf("%s is not sent to the build of the image", f)
		}
	}
	for _, f := range files {
		top, _, _ := strings.Cut(filepath.ToSlash(f), "/")
		if !slices.Contains([]string{"LICENSE", "go.mod", "go.sum", "cmd", "pkg", "rules"}, top) || strings.HasSuffix(f, "_test.go") || strings.Contains(f, "testdata") {
			t.Errorf("%s is sent to the build of the image", f)
		}
	}
}

func sum(t *testing.T, path string) [sha256.Size]byte {
	t.Helper()
	return sha256.Sum256([]byte(readFile(t, path)))
}

// static demands a program that loads nothing: neither interpreter nor libraries.
func static(t *testing.T, path string) {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the program needs a dynamic loader")
		}
	}
	if libs, err := f.ImportedLibraries(); len(libs) > 0 {
		t.Errorf("the program needs %v (%v)", libs, err)
	}
	if f.Section(".symtab") != nil || f.Section(".debug_info") != nil {
		t.Error("the program is not stripped")
	}
}

// alone runs the program as the image does: as user 65532, in a root folder that has only it and a read-only tree.
func alone(t *testing.T, program string) {
	t.Helper()
	root := t.TempDir()
	const code = "import pickle, requests\npickle.loads(requests.get('http://x').content)\n"
	writeFile(t, filepath.Join(root, "usr/bin/pickletrace"), readFile(t, program))
	writeFile(t, filepath.Join(root, "src/app.py"), code)
	writeFile(t, filepath.Join(root, "src/.git/HEAD"), "ref: refs/heads/main\n")
	for _, dir := range []string{"src/.git", "src", "usr/bin", "usr", "."} {
		if err := os.Chmod(filepath.Join(root, dir), 0o555); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, dir), 0o755) })
	}
	cmd := exec.Command("/usr/bin/pickletrace", "scan")
	cmd.Dir, cmd.Env = "/src", []string{}
	if !confine(cmd, root, 65532) {
		t.Log("not root: run as this user, outside of a root folder of its own")
		cmd = exec.Command(program, "scan")
		cmd.Dir, cmd.Env = filepath.Join(root, "src"), []string{}
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != 1 || !bytes.Contains(out, []byte("at app.py:2")) {
		t.Errorf("the scan in the image: %v\n%s", err, out)
	}
}
