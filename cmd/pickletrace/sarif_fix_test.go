package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestSARIFFixesApply does what a reader of the report does: it replaces the regions that the fixes name, in UTF-16
// columns of the file on disk, and scans again. What was reported is gone, and nothing else has changed.
func TestSARIFFixesApply(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, code := range map[string]string{
		"plain.py": "x = 1  # pickletrace: ignore[PKL101] -- nothing\n",
		"wide.py":  "s = '漢字😀é'; x = 1  # why  # pickletrace: ignore[PKL101] -- nothing\n",
		"crlf.py":  "if True:\r\n\t# pickletrace: ignore[PKL101] -- nothing\r\n\tx = 1\r\n",
		"bom.py":   "\ufeff# pickletrace: ignore[PKL101] -- nothing\nx = 1\n",
		"two.py":   "x = 1  # pickletrace: ignore[PKL101, PKL201] -- nothing\ny = 2  # pickletrace: ignore[PKL102] -- nothing",
	} {
		if err := os.WriteFile(name, []byte(code), 0o644); err != nil {
			t.Fatal(err)
		}
		want := strings.Count(code, "ignore[")
		if got := applyFixes(t, name); got != want {
			t.Errorf("%s: %d fixes, want %d", name, got, want)
		}
		after, _ := os.ReadFile(name)
		if strings.Contains(string(after), "pickletrace") || !strings.Contains(string(after), "x = 1") {
			t.Errorf("%s became %q", name, after)
		}
		if got := applyFixes(t, name); got != 0 {
			t.Errorf("%s: %d findings are left", name, got)
		}
	}
}

// applyFixes scans a file and applies the fixes of the report to it, the last first; it gives how many there were.
func applyFixes(t *testing.T, name string) int {
	t.Helper()
	var out, errs bytes.Buffer
	(&app{in: strings.NewReader(""), out: &out, err: &errs}).run([]string{"scan", "--isolated", "--min-level", "note", "-f", "sarif", name})
	type region struct{ StartLine, StartColumn, EndLine, EndColumn int }
	var log struct {
		Runs []struct {
			Results []struct {
				Fixes []struct {
					ArtifactChanges []struct {
						Replacements []struct {
							DeletedRegion   region
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	raw, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	for i := len(results) - 1; i >= 0; i-- {
		for _, r := range results[i].Fixes[0].ArtifactChanges[0].Replacements {
			from, to := offsetOf(raw, r.DeletedRegion.StartLine, r.DeletedRegion.StartColumn), offsetOf(raw, r.DeletedRegion.EndLine, r.DeletedRegion.EndColumn)
			raw = bytes.Join([][]byte{raw[:from], []byte(r.InsertedContent.Text), raw[to:]}, nil)
		}
	}
	if err := os.WriteFile(name, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	return len(results)
}

// offsetOf finds a line and a column of UTF-16 units, both from 1; a mark at the start of the file is in no column.
func offsetOf(raw []byte, line, col int) int {
	off := 0
	for ; line > 1; line-- {
		off += bytes.IndexByte(raw[off:], '\n') + 1
	}
	if off == 0 && bytes.HasPrefix(raw, []byte("\ufeff")) {
		off = len("\ufeff")
	}
	for _, r := range string(raw[off:]) {
		if col <= 1 {
			break
		}
		col -= utf16.RuneLen(r)
		off += len(string(r))
	}
	return off
}
