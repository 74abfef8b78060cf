package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
	"github.com/rogpeppe/go-internal/testscript"
)

// applied writes what the fixes of a report say into the files of a folder, as a dashboard does on a click for each:
// applied REPORT DIR COUNT. SARIF has regions, GitLab patches; COUNT is how many findings have one.
func applied(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: applied REPORT DIR COUNT")
	}
	data := []byte(ts.ReadFile(args[0]))
	edits := reportedEdits(ts, data)
	if filepath.Ext(args[0]) == ".json" {
		edits = reportedPatches(ts, data, ts.MkAbs(args[1]))
	}
	if got := len(edits); args[2] != strings.TrimSpace(string(mustJSON(ts, got))) {
		ts.Fatalf("%s carries %d fixes, want %s", args[0], got, args[2])
	}
	all := slices.Concat(edits...)
	slices.SortFunc(all, func(a, b reportedEdit) int { // the last first
		return slices.Compare([]int{b.line, b.col}, []int{a.line, a.col})
	})
	for _, e := range slices.Compact(all) {
		path := filepath.Join(ts.MkAbs(args[1]), filepath.FromSlash(e.path))
		raw, err := os.ReadFile(path)
		ts.Check(err)
		from, to := offsetOf(raw, e.line, e.col), offsetOf(raw, e.endLine, e.endCol)
		ts.Check(os.WriteFile(path, bytes.Join([][]byte{raw[:from], []byte(e.text), raw[to:]}, nil), 0o644))
	}
}

// A reportedEdit replaces a region, in lines and columns of UTF-16 units from 1.
type reportedEdit struct {
	path                       string
	line, col, endLine, endCol int
	text                       string
}

// reportedEdits gives the edits of each fix of a SARIF report.
func reportedEdits(ts *testscript.TestScript, data []byte) (out [][]reportedEdit) {
	type region struct{ StartLine, StartColumn, EndLine, EndColumn int }
	var log struct {
		Runs []struct {
			Results []struct {
				Fixes []struct {
					ArtifactChanges []struct {
						ArtifactLocation struct{ URI string }
						Replacements     []struct {
							DeletedRegion   region
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	ts.Check(json.Unmarshal(data, &log))
	for _, run := range log.Runs {
		for _, res := range run.Results {
			for _, fix := range res.Fixes {
				var edits []reportedEdit
				for _, c := range fix.ArtifactChanges {
					for _, r := range c.Replacements {
						d := r.DeletedRegion
						edits = append(edits, reportedEdit{c.ArtifactLocation.URI, d.StartLine, d.StartColumn, d.EndLine, d.EndColumn, r.InsertedContent.Text})
					}
				}
				out = append(out, edits)
			}
		}
	}
	return out
}

// reportedPatches gives the changed lines of each remediation of a GitLab report; every patch fits the files in dir.
func reportedPatches(ts *testscript.TestScript, data []byte, dir string) (out [][]reportedEdit) {
	var log struct {
		Remediations []struct{ Diff string }
	}
	ts.Check(json.Unmarshal(data, &log))
	for _, r := range log.Remediations {
		patch, err := base64.StdEncoding.DecodeString(r.Diff)
		ts.Check(err)
		files, _, err := gitdiff.Parse(bytes.NewReader(patch))
		ts.Check(err)
		var edits []reportedEdit
		for _, f := range files {
			name := strings.TrimPrefix(f.NewName, "b/") // what git apply strips
			raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			ts.Check(err)
			ts.Check(gitdiff.Apply(&bytes.Buffer{}, bytes.NewReader(raw), f))
			for _, part := range f.TextFragments {
				edits = append(edits, patchedLines(name, part)...)
			}
		}
		out = append(out, edits)
	}
	return out
}

// patchedLines gives the lines of a part of a patch that are replaced.
func patchedLines(path string, part *gitdiff.TextFragment) (out []reportedEdit) {
	at := int(part.OldPosition)
	var now *reportedEdit
	for _, l := range part.Lines {
		if l.Op == gitdiff.OpContext {
			now, at = nil, at+1
			continue
		}
		if now == nil {
			out = append(out, reportedEdit{path, at, 1, at, 1, ""})
			now = &out[len(out)-1]
		}
		if l.Op == gitdiff.OpDelete {
			at++
			now.endLine = at
		} else {
			now.text += l.Line
		}
	}
	return out
}

func mustJSON(ts *testscript.TestScript, v any) []byte {
	data, err := json.Marshal(v)
	ts.Check(err)
	return data
}
