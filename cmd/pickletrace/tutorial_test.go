package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	tutorialFile    = regexp.MustCompile("(?s)```[a-z]+ title=(\\S+)\n(.*?)```")
	tutorialConsole = regexp.MustCompile("(?s)```console\n(\\$ .*?)```")
)

// TestTutorial writes the files that rules/README.md shows, runs its commands and compares what they print; UPDATE=1
// corrects it (make docs).
func TestTutorial(t *testing.T) {
	readme, err := filepath.Abs("../../rules/README.md")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	files := tutorialFile.FindAllStringSubmatch(string(data), -1)
	for _, m := range files {
		if err := os.WriteFile(m[1], []byte(m[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commands := 0
	want := tutorialConsole.ReplaceAllStringFunc(string(data), func(block string) string {
		var b strings.Builder
		for line := range strings.SplitSeq(tutorialConsole.FindStringSubmatch(block)[1], "\n") {
			command, ok := strings.CutPrefix(line, "$ pickletrace ")
			if !ok {
				continue
			}
			commands++
			var out, errs bytes.Buffer
			if code := (&app{in: strings.NewReader(""), out: &out, err: &errs}).run(strings.Fields(command)); code > exitFindings || errs.Len() > 0 {
				t.Errorf("%s: exit code %d\n%s", line, code, errs.String())
			}
			b.WriteString(line + "\n" + out.String())
		}
		return "```console\n" + b.String() + "```"
	})
	if len(files) < 6 || commands < 7 {
		t.Fatalf("%d files and %d commands in rules/README.md", len(files), commands)
	}
	current(t, readme, want)
}
