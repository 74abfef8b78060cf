package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pickletrace/pickletrace/pkg/finding"
	"github.com/pickletrace/pickletrace/pkg/text"
)

// made builds n findings with flows of the given number of steps, each on its own line.
func made(t testing.TB, n, steps int) *Result {
	t.Helper()
	var code strings.Builder
	for i := range n {
		fmt.Fprintf(&code, "value_%d = load(request_%d)  # a comment of some length, as real code has\n", i, i)
	}
	file, _ := text.NewFile("pkg/mod.py", []byte(code.String()))
	r := &Result{Pack: samplePack(), Version: "1.2.3", Stats: Stats{Files: 1}}
	at := int32(0)
	for i := range n {
		end := at + int32(bytes.IndexByte(file.Text[at:], '\n'))
		st := finding.Step{File: file, Span: text.Span{Start: at, End: end}, Kind: finding.StepSink, Note: "Something happens to the data here."}
		f := finding.Finding{RuleID: "PKL101", Level: []finding.Level{finding.Note, finding.Warning, finding.Error}[i%3], Confidence: finding.High,
			SinkName: "load", Function: fmt.Sprintf("pkg.mod.f%d", i), Sink: st, Message: fmt.Sprintf("Data ('source') reaches 'load'. This is number %d.", i),
			Fingerprint: fmt.Sprintf("%032x", i)}
		if steps > 0 {
			f.Flows = []finding.Flow{{Kind: "network-response", KindTitle: "data", SourceName: "source", Steps: make([]finding.Step, steps)}}
			for k := range f.Flows[0].Steps {
				f.Flows[0].Steps[k] = st
				f.Flows[0].Steps[k].Kind = finding.StepAssign
			}
		}
		r.Findings = append(r.Findings, f)
		at = end + 1
	}
	return r
}
